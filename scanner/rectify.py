"""From a frame with four corners to the flat, upright page."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.geometry import as_quad, clockwise, is_convex, quarter_turns, side_lengths, true_aspect
from scanner.imaging import as_image
from scanner.types import Image, Quad

# A page is never made larger than this on its longer side: two corners next to each other must not ask for gigabytes.
_LONGEST_SIDE = 6000


class NotAPage(ValueError):
    """The corners enclose nothing that could be a flat page."""


def rectify(
    image: Image,
    corners: Quad,
    size_mm: tuple[float, float] | None = None,
    px_per_mm: float | None = None,
) -> Image:
    """The page inside ``corners`` seen from straight above, beginning at the first corner.

    ``corners``: clockwise, in pixels of ``image``. ``size_mm`` = (width, height) of the page as the corners run (from the first to the
    second is the width); without it the proportions come from the perspective. ``px_per_mm`` (needs ``size_mm``) fixes the scale;
    without it the page gets as many pixels as its longest sides have in the frame. Raises NotAPage when the corners are not convex.
    """
    width, height = page_size(image, corners, size_mm, px_per_mm)
    matrix = page_matrix(corners, (width, height))
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return as_image(flat)


def page_size(
    image: Image,
    corners: Quad,
    size_mm: tuple[float, float] | None = None,
    px_per_mm: float | None = None,
) -> tuple[int, int]:
    """(width, height) in pixels of the page that ``rectify`` makes of the same arguments."""
    quad = as_quad(corners)
    if not is_convex(quad):
        raise NotAPage("the corners are not convex")
    top, right, bottom, left = side_lengths(quad)
    across, down = max(top, bottom), max(left, right)
    if size_mm is not None and px_per_mm is not None:
        width, height = size_mm[0] * px_per_mm, size_mm[1] * px_per_mm
    else:
        aspect = size_mm[0] / size_mm[1] if size_mm is not None else true_aspect(quad, (image.shape[1], image.shape[0]))
        aspect = float(np.clip(aspect, 0.05, 20.0))
        height = max(down, across / aspect)
        width = height * aspect
    shrink = min(1.0, _LONGEST_SIDE / max(width, height))
    return max(8, round(width * shrink)), max(8, round(height * shrink))


def page_matrix(corners: Quad, page: tuple[int, int]) -> NDArray[np.float64]:
    """The 3 x 3 matrix that takes frame pixels to pixels of the rectified page of this (width, height)."""
    width, height = page
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32) - 0.5
    return np.asarray(cv2.getPerspectiveTransform(as_quad(corners), target), dtype=np.float64)


def turn(image: Image, degrees: int) -> Image:
    """The picture turned clockwise by a multiple of 90 degrees. A page that lies turned by d in the frame is upright after -d."""
    codes = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)
    code = codes[quarter_turns(degrees)]
    return image if code is None else as_image(cv2.rotate(image, code))


def whole_frame(image: Image) -> Quad:
    """The frame's own corners: what to rectify when a person says "take it" and no sheet was found."""
    height, width = image.shape[:2]
    return clockwise([[0, 0], [width, 0], [width, height], [0, height]])
