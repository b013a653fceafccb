"""Made-up recogniser output: each character stands at its own step, with a blank after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scanner.judge import Evidence, evidence_of
from scanner.text.base import StepProbabilities


def probabilities(steps: Sequence[Mapping[str, float]]) -> StepProbabilities:
    """One mapping of characters to probabilities a character; what is left over goes to the blank."""
    names = sorted({character for step in steps for character in step})
    columns = np.full((2 * len(steps), len(names)), 1e-7, np.float32)
    blank = np.full(2 * len(steps), 0.999, np.float32)
    for i, step in enumerate(steps):
        for character, share in step.items():
            columns[2 * i, names.index(character)] = share
        blank[2 * i] = max(1 - sum(step.values()), 1e-4)
    return StepProbabilities(blank, columns, tuple(names))


def print_of(text: str, certainty: float = 0.995, doubts: Mapping[int, tuple[str, float]] = {}) -> Evidence:
    """A frame that reads ``text``; ``doubts``: at a position, another character and its probability."""
    steps: list[dict[str, float]] = []
    for i, character in enumerate(text):
        step = {character: certainty}
        if i in doubts:
            other, share = doubts[i]
            step = {character: certainty - share, other: share}
        steps.append(step)
    return evidence_of([probabilities(steps)])
