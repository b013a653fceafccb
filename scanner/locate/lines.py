"""Straight lines of a frame: segments found by LSD, those on one line put together.

LSD: von Gioi, Jakubowicz, Morel, Randall, "LSD: a Line Segment Detector", IPOL 2 (2012), in OpenCV.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.locate.evidence import Evidence
from scanner.types import Image

Doubles = NDArray[np.float64]

_SHORTEST = 12.0  # working pixels: shorter segments are print
_SAME_LINE_PX = 2.0
_SAME_LINE_COS = np.cos(np.radians(3.0))
_MOST_SEGMENTS = 160


@dataclass(frozen=True, eq=False)
class Lines:
    """``n`` lines. ``point`` and ``direction`` (unit vectors): (n, 2), working pixels. ``support``: length of the segments on each."""

    point: Doubles
    direction: Doubles
    support: Doubles

    def __len__(self) -> int:
        return len(self.support)


def find_lines(evidence: Evidence, most: int) -> Lines:
    """The ``most`` best supported lines, of brightness and of difference from the desk."""
    lightness = np.ascontiguousarray(evidence.lab[..., 0].astype(np.uint8))
    segments = np.concatenate([_segments(lightness), _segments(evidence.unlike_desk)])
    return _joined(segments, most)


def _segments(channel: Image) -> Doubles:
    """(n, 4) end points x1 y1 x2 y2."""
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE)
    found = detector.detect(channel)[0]
    return np.zeros((0, 4)) if found is None else np.asarray(found, dtype=np.float64).reshape(-1, 4)


def _joined(segments: Doubles, most: int) -> Lines:
    """Longest first, each segment takes those that lie on its line; the line is then fitted to all their ends."""
    start, end = segments[:, :2], segments[:, 2:]
    length = np.linalg.norm(end - start, axis=1)
    keep = np.argsort(-length)[:_MOST_SEGMENTS]
    keep = keep[length[keep] >= _SHORTEST]
    start, end, length = start[keep], end[keep], length[keep]
    direction = (end - start) / length[:, None]
    free = np.ones(len(length), dtype=bool)
    points: list[Doubles] = []
    directions: list[Doubles] = []
    supports: list[float] = []
    for i in range(len(length)):
        if not free[i]:
            continue
        normal = np.array([-direction[i, 1], direction[i, 0]])
        off = np.maximum(np.abs((start - start[i]) @ normal), np.abs((end - start[i]) @ normal))
        mates = free & (off < _SAME_LINE_PX) & (np.abs(direction @ direction[i]) > _SAME_LINE_COS)
        mates[i] = True
        free &= ~mates
        point, along = _fit(start[mates], end[mates], length[mates])
        points.append(point)
        directions.append(along)
        supports.append(_covered(np.c_[(start[mates] - point) @ along, (end[mates] - point) @ along]))
    order = np.argsort(-np.array(supports))[:most]
    if not len(order):
        return Lines(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))
    return Lines(np.array(points)[order], np.array(directions)[order], np.array(supports)[order])


def _fit(start: Doubles, end: Doubles, weight: Doubles) -> tuple[Doubles, Doubles]:
    """Total least squares through end points, weighted by length: a point on the line and its unit direction."""
    ends = np.concatenate([start, end])
    weights = np.concatenate([weight, weight])
    centre = np.average(ends, axis=0, weights=weights)
    off = ends - centre
    _, vectors = np.linalg.eigh((off * weights[:, None]).T @ off)
    return centre, vectors[:, 1]


def _covered(spans: Doubles) -> float:
    """Length of the union of intervals; both channels see the same edge, which must not count twice."""
    ordered = np.sort(spans, axis=1)
    ordered = ordered[np.argsort(ordered[:, 0])]
    reach, total = -np.inf, 0.0
    for low, high in ordered:
        total += max(0.0, high - max(low, reach))
        reach = max(reach, high)
    return total
