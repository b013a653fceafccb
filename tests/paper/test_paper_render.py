"""How a paper looks: everything on the page, nothing over anything else, the code readable from the printed sheet."""

from __future__ import annotations

import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sample_papers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_checks import check_page, words_of
from paper_variants import many_reasons, variants
from PySide6.QtGui import QImage

from kiosk.paper.canvas import MARK, Symbol, Watermark
from kiosk.paper.code import code_text, verify
from kiosk.paper.fonts import code_points, missing_characters
from kiosk.paper.layout import MODULE, lay_out
from kiosk.paper.model import MaterialLine, MaterialState, Paper, PaperKind, ReasonLine
from kiosk.paper.reading import codes_in_file
from kiosk.paper.render import Sheet, lay_out_sheets, qr_modules, render_images, render_pdf, unprintable
from kiosk.paper.signing import Ed25519Signer

pytestmark = pytest.mark.usefixtures("qapp")

RARE_NAME = "𠮷䶮㛃𬱖𠅤㵘龑禤𡈽𬍛䕖"


@pytest.fixture
def code(receipt: Paper, signer: Ed25519Signer) -> str:
    return code_text(receipt, signer)


@pytest.mark.parametrize("name", variants(sample_papers.receipt()))
@pytest.mark.parametrize("sheet", Sheet)
def test_everything_lies_on_the_page_and_nothing_over_anything_else(
    receipt: Paper, code: str, name: str, sheet: Sheet
) -> None:
    for page in lay_out_sheets(variants(receipt)[name], code, sheet):
        check_page(page)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_on_it_a_paper_keeps_its_text_on_the_page(
    data: st.DataObject, receipt: Paper, code: str
) -> None:
    words = st.text(alphabet="核验材料房产证 AB12-·()𠮷", max_size=60)
    materials = st.builds(MaterialLine, st.just("C01"), words, st.sampled_from(MaterialState), words, words)
    reasons = st.builds(ReasonLine, st.just("R-OTHER"), words, words, words, st.booleans())
    paper = replace(
        receipt,
        kind=data.draw(st.sampled_from(PaperKind)),
        child_name=data.draw(words),
        category=data.draw(words),
        materials=tuple(data.draw(st.lists(materials, max_size=12))),
        reasons=tuple(data.draw(st.lists(reasons, max_size=6))),
    )
    for page in lay_out(paper, qr_modules(code), "family"):
        check_page(page)


def test_a_usual_receipt_and_slip_take_one_page(receipt: Paper, slip: Paper, code: str) -> None:
    for paper in (receipt, slip):
        assert len(lay_out(paper, qr_modules(code), "family")) == 1


def test_a_desk_enrolled_with_a_long_id_still_gets_one_page(receipt: Paper, slip: Paper, signer: Ed25519Signer) -> None:
    for paper in (receipt, slip):
        named = replace(paper, desk_id="X01-3FA29C1B", paper_no="NS2014-X01-3FA29C1B-000123")
        (sheet,) = lay_out_sheets(named, code_text(named, signer))
        check_page(sheet)


def test_a_long_paper_flows_on_and_counts_its_pages(receipt: Paper, code: str) -> None:
    pages = lay_out(variants(receipt)["many reasons"], qr_modules(code), "family")
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页 共{len(pages)}页" in words_of(page)
        assert receipt.title in words_of(page)
    everything = "".join(words_of(page) for page in pages)
    assert everything.count("R-ADDR-DIFF") == 9
    assert everything.count("集体宿舍证明") == 13


def test_code_signatures_and_seal_never_stand_on_a_page_of_their_own(receipt: Paper, code: str) -> None:
    for count in range(1, 12):
        last = lay_out(replace(receipt, reasons=many_reasons(count)), qr_modules(code), "family")[-1]
        assert "验核人签名" in words_of(last)
        assert "不作为录取凭证" in words_of(last)
        assert sum(isinstance(item, Symbol) for item in last.items) == 1


def test_modules_are_large_enough_for_a_webcam(receipt: Paper, code: str) -> None:
    symbols = [item for page in lay_out_sheets(receipt, code) for item in page.items if isinstance(item, Symbol)]
    assert len(symbols) == 2
    for symbol in symbols:
        assert symbol.rect.w / len(symbol.modules) == pytest.approx(MODULE)


def test_both_copies_say_whose_they_are(receipt: Paper, code: str) -> None:
    (sheet,) = lay_out_sheets(receipt, code)
    assert "家长留存" in words_of(sheet)
    assert "学校留存" in words_of(sheet)


def test_training_papers_and_reprints_cannot_be_mistaken(receipt: Paper, code: str) -> None:
    pages = lay_out_sheets(replace(receipt, practice=True, copy_no=2), code)
    for page in pages:
        assert "练习样本 · 无效" in words_of(page)
        assert "重印 · 第2次打印" in words_of(page)
        assert sum(isinstance(item, Watermark) for item in page.items) == 4
    (plain,) = lay_out_sheets(receipt, code)
    assert "练习" not in words_of(plain)
    assert "重印" not in words_of(plain)
    image = render_images(replace(receipt, practice=True), code, dpi=40)[0]
    assert _share(image, MARK) > 0.02  # the mark is really on the paper


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm to look at the PDF")
@pytest.mark.parametrize("sheet", Sheet)
def test_the_code_is_read_from_the_printed_page(
    receipt: Paper, slip: Paper, signer: Ed25519Signer, tmp_path: Path, sheet: Sheet
) -> None:
    for paper in (receipt, slip, replace(receipt, practice=True)):
        path = tmp_path / f"{paper.paper_no}.pdf"
        code = code_text(paper, signer)
        assert render_pdf(paper, code, path, sheet).missing == ()
        assert codes_in_file(path) == (code,)
        answer = verify(code, {"X01-02": (signer.verifier(),)})
        assert answer.ok
        assert answer.fields is not None
        assert answer.fields.digest == signer.digest(paper.content()).hex()[:32]


def test_the_code_is_read_from_the_picture_on_screen(receipt: Paper, code: str, tmp_path: Path) -> None:
    (image,) = render_images(receipt, code, dpi=150)
    path = tmp_path / "paper.png"
    assert image.save(str(path))
    assert codes_in_file(path) == (code,)


def test_no_ink_comes_near_the_edge_where_printers_cannot_print(receipt: Paper, code: str) -> None:
    for name, paper in variants(receipt).items():
        if not paper.practice:  # a watermark may be cut by the edge
            for image in render_images(paper, code, dpi=60, sheet=Sheet.A5):
                assert _margin_is_white(image, round(5 / 25.4 * 60)), name


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs pdfinfo to look at the metadata")
def test_the_metadata_name_nobody(receipt: Paper, code: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    render_pdf(receipt, code, path)
    told = "".join(
        subprocess.run(["pdfinfo", *options, path], check=True, capture_output=True, text=True).stdout
        for options in ([], ["-meta"])
    )
    assert receipt.title in told
    for private in (receipt.child_name, receipt.child_id_masked, receipt.application_no, receipt.clerk_no):
        assert private not in told


def test_a_paper_is_made_on_any_thread_and_leaves_no_half_file(receipt: Paper, code: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    thread = threading.Thread(target=render_pdf, args=(receipt, code, path))
    thread.start()
    thread.join()
    assert path.read_bytes().startswith(b"%PDF-")
    assert [file.name for file in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_folder_that_is_not_there_is_an_os_error(receipt: Paper, code: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"paper\.pdf"):
        render_pdf(receipt, code, tmp_path / "absent" / "paper.pdf")


def test_rare_characters_of_names_are_drawn_and_undrawable_ones_named(receipt: Paper, code: str) -> None:
    assert unprintable(replace(receipt, child_name=RARE_NAME), code) == ()
    missing = unprintable(replace(receipt, child_name="陈\ue5e5远\U000f1234"), code)
    assert code_points(missing) == "U+E5E5 U+F1234"


def test_variation_selectors_are_no_characters_of_their_own() -> None:
    assert missing_characters(["葛\U000e0100"]) == ()


def _margin_is_white(image: QImage, border: int) -> bool:
    width, height = image.width(), image.height()
    rows = [(x, y) for x in range(width) for y in (*range(border), *range(height - border, height))]
    columns = [(x, y) for y in range(height) for x in (*range(border), *range(width - border, width))]
    return all(image.pixelColor(x, y).lightness() > 250 for x, y in (*rows, *columns))


def _share(image: QImage, colour: str) -> float:
    width, height = image.width(), image.height()
    hits = sum(image.pixelColor(x, y).name() == colour for x in range(width) for y in range(height))
    return hits / (width * height)
