"""Quadrilaterals from what differs from the desk: the outline of each large patch, cut to four sides.

Finds what lines miss: cards with round corners, and sheets of which one side is bent or half covered.
"""

from __future__ import annotations

import cv2
import numpy as np

from scanner.locate.evidence import Evidence
from scanner.locate.lines import Doubles
from scanner.types import Image

_SMALLEST_AREA = 0.012
_PATCHES = 3


def from_patches(evidence: Evidence) -> Doubles:
    """(k, 4, 2) quadrilaterals, working pixels, of the largest patches unlike the desk, at two thresholds."""
    quads: list[Doubles] = []
    level, _ = cv2.threshold(evidence.unlike_desk, 0, 255, cv2.THRESH_OTSU)
    for threshold in (0.5 * level, level):
        mask = as_mask(evidence.unlike_desk, threshold)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        hulls = [cv2.convexHull(outline) for outline in outlines]
        hulls = sorted((h for h in hulls if _large(h, mask)), key=lambda h: -cv2.contourArea(h))
        for hull in hulls[:_PATCHES]:
            quads.extend(cut_to_four(hull))
    return np.array(quads) if quads else np.zeros((0, 4, 2))


def as_mask(unlike: Image, threshold: float) -> Image:
    """Where the frame is unlike the desk, with print and thin gaps closed and specks removed."""
    mask = (unlike > threshold).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)).astype(np.uint8)


def _large(hull: np.ndarray, mask: Image) -> bool:
    return cv2.contourArea(hull) > _SMALLEST_AREA * mask.size


def cut_to_four(hull: np.ndarray) -> list[Doubles]:
    """The hull with its shortest edges cut away until four are left (round corners become pointed), and its smallest upright rectangle."""
    box = cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float64)
    length = cv2.arcLength(hull, True)
    polygon = cv2.approxPolyDP(hull, 0.008 * length, True).reshape(-1, 2).astype(np.float64)
    found = [box]
    while len(polygon) > 4:
        shorter = _without_shortest(polygon)
        if shorter is None:
            return found
        polygon = shorter
    return [*found, polygon] if len(polygon) == 4 else found


def _without_shortest(polygon: Doubles) -> Doubles | None:
    """Its cheapest edge removed by lengthening both neighbours until they meet (the least area is added); None when none can be."""
    best: tuple[float, Doubles] | None = None
    count = len(polygon)
    for i in range(count):
        before, start, end, after = (polygon[(i + k) % count] for k in (-1, 0, 1, 2))
        u, v = start - before, end - after
        turn = u[0] * v[1] - u[1] * v[0]
        if abs(turn) < 1e-9:
            continue
        w = end - start
        reach = (w[0] * v[1] - w[1] * v[0]) / turn
        if reach <= 0:
            continue
        corner = start + reach * u
        added = 0.5 * abs(w[0] * (corner[1] - start[1]) - w[1] * (corner[0] - start[0]))
        if (corner - end) @ v < 0:
            continue
        if best is None or added < best[0]:
            rest = [polygon[(i + k) % count] for k in range(2, count)]
            best = (added, np.array([corner, *rest]))
    return None if best is None else best[1]
