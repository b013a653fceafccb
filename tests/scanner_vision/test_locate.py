"""Finding sheets on desks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from desk_pictures import LEVEL, TURNED, desk, laid, page

from scanner.geometry import as_quad, clockwise, movement, overlap
from scanner.locate import Tracker, locate
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
