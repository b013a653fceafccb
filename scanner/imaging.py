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
