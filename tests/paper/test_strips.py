"""Papers on the rolls of receipt printers: black or nothing, whole dots, and everything a page says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from page_checks import words_of
from paper_variants import many_materials, many_reasons, variants
from PIL import Image as Pictures

from kiosk.paper.canvas import Panel, Symbol
from kiosk.paper.code import code_text, verify
from kiosk.paper.model import Paper, PaperKind
from kiosk.paper.output import dots, read_strips, write_strips
from kiosk.paper.render import lay_out_sheets, qr_modules
from kiosk.paper.roll import module_dots
from kiosk.paper.signing import Ed25519Signer
from kiosk.paper.sizes import Roll, Sheet
from scanner import barcodes

pytestmark = pytest.mark.usefixtures("qapp")

ROLLS = [Sheet.ROLL_80, Sheet.ROLL_58]
DOTS = {Sheet.ROLL_80: 576, Sheet.ROLL_58: 384}
LEAST_MODULE = 5  # dots: 0.6 mm


@pytest.fixture
def code(receipt: Paper, signer: Ed25519Signer) -> str:
    return code_text(receipt, signer)


@pytest.mark.parametrize("sheet", ROLLS)
def test_the_code_is_read_from_the_dots(receipt: Paper, slip: Paper, signer: Ed25519Signer, sheet: Sheet) -> None:
    for paper in (receipt, slip, replace(receipt, practice=True, desk_id="X01-3FA29C1B")):
        code = code_text(paper, signer)
        for page in lay_out_sheets(paper, code, sheet):
            read = [found.text for found in barcodes.decode(as_photograph(dots(page, roll_of(sheet))))]
            assert read == [code]
            assert verify(read[0], {paper.desk_id: (signer.verifier(),)}).ok


@pytest.mark.parametrize("sheet", ROLLS)
def test_a_strip_is_as_wide_as_the_print_head_and_empty_at_its_ends(receipt: Paper, code: str, sheet: Sheet) -> None:
    for page in lay_out_sheets(receipt, code, sheet):
        strip = dots(page, roll_of(sheet))
        assert (strip.mode, strip.width) == ("1", DOTS[sheet])
        ink = ~np.asarray(strip)
        assert ink.any(axis=1).nonzero()[0][0] >= 8  # a millimetre
        assert not ink[-8:].any()
        assert 0.02 < ink.mean() < 0.25  # the head is no iron


@pytest.mark.parametrize("sheet", ROLLS)
def test_nothing_of_a_strip_is_lost_beside_the_print_head(receipt: Paper, code: str, sheet: Sheet) -> None:
    roll = roll_of(sheet)
    for paper in variants(receipt).values():
        for page in lay_out_sheets(paper, code, sheet):
            for item in page.items:
                assert item.rect.x >= roll.margin - 0.01
                assert item.rect.right <= roll.width - roll.margin + 0.01


@pytest.mark.parametrize("sheet", ROLLS)
def test_modules_are_whole_dots_and_large_enough_whatever_the_code(sheet: Sheet) -> None:
    roll = roll_of(sheet)
    for length in range(150, 260, 10):  # from short desk names to the longest that a code takes
        modules = len(qr_modules("A" * length))
        side = module_dots(modules, roll)
        assert side >= LEAST_MODULE
        assert side * modules <= roll.dots
        assert side * (modules + 8) <= roll.width * 8  # the quiet zone lies on the paper


@pytest.mark.parametrize("sheet", ROLLS)
def test_all_reasons_stand_in_full_on_both_copies(slip: Paper, code: str, sheet: Sheet) -> None:
    paper = replace(slip, reasons=many_reasons(9), materials=many_materials(13))
    for page in lay_out_sheets(paper, code, sheet):
        said = words_of(page)
        for reason in paper.reasons:
            assert said.count(reason.text) == 9
            assert reason.about in said
            assert reason.todo in said
        assert said.count("补验日不能解决") >= 3
        for line in paper.materials:
            assert line.name in said


def test_a_strip_says_all_that_a_page_says(receipt: Paper, slip: Paper, signer: Ed25519Signer) -> None:
    for paper in (receipt, slip, replace(receipt, kind=PaperKind.REFER, reasons=many_reasons(1), category="")):
        code = code_text(paper, signer)
        page_says = " ".join(words_of(page) for page in lay_out_sheets(paper, code, Sheet.A5)[:1])
        strip_says = flat(words_of(lay_out_sheets(paper, code, Sheet.ROLL_58)[0]))
        layout_only = ("页", "以下空白")
        for sentence in page_says.split("\n"):
            if not any(word in sentence for word in layout_only):
                for part in sentence.split(" · "):
                    assert flat(part) in strip_says


def test_a_specimen_says_so_on_every_piece_of_the_strip(receipt: Paper, code: str) -> None:
    for sheet in ROLLS:
        for page in lay_out_sheets(replace(receipt, practice=True, copy_no=2), code, sheet):
            bands = [item.rect.y / page.height for item in page.items if isinstance(item, Panel) and item.fill]
            assert words_of(page).count("练习样本 · 无效") == 3
            assert min(bands) < 0.1 and max(bands) > 0.9
            assert "重印 · 第2次打印" in words_of(page)


def test_the_copies_say_whose_they_are(receipt: Paper, code: str) -> None:
    family, school = lay_out_sheets(receipt, code, Sheet.ROLL_80)
    assert "家长留存" in words_of(family)
    assert "学校留存" in words_of(school)
    assert all(sum(isinstance(item, Symbol) for item in page.items) == 1 for page in (family, school))


def test_a_strip_file_gives_back_every_dot(receipt: Paper, code: str, tmp_path: Path) -> None:
    path = tmp_path / "strips.tif"
    pages = lay_out_sheets(receipt, code, Sheet.ROLL_58)
    rendered = write_strips(pages, roll_of(Sheet.ROLL_58), path)
    assert (rendered.sheets, rendered.missing) == (2, ())
    for page, strip in zip(pages, read_strips(path), strict=True):
        assert np.array_equal(np.asarray(strip), np.asarray(dots(page, roll_of(Sheet.ROLL_58))))
    assert [file.name for file in tmp_path.iterdir()] == ["strips.tif"]


def test_another_file_is_no_strip_file(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(OSError, match=r"paper\.pdf"):
        read_strips(tmp_path / "paper.pdf")


def roll_of(sheet: Sheet) -> Roll:
    assert sheet.roll is not None
    return sheet.roll


def as_photograph(strip: Pictures.Image) -> np.ndarray:
    """With the blank paper beside the print head, as three colours."""
    grey = np.pad(np.asarray(strip.convert("L")), 40, constant_values=255)
    return np.repeat(grey[:, :, None], 3, axis=2)


def flat(text: str) -> str:
    return text.replace("\u2028", "").replace(" ", "").replace("\n", "")
