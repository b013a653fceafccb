"""Find the sheet in one frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.geometry import clockwise
from scanner.locate.candidates import from_lines
from scanner.locate.contours import from_patches
from scanner.locate.cover import without_cover
from scanner.locate.evidence import Evidence, gather
from scanner.locate.judge import Judgement, View, judged, seen_in
from scanner.locate.lines import Doubles, find_lines
from scanner.locate.refine import refine
from scanner.locate.sheets import agreement, from_maps
from scanner.types import Image, Quad

_LINES = 20
_QUADS = 40
_SURE, _HOPE = (
    0.95,
    0.2,
)  # scores of what was found without lines: from which it needs no rival, and below which lines find none either
_CLEAR_SIDE = 0.75  # edge of the weakest side of a patch that needs no rival
_INNER_BONUS = 0.2  # without the network: by how much what is printed on a page may outshine the page
_LARGER, _SLACK_PX = 1.15, 3.0
_REACH = 2.5  # working pixels by which a side found may be off
_REACH_SEEN = 6.0  # and one that the network saw, whose map is coarser
_SEEN_MOST, _SAME_PX = 2, 3.0  # so many of what the network saw are tried; those hardly apart are one
_NOTHING = 0.15  # the network's surest place: below this there is no sheet anywhere
_AS_LIKELY = 0.06  # sheets whose scores differ by less: the larger and more central one is meant


@dataclass(frozen=True, eq=False)
class Located:
    """A sheet: ``corners`` clockwise from the one nearest the frame's top-left, frame pixels; ``score`` about 0..1."""

    corners: Quad
    score: float


def locate(image: Image) -> Located | None:
    """The sheet in a BGR frame, its sides fitted on the full frame; None when there is none. Of several, the largest and most central."""
    evidence = gather(image)
    found = search(seen_in(evidence))
    return None if found is None else fit(image, evidence, found)


def search(seen: View) -> Located | None:
    """The best quadrilateral in working pixels, or None. Lines are only looked for where nothing is clear without them: they cost most."""
    evidence, maps = seen.evidence, seen.maps
    if maps is not None and float(maps.sheet.max()) < _NOTHING:
        return None
    quads = from_patches(evidence)
    found = _best(seen, quads)
    if maps is not None and (found is None or found[0].score < _SURE or found[1] < _CLEAR_SIDE):
        quads = candidates(seen, quads)
        found = _best(seen, quads)
    if maps is not None and (found is None or found[0].score < _HOPE):
        return None
    sure = _SURE if maps is not None else seen.accept
    if found is None or found[0].score < sure or (maps is None and found[1] < _CLEAR_SIDE):
        found = _best(seen, np.concatenate([quads, from_lines(evidence, find_lines(evidence, _LINES), _QUADS)]))
    return found[0] if found is not None and found[0].score >= seen.accept else None


def candidates(seen: View, patches: Doubles, most: int = _SEEN_MOST) -> Doubles:
    """(k, 4, 2) clockwise, working pixels: ``patches`` unlike the desk, and what the network takes for sheets, moved onto the edges nearby,
    the ``most`` surest."""
    quads = list(patches)
    if seen.maps is not None:
        mapped = from_maps(seen.maps)
        likely = agreement(seen.maps, mapped).sum(axis=1) if len(mapped) else np.zeros(0)
        best: list[Doubles] = []
        for k in np.argsort(-likely):
            if len(best) < most and all(np.abs(mapped[k] - other).max() > _SAME_PX for other in best):
                best.append(mapped[k])
        quads += [refine(seen.evidence.picture, quad.astype(np.float32), _REACH_SEEN, passes=1) for quad in best]
    return np.array([clockwise(quad) for quad in quads], dtype=np.float64) if quads else np.zeros((0, 4, 2))


def _best(seen: View, quads: Doubles) -> tuple[Located, float] | None:
    """The best of (k, 4, 2) quadrilaterals, and how much of an edge its weakest side is."""
    if not len(quads):
        return None
    quads = np.array([clockwise(quad) for quad in quads], dtype=np.float64)
    judgement = judged(seen, quads)
    scores, edges = judgement.scores, judgement.edges
    if seen.maps is None:
        chosen = _outermost(quads, scores, edges, seen.accept)
    else:
        chosen = _meant(quads, judgement, seen.evidence.size)
    return Located(quads[chosen].astype(np.float32), float(scores[chosen])), float(edges[chosen, 1])


def _meant(quads: Doubles, judgement: Judgement, size: tuple[int, int]) -> int:
    """The best; or another sheet, apart from it and hardly less likely, that is larger or nearer the frame's middle."""
    best, scores = int(judgement.exact.argmax()), judgement.scores
    centres = quads.mean(axis=1)
    off = np.linalg.norm((centres - np.array(size) / 2) / size, axis=1)
    weight = np.sqrt(_areas(quads)) * (1.2 - off)
    low, high = quads.min(axis=1), quads.max(axis=1)
    apart = (low >= high[best] - 2).any(axis=1) | (high <= low[best] + 2).any(axis=1)
    rivals = apart & (scores >= scores[best] - _AS_LIKELY) & (weight > weight[best])
    return best if not rivals.any() else int(np.where(rivals, judgement.exact, -np.inf).argmax())


def _outermost(quads: Doubles, scores: Doubles, edges: Doubles, accept: float) -> int:
    """The best, or one around it with edges as good: what is printed on a page may stand out more by colour than the page from its desk.

    ``edges``: (k, 2), mean and weakest side.
    """
    chosen = int(scores.argmax())
    while True:
        as_sound = (edges >= edges[chosen]).all(axis=1) & (scores >= max(accept, scores[chosen] - _INNER_BONUS))
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
