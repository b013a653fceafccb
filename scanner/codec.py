"""Pictures to bytes and back."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.types import Image


def to_jpeg(image: Image, quality: int = 90) -> bytes:
    """JPEG of a (H, W, 3) BGR picture. Raises ValueError for an empty one."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("this picture cannot be encoded")
    return data.tobytes()


def from_bytes(data: bytes) -> Image | None:
    """The BGR picture in ``data`` (JPEG, PNG, …), or None when it is none."""
    if not data:
        return None
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return None if image is None else image.astype(np.uint8, copy=False)
