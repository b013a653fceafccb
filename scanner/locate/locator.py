"""Find the sheet in one frame, or all sheets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.geometry import clockwise
from scanner.locate.candidates import from_lines
from scanner.locate.contours import from_patches
from scanner.locate.cover import without_cover
from scanner.locate.evidence import Evidence, gather
from scanner.locate.lines import Doubles, find_lines
from scanner.locate.net import Maps, look
from scanner.locate.refine import refine
from scanner.locate.scoring import features, weighed
from scanner.locate.sheets import agreement, from_maps
from scanner.types import Image, Quad

_LINES = 24
_QUADS = 40
ACCEPT = 0.5  # score from which a quadrilateral is a sheet
_CLEAR_SIDE = 0.75  # edge of the weakest side: a patch with four such sides needs no rival
_INNER_BONUS = 0.2  # by how much what is printed on a page may outshine the page
_LARGER, _SLACK_PX = 1.15, 3.0
_REACH = 2.5  # working pixels by which a side found may be off
_REACH_SEEN = 6.0  # and one that the network saw, whose map is coarser
_NOTHING = 0.15  # the network's surest place: below this there is no sheet anywhere
_SAYS = np.array([0.3, 0.2, 0.25, 0.25])  # weights of what ``agreement`` gives
_HALF = 0.5  # the network's say against that of edges and colours


@dataclass(frozen=True, eq=False)
class Located:
    """A sheet: ``corners`` clockwise from the one nearest the frame's top-left, frame pixels; ``score`` about 0..1."""

    corners: Quad
    score: float


@dataclass(frozen=True, eq=False)
class View:
    """One frame as the search sees it: edges and colours, and what the network says of them (None without it)."""

    evidence: Evidence
    maps: Maps | None


def seen_in(evidence: Evidence) -> View:
    return View(evidence, look(evidence.picture))


def locate(image: Image) -> Located | None:
    """The sheet in a BGR frame, its sides fitted on the full frame; None when there is none."""
    evidence = gather(image)
    found = search(seen_in(evidence))
    return None if found is None else fit(image, evidence, found)


def search(seen: View) -> Located | None:
    """The best quadrilateral in working pixels, or None. Lines are only looked for where nothing has clear sides: they cost most."""
    evidence, maps = seen.evidence, seen.maps
    if maps is not None and float(maps.sheet.max()) < _NOTHING:
        return None
    quads = candidates(seen)
    found = _best(seen, quads)
    if found is not None and found[1] >= _CLEAR_SIDE:
        return found[0]
    found = _best(seen, np.concatenate([quads, from_lines(evidence, find_lines(evidence, _LINES), _QUADS)]))
    return None if found is None else found[0]


def candidates(seen: View) -> Doubles:
    """What needs no lines: patches unlike the desk, and what the network takes for sheets, moved onto the edges nearby."""
    patches = from_patches(seen.evidence)
    if seen.maps is None:
        return patches
    picture = seen.evidence.picture
    mapped = [refine(picture, quad.astype(np.float32), _REACH_SEEN).astype(np.float64) for quad in from_maps(seen.maps)]
    return np.concatenate([patches, np.array(mapped)]) if mapped else patches


def score(seen: View, quads: Doubles) -> Doubles:
    """(k,) scores, about 0..1, of (k, 4, 2) clockwise quadrilaterals in working pixels."""
    return _scored(seen, quads)[0] if len(quads) else np.zeros(0)


def _scored(seen: View, quads: Doubles) -> tuple[Doubles, Doubles]:
    """Scores, and (k, 2) how much of an edge the sides are on average and at the weakest."""
    values = features(seen.evidence, quads)
    scores, edges = weighed(values), values[:, :2]
    if seen.maps is None:
        return scores, edges
    says = agreement(seen.maps, quads)
    return (1 - _HALF) * scores + _HALF * (says @ _SAYS), edges


def _best(seen: View, quads: Doubles) -> tuple[Located, float] | None:
    """The best of (k, 4, 2) quadrilaterals, and how much of an edge its weakest side is."""
    if not len(quads):
        return None
    quads = np.array([clockwise(quad) for quad in quads], dtype=np.float64)
    scores, edges = _scored(seen, quads)
    chosen = _outermost(quads, scores, edges)
    if scores[chosen] < ACCEPT:
        return None
    return Located(quads[chosen].astype(np.float32), float(scores[chosen])), float(edges[chosen, 1])
def _outermost(quads: Doubles, scores: Doubles, edges: Doubles) -> int:
    """The best, or one around it with edges as good: what is printed on a page may stand out more by colour than the page from its desk.

    ``edges``: (k, 2), mean and weakest side.
    """
    chosen = int(scores.argmax())
    while True:
        as_sound = (edges >= edges[chosen]).all(axis=1) & (scores >= max(ACCEPT, scores[chosen] - _INNER_BONUS))
        around = as_sound & _contain(quads, quads[chosen])
        if not around.any():
            return chosen
        chosen = int(np.where(around, scores, -1.0).argmax())


def _contain(quads: Doubles, inner: Doubles) -> NDArray[np.bool_]:
    """Which quadrilaterals have all corners of ``inner`` inside (nearly), and are clearly larger."""
    side = np.roll(quads, -1, axis=1) - quads
    to_corner = inner[None, None, :, :] - quads[:, :, None, :]
    turn = side[:, :, None, 0] * to_corner[..., 1] - side[:, :, None, 1] * to_corner[..., 0]
    depth = turn / np.maximum(np.linalg.norm(side, axis=2), 1e-6)[..., None]
    return (depth > -_SLACK_PX).all(axis=(1, 2)) & (_areas(quads) > _LARGER * _areas(inner[None])[0])


def _areas(quads: Doubles) -> Doubles:
    x, y = quads[..., 0], quads[..., 1]
    return 0.5 * np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(1))


def fit(image: Image, evidence: Evidence, found: Located) -> Located:
    """A find in working pixels with its sides fitted on the full frame, in frame pixels; of a booklet, the page inside the cover."""
    reach = _REACH / evidence.factor
    corners = refine(image, to_frame(evidence, found.corners), reach)
    outer = to_working(evidence, corners)
    page = without_cover(evidence, outer)
    if page is not outer:
        corners = refine(image, to_frame(evidence, page), reach)
    return Located(corners, found.score)


def to_frame(evidence: Evidence, corners: Quad) -> Quad:
    return ((corners + 0.5) / evidence.factor - 0.5).astype(np.float32)


def to_working(evidence: Evidence, corners: Quad) -> Quad:
    return ((corners + 0.5) * evidence.factor - 0.5).astype(np.float32)
