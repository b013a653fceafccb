"""Several frames of one sheet, the sharpest kept."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np

from scanner.geometry import movement
from scanner.imaging import grey_of
from scanner.live.types import Capture
from scanner.types import Image, Quad

_TAKE = 5
_KEEP = 4
_MOVED = 0.005
_WINDOW = (640, 480)  # pixels in the middle of the sheet by which frames are compared


@dataclass(frozen=True, eq=False)
class Shot:
    """One frame with the sheet's corners in it (None: no outline)."""

    image: Image
    corners: Quad | None


class Held:
    """The latest frames of a sheet that lies still, so that a burst need not wait for new ones."""

    def __init__(self, most: int = _TAKE - 1) -> None:
        self._shots: deque[Shot] = deque(maxlen=most)

    def add(self, image: Image, corners: Quad | None) -> None:
        self._shots.append(Shot(image, corners))

    def take(self) -> tuple[Shot, ...]:
        """The frames held, oldest first; none are held afterwards."""
        shots = tuple(self._shots)
        self._shots.clear()
        return shots

    def drop(self) -> None:
        self._shots.clear()


class Burst:
    """Collects frames until there are enough. ``by_hand``: frames are taken whatever they show. ``held``: frames taken already."""

    def __init__(self, by_hand: bool, take: int = _TAKE, keep: int = _KEEP, held: tuple[Shot, ...] = ()) -> None:
        self.by_hand = by_hand
        self._take = take
        self._keep = keep
        self._shots: list[Shot] = list(held)
        self._moved = False

    def add(self, image: Image, corners: Quad | None) -> bool:
        """One more frame; True when the burst is complete (or spoilt: then ``capture`` gives None)."""
        if not self.by_hand and self._is_elsewhere(corners):
            self._moved = True
            return True
        if self._shots and image.shape != self._shots[0].image.shape:
            self._shots.clear()  # a camera that changed its size under the burst
        self._shots.append(Shot(image, corners))
        return len(self._shots) >= self._take

    def capture(self) -> Capture | None:
        """The sharpest frames, best first; None when the sheet moved under the burst."""
        if self._moved or not self._shots:
            return None
        place = next((shot.corners for shot in self._shots if shot.corners is not None), None)
        sharp = [_sharpness(shot.image, place) for shot in self._shots]
        order = sorted(range(len(sharp)), key=lambda i: (self._shots[i].corners is None, -sharp[i]))
        best = [self._shots[i] for i in order[: self._keep]]
        return Capture(tuple(shot.image for shot in best), best[0].corners, self.by_hand)

    def _is_elsewhere(self, corners: Quad | None) -> bool:
        if corners is None:
            return True
        first = self._shots[0].corners if self._shots else None
        return first is not None and movement(first, corners) > _MOVED


def _sharpness(image: Image, corners: Quad | None) -> float:
    """How steep the steepest edges in the middle of the sheet are. All frames of a burst show the same, so their contents do not matter."""
    height, width = image.shape[:2]
    x, y = (width / 2, height / 2) if corners is None else corners.mean(axis=0)
    left = int(np.clip(x - _WINDOW[0] / 2, 0, max(0, width - _WINDOW[0])))
    top = int(np.clip(y - _WINDOW[1] / 2, 0, max(0, height - _WINDOW[1])))
    window = grey_of(image[top : top + _WINDOW[1], left : left + _WINDOW[0]])
    edges = cv2.convertScaleAbs(cv2.Laplacian(cv2.GaussianBlur(window, (0, 0), 0.7), cv2.CV_16S, ksize=3))
    return float(np.percentile(edges, 98))
