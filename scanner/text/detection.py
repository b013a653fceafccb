"""From a text-probability map to line boxes.

The post-processing of differentiable binarisation (Liao et al., "Real-time Scene Text Detection with Differentiable
Binarization", AAAI 2020): connected regions above a threshold, their smallest rectangles, grown back by the share that
training had shrunk them.
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from scanner.types import Quad

PIXEL_THRESHOLD = 0.3
BOX_THRESHOLD = 0.5
UNCLIP_RATIO = 1.6
SMALLEST_SIDE = 3.0
MOST_BOXES = 600


def boxes_of_map(probability: NDArray[np.float32]) -> list[Quad]:
    """Line boxes in pixels of ``probability`` (H, W), values 0..1; reading order, each clockwise from its top-left."""
    mask = cv2.dilate((probability > PIXEL_THRESHOLD).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[Quad] = []
    for contour in contours[:MOST_BOXES]:
        centre, (a, b), angle = cv2.minAreaRect(contour)
        if min(a, b) < SMALLEST_SIDE or _mean_inside(probability, contour) < BOX_THRESHOLD:
            continue
        reach = a * b * UNCLIP_RATIO / (2 * (a + b))
        rectangle = cv2.boxPoints((centre, (a + 2 * reach, b + 2 * reach), angle))
        boxes.append(_from_top_left(rectangle.astype(np.float32)))
    return sorted(boxes, key=lambda box: (float(box[:, 1].mean()), float(box[:, 0].mean())))


def _mean_inside(probability: NDArray[np.float32], contour: MatLike) -> float:
    x, y, w, h = cv2.boundingRect(contour)
    inside = np.zeros((h, w), np.uint8)
    cv2.fillPoly(inside, [contour - np.array([x, y])], (1,))
    return float(cv2.mean(probability[y : y + h, x : x + w], inside)[0])


def _from_top_left(rectangle: Quad) -> Quad:
    """Clockwise, beginning at the left end of the upper side."""
    by_x = rectangle[np.argsort(rectangle[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left[np.argsort(left[:, 1])]
    top_right, bottom_right = right[np.argsort(right[:, 1])]
    return np.stack([top_left, top_right, bottom_right, bottom_left]).astype(np.float32)
