"""What is told about a sheet that cannot be read well."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from desk_pictures import LEVEL, desk, laid, page

from kiosk.texts import LANGUAGES, catalogue
from scanner.geometry import as_quad
from scanner.live import CameraState, LiveState
from scanner.quality import PRIORITY, assess, sharpness
from scanner.types import Image, Problem

_SHEET = laid(desk(1), page(1), LEVEL)
_CORNERS = as_quad(LEVEL)


def _problems(image: Image, corners: list[list[float]] = LEVEL) -> set[Problem]:
    return {finding.problem for finding in assess(image, as_quad(corners)).findings}


def test_a_good_picture_has_nothing_to_complain_of() -> None:
    quality = assess(_SHEET, _CORNERS, size_mm=(148, 105))
    assert quality.good
    assert quality.sharpness > 0.5
    assert quality.px_per_mm == pytest.approx(5.2, abs=0.2)


@pytest.mark.parametrize("sigma", [3.0, 4.0])
def test_blur_is_noticed_in_light_and_in_the_dark(sigma: float) -> None:
    blurred = cv2.GaussianBlur(_SHEET, (0, 0), sigma).astype(np.uint8)
    assert Problem.BLURRED in _problems(blurred)
    assert Problem.BLURRED in _problems((blurred * 0.6).astype(np.uint8))
    assert Problem.BLURRED not in _problems((_SHEET * 0.6).astype(np.uint8))


def test_sharpness_falls_with_blur_whatever_is_printed() -> None:
    for seed in range(3):
        grey = np.ascontiguousarray(page(seed)[:, :, 1])
        values = [sharpness(cv2.GaussianBlur(grey, (0, 0), sigma).astype(np.uint8)) for sigma in (0.6, 1.5, 3.0)]
        known = [value for value in values if value is not None]
        assert len(known) == 3
        assert known == sorted(known, reverse=True)


def test_an_unprinted_page_is_neither_sharp_nor_blurred() -> None:
    assert sharpness(np.full((200, 200), 240, np.uint8)) is None
    assert Problem.BLURRED not in _problems(np.full((720, 1280, 3), 200, np.uint8))


def test_glare_is_told_with_its_place() -> None:
    shiny = _SHEET.copy()
    cv2.circle(shiny, (600, 300), 60, (255, 255, 255), -1)
    findings = {finding.problem: finding.box for finding in assess(shiny, _CORNERS).findings}
    box = findings[Problem.GLARE]
    assert box is not None
    x, y, width, height = box
    assert abs(x + width / 2 - 600) < 15 and abs(y + height / 2 - 300) < 15


def test_exposure_is_judged_by_the_paper() -> None:
    assert Problem.TOO_DARK in _problems((_SHEET * 0.15).astype(np.uint8))
    assert Problem.TOO_BRIGHT in _problems(np.clip(_SHEET.astype(int) * 2, 0, 255).astype(np.uint8))


def test_a_corner_outside_the_frame_is_cut_off_and_shown() -> None:
    corners = [[-40.0, 110.0], [900.0, 130.0], [910.0, 620.0], [-30.0, 600.0]]
    findings = {
        finding.problem: finding.box for finding in assess(laid(desk(2), page(2), corners), as_quad(corners)).findings
    }
    box = findings[Problem.CUT_OFF]
    assert box is not None
    assert box[0] == 0


def test_a_side_that_runs_out_of_view_is_cut_off() -> None:
    whole = laid(
        desk(2, frame=(1280, 900)), page(2), [[260.0, 110.0], [1000.0, 120.0], [1010.0, 860.0], [250.0, 850.0]]
    )
    seen = np.ascontiguousarray(whole[:720])
    assert Problem.CUT_OFF in _problems(seen, [[260.0, 110.0], [1000.0, 120.0], [1008.0, 712.0], [252.0, 711.0]])


def test_another_sheet_beside_it_is_told_with_its_place() -> None:
    other = [[30.0, 60.0], [230.0, 60.0], [225.0, 330.0], [30.0, 325.0]]
    main = [[420.0, 120.0], [1150.0, 130.0], [1160.0, 640.0], [410.0, 630.0]]
    both = laid(laid(desk(1), page(1), main), page(2), other)
    findings = {finding.problem: finding.box for finding in assess(both, as_quad(main)).findings}
    box = findings[Problem.SEVERAL_SHEETS]
    assert box is not None
    assert abs(box[0] - 30) < 30 and abs(box[0] + box[2] - 230) < 30
    assert Problem.SEVERAL_SHEETS not in _problems(laid(desk(1), page(1), main), main)


def test_bright_paper_that_blows_out_in_its_margin_is_no_glare() -> None:
    sheet = np.full((640, 900, 3), 249, np.uint8)
    cv2.rectangle(sheet, (300, 60), (860, 600), (30, 30, 30), 2)
    sheet[200:420, 20:200] = 255
    assert Problem.GLARE not in _problems(laid(desk(1), sheet, LEVEL))


def test_small_and_slanted_sheets_are_told() -> None:
    small = [[500.0, 300.0], [740.0, 300.0], [740.0, 460.0], [500.0, 460.0]]
    assert Problem.TOO_FAR in _problems(laid(desk(3), page(3), small), small)
    slanted = [[500.0, 150.0], [800.0, 150.0], [1100.0, 600.0], [200.0, 600.0]]
    assert Problem.TOO_SLANTED in _problems(laid(desk(3), page(3), slanted), slanted)


def test_every_problem_has_its_rank_and_everything_told_has_words_in_every_language() -> None:
    assert sorted(PRIORITY) == sorted(Problem)
    for language in LANGUAGES:
        words = catalogue(language)
        assert all(f"scanner.problem.{problem.value}" in words for problem in Problem)
        assert all(f"scanner.live.{state.value}" in words for state in LiveState)
        assert all(f"devices.camera.{state.value}.name" in words for state in CameraState)
