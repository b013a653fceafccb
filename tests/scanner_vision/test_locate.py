"""Finding sheets on desks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from desk_pictures import LEVEL, TURNED, desk, laid, page

from practice.desks.papers import practice_pages
from practice.desks.scene import DeskScene, Setting, compose
from scanner.geometry import as_quad, clockwise, movement, overlap
from scanner.locate import Tracker, locate, locate_all
from scanner.locate.evidence import gather
from scanner.locate.judge import View
from scanner.locate.locator import fit, search
from scanner.types import Image

cv2.setNumThreads(1)
_TESTDATA = Path(__file__).parents[3] / "shared" / "testdata"


@pytest.mark.parametrize("corners", [LEVEL, TURNED])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_sheet_on_a_desk_is_found_to_the_pixel(corners: list[list[float]], seed: int) -> None:
    found = locate(laid(desk(seed), page(seed), corners))
    assert found is not None
    assert movement(clockwise(corners), found.corners) < 0.004


def test_the_printed_table_inside_the_page_is_not_taken_for_the_page() -> None:
    sheet = page(3)
    cv2.rectangle(sheet, (25, 25), (sheet.shape[1] - 25, sheet.shape[0] - 25), (20, 20, 20), 5)
    found = locate(laid(desk(3), sheet, LEVEL))
    assert found is not None
    assert overlap(found.corners, as_quad(LEVEL)) > 0.98


@pytest.mark.parametrize("colour", [(86, 122, 158), (140, 60, 40), (40, 40, 44), (190, 196, 200)])
def test_an_empty_desk_has_no_sheet(colour: tuple[int, int, int]) -> None:
    assert locate(desk(5, colour=colour)) is None


def _scenes(count: int, setting: Setting) -> Iterator[DeskScene]:
    pages = practice_pages(("F03",), 700)
    for seed in range(count):
        yield compose(np.random.default_rng((4711, seed)), (960, 540), pages, setting)


def test_on_desks_of_every_kind_sheets_are_found_and_clutter_is_none() -> None:
    overlaps = []
    for scene in _scenes(16, Setting(empty=0, several=0, hand=0.25, cut=0)):
        found = locate(scene.image)
        overlaps.append(0.0 if found is None else overlap(found.corners, scene.sheets[-1]))
    assert np.median(overlaps) > 0.95
    assert np.mean(np.array(overlaps) > 0.85) > 0.8
    answers = [locate(scene.image) for scene in _scenes(16, Setting(empty=1))]
    assert sum(answer is not None for answer in answers) <= 1


def test_white_paper_on_a_white_table_is_found() -> None:
    table = desk(6, colour=(214, 218, 220))
    found = locate(laid(table, page(6), TURNED))
    assert found is not None
    assert overlap(found.corners, as_quad(TURNED)) > 0.95


def test_a_hand_over_a_corner_does_not_move_the_outline() -> None:
    held = laid(desk(9), page(9), LEVEL)
    cv2.line(held, (960, 600), (1200, 719), (120, 150, 205), 60, cv2.LINE_AA)
    found = locate(held)
    assert found is not None
    assert overlap(found.corners, as_quad(LEVEL)) > 0.96


def test_of_several_sheets_the_largest_is_meant_and_the_others_are_known() -> None:
    small = [[40.0, 80.0], [330.0, 90.0], [320.0, 290.0], [35.0, 280.0]]
    large = [[460.0, 120.0], [1180.0, 130.0], [1190.0, 640.0], [450.0, 630.0]]
    both = laid(laid(desk(10), page(10), large), page(11), small)
    found = locate_all(both)
    assert len(found) == 2
    assert overlap(found[0].corners, as_quad(large)) > 0.97
    assert overlap(found[1].corners, as_quad(small)) > 0.9
    assert len(locate_all(laid(desk(10), page(10), large))) == 1
    assert locate_all(desk(10)) == ()


def test_without_the_network_lines_and_patches_find_a_sheet() -> None:
    image = laid(desk(1), page(1), TURNED)
    evidence = gather(image)
    found = search(View(evidence, None))
    assert found is not None
    assert movement(clockwise(TURNED), fit(image, evidence, found).corners) < 0.004


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((1, 1, 3), np.uint8),
        np.zeros((5, 900, 3), np.uint8),
        np.full((720, 1280, 3), 255, np.uint8),
        np.random.default_rng(0).integers(0, 255, (360, 640, 3), dtype=np.uint8),
    ],
    ids=["one pixel", "a stripe", "white", "noise"],
)
def test_pictures_of_nothing_are_survived(image: Image) -> None:
    assert locate(image) is None


def test_the_outline_of_a_sheet_at_rest_does_not_jitter() -> None:
    tracker = Tracker()
    sheet = laid(desk(7), page(7), LEVEL)
    random = np.random.default_rng(7)
    outlines = []
    for frame in range(12):
        noisy = np.clip(sheet + random.normal(0, 4, sheet.shape), 0, 255).astype(np.uint8)
        found = tracker.update(noisy, frame / 15)
        assert found is not None
        outlines.append(found.corners)
    assert max(movement(outlines[3], outline) for outline in outlines[3:]) < 0.002


def test_the_outline_follows_a_sheet_that_slides_and_lets_go_of_one_that_is_taken_away() -> None:
    tracker = Tracker()
    for frame in range(8):
        corners = np.array(LEVEL) + [6.0 * frame, 3.0 * frame]
        found = tracker.update(laid(desk(8), page(8), corners.tolist()), frame / 15)
        assert found is not None
        assert movement(clockwise(corners), found.corners) < 0.006
    assert tracker.update(desk(8), 1.0) is None


@pytest.mark.testdata
def test_photographed_specimens_are_found_where_they_lie() -> None:
    overlaps = [overlap(found, truth) for found, truth in _specimens(every=6)]
    assert np.mean(overlaps) > 0.95


def _specimens(every: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    folder = _TESTDATA / "specimens"
    if not folder.is_dir():
        pytest.skip("the photographs of shared/testdata are not beside the project")
    for specimen in json.loads((folder / "ground_truth.json").read_text(encoding="utf-8"))[::every]:
        image = cv2.imread(str(folder / specimen["images"][0]))
        assert image is not None
        found = locate(image.astype(np.uint8))
        assert found is not None
        yield found.corners, as_quad(specimen["corners"])
