"""Plane geometry of quadrilaterals: order of corners, area, overlap, and the true shape of a sheet seen from an angle.

Points are (x, y) in pixels, y pointing down; "clockwise" is clockwise as seen on screen.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from scanner.types import Quad

# Horizontal view of the lenses in webcams and document cameras is 55..90 degrees: focal length in units of the frame's longer side.
_USUAL_FOCAL = 0.9
_FOCAL_RANGE = (0.5, 3.0)


def as_quad(points: ArrayLike) -> Quad:
    """Any four points as a (4, 2) float32 array. Raises ValueError for another shape or a value that is not finite."""
    quad = np.asarray(points, dtype=np.float32).reshape(-1, 2)
    if quad.shape != (4, 2) or not np.isfinite(quad).all():
        raise ValueError("a quadrilateral has four finite corners")
    return quad


def clockwise(points: ArrayLike) -> Quad:
    """The corners in clockwise order, beginning at the one nearest the frame's top-left."""
    quad = as_quad(points).astype(np.float64)
    around = quad - quad.mean(axis=0)
    quad = quad[np.argsort(np.arctan2(around[:, 1], around[:, 0]), kind="stable")]
    return np.roll(quad, -int(np.argmin(quad.sum(axis=1))), axis=0).astype(np.float32)


def turned(corners: Quad, degrees: int) -> Quad:
    """The corners beginning at the document's own top-left when it lies turned clockwise by ``degrees`` in the frame."""
    return np.roll(corners, -quarter_turns(degrees), axis=0)


def quarter_turns(degrees: int) -> int:
    """0..3 quarter turns clockwise. Raises ValueError when ``degrees`` is not a multiple of 90."""
    if degrees % 90:
        raise ValueError(f"not a multiple of 90 degrees: {degrees}")
    return degrees // 90 % 4


def side_lengths(corners: Quad) -> NDArray[np.float64]:
    """Lengths of top, right, bottom, left side (of clockwise corners), in pixels."""
    quad = corners.astype(np.float64)
    return np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)


def diagonal(corners: Quad) -> float:
    """The longer diagonal in pixels."""
    quad = corners.astype(np.float64)
    return float(max(np.linalg.norm(quad[0] - quad[2]), np.linalg.norm(quad[1] - quad[3])))


def area(corners: Quad) -> float:
    """The enclosed area in square pixels (shoelace), never negative."""
    x, y = corners[:, 0].astype(np.float64), corners[:, 1].astype(np.float64)
    return abs(0.5 * float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))


def is_convex(corners: Quad) -> bool:
    """True when all four turns go the same way and none is straight."""
    quad = corners.astype(np.float64)
    step = np.roll(quad, -1, axis=0) - quad
    after = np.roll(step, -1, axis=0)
    cross = step[:, 0] * after[:, 1] - step[:, 1] * after[:, 0]
    return bool((cross > 0).all() or (cross < 0).all())


def overlap(a: Quad, b: Quad) -> float:
    """Intersection over union of two convex quadrilaterals, 0..1."""
    shared, _ = cv2.intersectConvexConvex(clockwise(a), clockwise(b))
    union = area(a) + area(b) - shared
    return float(np.clip(shared / union, 0.0, 1.0)) if union > 0 else 0.0


def movement(before: Quad, after: Quad) -> float:
    """How far the farthest corner went, as a share of the diagonal; corners correspond in order, whatever corner comes first."""
    shifts = (float(np.linalg.norm(np.roll(after, k, axis=0) - before, axis=1).max()) for k in range(4))
    return min(shifts) / max(diagonal(before), 1.0)


def true_aspect(corners: Quad, frame_size: tuple[int, int]) -> float:
    """Width over height of the flat rectangle whose picture is ``corners``, seen through a lens centred on the frame.

    Zhang & He, "Whiteboard scanning and image enhancement" (Digital Signal Processing 17, 2007): the two vanishing directions must be
    perpendicular, which gives the focal length, and the focal length gives the ratio. A nearly frontal view says nothing of the focal
    length (and hardly needs it): then a usual webcam lens is assumed.

    ``frame_size`` = (width, height) of the frame in pixels.
    """
    width, height = frame_size
    centre = np.array([width / 2, height / 2])
    scale = max(width, height)
    points = np.c_[(corners.astype(np.float64) - centre) / scale, np.ones(4)]
    top_left, top_right, bottom_right, bottom_left = points

    # depth ratios of the right and the lower corners to the top-left one
    lower = np.cross(top_left, bottom_right) @ bottom_left
    right_scale = lower / (np.cross(top_right, bottom_right) @ bottom_left)
    down_scale = (np.cross(top_left, bottom_right) @ top_right) / (np.cross(bottom_left, bottom_right) @ top_right)
    across = right_scale * top_right - top_left
    down = down_scale * bottom_left - top_left

    focal_sq = _USUAL_FOCAL**2
    if min(abs(across[2]), abs(down[2])) > 0.05:
        found = -(across[0] * down[0] + across[1] * down[1]) / (across[2] * down[2])
        if _FOCAL_RANGE[0] ** 2 < found < _FOCAL_RANGE[1] ** 2:
            focal_sq = found
    to_true = np.array([1 / focal_sq, 1 / focal_sq, 1.0])
    return math.sqrt(float((across**2 @ to_true) / (down**2 @ to_true)))
