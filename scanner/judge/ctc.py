"""How likely is a string, given what a CTC recogniser saw?

Connectionist temporal classification (Graves et al., ICML 2006): the probability of a string is the sum over all ways
of stretching it, with blanks between, over the recogniser's steps. ``log_likelihoods`` is that forward sum, for many
strings and several frames at once; ``windows`` says between which steps each character of a string stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scanner.text.base import StepProbabilities

LEAST = -1e4  # the logarithm that stands for "impossible"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What one frame shows where one value stands: probabilities (T, 1 + C), column 0 the blank, the last one the floor.

    Letters are upper case: paper and record do not differ by case. ``weight``: how much it counts beside other evidence;
    several looks at one frame share the weight of one.
    """

    table: NDArray[np.float64]
    column_of: dict[str, int]
    text: str  # the greedy reading of the same steps
    certainty: tuple[float, ...]  # of each character of ``text``
    weight: float = 1.0
    marks: NDArray[np.float32] | None = None  # (T, M), see StepProbabilities; zeros at the pauses between lines

    @property
    def steps(self) -> int:
        return len(self.table)

    def columns(self, text: str) -> NDArray[np.int_]:
        unknown = self.table.shape[1] - 1
        return np.array([self.column_of.get(c, unknown) for c in text], int)


def evidence_of(parts: Sequence[StepProbabilities]) -> Evidence:
    """The pieces of one value (lines of an address), one after the other, as one run of steps."""
    names = sorted({c.upper() for part in parts for c in part.characters})
    column_of = {name: i + 1 for i, name in enumerate(names)}
    floor = min((part.floor for part in parts), default=1e-7)
    tables: list[NDArray[np.float64]] = []
    for part in parts:
        table = np.full((part.steps, len(names) + 2), floor)
        table[:, 0] = np.maximum(part.blank, floor)
        own = np.zeros((part.steps, len(names)))
        for i, character in enumerate(part.characters):
            own[:, column_of[character.upper()] - 1] += part.columns[:, i]
        table[:, 1:-1] = np.maximum(own, floor)
        tables.append(table)
        pause = np.full((1, len(names) + 2), floor)
        pause[0, 0] = 1.0
        tables.append(pause)  # the end of a line parts equal characters on both sides of it
    table = np.vstack(tables) if tables else np.ones((0, 2))
    text, certainty = _greedy(table, names)
    return Evidence(table, column_of, text, certainty, marks=_marks(parts))


def _marks(parts: Sequence[StepProbabilities]) -> NDArray[np.float32] | None:
    rows: list[NDArray[np.float32]] = []
    for part in parts:
        if part.marks is None:
            return None
        rows += [part.marks, np.zeros((1, part.marks.shape[1]), np.float32)]
    return np.vstack(rows) if rows else None


def _greedy(table: NDArray[np.float64], names: list[str]) -> tuple[str, tuple[float, ...]]:
    best = table[:, :-1].argmax(axis=1) if len(table) else np.zeros(0, int)
    text: list[str] = []
    certainty: list[float] = []
    previous = 0
    for step, column in enumerate(best.tolist()):
        if column and column != previous:
            text.append(names[column - 1])
            certainty.append(float(table[step, column]))
        elif column:
            certainty[-1] = max(certainty[-1], float(table[step, column]))
        previous = column
    return "".join(text), tuple(certainty)


def log_likelihoods(evidences: Sequence[Evidence], texts: Sequence[str]) -> NDArray[np.float64]:
    """Natural logarithms of P(text | frame), shape (frames, texts)."""
    frames, strings = len(evidences), len(texts)
    if not frames or not strings:
        return np.zeros((frames, strings))
    longest = max(max(len(text) for text in texts), 1)
    states, steps = 2 * longest + 1, max(max(e.steps for e in evidences), 1)
    emission = np.ones((frames, strings, steps, states))
    for f, evidence in enumerate(evidences):
        for s, text in enumerate(texts):
            columns = np.zeros(states, int)
            columns[1 : 2 * len(text) : 2] = evidence.columns(text)
            emission[f, s, : evidence.steps] = evidence.table[:, columns]
    skip = np.zeros((1, strings, states))
    for s, text in enumerate(texts):
        for k in range(1, len(text)):
            skip[0, s, 2 * k + 1] = text[k] != text[k - 1]
    lengths = np.array([e.steps for e in evidences])
    alpha = np.zeros((frames, strings, states))
    alpha[:, :, :2] = 1.0
    alpha *= emission[:, :, 0]
    scale = np.zeros((frames, strings))
    for t in range(steps):
        if t:
            moved = alpha.copy()
            moved[:, :, 1:] += alpha[:, :, :-1]
            moved[:, :, 2:] += alpha[:, :, :-2] * skip[:, :, 2:]
            moved *= emission[:, :, t]
            running = (t < lengths)[:, None, None]
            alpha = np.where(running, moved, alpha) if t >= lengths.min() else moved
        total = alpha.sum(axis=2)
        scale += np.log(np.maximum(total, 1e-300))
        alpha /= np.maximum(total, 1e-300)[:, :, None]
    ends = np.array([2 * len(text) for text in texts])
    rows = np.arange(strings)
    finish = alpha[:, rows, ends] + np.where(ends > 0, alpha[:, rows, np.maximum(ends - 1, 0)], 0.0)
    result = scale + np.log(np.maximum(finish, 1e-300))
    result[lengths == 0, :] = LEAST
    return np.maximum(result, LEAST)


def windows(evidence: Evidence, text: str) -> list[tuple[int, int]]:
    """For each character the steps (start, stop) it most likely stands in, by the best single path (Viterbi).

    Windows reach halfway to the neighbours' peaks. Empty when the text has more characters than there are steps.
    """
    steps, states = evidence.steps, 2 * len(text) + 1
    if not text or steps < len(text):
        return []
    columns = np.zeros(states, int)
    columns[1::2] = evidence.columns(text)
    log = np.log(evidence.table)[:, columns]
    skip = np.full(states, -np.inf)
    for k in range(1, len(text)):
        if text[k] != text[k - 1]:
            skip[2 * k + 1] = 0.0
    best = np.full(states, -np.inf)
    best[:2] = log[0, :2]
    came = np.zeros((steps, states), np.int8)
    for t in range(1, steps):
        one = np.concatenate([[-np.inf], best[:-1]])
        two = np.concatenate([[-np.inf, -np.inf], best[:-2]]) + skip
        choice = np.stack([best, one, two])
        came[t] = choice.argmax(axis=0)
        best = choice.max(axis=0) + log[t]
    state = states - 1 if best[-1] >= best[-2] else states - 2
    peaks = [-1] * len(text)
    height = [-np.inf] * len(text)
    for t in range(steps - 1, -1, -1):
        if state % 2:
            k = state // 2
            if log[t, state] > height[k]:
                height[k], peaks[k] = log[t, state], t
        state -= int(came[t, state])
    if min(peaks) < 0:
        return []
    bounds = [0, *((a + b + 1) // 2 for a, b in pairwise(peaks)), steps]
    return [(bounds[k], max(bounds[k + 1], bounds[k] + 1)) for k in range(len(text))]
