"""The recogniser knows more than it says: how a print looks to it tells an everyday character from a rarer one that it reads as such.

A recogniser has to name one of the characters that it knows. Where 𫍲 is printed it says 溲, as surely as where 溲 is printed,
for it knows no 𫍲; but what it thinks of all the other characters (``StepProbabilities.marks``) is not the same for both. Marks
are its last layer's numbers in another form. ``data/looks.npz`` (made by ``training/looks.py``) holds the mean look of each reading
and of the characters that are known to be read so, in a space in which one character's looks spread by one each way: there, the nearer
mean is the likelier character (linear discriminant analysis, Fisher 1936).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scanner.judge.ctc import Evidence, windows

CLEAR_LEAD = 1.0  # spreads beyond the middle between a character and its twin
FARTHEST = 16.0  # spreads from its mean look to that of a print that is hardly read …
FARTHER = 4.0  # … and so much more for every tenth that its doubt becomes …
LEAST_DOUBT = 1e-3  # … down to this
SOFT = 18.0  # spreads from their mean looks, of a name's other characters
TOLD_LEAD = 5.0  # from which the twin is no reason to ask, whatever else is known of the two
DOUBT_FACTOR = 8.0  # a print that leaves so many times less doubt than the twin's ever did …
SURER_LEAD = 3.0  # … is so much more the reading's own

DATA = Path(__file__).parent / "data" / "looks.npz"


@dataclass(frozen=True, eq=False)
class Looks:
    """``to_look`` (M, D): marks → look. Of each reading: ``means[reading]`` (1 + T, D), its own mean look and those of ``twins[reading]``,
    and ``certainties[reading]`` (T,), how surely each twin was read as it at most.
    """

    to_look: NDArray[np.float32]
    means: dict[str, NDArray[np.float32]]
    twins: dict[str, str]
    certainties: dict[str, NDArray[np.float32]]

    def view(self, reading: str, marks: NDArray[np.float32], certainty: float) -> View | None:
        """A print with these ``marks`` (M,), read with ``certainty``; None where the reading is not known or the marks are another recogniser's."""
        means = self.means.get(reading)
        if means is None or len(marks) != len(self.to_look):
            return None
        away = np.linalg.norm(means - marks @ self.to_look, axis=1)
        apart = np.linalg.norm(means[1:] - means[0], axis=1)
        leads = (away[1:] ** 2 - away[0] ** 2) / (2 * apart)
        surer = 1 - certainty < (1 - self.certainties[reading]) / DOUBT_FACTOR
        return View(float(away[0]), certainty, self.twins[reading], leads + SURER_LEAD * surer)


@dataclass(frozen=True, eq=False)
class View:
    """``away``: how far the print is from the reading's mean look. ``leads`` (T,): how far it is on the reading's own side of the middle
    between it and each of ``twins``, in spreads; negative: it looks like the twin's print.
    """

    away: float
    certainty: float
    twins: str
    leads: NDArray[np.float32]


def told_apart(values: Sequence[Evidence], name: str) -> list[str] | None:
    """Of each character of ``name``, read in ``values`` (a frame each), those that its print is surely not, though they are read as it.

    None where a character's print looks more like one of them than clearly like itself, or like nothing that is known.
    """
    seen = [_views(value, name) for value in values]
    told: list[str] = []
    for place in range(len(name)):
        views = [
            view for beside in seen if beside and not _is_soft(beside, place) and (view := beside[place]) is not None
        ]
        if not views:
            told.append("")
            continue
        strange = np.median([view.away - _farthest(view.certainty) for view in views]) > 0
        leads = np.median([view.leads for view in views], axis=0)
        if strange or (leads < CLEAR_LEAD).any():
            return None
        told.append("".join(t for t, lead in zip(views[0].twins, leads, strict=True) if lead >= TOLD_LEAD))
    return told


def _views(value: Evidence, name: str) -> list[View | None]:
    """How each character of ``name`` looks in one frame; empty where nothing is kept of looks."""
    spans = windows(value, name)
    if value.marks is None or not spans:
        return []
    views: list[View | None] = []
    for character, (start, stop) in zip(name, spans, strict=True):
        certainty = value.table[start:stop, value.columns(character)[0]]
        step = int(certainty.argmax())
        views.append(known_looks().view(character, value.marks[start + step], float(certainty[step])))
    return views


def _is_soft(views: Sequence[View | None], place: int) -> bool:
    """Are the name's other characters far from their looks as well? Then the print is soft or broken, and its looks tell nothing."""
    others = [other.away for number, other in enumerate(views) if other is not None and number != place]
    return bool(others) and float(np.mean(others)) > SOFT


def _farthest(certainty: float) -> float:
    """How far from its mean look a print may be. One of a character that no table knows is far off, and seldom read with certainty."""
    return FARTHEST - FARTHER * math.log10(max(1 - certainty, LEAST_DOUBT))


@cache
def known_looks() -> Looks:
    with np.load(DATA) as data:
        names, starts = str(data["names"]), data["starts"].tolist()
        rows = data["looks"].astype(np.float32) * data["step"]
        to_look, certainty = data["to_look"], data["certainties"]
    means: dict[str, NDArray[np.float32]] = {}
    twins: dict[str, str] = {}
    certainties: dict[str, NDArray[np.float32]] = {}
    for start, stop in pairwise(starts):
        reading = names[start]
        means[reading], twins[reading] = rows[start:stop], names[start + 1 : stop]
        certainties[reading] = certainty[start + 1 : stop]
    return Looks(to_look, means, twins, certainties)
