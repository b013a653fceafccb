"""Fits the weights of ``scanner.locate.judge``: ``python -m training.judge``. Needs nothing but the program itself and its network.

For composed scenes and the practice camera's desks, every candidate quadrilateral that the finder makes (patches, network, lines) gets its
values and how far it overlaps the sheet; a logistic regression with a little ridge then says how likely values mean "this is the sheet". Every
scene weighs the same. Half of the scenes check the weights of the other half.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from practice.camera.stills import render_still
from practice.camera.surfaces import SURFACES
from practice.desks.papers import practice_pages
from practice.desks.scene import Setting, compose
from practice.world import papers
from scanner.geometry import clockwise, overlap
from scanner.locate.candidates import from_lines
from scanner.locate.contours import from_patches
from scanner.locate.evidence import gather
from scanner.locate.judge import seen_in
from scanner.locate.lines import find_lines
from scanner.locate.locator import candidates, to_working
from scanner.locate.scoring import features
from scanner.locate.sheets import agreement
from scanner.types import Image, Quad

_SCENES, _SEED = 160, 515
_RIDGE = 1.0
_NO_SAY = 6  # the size: made-up scenes would teach that the larger of two is the sheet
_GOOD = (0.6, 0.95)  # overlap from which a candidate is somewhat right, and wholly


@dataclass(frozen=True, eq=False)
class Judged:
    """Candidates of one scene: ``values`` (k, 13), the last one 1; ``right`` (k,) overlap with the sheet."""

    values: NDArray[np.float64]
    right: NDArray[np.float64]
    empty: bool


def main() -> None:
    cv2.setNumThreads(1)
    scenes = [judged for image, corners in _scenes() if (judged := _candidates(image, corners)) is not None]
    for half in (0, 1):
        weights = fit([s for k, s in enumerate(scenes) if k % 2 != half])
        print(f"held out: {_report([s for k, s in enumerate(scenes) if k % 2 == half], weights)}", flush=True)
    weights = fit(scenes)
    print(_report(scenes, weights), np.round(weights[:-1], 2).tolist(), round(float(weights[-1]), 2))


def _scenes() -> Iterator[tuple[Image, Quad | None]]:
    pages = practice_pages(("F03", "F07", "F09"), 900)
    shapes = ((1280, 720), (1280, 720), (960, 720), (720, 1280), (720, 960))
    for number in range(_SCENES):
        chance = np.random.default_rng((_SEED, number))
        scene = compose(
            chance, shapes[number % len(shapes)], pages, Setting(empty=0.25, several=0.0, hand=0.25, cut=0.0)
        )
        yield scene.image, scene.sheets[-1] if scene.sheets else None
    for number, paper in enumerate(papers("F02") + papers("F05")):
        severity, turned = ("good", "medium", "bad")[number % 3], 90 * (number % 4)
        yield render_still(
            paper, (1280, 720), number, severity, turned=turned, surface=SURFACES[number % len(SURFACES)]
        )


def _candidates(image: Image, corners: Quad | None) -> Judged | None:
    evidence = gather(image)
    seen = seen_in(evidence)
    quads = np.concatenate(
        [candidates(seen, from_patches(evidence)), from_lines(evidence, find_lines(evidence, 24), 40)]
    )
    if seen.maps is None or not len(quads):
        return None
    quads = np.array([clockwise(quad) for quad in quads], dtype=np.float64)
    values = np.concatenate([features(evidence, quads), agreement(seen.maps, quads), np.ones((len(quads), 1))], axis=1)
    values[:, _NO_SAY] = 0.0
    truth = None if corners is None else to_working(evidence, corners)
    right = np.array([0.0 if truth is None else overlap(quad.astype(np.float32), truth) for quad in quads])
    return Judged(values, right, corners is None)


def fit(scenes: list[Judged]) -> NDArray[np.float64]:
    """(13,) weights, the last one the bias; Newton's method."""
    values = np.concatenate([s.values for s in scenes])
    right = np.clip((np.concatenate([s.right for s in scenes]) - _GOOD[0]) / (_GOOD[1] - _GOOD[0]), 0, 1)
    say = np.concatenate([np.full(len(s.right), 1 / len(s.right)) for s in scenes]) * (1 + 8 * (right > 0.5))
    ridge = np.diag([_RIDGE] * (values.shape[1] - 1) + [1e-6])
    weights = np.zeros(values.shape[1])
    for _ in range(40):
        likely = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (say * (likely - right)) + ridge @ weights
        weights -= np.linalg.solve((values.T * (say * likely * (1 - likely))) @ values + ridge, slope)
    return weights


def _report(scenes: list[Judged], weights: NDArray[np.float64]) -> str:
    found, false, empties = [], 0, 0
    for s in scenes:
        likely = 1 / (1 + np.exp(-s.values @ weights))
        best = int(likely.argmax())
        if s.empty:
            empties += 1
            false += int(likely[best] >= 0.5)
        else:
            found.append(s.right[best] if likely[best] >= 0.5 else 0.0)
    return f"mean overlap {np.mean(found):.3f}, > 0.9 {np.mean(np.array(found) > 0.9):.3f}, false answers {false} of {empties}"


if __name__ == "__main__":
    main()
