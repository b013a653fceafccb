"""Straight lines of a frame: segments found by LSD, those on one line put together.

LSD: von Gioi, Jakubowicz, Morel, Randall, "LSD: a Line Segment Detector", IPOL 2 (2012), in OpenCV.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image
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
    lightness = cv2.convertScaleAbs(cv2.extractChannel(evidence.lab, 0))
    return _joined([_segments(as_image(lightness)), _segments(evidence.unlike_desk)], most)


def _segments(channel: Image) -> Doubles:
    """(n, 4) end points x1 y1 x2 y2."""
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE)
    found = detector.detect(channel)[0]
    return np.zeros((0, 4)) if found is None else np.asarray(found, dtype=np.float64).reshape(-1, 4)


def _joined(channels: list[Doubles], most: int) -> Lines:
    """Longest first, each segment takes those that lie on its line; the line is then fitted to all their ends."""
    channel = np.repeat(np.arange(len(channels)), [len(segments) for segments in channels])
    segments = np.concatenate(channels)
    length = np.linalg.norm(segments[:, 2:] - segments[:, :2], axis=1)
    keep = np.argsort(-length)[:_MOST_SEGMENTS]
    keep = keep[length[keep] >= _SHORTEST]
    channel, length, start, end = channel[keep], length[keep], segments[keep, :2], segments[keep, 2:]
    direction = (end - start) / length[:, None]

    normal = np.c_[-direction[:, 1], direction[:, 0]]
    own = (start * normal).sum(1)
    off = np.maximum(np.abs(normal @ start.T - own[:, None]), np.abs(normal @ end.T - own[:, None]))
    on_line = (off < _SAME_LINE_PX) & (np.abs(direction @ direction.T) > _SAME_LINE_COS)
    groups: list[np.ndarray] = []
    free = np.ones(len(length), dtype=bool)
    for i in range(len(length)):
        if free[i]:
            mates = on_line[i] & free
            free &= ~mates
            groups.append(mates)
    if not groups:
        return Lines(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))

    # two channels see the same edge, which must not count twice
    membership = np.array(groups, dtype=np.float64)
    support = np.stack([membership @ (length * (channel == k)) for k in range(len(channels))]).max(0)
    order = np.argsort(-support)[:most]
    fitted = [_fit(start[groups[k]], end[groups[k]], length[groups[k]]) for k in order]
    return Lines(np.array([point for point, _ in fitted]), np.array([along for _, along in fitted]), support[order])


def _fit(start: Doubles, end: Doubles, weight: Doubles) -> tuple[Doubles, Doubles]:
    """Total least squares through end points, weighted by length: a point on the line and its unit direction."""
    ends = np.concatenate([start, end])
    weights = np.concatenate([weight, weight])
    centre = weights @ ends / weights.sum()
    off = ends - centre
    xx, xy, yy = weights @ off[:, 0] ** 2, weights @ (off[:, 0] * off[:, 1]), weights @ off[:, 1] ** 2
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    return centre, np.array([math.cos(angle), math.sin(angle)])
