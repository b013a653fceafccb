"""Every layout on every sheet looks as its kept picture does; what is missing or has moved is noticed."""

from __future__ import annotations

from dataclasses import replace

import golden_pictures as golden
import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase

from kiosk.paper.canvas import Line, Mark, Page, Panel, Symbol, Words, moved
from kiosk.paper.sizes import Sheet

pytestmark = pytest.mark.usefixtures("qapp")

CASES = [(name, sheet) for name in golden.layouts() for sheet in Sheet]


@pytest.fixture(scope="module", autouse=True)
def fonts(qapp: object) -> None:
    if not {"Noto Sans CJK SC", "Noto Serif CJK SC"} <= set(QFontDatabase.families()):
        pytest.skip("pictures can only be compared with the fonts they were drawn with: Noto CJK")


@pytest.mark.parametrize(("name", "sheet"), CASES)
def test_it_looks_as_it_did(name: str, sheet: Sheet) -> None:
    pages = golden.layouts()[name](sheet)
    files = sorted(golden.FOLDER.glob(f"{name}-{sheet.value}-*.png"))
    assert len(files) == len(pages), "run: python tests/paper/golden_pictures.py"
    for number, page in enumerate(pages, start=1):
        apart = golden.difference(golden.grey(page), golden.kept(golden.path_of(name, sheet, number)))
        assert apart <= golden.TOLERANCE, f"{name} on {sheet.value}, page {number}: {apart:.3f}; look, then renew"


def test_every_kept_picture_belongs_to_a_layout() -> None:
    known = {golden.path_of(name, sheet, n).name for name, sheet in CASES for n in range(1, 9)}
    assert {path.name for path in golden.FOLDER.glob("*.png")} <= known


SLIP_ON = [Sheet.A4_BOTH, Sheet.ROLL_58]


@pytest.mark.parametrize("sheet", SLIP_ON)
def test_any_line_of_words_that_goes_missing_is_noticed(sheet: Sheet) -> None:
    """Each of them, the smallest too: this is what the tolerance is for."""
    page = golden.layouts()["slip"](sheet)[0]
    whole = golden.grey(page)
    for item in page.items:
        if isinstance(item, Words | Symbol | Mark):
            without = Page(page.width, page.height, tuple(other for other in page.items if other is not item))
            assert golden.difference(whole, golden.grey(without)) > golden.TOLERANCE, item


@pytest.mark.parametrize("sheet", SLIP_ON)
def test_a_line_that_moved_by_its_own_height_is_noticed(sheet: Sheet) -> None:
    page = golden.layouts()["slip"](sheet)[0]
    whole = golden.grey(page)
    for item in [item for item in page.items if isinstance(item, Words)][::5]:
        shifted = tuple(moved(other, 0, item.style.line_height) if other is item else other for other in page.items)
        assert golden.difference(whole, golden.grey(Page(page.width, page.height, shifted))) > golden.TOLERANCE, item


def test_rules_and_frames_that_go_missing_are_noticed() -> None:
    page = golden.layouts()["slip"](Sheet.ROLL_80)[0]
    whole = golden.grey(page)
    for item in page.items:
        if isinstance(item, Line | Panel) and max(item.rect.w, item.rect.h) > 5:
            without = Page(page.width, page.height, tuple(other for other in page.items if other is not item))
            assert golden.difference(whole, golden.grey(without)) > golden.TOLERANCE, item


def test_another_hinting_or_a_shade_is_no_difference() -> None:
    """Letters a twentieth of a millimetre to the side and a little heavier: what another machine's drawing may do."""
    page = golden.layouts()["slip"](Sheet.A5)[0]
    whole = golden.grey(page)
    nudged = Page(
        page.width,
        page.height,
        tuple(moved(item, 0.04, 0.03) if isinstance(item, Words) else item for item in page.items),
    )
    assert 0 < golden.difference(whole, golden.grey(nudged)) <= golden.TOLERANCE
    heavier = np.clip(whole.astype(np.int16) * 1.04 - 10, 0, 255).astype(np.uint8)
    assert golden.difference(whole, heavier) <= golden.TOLERANCE


def test_another_size_is_always_a_difference() -> None:
    page = golden.layouts()["slip"](Sheet.A5)[0]
    assert golden.difference(golden.grey(page), golden.grey(replace(page, height=page.height + 4))) == 1.0
