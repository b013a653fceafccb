"""What lies over a sheet is told, with its place; what merely lies beside it is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from desk_pictures import LEVEL, TURNED, desk, laid, page

from scanner.covered import covered
from scanner.geometry import as_quad
from scanner.quality import assess
from scanner.types import Image, Problem

_SKIN = (120, 150, 205)


def _finger(image: Image, tip: tuple[int, int], root: tuple[int, int], colour: tuple[int, int, int] = _SKIN) -> Image:
    held = image.copy()
    cv2.line(held, tip, root, colour, 44, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(held, (0, 0), 1.0), np.uint8)


@pytest.mark.parametrize(
    ("tip", "root"),
    [((640, 560), (660, 719)), ((560, 180), (540, 0)), ((320, 330), (0, 360)), ((930, 400), (1279, 420))],
    ids=["from below", "from above", "from the left", "from the right"],
)
def test_a_finger_over_a_side_is_told_with_its_place(tip: tuple[int, int], root: tuple[int, int]) -> None:
    box = covered(_finger(laid(desk(1), page(1), LEVEL), tip, root), as_quad(LEVEL))
    assert box is not None
    x, y, width, height = box
    assert x - 60 < tip[0] < x + width + 60
    assert y - 60 < tip[1] < y + height + 60
    assert width * height < 0.12 * 740 * 480


def test_a_sheet_by_itself_is_not_covered() -> None:
    for seed, corners in ((1, LEVEL), (2, TURNED), (3, LEVEL)):
        assert covered(laid(desk(seed), page(seed), corners), as_quad(corners)) is None


def test_a_finger_beside_the_sheet_covers_nothing() -> None:
    assert covered(_finger(laid(desk(1), page(1), LEVEL), (640, 655), (660, 719)), as_quad(LEVEL)) is None


def test_a_printed_band_that_ends_at_the_side_is_print() -> None:
    sheet = page(4)
    sheet[300:380, :200] = (60, 60, 190)
    assert covered(laid(desk(4), sheet, LEVEL), as_quad(LEVEL)) is None


def test_the_person_is_told_to_move_the_finger() -> None:
    held = _finger(laid(desk(1), page(1), LEVEL), (640, 540), (660, 719))
    assert Problem.COVERED in {finding.problem for finding in assess(held, as_quad(LEVEL)).findings}
