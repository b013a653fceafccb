"""The sheet over the frames of a live stream: a known outline is checked, which is cheap, and searched for only now and then."""

from __future__ import annotations

import numpy as np

from scanner.geometry import movement
from scanner.locate.evidence import Evidence, gather
from scanner.locate.judge import score, seen_in
from scanner.locate.locator import Located, fit, search, to_working
from scanner.locate.refine import refine
from scanner.locate.scoring import soundness
from scanner.types import Image, Quad

_SEARCH_EVERY_S = 0.4  # a better outline (or a second sheet) is looked for this often while the known one holds
_LOYALTY = 0.03  # by how much another outline must be better
_REACH_AT_REST, _REACH_MOVING = 1.2, 4.0  # working pixels: how far a side may have gone since the last frame
_AT_REST = 0.002  # of the diagonal
_WORSE = 0.06  # of its edges lost since the last search: the sheet has changed, search at once
_STEADY = 0.004  # of the diagonal: below this an outline rests, and what is left of its jitter is averaged away
_AVERAGE = 0.35


class Tracker:
    """Used from one thread, with frames of one stream in their order."""

    def __init__(self) -> None:
        self._last: Located | None = None
        self._edges_then = 0.0  # what edges and colours said of the outline when it was last searched for
        self._searched_at = -1e9
        self._searched_moving = False  # it was searched for while it moved: what was found then is preliminary

    def update(self, image: Image, at_s: float) -> Located | None:
        """The sheet in this frame (BGR), taken at ``at_s`` seconds; None when there is none."""
        evidence = gather(image)
        found = self._checked(image, evidence)
        moving = found is None or self._last is None or movement(self._last.corners, found.corners) > _AT_REST
        come_to_rest = self._searched_moving and not moving
        if found is None or come_to_rest or at_s - self._searched_at > _SEARCH_EVERY_S:
            found = self._searched(image, evidence, found)
            self._searched_at, self._searched_moving = at_s, moving
            self._edges_then = _edges(evidence, found.corners) if found else 0.0
        if found is not None and self._last is not None:
            found = Located(_steadied(self._last.corners, found.corners), found.score)
        self._last = found
        return found

    def forget(self) -> None:
        self._last = None
        self._searched_at = -1e9

    def _checked(self, image: Image, evidence: Evidence) -> Located | None:
        """The last outline moved onto the edges of this frame, if they are as good there as they were."""
        if self._last is None:
            return None
        before = self._last.corners
        # at rest: a row of print near a side must not draw the outline in
        corners = refine(image, before, reach=_REACH_AT_REST / evidence.factor, passes=1)
        if movement(before, corners) < _AT_REST and self._holds(evidence, corners):
            return Located(corners, self._last.score)
        corners = refine(image, before, reach=_REACH_MOVING / evidence.factor, passes=1)
        return Located(corners, self._last.score) if self._holds(evidence, corners) else None

    def _holds(self, evidence: Evidence, corners: Quad) -> bool:
        return _edges(evidence, corners) >= self._edges_then - _WORSE

    def _searched(self, image: Image, evidence: Evidence, known: Located | None) -> Located | None:
        seen = seen_in(evidence)
        found = search(seen)
        if known is not None:
            again = float(score(seen, to_working(evidence, known.corners)[None].astype(np.float64))[0])
            if again > (seen.accept - _LOYALTY if found is None else found.score - _LOYALTY):
                return Located(known.corners, again)
        return None if found is None else fit(image, evidence, found)


def _edges(evidence: Evidence, corners: Quad) -> float:
    return float(soundness(evidence, to_working(evidence, corners)[None].astype(np.float64))[0])


def _steadied(before: Quad, now: Quad) -> Quad:
    if movement(before, now) > _STEADY:
        return now
    shift = min(range(4), key=lambda k: float(np.abs(np.roll(now, k, axis=0) - before).max()))
    return (before + _AVERAGE * (np.roll(now, shift, axis=0) - before)).astype(np.float32)
