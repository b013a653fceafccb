"""Sides fitted on the full frame: each of four sides is moved to the edge that crosses its neighbourhood, and the corners follow."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.geometry import clockwise, is_convex, movement
from scanner.locate.lines import Doubles
from scanner.types import Image, Quad

_STATIONS = 40  # places along a side where the edge is looked for
_ENDS = 0.04  # left out at both ends: round corners, and the neighbouring side's edge
_FARTHEST = 0.06  # a refined corner may move this share of the diagonal
_ROUNDS = 5


def refine(image: Image, corners: Quad, reach: float, passes: int = 2) -> Quad:
    """The corners moved onto the sheet's edges. ``reach``: how far (pixels) the true sides may be from the given ones."""
    given = clockwise(corners)
    fitted = given.astype(np.float64)
    for step in range(passes):
        moved = _fitted(image, fitted, max(3.0, reach / 2.5**step))
        if moved is None:
            return given
        fitted = moved
    result = fitted.astype(np.float32)
    return result if is_convex(result) and movement(given, result) < _FARTHEST else given


def _fitted(image: Image, quad: Doubles, reach: float) -> Doubles | None:
    """One pass over all four sides; None when two neighbouring sides came out parallel."""
    side = np.roll(quad, -1, axis=0) - quad
    length = np.linalg.norm(side, axis=1)
    along = side / np.maximum(length, 1e-6)[:, None]
    normal = np.c_[-along[:, 1], along[:, 0]]
    place = np.linspace(_ENDS, 1 - _ENDS, _STATIONS) * length[:, None]  # (4, stations)
    steps = int(np.ceil(reach)) + 2
    off = np.arange(-steps, steps + 1, dtype=np.float64)
    strength = _edge_strength(image, quad, along, normal, place, off)
    best = strength.argmax(axis=2)
    found = off[1:-1][best] + _peak(strength, best)
    weight = np.take_along_axis(strength, best[..., None], axis=2)[..., 0]
    slope, shift = _robust_lines(place, found, weight)
    return _corners(quad + shift[:, None] * normal, along + slope[:, None] * normal)


def _edge_strength(
    image: Image, quad: Doubles, along: Doubles, normal: Doubles, place: Doubles, off: Doubles
) -> Doubles:
    """(4, stations, len(off) - 2): how strongly colour changes across the side, at each station and offset."""
    spot = quad[:, None, :] + place[..., None] * along[:, None, :]
    spot = spot[:, :, None, :] + off[:, None] * normal[:, None, None, :]
    rows = spot.reshape(4 * _STATIONS, len(off), 2).astype(np.float32)
    profile = cv2.remap(image, rows[..., 0], rows[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    colours = profile.reshape(4, _STATIONS, len(off), 3).astype(np.float32)
    rise = colours[:, :, 2:] - colours[:, :, :-2]
    rise[:, 1:-1] = (rise[:, :-2] + rise[:, 1:-1] + rise[:, 2:]) / 3  # print and grain go, the edge stays
    # an edge of the sheet changes colour the same way all along; what goes up here and down there is print
    common = np.median(rise, axis=1, keepdims=True)
    strength = np.linalg.norm(rise, axis=3) + 2.0 * np.linalg.norm(common, axis=3)
    nearness = 1.0 - 0.5 * (off[1:-1] / off[-1]) ** 2
    return strength * nearness


def _peak(strength: Doubles, best: np.ndarray) -> Doubles:
    """Where the parabola through each maximum and its neighbours peaks, -0.5..0.5."""
    last = strength.shape[2] - 1
    before, here, after = (
        np.take_along_axis(strength, np.clip(best + k, 0, last)[..., None], axis=2)[..., 0] for k in (-1, 0, 1)
    )
    bend = before - 2 * here + after
    sound = bend < -1e-6
    return np.where(sound, np.clip(0.5 * (before - after) / np.where(sound, bend, 1.0), -0.5, 0.5), 0.0)


def _robust_lines(x: Doubles, y: Doubles, weight: Doubles) -> tuple[Doubles, Doubles]:
    """Slope and intercept of each row's line, iteratively reweighted (Cauchy): stations under a finger or at print do not pull."""
    shift, slope = np.median(y, axis=1), np.zeros(len(y))
    for _ in range(_ROUNDS):
        off = y - (slope[:, None] * x + shift[:, None])
        scale = np.maximum(0.5, 1.4826 * np.median(np.abs(off), axis=1, keepdims=True))
        say = weight / (1.0 + (off / scale) ** 2)
        say /= np.maximum(say.sum(1, keepdims=True), 1e-9)  # a side without any edge
        mean_x, mean_y = (say * x).sum(1), (say * y).sum(1)
        from_mean = x - mean_x[:, None]
        slope = (say * from_mean * y).sum(1) / np.maximum((say * from_mean**2).sum(1), 1e-9)
        shift = mean_y - slope * mean_x
    return slope, shift


def _corners(point: Doubles, direction: Doubles) -> Doubles | None:
    """Where each side meets the one before it."""
    p, u = np.roll(point, 1, axis=0), np.roll(direction, 1, axis=0)
    turn = u[:, 0] * direction[:, 1] - u[:, 1] * direction[:, 0]
    if (np.abs(turn) < 1e-3).any():
        return None
    w = point - p
    reach = (w[:, 0] * direction[:, 1] - w[:, 1] * direction[:, 0]) / turn
    return p + reach[:, None] * u
