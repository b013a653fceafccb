"""Writes chunks of composed scenes for ``training.train``: ``python -m training.compose FOLDER --scenes N [--seed S]``.

Each chunk holds scenes of one frame shape: ``pictures`` (n, H, W, 3) uint8 as the network will see them, and ``truth`` (n, H/2, W/2, 3) uint8:
sheet, its outline, what covers it. Nothing but made-up scenes of ``practice.desks`` goes in; no photograph does.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from practice.desks.papers import practice_pages
from practice.desks.scene import DeskScene, Setting, compose

SHAPES = ((256, 144), (256, 192), (192, 256), (144, 256), (208, 208))  # (width, height) of the network's picture
_SHARES = (0.34, 0.2, 0.18, 0.18, 0.1)
_FAMILIES = ("F01", "F02", "F04", "F05", "F06", "F08")
_FINER = 1.5  # scenes are composed at this many pixels for one of the network's
_CHUNK = 128
_SETTING = Setting(empty=0.25)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenes", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    options.folder.mkdir(parents=True, exist_ok=True)
    pages = practice_pages(_FAMILIES, 420)
    for number in range(options.scenes // _CHUNK):
        target = options.folder / f"{options.seed:03d}-{number:05d}.npz"
        if target.exists():
            continue
        chance = np.random.default_rng((options.seed, number))
        shape = SHAPES[int(chance.choice(len(SHAPES), p=_SHARES))]
        scenes = [
            sample(compose(chance, (round(shape[0] * _FINER), round(shape[1] * _FINER)), pages, _SETTING), shape)
            for _ in range(_CHUNK)
        ]
        partial = target.with_suffix(".part.npz")
        np.savez(partial, pictures=np.stack([p for p, _ in scenes]), truth=np.stack([t for _, t in scenes]))
        partial.rename(target)


def sample(scene: DeskScene, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The picture at ``shape`` and the three maps at half of it."""
    picture = cv2.resize(scene.image, shape, interpolation=cv2.INTER_AREA)
    maps = np.dstack([scene.sheet, scene.outline(5), scene.cover]) * 255
    truth = cv2.resize(maps, (shape[0] // 2, shape[1] // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(picture, np.uint8), np.clip(truth, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
