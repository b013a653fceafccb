"""Sides fitted on the full frame: each of four sides is moved to the edge that crosses its neighbourhood, and the corners follow."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.geometry import clockwise, is_convex, movement
from scanner.locate.lines import Doubles
from scanner.types import Image, Quad

_STATIONS = 48  # places along a side where the edge is looked for
_ENDS = 0.04  # left out at both ends: round corners, and the neighbouring side's edge
_FARTHEST = 0.06  # a refined corner may move this share of the diagonal


def refine(image: Image, corners: Quad, reach: float) -> Quad:
    """The corners moved onto the sheet's edges. ``reach``: how far (pixels) the true side may be from the given one."""
    quad = clockwise(corners).astype(np.float64)
    fitted = quad
    for span in (reach, max(3.0, reach / 2.5)):
        lines = [_fit_side(image, fitted[i], fitted[(i + 1) % 4], span) for i in range(4)]
        corner = [_meet(lines[i - 1], lines[i]) for i in range(4)]
        if any(point is None for point in corner):
            return corners
        fitted = np.array(corner)
    result = fitted.astype(np.float32)
    return result if is_convex(result) and movement(clockwise(corners), result) < _FARTHEST else corners


def _fit_side(image: Image, start: Doubles, end: Doubles, reach: float) -> tuple[Doubles, Doubles]:
    """A point and the direction of the best straight edge near the side from ``start`` to ``end``."""
    side = end - start
    length = float(np.linalg.norm(side))
    direction = side / max(length, 1e-6)
    normal = np.array([-direction[1], direction[0]])
    along = np.linspace(_ENDS, 1 - _ENDS, _STATIONS) * length
    steps = int(np.ceil(reach)) + 2
    off = np.arange(-steps, steps + 1, dtype=np.float64)
    spot = start + along[:, None, None] * direction + off[None, :, None] * normal
    profile = cv2.remap(
        image,
        spot[..., 0].astype(np.float32),
        spot[..., 1].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    profile = cv2.blur(profile.astype(np.float32), (1, 5))  # along the side: print and grain go, the edge stays
    rise = (profile[:, 2:] - profile[:, :-2]).reshape(_STATIONS, len(off) - 2, -1)
    # an edge of the sheet changes colour the same way all along; what goes up here and down there is print
    common = np.median(rise, axis=0, keepdims=True)
    strength = np.linalg.norm(rise, axis=2) + 2.0 * np.linalg.norm(common, axis=2)
    position = off[1:-1]
    strength = strength * (1.0 - 0.5 * (position / (steps + 1)) ** 2)
    best = strength.argmax(axis=1)
    found = position[best] + _peak(strength, best)
    weight = strength[np.arange(_STATIONS), best]
    slope, shift = _robust_line(along, found, weight)
    return start + shift * normal, direction + slope * normal


def _peak(strength: Doubles, best: np.ndarray) -> Doubles:
    """Where the parabola through the maximum and its neighbours peaks, -0.5..0.5."""
    rows = np.arange(len(best))
    last = strength.shape[1] - 1
    before, here, after = (
        strength[rows, np.maximum(best - 1, 0)],
        strength[rows, best],
        strength[rows, np.minimum(best + 1, last)],
    )
    bend = before - 2 * here + after
    return np.where(
        np.abs(bend) > 1e-6, np.clip(0.5 * (before - after) / np.where(np.abs(bend) > 1e-6, bend, 1.0), -0.5, 0.5), 0.0
    )


def _robust_line(x: Doubles, y: Doubles, weight: Doubles) -> tuple[float, float]:
    """Slope and intercept, iteratively reweighted (Cauchy) so that stations under a finger or at print do not pull."""
    say = weight.copy()
    shift, slope = float(np.median(y)), 0.0
    for _ in range(8):
        off = y - (slope * x + shift)
        scale = max(0.5, 1.4826 * float(np.median(np.abs(off))))
        say = weight / (1.0 + (off / scale) ** 2)
        mean_x, mean_y = np.average(x, weights=say), np.average(y, weights=say)
        slope = float((say * (x - mean_x) * (y - mean_y)).sum() / max((say * (x - mean_x) ** 2).sum(), 1e-9))
        shift = float(mean_y - slope * mean_x)
    return slope, shift


def _meet(a: tuple[Doubles, Doubles], b: tuple[Doubles, Doubles]) -> Doubles | None:
    (p, u), (q, v) = a, b
    turn = u[0] * v[1] - u[1] * v[0]
    if abs(turn) < 1e-3:
        return None
    w = q - p
    return p + (w[0] * v[1] - w[1] * v[0]) / turn * u
