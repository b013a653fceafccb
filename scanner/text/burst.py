"""The frames of one burst: which is sharpest, and how the others lie on it.

Between frames of a burst paper and camera move by a few pixels at most. The shift is measured in the four quarters of
the page by phase correlation (Kuglin & Hines 1975), which light and blur hardly disturb.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.types import Image, Quad

SIDE = 512  # pixels of the page's longer side in the comparison
TRUSTED = 0.08  # phase correlation response below which a quarter says nothing
FARTHEST = 40.0  # pixels of the comparison; more is no jitter


def thumbnail(image: Image, corners: Quad, size: tuple[int, int]) -> NDArray[np.float32]:
    """The page inside ``corners`` as a small grey picture of (width, height)."""
    width, height = size
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(corners, np.float32), target)
    return np.asarray(cv2.cvtColor(cv2.warpPerspective(image, matrix, size), cv2.COLOR_BGR2GRAY), np.float32)


def small_size(page: tuple[int, int]) -> tuple[int, int]:
    factor = SIDE / max(page)
    return max(32, round(page[0] * factor)), max(32, round(page[1] * factor))


def sharpest(pictures: Sequence[NDArray[np.float32]]) -> int:
    """Index of the picture with the steepest edges; all show the same scene, so their contents do not matter."""
    return int(np.argmax([float(np.percentile(np.abs(cv2.Laplacian(p, cv2.CV_32F)), 95)) for p in pictures]))


def displacement(reference: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float64]:
    """The 3 x 3 matrix that takes pixels of ``reference`` to the same places in ``other``."""
    height, width = reference.shape
    window = cv2.createHanningWindow((width // 2, height // 2), cv2.CV_32F)
    centres, shifts = [], []
    for x in (0, width - width // 2):
        for y in (0, height - height // 2):
            part = np.s_[y : y + height // 2, x : x + width // 2]
            shift, response = cv2.phaseCorrelate(reference[part], other[part], window)
            if response > TRUSTED and max(abs(shift[0]), abs(shift[1])) < FARTHEST:
                centres.append((x + width / 4, y + height / 4))
                shifts.append(shift)
    if not shifts:
        return np.eye(3)
    source, moved = np.array(centres, np.float64), np.array(shifts, np.float64)
    if len(shifts) == 4 and np.ptp(moved, axis=0).max() < FARTHEST / 2:
        matrix = cv2.getPerspectiveTransform(source.astype(np.float32), (source + moved).astype(np.float32))
        return np.asarray(matrix, np.float64)
    result = np.eye(3)
    result[:2, 2] = np.median(moved, axis=0)
    return result
