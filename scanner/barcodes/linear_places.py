"""Where linear codes may lie in a picture, at any angle: places whose edges all run one way.

The structure tensor (Bigün and Granlund 1987) averaged over cells tells how strongly, and how much in one direction, the brightness
changes there. Bars are strong and one-way over a wide stretch; print has edges in all directions, a table's rule is thin.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.types import Image

_CELL = 8  # pixels
_STRIP = 16 * _CELL  # rows worked on at a time, so that they stay in the processor's cache
_ONE_WAY = 0.65  # coherence: 0 edges in all directions, 1 in one
_LEAST_CHANGE = 3.0**2  # mean squared change from pixel to pixel, in grey levels
_LEAST_LENGTH = 48.0  # pixels across the bars; EAN-13 has 95 modules
_LEAST_HEIGHT = 10.0
_MOST_GROUPS = 12  # of cells, looked at more closely
_MOST_PLACES = 4  # a cluttered picture: the strongest ones only


@dataclass(frozen=True)
class LinearPlace:
    """A stretch of bars, in the picture's pixels: ``centre``; ``along`` from its middle to its end, across all bars; ``up`` along the bars
    from its middle to their ends. ``along`` and ``up`` need not be at right angles."""

    centre: tuple[float, float]
    along: tuple[float, float]
    up: tuple[float, float]

    def scaled(self, factor: float) -> LinearPlace:
        """The same place in the picture enlarged by this factor."""
        return LinearPlace(*((x * factor, y * factor) for x, y in (self.centre, self.along, self.up)))


def linear_places(grey: Image) -> list[LinearPlace]:
    """Places of a grey picture, the strongest first; none is guaranteed to be a code."""
    xx, yy, xy = _tensor(grey)
    change = xx + yy
    one_way = np.sqrt((xx - yy) ** 2 + 4 * xy**2) / np.maximum(change, 1e-6)
    mask = ((one_way > _ONE_WAY) & (change > _LEAST_CHANGE)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    ranked: list[tuple[float, LinearPlace]] = []
    largest = 1 + np.argsort(-stats[1:count, cv2.CC_STAT_AREA])[:_MOST_GROUPS]
    for label in largest:
        left, top, width, height, cells = stats[label]
        if cells < 8 or max(width, height) * _CELL < _LEAST_LENGTH / 2:
            continue
        window = np.s_[top : top + height, left : left + width]
        inside = labels[window] == label
        place = _place(np.argwhere(inside) + (top, left), *(t[window][inside] for t in (xx, yy, xy)))
        if place is not None:
            ranked.append((float(change[window][inside].sum()), place))
    ranked.sort(key=lambda item: -item[0])
    return [place for _, place in ranked[:_MOST_PLACES]]


def _tensor(grey: Image) -> tuple[NDArray[np.float32], ...]:
    """Means of gx², gy², gx·gy over cells and their neighbours, each (rows / cell, columns / cell); gradients in grey levels a pixel."""
    rows, columns = grey.shape[0] // _CELL, grey.shape[1] // _CELL
    sums = [np.zeros((rows, columns), np.float32) for _ in range(3)]
    if rows and columns:
        for top in range(0, rows * _CELL, _STRIP):
            strip = grey[top : min(top + _STRIP, rows * _CELL), : columns * _CELL]
            gx = cv2.Sobel(strip, cv2.CV_32F, 1, 0, scale=0.125)
            gy = cv2.Sobel(strip, cv2.CV_32F, 0, 1, scale=0.125)
            cells = (columns, strip.shape[0] // _CELL)
            for total, product in zip(sums, (gx * gx, gy * gy, gx * gy), strict=True):
                total[top // _CELL : top // _CELL + cells[1]] = cv2.resize(product, cells, interpolation=cv2.INTER_AREA)
        sums = [cv2.blur(total, (3, 3)) for total in sums]
    return tuple(sums)


def _place(
    cells: NDArray[np.int64], xx: NDArray[np.float32], yy: NDArray[np.float32], xy: NDArray[np.float32]
) -> LinearPlace | None:
    """The oriented box of a group of cells given as (row, column), or None when it cannot be a code."""
    angle = 0.5 * np.arctan2(2 * float(xy.sum()), float(xx.sum() - yy.sum()))
    normal = np.array([np.cos(angle), np.sin(angle)])  # across the bars
    bars = np.array([-normal[1], normal[0]])
    points = (cells[:, ::-1] + 0.5) * _CELL
    middle = points.mean(axis=0)
    across, high = (points - middle) @ normal, (points - middle) @ bars
    near, far = np.percentile(across, (1, 99))
    # the middle line: a slanted code, or one seen in perspective, climbs as it goes on
    slope = float((across * high).sum() / max(float((across**2).sum()), 1e-6))
    low, top = np.percentile(high - slope * across, (5, 95))
    length, height = far - near + _CELL, top - low + _CELL
    if length < _LEAST_LENGTH or height < _LEAST_HEIGHT or height > 3 * length:
        return None
    along = normal + slope * bars
    centre = middle + along * (near + far) / 2 + bars * (low + top) / 2
    return LinearPlace(_pair(centre), _pair(along * length / 2), _pair(bars * height / 2))


def _pair(vector: NDArray[np.float64]) -> tuple[float, float]:
    return float(vector[0]), float(vector[1])
