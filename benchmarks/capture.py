"""Sheets found in photographs that nobody here made (shared test data), in made-up scenes, and on the practice camera's desks.

Measure: SmartDoc 2015, challenge 1 (Jaccard index in the sheet's own plane), by the shared scorer ``tools/bench_localise.py``. A photograph is
brought into a 1280×720 preview frame first. Times are processor time of one thread. Beside the program, in the same run: the method of the
tutorials (Canny, largest outline of four corners), and the program without its network (lines and patches only).
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np

from practice.camera.stills import render_still
from practice.camera.surfaces import SURFACES
from practice.desks.papers import practice_pages
from practice.desks.scene import Setting, compose
from practice.world import papers
from scanner.geometry import clockwise, is_convex
from scanner.locate import locate
from scanner.locate.evidence import gather
from scanner.locate.judge import View
from scanner.locate.locator import fit, search
from scanner.quality import assess
from scanner.rectify import rectify
from scanner.types import Image, Quad

SHARED = Path(__file__).parent.parent.parent / "shared"
SCENES, SEED = 100, 20140426
_FRAME = (1280, 720)
_SHAPES = ((1280, 720), (1280, 720), (960, 720), (720, 1280), (720, 960))
_4K = (3840, 2160)

Finder = Callable[[Image], "Quad | None"]


def run() -> str:
    cv2.setNumThreads(1)
    scorer = _scorer()
    if scorer is None:
        return "The shared photographs and their scorer are not beside the project: nothing was measured.\n"
    finders: dict[str, Finder] = {
        "this program": ours,
        "without the network": lines_only,
        "Canny + approxPolyDP": tutorial,
    }
    parts = [
        "Photographs of other people (shared test data):",
        _table(scorer, SHARED / "testdata" / "capture", finders, repeat=3),
    ]
    with tempfile.TemporaryDirectory() as folder:
        scenes, camera = Path(folder) / "scenes", Path(folder) / "camera"
        _write(scenes, _made_up())
        _write(camera, _practice_camera())
        parts += [
            f"Made-up scenes, {SCENES} of seed {SEED}, none of them seen in training:",
            _table(scorer, scenes, finders, repeat=1),
        ]
        parts += ["The practice camera's four desks:", _table(scorer, camera, finders, repeat=1)]
    parts.append(_capture_times())
    return "\n\n".join(parts)


def ours(image: Image) -> Quad | None:
    found = locate(image)
    return None if found is None else found.corners


def lines_only(image: Image) -> Quad | None:
    evidence = gather(image)
    found = search(View(evidence, None))
    return None if found is None else fit(image, evidence, found).corners


def tutorial(image: Image) -> Quad | None:
    """Grey, blurred, Canny; of the outlines with four corners the largest: what most scanning tutorials do."""
    grey = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    outlines, _ = cv2.findContours(cv2.Canny(grey, 75, 200), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:5]:
        four = cv2.approxPolyDP(outline, 0.02 * cv2.arcLength(outline, True), True)
        if len(four) == 4 and cv2.contourArea(four) > 0.01 * grey.size:
            return clockwise(four.reshape(4, 2))
    return None


def _scorer() -> ModuleType | None:
    path = SHARED / "tools" / "bench_localise.py"
    spec = importlib.util.spec_from_file_location("bench_localise", path) if path.is_file() else None
    if spec is None or spec.loader is None or not (SHARED / "testdata" / "capture").is_dir():
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _table(scorer: ModuleType, folder: Path, finders: dict[str, Finder], repeat: int) -> str:
    rows = [
        "| method | photographs | mean IoU | > 0.9 | > 0.95 | answers on empty desks | CPU ms median | p95 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, finder in finders.items():
        s: dict[str, Any] = scorer.summary(scorer.run(folder, finder, _FRAME, repeat))
        rows.append(
            f"| {name} | {s['images']} | {s['mean_iou']:.3f} | {100 * s['share_090']:.1f} % | {100 * s['share_095']:.1f} % "
            f"| {s['false_positives']} of {s['negatives']} | {s['cpu_median']:.1f} | {s['cpu_p95']:.1f} |"
        )
    return "\n".join(rows)


def _write(folder: Path, scenes: Iterator[tuple[Image, Quad | None]]) -> None:
    """The scenes as the scorer reads them."""
    (folder / "images").mkdir(parents=True)
    entries = []
    for number, (image, corners) in enumerate(scenes):
        name = f"images/{number:03d}.png"
        cv2.imwrite(str(folder / name), image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        entries.append(
            {"image": name, "corners": None if corners is None else corners.tolist(), "kind": None, "tags": []}
        )
    (folder / "ground_truth.json").write_text(json.dumps({"images": entries}), encoding="utf-8")


def _made_up() -> Iterator[tuple[Image, Quad | None]]:
    pages = practice_pages(("F03", "F07", "F09"), 900)
    setting = Setting(empty=0.2, several=0.0, hand=0.25, cut=0.0)
    for number in range(SCENES):
        scene = compose(np.random.default_rng((SEED, number)), _SHAPES[number % len(_SHAPES)], pages, setting)
        yield scene.image, scene.sheets[-1] if scene.sheets else None


def _practice_camera() -> Iterator[tuple[Image, Quad | None]]:
    laid = [paper for family in ("F02", "F05", "F10") for paper in papers(family)]
    for number, paper in enumerate(laid):
        severity, turned = ("good", "medium", "bad")[number % 3], 90 * (number % 4)
        yield render_still(
            paper, _FRAME, SEED + number, severity, turned=turned, surface=SURFACES[number % len(SURFACES)]
        )


def _capture_times() -> str:
    """What a capture costs beyond reading: a 4K frame searched and refined; judged; laid flat."""
    rows: list[list[float]] = []
    for number, paper in enumerate(papers("F01")[:8]):
        image, _ = render_still(paper, _4K, SEED + number, "good")
        marks = [time.process_time()]
        found = locate(image)
        marks.append(time.process_time())
        if found is None or not is_convex(found.corners):
            continue
        assess(image, found.corners)
        marks.append(time.process_time())
        rectify(image, found.corners)
        marks.append(time.process_time())
        rows.append([1000 * (b - a) for a, b in pairwise(marks)])
    found_ms, judged_ms, flat_ms = np.median(np.array(rows), axis=0)
    return (
        f"A 3840×2160 frame at capture, CPU ms (median of {len(rows)} sheets): found and refined {found_ms:.0f}, quality {judged_ms:.0f}, "
        f"laid flat {flat_ms:.0f}; together {found_ms + judged_ms + flat_ms:.0f}."
    )
