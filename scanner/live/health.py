"""Is what comes from the camera a living picture? Two signals: it is recent, and it changes.

Drivers have been seen to return the last frame for ever, as success, after the cable was pulled. A real sensor's noise changes every
frame, so a picture that repeats itself to the last bit is dead; a picture clipped to black (or white) is the exception, for clipping
removes the noise.
"""

from __future__ import annotations

import zlib
from enum import StrEnum

import numpy as np

from scanner.types import Image

FROZEN_AFTER_S = 4.0  # of the same picture: a camera that renegotiates its stream repeats a frame for up to two seconds
DARK_AFTER_S = 2.0  # a hand that passes close to the lens covers it for less
_DARK, _LIGHT_AGAIN = 8.0, 14.0  # mean luma: a lens cap gives 0..4, a dim room with the camera's gain up 30 and more
_CLIPPED = (3, 252)
_TELLING = 0.02  # share of pixels that must be off the ends of the scale before equality means anything


class Picture(StrEnum):
    ALIVE = "alive"
    REPEATED = "repeated"  # the same as the one before: nothing new is known
    FROZEN = "frozen"
    DARK = "dark"


class Health:
    """Looks at each frame. ``always_changes``: whether equality means anything with this source. Times are seconds that count."""

    def __init__(self, always_changes: bool) -> None:
        self._always_changes = always_changes
        self._print = 0
        self._changed_at: float | None = None
        self._dark_since: float | None = None

    def see(self, image: Image, now: float) -> Picture:
        few = np.ascontiguousarray(image[::16, ::16])
        if not few.size:
            return Picture.ALIVE  # no picture at all: whoever looks at it will say so
        if self._is_dark(float(few.mean()), now):
            self._changed_at = None
            return Picture.DARK
        if not self._always_changes or not _can_tell(few):
            self._changed_at = None
            return Picture.ALIVE
        latest = zlib.crc32(image[::4, ::16].tobytes())
        if latest != self._print or self._changed_at is None:
            self._print, self._changed_at = latest, now
            return Picture.ALIVE
        return Picture.FROZEN if now - self._changed_at >= FROZEN_AFTER_S else Picture.REPEATED

    def _is_dark(self, luma: float, now: float) -> bool:
        if self._dark_since is None:
            if luma < _DARK:
                self._dark_since = now
        elif luma > _LIGHT_AGAIN:
            self._dark_since = None
        return self._dark_since is not None and now - self._dark_since >= DARK_AFTER_S


def _can_tell(few: Image) -> bool:
    low, high = _CLIPPED
    return float(np.mean((few > low) & (few < high))) > _TELLING
