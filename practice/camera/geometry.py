"""Where a flat paper lies in the picture of a slightly tilted camera: a pinhole model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from practice.camera.look import Look
from scanner.types import Quad

Matrix = NDArray[np.float64]

_CLOSEST_PX_PER_MM = 10.5  # at 1080 lines: cards are not held closer than this
_FILLED = 0.86  # of the picture's width or height, by papers that fill it
_FOCAL = 1.25  # focal length in picture widths, about that of a webcam


@dataclass(frozen=True)
class Placement:
    """Where a hand happened to put the paper: ``roll`` degrees askew, off the middle by shares of the free room (-1..1)."""

    roll: float = 0.0
    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True)
class Pose:
    """How the paper lies just now: moved from its place by shares of the picture's height, turned clockwise by ``angle`` degrees."""

    placement: Placement
    dx: float = 0.0
    dy: float = 0.0
    angle: float = 0.0


def placement(seed: int) -> Placement:
    """A place by chance; the same seed gives the same place."""
    rng = np.random.default_rng((seed, 17))
    return Placement(float(rng.uniform(-3.5, 3.5)), float(rng.uniform(-0.6, 0.6)), float(rng.uniform(-0.6, 0.6)))


def px_per_mm(size_mm: tuple[float, float], frame: tuple[int, int], angle: float, zoom: float = 1.0) -> float:
    """The scale at which a clerk frames a paper: as large as fits, but small papers no closer than the camera can focus."""
    turn = np.radians(angle)
    across = abs(size_mm[0] * np.cos(turn)) + abs(size_mm[1] * np.sin(turn))
    down = abs(size_mm[0] * np.sin(turn)) + abs(size_mm[1] * np.cos(turn))
    fits = _FILLED * min(frame[0] / across, frame[1] / down)
    return zoom * min(fits, _CLOSEST_PX_PER_MM * frame[1] / 1080)


def projection(size_mm: tuple[float, float], frame: tuple[int, int], look: Look, pose: Pose) -> Matrix:
    """The 3×3 homography from millimetres of the paper (its own top-left corner is 0, 0) to pixels of the picture."""
    width, height = frame
    scale = px_per_mm(size_mm, frame, pose.angle, look.zoom)
    focal = _FOCAL * width
    distance = focal / scale
    turn = np.radians(pose.angle + pose.placement.roll)
    across = abs(size_mm[0] * np.cos(turn)) + abs(size_mm[1] * np.sin(turn))
    down = abs(size_mm[0] * np.sin(turn)) + abs(size_mm[1] * np.cos(turn))
    x = pose.placement.right * max(0.0, 0.94 * width / scale - across) / 2 + pose.dx * height / scale
    y = pose.placement.down * max(0.0, 0.94 * height / scale - down) / 2 + pose.dy * height / scale
    c, s = np.cos(turn), np.sin(turn)
    centred = np.array([[1, 0, -size_mm[0] / 2], [0, 1, -size_mm[1] / 2], [0, 0, 1]])
    turned = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    tilt = _rotation(look.pitch, look.yaw)
    plane = np.column_stack([tilt[:, 0], tilt[:, 1], np.array([x, y, distance])])
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    return camera @ plane @ turned @ centred


def _rotation(pitch: float, yaw: float) -> Matrix:
    p, w = np.radians(pitch), np.radians(yaw)
    about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    about_y = np.array([[np.cos(w), 0, np.sin(w)], [0, 1, 0], [-np.sin(w), 0, np.cos(w)]])
    return about_x @ about_y


def projected(points: NDArray[np.floating], homography: Matrix) -> Quad:
    """Points (N, 2) through a homography, float32."""
    homogeneous = np.column_stack([points, np.ones(len(points))]) @ homography.T
    return (homogeneous[:, :2] / homogeneous[:, 2:]).astype(np.float32)


def corners(size_mm: tuple[float, float], homography: Matrix) -> Quad:
    """The paper's corners in the picture, clockwise from its own top-left."""
    w, h = size_mm
    return projected(np.array([[0, 0], [w, 0], [w, h], [0, h]]), homography)
