"""What the desk looks like with nothing on it, and whether it shows again after a sheet was captured.

A hand over a sheet hides its outline just as taking it away does. Only the bare desk says that it went; what comes then is another sheet,
however alike it looks.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.types import Image, Quad

_TELLING = 14  # luma by which a cell of the sheet must differ from the desk below it to say anything
_FEWEST_TELLING = 25
_BARE_PLACE = 0.8  # share of the telling cells that must show the desk
_BARE_FRAME = 0.75  # and of the whole frame: a sheet pushed aside uncovers its place too
_ALIKE = 12
_GAIN = (0.5, 2.0)


class EmptyDesk:
    """Used from one thread. All pictures are thumbnails (``scanner.live.change``) of one stream."""

    def __init__(self) -> None:
        self._desk: Image | None = None
        self._sheet: Image | None = None
        self._telling: NDArray[np.bool_] | None = None

    def learn(self, empty: Image) -> None:
        """This is the desk with nothing on it."""
        self._desk = empty

    def taken(self, now: Image, corners: Quad, frame_width: int) -> None:
        """A sheet was captured that lies at ``corners`` (pixels of a frame ``frame_width`` wide)."""
        self._sheet, self._telling = now, None
        if self._desk is None or self._desk.shape != now.shape:
            return
        inside = np.zeros(now.shape, np.uint8)
        cv2.fillConvexPoly(inside, np.round(corners * (now.shape[1] / frame_width)).astype(np.int32), 1)
        telling = (inside > 0) & (cv2.absdiff(now, self._desk) > _TELLING)
        if np.count_nonzero(telling) >= _FEWEST_TELLING:
            self._telling = telling

    def is_bare(self, now: Image) -> bool | None:
        """Does the desk show where the captured sheet lay? None where that cannot be told: the desk was never seen, or looks like the sheet."""
        if self._desk is None or self._sheet is None or self._telling is None or now.shape != self._desk.shape:
            return None
        desk, sheet, here = (picture.astype(np.float32) for picture in (self._desk, self._sheet, now))
        off = here - desk * _gain(desk, here)
        place = self._telling
        like_desk = np.abs(off[place]) < np.abs(here[place] - sheet[place])
        return bool(like_desk.mean() >= _BARE_PLACE and (np.abs(off) < _ALIKE).mean() >= _BARE_FRAME)


def _gain(desk: NDArray[np.float32], here: NDArray[np.float32]) -> float:
    """How much brighter the camera shows the desk just now: it measures light anew whenever white paper comes or goes."""
    return float(np.clip(np.median(here / np.maximum(desk, 8.0)), *_GAIN))
