"""Single pictures and bursts with known corners, for tests and benchmarks."""

from __future__ import annotations

import numpy as np

from practice.camera.geometry import Pose, placement
from practice.camera.look import NoiseBank, compressed, look
from practice.camera.scene import Stage
from practice.camera.surfaces import SURFACES
from practice.paper import Paper
from scanner.types import Image, Quad


def render_still(
    paper: Paper,
    size: tuple[int, int] = (1920, 1080),
    seed: int = 0,
    severity: str = "good",
    *,
    turned: int = 0,
    surface: str | None = None,
) -> tuple[Image, Quad]:
    """One picture of ``paper`` at rest: (H, W, 3) BGR, and its true corners in pixels, clockwise from the page's own top-left."""
    return burst(paper, 1, size=size, seed=seed, severity=severity, turned=turned, surface=surface)[0]


def burst(
    paper: Paper,
    n: int,
    *,
    size: tuple[int, int] = (1920, 1080),
    seed: int = 0,
    severity: str = "good",
    turned: int = 0,
    surface: str | None = None,
) -> list[tuple[Image, Quad]]:
    """``n`` pictures of one scene: the same place and light, a tremor of a pixel or two, new noise and compression in each.

    ``surface`` None lets the seed choose the desk top. Raises ValueError for an unknown severity, KeyError for an unknown surface.
    """
    chosen = look(severity, seed)
    rng = np.random.default_rng((seed, 31))
    stage = Stage(size, surface or SURFACES[int(rng.integers(len(SURFACES)))], seed, chosen)
    noise = NoiseBank(size, chosen.noise, seed)
    place = placement(seed)
    pictures = []
    for _ in range(n):
        dx, dy = rng.normal(0, 0.0006, 2)
        pose = Pose(place, float(dx), float(dy), turned + float(rng.normal(0, 0.05)))
        scene = stage.compose(paper, pose)
        assert scene.corners is not None  # there is a paper
        pictures.append((compressed(noise.over(scene.image), chosen.jpeg_quality), scene.corners))
    return pictures
