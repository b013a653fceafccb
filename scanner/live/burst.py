"""Several frames of one sheet, the sharpest kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.geometry import movement
from scanner.imaging import grey_of
from scanner.live.types import Capture
from scanner.quality import sharpness
from scanner.types import Image, Quad

_TAKE = 5
_KEEP = 4
_MOVED = 0.005


@dataclass(frozen=True, eq=False)
class _Shot:
    image: Image
    corners: Quad | None
    sharp: float


class Burst:
    """Collects frames until there are enough. ``by_hand``: frames are taken whatever they show."""

    def __init__(self, by_hand: bool, take: int = _TAKE, keep: int = _KEEP) -> None:
        self.by_hand = by_hand
        self._take = take
        self._keep = keep
        self._shots: list[_Shot] = []
        self._moved = False

    def add(self, image: Image, corners: Quad | None) -> bool:
        """One more frame; True when the burst is complete (or spoilt: then ``capture`` gives None)."""
        if not self.by_hand and self._is_elsewhere(corners):
            self._moved = True
            return True
        self._shots.append(_Shot(image, corners, _sharpness(image, corners)))
        return len(self._shots) >= self._take

    def capture(self) -> Capture | None:
        """The sharpest frames, best first; None when the sheet moved under the burst."""
        if self._moved or not self._shots:
            return None
        best = sorted(self._shots, key=lambda shot: (shot.corners is None, -shot.sharp))[: self._keep]
        return Capture(tuple(shot.image for shot in best), best[0].corners, self.by_hand)

    def _is_elsewhere(self, corners: Quad | None) -> bool:
        if corners is None:
            return True
        first = self._shots[0].corners if self._shots else None
        return first is not None and movement(first, corners) > _MOVED


def _sharpness(image: Image, corners: Quad | None) -> float:
    """Of the box around the sheet: frames of one burst are compared with each other only, so it need not be rectified."""
    if corners is None:
        return sharpness(grey_of(image)) or 0.0
    low = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    high = np.ceil(corners.max(axis=0)).astype(int)
    box = image[low[1] : high[1], low[0] : high[0]]
    return (sharpness(grey_of(box)) or 0.0) if box.size else 0.0
