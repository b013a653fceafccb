"""Has anything moved in the picture? A thumbnail of it answers for a fortieth of what a search for the sheet costs."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.imaging import as_image
from scanner.types import Image

_LONGEST = 160  # cells along the longer side: each is the mean of many pixels, in which sensor noise is averaged away
_CELL_CHANGED = 6  # luma: noise stays below in such a mean; half a millimetre of an A4 sheet's rim goes above
_FEWEST_CELLS = 5


def thumbnail(image: Image) -> Image:
    """The luma of a (H, W, 3) picture in cells of whole pixels, about 160 along its longer side."""
    factor = max(1, max(image.shape[:2]) // _LONGEST)
    rows, columns = max(1, image.shape[0] // factor), max(1, image.shape[1] // factor)
    whole = image[: rows * factor, : columns * factor]
    return as_image(cv2.cvtColor(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY))


def differs(before: Image, now: Image) -> bool:
    """True when the scene of two thumbnails is not the same (or their sizes are not)."""
    if before.shape != now.shape:
        return True
    return int(np.count_nonzero(cv2.absdiff(before, now) > _CELL_CHANGED)) >= _FEWEST_CELLS


class Recheck:
    """When something is worth looking at once more: ``soon_s`` after the last time while the picture changes, ``late_s`` while it does not.

    ``linger_s``: it counts as changing for so long after it changed last. Whatever changed since the last look is looked at once, soon.
    """

    def __init__(self, soon_s: float, late_s: float, linger_s: float = 0.0) -> None:
        self._soon_s, self._late_s, self._linger_s = soon_s, late_s, linger_s
        self._done_at = self._changed_at = -1e9
        self._changed = True

    def see(self, at_s: float, changed: bool) -> None:
        """To be told of every frame."""
        if changed:
            self._changed_at, self._changed = at_s, True

    def due(self, at_s: float, *, urgent: bool = False) -> bool:
        """Asks, and when the answer is yes counts as done at ``at_s``. ``urgent``: somebody waits for it, changed or not."""
        lively = urgent or self._changed or at_s - self._changed_at < self._linger_s
        if at_s - self._done_at < (self._soon_s if lively else self._late_s):
            return False
        self._done_at, self._changed = at_s, False
        return True

    def forget(self) -> None:
        self._done_at = -1e9
