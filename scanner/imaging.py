"""Small image helpers that several parts of the scanner need."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike

from scanner.types import Image


def as_image(pixels: ArrayLike) -> Image:
    """OpenCV's loosely typed result as our Image; copies only when the depth is not 8 bit."""
    return np.asarray(pixels, dtype=np.uint8)


def grey_of(image: Image) -> Image:
    """Luma, (H, W); a picture that is grey already comes back as it is."""
    return image if image.ndim == 2 else as_image(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))


def shrunk(image: Image, longest: int) -> tuple[Image, float]:
    """The picture with its longer side at most ``longest`` pixels, and the factor it was scaled by (1.0: untouched)."""
    factor = longest / max(image.shape[:2])
    if factor >= 1.0:
        return image, 1.0
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    return as_image(cv2.resize(image, size, interpolation=cv2.INTER_AREA)), factor


LARGEST_PIXELS = 26_000_000  # of a picture that is worked on: more than any camera of a desk gives, less than fills a small computer


def as_bgr(pixels: object) -> Image | None:
    """Whatever a driver or a file calls a picture as (H, W, 3) BGR bytes, or None when it is none.

    Grey, alpha, 16 bits and floats (0..1) are converted; what has more than ``LARGEST_PIXELS`` is made smaller.
    """
    if not isinstance(pixels, np.ndarray) or pixels.ndim not in (2, 3) or 0 in pixels.shape:
        return None
    if max(pixels.shape[:2]) >= 32_000:  # OpenCV's own limit where pictures are warped
        return None
    picture = _as_bytes(pixels)
    if picture is None:
        return None
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    if channels not in (1, 3, 4):
        return None
    picture = np.ascontiguousarray(picture)
    if channels != 3:
        picture = as_image(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR if channels == 1 else cv2.COLOR_BGRA2BGR))
    count = picture.shape[0] * picture.shape[1]
    if count <= LARGEST_PIXELS:
        return picture
    factor = (LARGEST_PIXELS / count) ** 0.5
    size = (max(1, int(picture.shape[1] * factor)), max(1, int(picture.shape[0] * factor)))
    return as_image(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def _as_bytes(pixels: np.ndarray) -> np.ndarray | None:
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.uint16:
        return (pixels >> 8).astype(np.uint8)
    if pixels.dtype == np.bool_:
        return pixels.astype(np.uint8) * 255
    if np.issubdtype(pixels.dtype, np.integer):
        return np.clip(pixels, 0, 255).astype(np.uint8)
    if np.issubdtype(pixels.dtype, np.floating):
        return (np.clip(np.nan_to_num(pixels), 0.0, 1.0) * 255).astype(np.uint8)
    return None
