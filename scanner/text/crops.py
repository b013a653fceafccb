"""Cutting lines out of pictures."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image
from scanner.types import Image, Quad


def box_size(quad: Quad) -> tuple[float, float]:
    """(width, height) of a clockwise quadrilateral, in its own pixels."""
    top, right, bottom, left = (float(np.linalg.norm(quad[(i + 1) % 4] - quad[i])) for i in range(4))
    return (top + bottom) / 2, (left + right) / 2


def transform_points(points: Quad, matrix: NDArray[np.floating]) -> Quad:
    """``points`` (N, 2) through a 3 x 3 projective ``matrix``."""
    mapped = cv2.perspectiveTransform(np.asarray(points, np.float64).reshape(-1, 1, 2), matrix)
    return mapped.reshape(-1, 2).astype(np.float32)


def grow(quad: Quad, along: float, across: float) -> Quad:
    """``quad`` with ``along`` pixels added at both ends of the line and ``across`` above and below."""
    width, height = box_size(quad)
    u = (quad[1] - quad[0] + quad[2] - quad[3]) / (2 * max(width, 1e-3)) * along
    v = (quad[3] - quad[0] + quad[2] - quad[1]) / (2 * max(height, 1e-3)) * across
    return np.stack([quad[0] - u - v, quad[1] + u - v, quad[2] + u + v, quad[3] - u + v]).astype(np.float32)


def part(quad: Quad, start: float, stop: float) -> Quad:
    """The piece of a line box between ``start`` and ``stop``, shares 0..1 of its length."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    corners = [quad[0] + top * start, quad[0] + top * stop, quad[3] + bottom * stop, quad[3] + bottom * start]
    return np.stack(corners).astype(np.float32)


def cut(image: Image, quad: Quad, height: int | None = None) -> Image:
    """The quadrilateral as an upright picture, ``height`` pixels tall (None: as tall as it is in ``image``)."""
    width, tall = box_size(quad)
    out_height = height or max(2, round(tall))
    out_width = int(np.clip(round(width * out_height / max(tall, 1.0)), 2, 4000))
    corners = np.array([[0, 0], [out_width, 0], [out_width, out_height], [0, out_height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(quad, np.float32), corners)
    interpolation = cv2.INTER_CUBIC if tall < 2 * out_height else cv2.INTER_AREA
    size = (out_width, out_height)
    return as_image(cv2.warpPerspective(image, matrix, size, flags=interpolation, borderMode=cv2.BORDER_REPLICATE))
