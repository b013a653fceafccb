"""What the other modules of this package draw with: noise, colours, soft patches."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Chance: TypeAlias = np.random.Generator
Canvas: TypeAlias = NDArray[np.float32]  # (H, W, 3), BGR, 0..255
Share: TypeAlias = NDArray[np.float32]  # (H, W), 0..1
Colour: TypeAlias = NDArray[np.float32]  # (3,), BGR


def floats(values: MatLike) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)


def cloud(chance: Chance, size: tuple[int, int], cells: tuple[float, float]) -> Share:
    """Smooth values of about -1..1 over ``size`` = (width, height), varying over ``cells`` (across, down) places."""
    coarse = chance.normal(0, 0.5, (max(2, round(cells[1])), max(2, round(cells[0])))).astype(np.float32)
    return floats(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC))


def turbulence(chance: Chance, size: tuple[int, int], coarsest: float, octaves: int = 4) -> Share:
    """Clouds of halving size laid over each other, about -1..1."""
    total = np.zeros((size[1], size[0]), np.float32)
    for octave in range(octaves):
        cells = coarsest * 2**octave
        total += cloud(chance, size, (cells * size[0] / max(size), cells * size[1] / max(size))) / 1.6**octave
    return total


def any_colour(chance: Chance, light: tuple[float, float], strongest: float = 0.6) -> Colour:
    """A colour of lightness within ``light`` (0..255), as saturated as ``strongest`` at most; greyish ones are commoner."""
    hue = chance.uniform(0, 2 * np.pi)
    saturation = strongest * chance.uniform(0, 1) ** 2
    tint = 1 + saturation * np.cos(hue + np.array([0.0, 2.094, 4.189]))
    return np.clip(chance.uniform(*light) * tint, 2, 253).astype(np.float32)


def polygon_share(size: tuple[int, int], points: NDArray[np.floating], soft: float = 0.0) -> Share:
    """1 inside the polygon (pixels), 0 outside, with antialiased sides; ``soft``: sigma of a blur in pixels."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return softened(mask, soft)


def softened(mask: NDArray[np.uint8], soft: float) -> Share:
    share = floats(mask) * (1 / 255)
    if soft <= 0.3:
        return share
    step = max(1, int(soft / 2))  # a wide blur is done small: it looks the same
    if step > 1:
        small = cv2.resize(
            share, (max(2, mask.shape[1] // step), max(2, mask.shape[0] // step)), interpolation=cv2.INTER_AREA
        )
        small = cv2.GaussianBlur(small, (0, 0), soft / step)
        return floats(cv2.resize(small, (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_LINEAR))
    return floats(cv2.GaussianBlur(share, (0, 0), soft))


def lay_colour(canvas: Canvas, share: Share, colour: Colour | Canvas) -> None:
    """``colour`` (one, or one a pixel) over the canvas where ``share`` is, in place."""
    window = _touched(share)
    part = canvas[window]
    part += share[window][..., None] * ((colour[window] if colour.ndim == 3 else colour) - part)


def darken(canvas: Canvas, share: Share, by: float) -> None:
    window = _touched(share)
    canvas[window] *= (1 - by * share[window])[..., None]


def _touched(share: Share) -> tuple[slice, slice]:
    """The window outside which ``share`` is zero: most things are small."""
    x, y, width, height = cv2.boundingRect((share > 0.002).astype(np.uint8))
    return slice(y, y + height), slice(x, x + width)
