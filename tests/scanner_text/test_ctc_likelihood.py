from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ocr_evidence import print_of

from scanner.judge.ctc import Evidence, log_likelihoods, windows


def collapse(path: tuple[int, ...]) -> str:
    return "".join("AB"[c - 1] for c, _ in itertools.groupby(path) if c)


def by_hand(table: np.ndarray, text: str) -> float:
    """The sum over every path, written out."""
    return sum(
        float(np.prod([table[t, c] for t, c in enumerate(path)]))
        for path in itertools.product(range(3), repeat=len(table))
        if collapse(path) == text
    )


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    steps = draw(st.integers(1, 5))
    shares = draw(st.lists(st.lists(st.floats(0.05, 1.0), min_size=3, max_size=3), min_size=steps, max_size=steps))
    table = np.array(shares)
    table /= table.sum(axis=1, keepdims=True)
    return np.hstack([table, np.full((steps, 1), 1e-9)])


@settings(max_examples=40, deadline=None)
@given(tables(), st.text("AB", max_size=4))
def test_the_forward_sum_is_the_sum_over_all_paths(table: np.ndarray, text: str) -> None:
    evidence = Evidence(table, {"A": 1, "B": 2}, "", ())
    (found,) = log_likelihoods([evidence], [text])[0]
    expected = by_hand(table, text)
    assert np.exp(found) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=3), st.lists(st.text("AB", max_size=3), min_size=1, max_size=3))
def test_many_frames_and_strings_at_once_give_what_each_gives_alone(found: list[np.ndarray], texts: list[str]) -> None:
    evidences = [Evidence(table, {"A": 1, "B": 2}, "", ()) for table in found]
    together = log_likelihoods(evidences, texts)
    alone = np.array([[log_likelihoods([e], [t])[0, 0] for t in texts] for e in evidences])
    assert together == pytest.approx(alone)


def test_each_character_has_a_window_around_its_peak() -> None:
    spans = windows(print_of("4403"), "4403")
    assert len(spans) == 4
    assert all(start <= 2 * i < stop for i, (start, stop) in enumerate(spans))
