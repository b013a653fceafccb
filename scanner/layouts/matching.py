"""Which layout is this page, and where does it lie?

Printed labels are looked for in the lines that were read (exactly or nearly: blurred labels are misread too), and a
layout is believed as far as its labels stand where it says. The same fit tells where millimetres of the layout lie on
the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from scanner.layouts.model import Label, Layout
from scanner.text.folding import fold_text
from scanner.types import Quad

SIMILAR = 60.0  # a label read with this partial similarity (0..100) is a candidate
FAR = 0.16  # a candidate farther than this share of the page's diagonal from its place is somebody else's label
NEAR = 0.03  # … and after the fit, nearer than this
ASPECT_TOLERANCE = 0.12  # standard deviation of the logarithm of measured over true width/height
UNLIKELY = 0.45  # least score of a page that is called by a kind's name


@dataclass(frozen=True)
class PageLine:
    """A line as matching needs it: folded text and the page position of each character's centre."""

    text: str
    centres: NDArray[np.float32]  # (len(text), 2)
    quad: Quad
    score: float

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.quad[3] - self.quad[0]) + np.linalg.norm(self.quad[2] - self.quad[1])) / 2


@dataclass(frozen=True)
class LabelPlace:
    """A label found as characters ``start``..``stop`` of line ``line``; ``likeness`` 0..1."""

    label: Label
    line: int
    start: int
    stop: int
    centre: tuple[float, float]
    likeness: float


@dataclass(frozen=True, eq=False)
class LayoutMatch:
    """A layout laid over the page. ``to_page`` is the 2 x 3 affine matrix from millimetres to page pixels."""

    layout: Layout
    score: float
    to_page: NDArray[np.float64]
    places: dict[str, LabelPlace] = field(default_factory=dict)

    def point(self, x_mm: float, y_mm: float) -> NDArray[np.float64]:
        return self.to_page @ np.array([x_mm, y_mm, 1.0])

    @property
    def px_per_mm(self) -> float:
        return float(np.sqrt(abs(np.linalg.det(self.to_page[:, :2]))))


class LabelFinder:
    """Finds label texts in the lines of one page; the same text is looked for once, however many layouts print it."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self.lines = lines
        self._found: dict[str, list[tuple[int, int, int, float]]] = {}

    def find(self, label: Label) -> list[tuple[int, int, int, float]]:
        """(line, start, stop, likeness) of every place where the label, or another wording of it, may stand."""
        return [place for text in (label.text, *label.also) for place in self._find(fold_text(text))]

    def _find(self, text: str) -> list[tuple[int, int, int, float]]:
        if text in self._found:
            return self._found[text]
        places: list[tuple[int, int, int, float]] = []
        for index, line in enumerate(self.lines):
            start = line.text.find(text)
            if start >= 0:
                while start >= 0:
                    places.append((index, start, start + len(text), 1.0))
                    start = line.text.find(text, start + len(text))
            elif len(line.text) * 2 >= len(text):
                places.extend(self._nearly(index, line.text, text))
        self._found[text] = places
        return places

    @staticmethod
    def _nearly(index: int, line: str, text: str) -> list[tuple[int, int, int, float]]:
        # a word of two characters is only "nearly" found where nothing else stands on the line
        if len(text) <= 2 and len(line) > 3:
            return []
        best = fuzz.partial_ratio_alignment(text, line, score_cutoff=SIMILAR if len(text) > 2 else 50.0)
        if best is None or best.dest_end <= best.dest_start:
            return []
        shortfall = min(1.0, (best.dest_end - best.dest_start) / len(text))
        return [(index, best.dest_start, best.dest_end, best.score / 100 * shortfall)]


def match_layout(layout: Layout, finder: LabelFinder, page: tuple[int, int]) -> LayoutMatch:
    """Lay ``layout`` over a page of (width, height) pixels. The score is the share of its labels found in place, 0..1."""
    width, height = page
    diagonal = float(np.hypot(width, height))
    to_page = np.array([[width / layout.size_mm[0], 0, 0], [0, height / layout.size_mm[1], 0]], np.float64)
    candidates = [_candidate(finder, label, *place) for label in layout.labels for place in finder.find(label)]
    near = [c for c in candidates if not c.label.floats and _distance(c, to_page) < FAR * diagonal]
    to_page = _fit(near, to_page, 1.5 * NEAR * diagonal)
    places: dict[str, LabelPlace] = {}
    for candidate in sorted(candidates, key=lambda c: -c.likeness + _distance(c, to_page) / (NEAR * diagonal) * 0.3):
        taken = any(_share_characters(candidate, other) for other in places.values())
        near_enough = candidate.label.floats or _distance(candidate, to_page) < NEAR * diagonal
        if candidate.label.key not in places and not taken and near_enough:
            places[candidate.label.key] = candidate
    found = sum(p.label.weight * p.likeness for p in places.values() if not p.label.floats)
    score = found / max(sum(label.weight for label in layout.labels if not label.floats), 1e-9)
    bend = np.log(width / height * layout.size_mm[1] / layout.size_mm[0]) / ASPECT_TOLERANCE
    return LayoutMatch(layout, float(score * np.exp(-0.5 * min(bend**2, 4.0))), to_page, places)


def best_match(layouts: Sequence[Layout], lines: Sequence[PageLine], page: tuple[int, int]) -> LayoutMatch | None:
    """The layout that explains the page best, or None when none does well enough to be named."""
    finder = LabelFinder(lines)
    ranked = sorted((match_layout(layout, finder, page) for layout in layouts), key=lambda m: -m.score)
    return ranked[0] if ranked and ranked[0].score >= UNLIKELY else None


def _candidate(finder: LabelFinder, label: Label, line: int, start: int, stop: int, likeness: float) -> LabelPlace:
    centres = finder.lines[line].centres[start:stop]
    middle = (centres[0] + centres[-1]) / 2
    return LabelPlace(label, line, start, stop, (float(middle[0]), float(middle[1])), likeness)


def _share_characters(a: LabelPlace, b: LabelPlace) -> bool:
    return a.line == b.line and a.start < b.stop and b.start < a.stop


def _expected(label: Label) -> tuple[float, float]:
    x, y, w, h = label.at
    return x + w / 2, y + h / 2


def _distance(place: LabelPlace, to_page: NDArray[np.float64]) -> float:
    x, y = _expected(place.label)
    return float(np.linalg.norm(to_page @ np.array([x, y, 1.0]) - np.array(place.centre)))


def _fit(places: Sequence[LabelPlace], start: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """The affine map that most labels agree on; the one given when there are too few to say otherwise."""
    if len({p.label.key for p in places}) < 3:
        return start
    source = np.array([_expected(p.label) for p in places], np.float64)
    target = np.array([p.centre for p in places], np.float64)
    spread = np.ptp(source, axis=0).min()
    if len({p.label.key for p in places}) >= 6 and spread > 0.15 * np.ptp(source, axis=0).max():
        matrix, _ = cv2.estimateAffine2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=tolerance)
    else:
        matrix, _ = cv2.estimateAffinePartial2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=tolerance)
    return matrix if matrix is not None and _is_modest(matrix, start) else start


def _is_modest(matrix: NDArray[np.float64], start: NDArray[np.float64]) -> bool:
    """A fit that shrinks, turns or shears the page much is a wrong fit: the page was rectified already."""
    change = matrix[:, :2] @ np.linalg.inv(start[:, :2])
    return bool(np.all(np.abs(change - np.eye(2)) < 0.25))
