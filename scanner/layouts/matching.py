"""Which layout is this page, and where does it lie?

Printed labels are looked for in the lines that were read (exactly or nearly: blurred labels are misread too), and a
layout is believed as far as its labels stand where it says. The same fit tells where millimetres of the layout lie on
the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

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
FEWEST_FREE = 4  # labels
TIGHT = 0.01  # labels that agree on a fit agree this well
CONTENT = 0.75  # a page that explains a layout this well needs no second fit
LABELS_ALONE = 0.1  # a fit by labels alone must be better by this much than the one by the page's corners
ASPECT_TOLERANCE = 0.12  # standard deviation of the logarithm of measured over true width/height


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
    by_labels: bool = False  # the page's corners were not used, and are probably wrong
    free: bool = False  # known by its words alone: ``to_page`` says nothing, values stand beside their labels

    @property
    def title_read(self) -> bool:
        """Was the paper's title read, without a fault and in its place?"""
        return any(place.label.title and place.likeness > 0.95 for place in self.places.values())

    def outline(self) -> Quad:
        """The page's corners as the labels place them, in page pixels."""
        width, height = self.layout.size_mm
        return np.array([self.point(x, y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))], np.float32)

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
        """(line, start, stop, likeness) of every place where the label, or another wording of it, may stand. Where a longer
        wording stands, a shorter one within it does not count."""
        if not label.also:
            return self._find(fold_text(label.text))
        places = [place for text in (label.text, *label.also) for place in self._find(fold_text(text))]
        return [place for place in places if not any(_within(place, other) for other in places)]

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


def _within(place: tuple[int, int, int, float], other: tuple[int, int, int, float]) -> bool:
    (line, start, stop, likeness), (other_line, other_start, other_stop, other_likeness) = place, other
    longer = other_stop - other_start > stop - start and other_start <= start and stop <= other_stop
    return line == other_line and longer and other_likeness >= likeness


def match_layout(layout: Layout, finder: LabelFinder, page: tuple[int, int]) -> LayoutMatch:
    """Lay ``layout`` over a page of (width, height) pixels. The score is the share of its labels found in place, 0..1.

    First as if the page filled its picture exactly; where that explains little, by the labels alone, which also finds
    a page whose corners were seen wrongly.
    """
    width, height = page
    diagonal = float(np.hypot(width, height))
    filled = np.array([[width / layout.size_mm[0], 0, 0], [0, height / layout.size_mm[1], 0]], np.float64)
    candidates = [_candidate(finder, label, *place) for label in layout.labels for place in finder.find(label)]
    fixed = [c for c in candidates if not c.label.floats]
    near = [c for c in fixed if _distance(c, filled) < FAR * diagonal]
    match = _settle(layout, candidates, _fit(near, filled, TIGHT * diagonal), diagonal, loose=False)
    bend = np.log(width / height * layout.size_mm[1] / layout.size_mm[0]) / ASPECT_TOLERANCE
    match = replace(match, score=float(match.score * np.exp(-0.5 * min(bend**2, 4.0))))
    if match.score < CONTENT:
        free = _free_fit(fixed, TIGHT * diagonal)
        if free is not None:
            by_labels = _settle(layout, candidates, free, diagonal, loose=True)
            if by_labels.score > match.score + LABELS_ALONE:
                return by_labels
    return match


def _settle(
    layout: Layout, candidates: Sequence[LabelPlace], to_page: NDArray[np.float64], diagonal: float, *, loose: bool
) -> LayoutMatch:
    """Give each label its place under a fit, then fit once more to the labels that have one."""
    places = _assign(candidates, to_page, NEAR * diagonal)
    sure = [place for place in places.values() if place.likeness > 0.75 and not place.label.floats]
    to_page = _fit(sure, to_page, TIGHT * diagonal)
    places = _assign(candidates, to_page, NEAR * diagonal)
    found = sum(p.label.weight * p.likeness for p in places.values() if not p.label.floats)
    score = found / max(sum(label.weight for label in layout.labels if not label.floats), 1e-9)
    return LayoutMatch(layout, score, to_page, places, loose)


def _assign(candidates: Sequence[LabelPlace], to_page: NDArray[np.float64], tolerance: float) -> dict[str, LabelPlace]:
    """Label key → place; one place a label, no character for two labels, the likeliest and nearest first."""
    places: dict[str, LabelPlace] = {}
    for candidate in sorted(candidates, key=lambda c: _distance(c, to_page) / tolerance * 0.3 - c.likeness):
        exact = candidate.label.floats and candidate.likeness > 0.99
        near_enough = exact or _distance(candidate, to_page) < tolerance
        taken = any(_share_characters(candidate, other) for other in places.values())
        if near_enough and not taken and candidate.label.key not in places:
            places[candidate.label.key] = candidate
    return places


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
    found = None if matrix is None else np.asarray(matrix, np.float64)
    return found if found is not None and _is_modest(found, start) else start


def _free_fit(places: Sequence[LabelPlace], tolerance: float) -> NDArray[np.float64] | None:
    """The map from millimetres that most labels agree on wherever the page lies; None when too few agree."""
    places = [p for p in places if p.likeness > 0.75]
    if len({p.label.key for p in places}) < FEWEST_FREE:
        return None
    source = np.array([_expected(p.label) for p in places], np.float64)
    target = np.array([p.centre for p in places], np.float64)
    matrix, inliers = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=2 * tolerance
    )
    if matrix is None or len({p.label.key for p, i in zip(places, inliers.ravel(), strict=True) if i}) < FEWEST_FREE:
        return None
    found = np.asarray(matrix, np.float64)
    level = abs(float(np.degrees(np.arctan2(found[1, 0], found[0, 0])))) < 20
    return found if level else None


def _is_modest(matrix: NDArray[np.float64], start: NDArray[np.float64]) -> bool:
    """A fit that shrinks, turns or shears the page much is a wrong fit: the page was rectified already."""
    change = matrix[:, :2] @ np.linalg.inv(start[:, :2])
    return bool(np.all(np.abs(change - np.eye(2)) < 0.25))
