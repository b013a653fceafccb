"""What else might be printed there: the competing hypotheses of a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scanner.judge.confusables import DIGITS, look_alikes
from scanner.judge.ctc import Evidence, windows
from scanner.judge.numbers import check_character, is_citizen_number

PER_POSITION = 4  # alternatives of one character that are worth asking about
SEEN = 1e-4  # a character of lesser probability in its window was not seen there at all


@dataclass(frozen=True)
class Substitution:
    """Character ``position`` of a value exchanged for ``character``; ``cost`` is a first estimate of log P lost by it."""

    position: int
    character: str
    cost: float

    def of(self, text: str) -> str:
        return text[: self.position] + self.character + text[self.position + 1 :]


def substitutions(evidences: Sequence[Evidence], text: str) -> list[Substitution]:
    """Exchanges of one character that the pixels leave open, cheapest first.

    For each position: what the recogniser itself considered in the steps where the character stands, in any frame, and
    the look-alikes and, for a digit, every other digit.
    """
    tables: list[dict[tuple[int, str], float]] = []
    wanted: set[tuple[int, str]] = set()
    for evidence in evidences:
        spans = windows(evidence, text)
        if not spans:
            continue
        names = list(evidence.column_of)
        costs: dict[tuple[int, str], float] = {}
        for position, (start, stop) in enumerate(spans):
            # a window's sum stands for all ways to place one character in it
            sums = evidence.table[start:stop].sum(axis=0)
            own = np.log(sums[evidence.columns(text[position])[0]])
            alternatives = np.log(sums[1:-1])
            for index in np.argsort(alternatives)[::-1][: PER_POSITION + 1]:
                if names[index] != text[position] and alternatives[index] > np.log(SEEN):
                    wanted.add((position, names[index]))
            for other in _suspects(text[position]):
                column = evidence.column_of.get(other, evidence.table.shape[1] - 1)
                costs[position, other] = float(own - np.log(sums[column]))
            costs |= {(position, names[i]): float(own - alternatives[i]) for i in range(len(names))}
            costs[position, ""] = float(own - np.log(sums[-1]))
        tables.append(costs)
    wanted |= {(p, o) for p, c in enumerate(text) for o in _suspects(c)}
    found = [
        Substitution(p, o, sum(costs.get((p, o), costs.get((p, ""), 0.0)) for costs in tables))
        for p, o in wanted
        if o != text[p]
    ]
    return sorted(found, key=lambda s: s.cost)


def transpositions(substituted: Sequence[Substitution], text: str) -> list[tuple[float, str]]:
    """Texts with two neighbouring digits exchanged, each behind a first estimate of what that costs, cheapest first."""
    cost = {(s.position, s.character): s.cost for s in substituted}
    found: list[tuple[float, str]] = []
    for at, (left, right) in enumerate(pairwise(text)):
        if left != right and left in DIGITS and right in DIGITS and (at, right) in cost and (at + 1, left) in cost:
            estimate = cost[at, right] + cost[at + 1, left]
            found.append((estimate, text[:at] + right + left + text[at + 2 :]))
    return sorted(found)


def _suspects(character: str) -> frozenset[str]:
    return look_alikes(character) | (frozenset(DIGITS) - {character} if character in DIGITS else frozenset())


def valid_number_cost(substituted: Sequence[Substitution], text: str) -> float:
    """What the cheapest *other valid* citizen number costs: one digit exchanged and the check character with it."""
    check = {s.character: s.cost for s in substituted if s.position == 17}
    costs = [
        s.cost + check[digit]
        for s in substituted
        if s.position < 17 and s.character in DIGITS and (digit := check_character(s.of(text)[:17])) in check
    ]
    return min(costs, default=float("inf"))


__all__ = ["Substitution", "is_citizen_number", "substitutions", "transpositions", "valid_number_cost"]
