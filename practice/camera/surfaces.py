"""Desk tops, drawn by program: wood, grey cloth, white laminate, dark laminate."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.types import Image

SURFACES = ("wood", "grey", "white", "dark")


@lru_cache(maxsize=4)
def surface(name: str, size: tuple[int, int], seed: int) -> Image:
    """A desk top of ``size`` = (width, height), (H, W, 3) uint8 BGR. Raises KeyError for an unknown name."""
    drawn = _DRAWN[name](size, np.random.default_rng((seed, 21)))
    return np.clip(drawn, 0, 255).astype(np.uint8)


def _cloud(rng: np.random.Generator, size: tuple[int, int], cells: tuple[int, int]) -> NDArray[np.float32]:
    """Smooth random values of about -1..1, varying over ``cells`` (across, down) places."""
    coarse = rng.normal(0, 0.5, (max(2, cells[1]), max(2, cells[0]))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC), np.float32)


def _tinted(values: NDArray[np.floating], colour: tuple[int, int, int]) -> NDArray[np.float32]:
    return values[..., None].astype(np.float32, copy=False) * np.array(colour, np.float32)


def _wood(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    width, height = size
    grain = 0.55 * _cloud(rng, size, (6, height // 3)) + 0.3 * _cloud(rng, size, (14, height // 9))
    shade = 1 + 0.1 * grain + 0.06 * _cloud(rng, size, (4, 3))
    for x in range(int(rng.integers(100, 400)), width, max(200, width // 4)):
        shade[:, max(0, x - 1) : x + 2] *= 0.8
    return _tinted(shade, (104, 150, 190) if rng.random() < 0.5 else (84, 122, 160))


def _grey(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    weave = 0.5 * _cloud(rng, size, (size[0] // 3, size[1] // 2)) + 0.5 * _cloud(
        rng, size, (size[0] // 2, size[1] // 3)
    )
    return _tinted(1 + 0.07 * weave + 0.06 * _cloud(rng, size, (5, 4)), (128, 130, 132))


def _white(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    return _tinted(1 + 0.015 * _cloud(rng, size, (8, 6)) + 0.006 * _cloud(rng, size, (300, 200)), (214, 218, 218))


def _dark(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    return _tinted(1 + 0.12 * _cloud(rng, size, (9, 7)) + 0.08 * _cloud(rng, size, (400, 260)), (44, 42, 46))


_DRAWN = {"wood": _wood, "grey": _grey, "white": _white, "dark": _dark}
