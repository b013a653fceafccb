"""How pictures look: light, lens, sensor and the tilt of the camera, drawn by chance within a severity.

The model is the usual one of a cheap webcam: uneven light and vignetting (a gain per pixel), a colour cast from white balance, defocus
(a Gaussian), sensor noise (Gaussian, a little correlated by demosaicing) and JPEG compression.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.types import Image

GAIN_UNIT = 160  # the byte that means "gain 1" in a gain map


class Severity(StrEnum):
    GOOD = "good"
    MEDIUM = "medium"
    BAD = "bad"


@dataclass(frozen=True)
class Look:
    """One draw of camera and light, the same for all papers of a visit. Angles in degrees."""

    seed: int
    pitch: float
    yaw: float
    zoom: float
    brightness: float
    unevenness: float
    cast: tuple[float, float, float]  # blue, green, red
    softness_px: float  # sigma of the lens, at 1080 lines
    noise: float  # sigma, 0..255
    jpeg_quality: int
    glare: float  # 0 none .. 1 blown out


@dataclass(frozen=True)
class _Range:
    tilt: float
    zoom: tuple[float, float]
    brightness: tuple[float, float]
    unevenness: tuple[float, float]
    cast: float
    softness: tuple[float, float]
    noise: tuple[float, float]
    jpeg: tuple[int, int]
    glare_chance: float
    glare: tuple[float, float]


_RANGES = {
    Severity.GOOD: _Range(4, (0.97, 1.0), (0.88, 0.98), (0.05, 0.14), 0.02, (0.45, 0.65), (1.2, 2.2), (88, 94), 0.0, (0, 0)),
    Severity.MEDIUM: _Range(8, (0.9, 0.98), (0.8, 1.0), (0.14, 0.28), 0.05, (0.8, 1.1), (3.0, 5.0), (72, 84), 0.35, (0.3, 0.6)),
    Severity.BAD: _Range(12, (0.8, 0.92), (0.6, 0.8), (0.25, 0.42), 0.08, (1.3, 1.8), (6.0, 9.0), (50, 64), 0.6, (0.5, 1.0)),
}  # fmt: skip


@lru_cache(maxsize=64)
def look(severity: str, seed: int) -> Look:
    """The look for a severity (good, medium, bad) and a seed; the same pair gives the same look. Raises ValueError for another word."""
    chosen = Severity(severity)
    r = _RANGES[chosen]
    rng = np.random.default_rng((seed, list(Severity).index(chosen)))
    jpeg_low, jpeg_high = r.jpeg
    return Look(
        seed=seed,
        pitch=float(rng.uniform(0.3, 1.0) * r.tilt),
        yaw=float(rng.uniform(-0.6, 0.6) * r.tilt),
        zoom=float(rng.uniform(*r.zoom)),
        brightness=float(rng.uniform(*r.brightness)),
        unevenness=float(rng.uniform(*r.unevenness)),
        cast=(1 + _swing(rng, r.cast), 1 + _swing(rng, r.cast / 2), 1 + _swing(rng, r.cast)),
        softness_px=float(rng.uniform(*r.softness)),
        noise=float(rng.uniform(*r.noise)),
        jpeg_quality=int(rng.integers(jpeg_low, jpeg_high)),
        glare=float(rng.uniform(*r.glare)) if rng.random() < r.glare_chance else 0.0,
    )


def _swing(rng: np.random.Generator, most: float) -> float:
    return float(rng.uniform(-most, most))


@lru_cache(maxsize=4)
def gain_map(size: tuple[int, int], chosen: Look) -> Image:
    """The gain of every pixel and channel, (H, W, 3) uint8 in units of ``GAIN_UNIT``: a light from one side, darker corners."""
    width, height = size
    rng = np.random.default_rng((chosen.seed, 11))
    xs, ys = np.meshgrid(np.linspace(-1, 1, width // 8), np.linspace(-1, 1, height // 8))
    angle = rng.uniform(0, 2 * np.pi)
    side = chosen.unevenness * (np.cos(angle) * xs + np.sin(angle) * ys)
    corners = (0.06 + 0.35 * chosen.unevenness) * (xs**2 + ys**2) / 2
    gain = chosen.brightness * (1 + side - corners)
    coloured = gain[..., None] * np.array(chosen.cast)
    small = np.clip(coloured * GAIN_UNIT, 0, 255).astype(np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


@lru_cache(maxsize=4)
def glare_map(size: tuple[int, int], chosen: Look) -> Image | None:
    """White light that a lamp adds where the paper shines, (H, W, 3) uint8, or None without glare."""
    if not chosen.glare:
        return None
    width, height = size
    rng = np.random.default_rng((chosen.seed, 12))
    cx, cy = rng.uniform(0.3, 0.7) * width, rng.uniform(0.3, 0.7) * height
    rx, ry = rng.uniform(0.05, 0.12) * width, rng.uniform(0.05, 0.12) * width
    xs, ys = np.meshgrid(np.arange(0, width, 8), np.arange(0, height, 8))
    spot = np.exp(-((((xs - cx) / rx) ** 2 + ((ys - cy) / ry) ** 2) ** 1.3))
    light = cv2.resize((spot * 255 * chosen.glare).astype(np.float32), (width, height)).astype(np.uint8)
    return np.ascontiguousarray(cv2.merge([light, light, light])).astype(np.uint8)


class NoiseBank:
    """Sensor noise drawn once and laid over frames at changing places: two saturating byte operations a frame."""

    _TILE = 384

    def __init__(self, size: tuple[int, int], sigma: float, seed: int) -> None:
        self._size = size
        rng = np.random.default_rng((seed, 13))
        drawn = rng.normal(0, sigma, (self._TILE, self._TILE, 3)).astype(np.float32)
        smooth = cv2.GaussianBlur(drawn, (0, 0), 0.6)
        tile = np.round(smooth * (sigma / max(float(smooth.std()), 1e-6)))
        repeats = (size[1] // self._TILE + 2, size[0] // self._TILE + 2, 1)
        self._plus = np.tile(np.clip(tile, 0, 255).astype(np.uint8), repeats)
        self._minus = np.tile(np.clip(-tile, 0, 255).astype(np.uint8), repeats)
        self._rng = rng

    def over(self, image: Image) -> Image:
        """A new noisy picture of ``image``; each call has other noise."""
        width, height = self._size
        x, y = (int(v) for v in self._rng.integers(0, self._TILE, 2))
        noisy = cv2.add(image, self._plus[y : y + height, x : x + width])
        cv2.subtract(noisy, self._minus[y : y + height, x : x + width], dst=noisy)
        return _bytes(noisy)


def compressed(image: Image, quality: int) -> Image:
    """``image`` after JPEG compression."""
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _bytes(cv2.imdecode(data, cv2.IMREAD_COLOR))


def _bytes(image: NDArray[np.generic] | cv2.typing.MatLike | None) -> Image:
    """OpenCV's stubs forget the type of pixels; these are bytes."""
    return np.asarray(image, np.uint8)
