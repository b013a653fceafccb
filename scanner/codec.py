"""Pictures to bytes and back."""

from __future__ import annotations

import io
import warnings

import cv2
import numpy as np
from PIL import Image as Pillow

from scanner.imaging import as_bgr
from scanner.types import Image

LARGEST_DECLARED = 120_000_000  # pixels; a few bytes may claim billions, and decoding would ask for the memory
_FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF")


def to_jpeg(image: Image, quality: int = 90) -> bytes:
    """JPEG of a (H, W, 3) BGR picture. Raises ValueError for an empty one."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("this picture cannot be encoded")
    return data.tobytes()


def declared_size(data: bytes) -> tuple[int, int] | None:
    """(width, height) that a picture file claims, from its header alone; None when it is no picture of a kind that is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is odd about it is not our user's business
        try:
            with Pillow.open(io.BytesIO(data), formats=_FORMATS) as header:
                return header.size
        except Pillow.DecompressionBombError:
            return LARGEST_DECLARED, 1
        except Exception:  # headers can be wrong in any way
            return None


def from_bytes(data: bytes) -> Image | None:
    """The (H, W, 3) BGR picture in ``data`` (JPEG, PNG, BMP, WebP, TIFF, GIF: its first picture), or None when it is none or too large."""
    size = declared_size(data)
    if size is None or min(size) < 1 or size[0] * size[1] >= LARGEST_DECLARED:
        return None
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if image is None else as_bgr(image)
