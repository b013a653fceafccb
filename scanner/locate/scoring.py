"""How much a quadrilateral looks like a sheet: edge along its sides, and another colour inside than outside of each.

A printed frame inside a page is all edge too, but has the same paper on both sides: the weakest side decides more than the mean.
"""

from __future__ import annotations

import numpy as np

from scanner.locate.evidence import Evidence
from scanner.locate.lines import Doubles

_ALONG = np.linspace(0.06, 0.94, 24)
_EDGE_REACH = (-2.0, -1.0, 0.0, 1.0, 2.0)
_NEAR, _FAR = 4.0, 8.0  # working pixels from the side where colours are taken
_CONTRAST_HALF = 7.0  # Lab units at which a step counts half


def soundness(evidence: Evidence, quads: Doubles) -> Doubles:
    """(k,) values, about 0..1, of (k, 4, 2) clockwise quadrilaterals in working pixels, whether or not every side is an edge."""
    return sound(features(evidence, quads))


def sound(values: Doubles) -> Doubles:
    """The same from the values of ``features``."""
    return values @ _WEIGHTS


def weighed(values: Doubles) -> Doubles:
    """Scores from the values of ``features``; 0 for what has a side that is no edge."""
    real = (values[:, 0] >= _EDGE_MEAN) & (values[:, 1] >= _EDGE_MIN)
    return np.where(real, values @ _WEIGHTS, 0.0)


_FEATURES = ("edge_mean", "edge_min", "step_mean", "step_min", "desk_step", "like_inside", "size", "in_frame")
# every side of a sheet is an edge along more than half of its length, in the scale on which grain and print come to a third
_EDGE_MEAN, _EDGE_MIN = 0.58, 0.50
_WEIGHTS = np.array([0.25, 0.20, 0.15, 0.15, 0.15, 0.05, 0.10, 0.05])


def features(evidence: Evidence, quads: Doubles) -> Doubles:
    """(k, len(_FEATURES)) values, each about 0..1, larger is better."""
    start, end = quads, np.roll(quads, -1, axis=1)
    side = end - start
    length = np.linalg.norm(side, axis=2, keepdims=True)
    normal = np.stack([-side[..., 1], side[..., 0]], axis=2) / np.maximum(length, 1e-6)  # inwards for clockwise corners
    points = start[:, :, None, :] + _ALONG[:, None] * side[:, :, None, :]  # (k, 4, m, 2)

    edge = _edge_strength(evidence, points, normal)
    inside = 0.5 * (_colour(evidence, points, normal, _NEAR) + _colour(evidence, points, normal, _FAR))
    outside = 0.5 * (_colour(evidence, points, normal, -_NEAR) + _colour(evidence, points, normal, -_FAR))
    step = np.linalg.norm(inside - outside, axis=3)
    step = (step / (step + _CONTRAST_HALF)).mean(2)

    unlike_in = _unlike(evidence, points, normal, _NEAR)
    unlike_out = _unlike(evidence, points, normal, -_NEAR)
    desk_step = np.clip((unlike_in - unlike_out).mean(2) / 96.0, -1.0, 1.0)
    desk_step = np.maximum(
        desk_step, -0.6 * desk_step
    )  # a page that fills the frame passes for the desk: half a proof is left

    paper = np.median(inside, axis=2)
    spread = np.linalg.norm(paper - paper.mean(1, keepdims=True), axis=2).mean(1)
    width, height = evidence.size
    x, y = quads[..., 0], quads[..., 1]
    area = 0.5 * np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(1))
    in_frame = ((x >= 0) & (x < width) & (y >= 0) & (y < height)).mean(1)
    return np.stack(
        [
            edge.mean(1),
            edge.min(1),
            step.mean(1),
            step.min(1),
            desk_step.mean(1),
            1.0 / (1.0 + spread / 12.0),
            np.sqrt(area / (width * height)),
            in_frame,
        ],
        axis=1,
    )


def _edge_strength(evidence: Evidence, points: Doubles, normal: Doubles) -> Doubles:
    """(k, 4): mean strength of the edge across each side, the best within two pixels of it."""
    nx, ny = normal[:, :, None, 0], normal[:, :, None, 1]
    tensor = evidence.tensor.reshape(-1, 3)
    clutter = evidence.clutter.reshape(-1)
    best = np.zeros(points.shape[:3])
    for off in _EDGE_REACH:
        index, seen = _index(evidence, points + off * normal[:, :, None, :])
        t = tensor[index]
        across = t[..., 0] * (nx * nx) + 2 * t[..., 1] * (nx * ny) + t[..., 2] * (ny * ny)
        strength = np.sqrt(np.maximum(across, 0.0)) / clutter[index]
        best = np.maximum(best, np.where(seen, strength / (strength + 0.7), 0.0))
    return best.mean(2)


def _colour(evidence: Evidence, points: Doubles, normal: Doubles, off: float) -> Doubles:
    index, _ = _index(evidence, points + off * normal[:, :, None, :])
    return evidence.lab.reshape(-1, 3)[index].astype(np.float64)


def _unlike(evidence: Evidence, points: Doubles, normal: Doubles, off: float) -> Doubles:
    index, _ = _index(evidence, points + off * normal[:, :, None, :])
    return evidence.unlike_desk.reshape(-1)[index].astype(np.float64)


def _index(evidence: Evidence, points: Doubles) -> tuple[np.ndarray, np.ndarray]:
    """Flat pixel indices of points, the nearest rim pixel for those outside, and which lie inside the frame."""
    width, height = evidence.size
    x = np.rint(points[..., 0]).astype(np.int64)
    y = np.rint(points[..., 1]).astype(np.int64)
    seen = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    return np.clip(y, 0, height - 1) * width + np.clip(x, 0, width - 1), seen
