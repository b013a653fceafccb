"""The day's tally on every paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_checks import check_page, words_of
from sample_tally import CHAIN, DIFFERENCES, tally

from kiosk.paper.canvas import Page, Panel, Watermark
from kiosk.paper.sizes import Sheet
from kiosk.paper.tally_layout import lay_out_tally
from kiosk.paper.tally_model import TallyLine, TallyPaper, TallySection

pytestmark = pytest.mark.usefixtures("qapp")

MANY = TallySection(
    "人工改判（机器判为不一致；这一标题很长，长得在任何纸上都要折行才放得下，折了也不能盖住别的）",
    tuple(TallyLine(f"写法不同，指的是同一内容（SAME_THING），经办号 {n:03d}", str(n)) for n in range(60)),
)
PAPERS = {
    "plain": tally(),
    "with differences": tally(verdict="有 2 处要看", differences=DIFFERENCES * 5),
    "training reprint": tally(practice=True, copy_no=3),
    "many": tally(sections=(*tally().sections, MANY)),
    "nothing": tally(sections=()),
    "long names": tally(facts=(("学校", "南山区虚构外国语学校(集团)样例湾实验部小学部" * 3),)),
    "english": tally(language="en"),
}


def said(pages: tuple[Page, ...]) -> str:
    return "\n".join(words_of(page) for page in pages)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("sheet", Sheet)
def test_everything_stands_on_it_and_nothing_over_anything_else(name: str, sheet: Sheet) -> None:
    paper = PAPERS[name]
    pages = lay_out_tally(paper, sheet)
    for page in pages:
        check_page(page)
    words = said(pages)
    for sentence in (paper.title, paper.verdict, *paper.differences, *CHAIN, paper.note):
        assert sentence in words
    for section in paper.sections:
        assert section.heading in words
        for line in section.lines:
            assert words.count(line.label) >= 1
            assert f"\n{line.value}\n" in words


@pytest.mark.parametrize("sheet", Sheet)
def test_a_heading_never_stays_alone_at_the_foot(sheet: Sheet) -> None:
    for count in range(30, 45):
        lines = tuple(TallyLine(f"第{n}行", str(n)) for n in range(count))
        pages = lay_out_tally(tally(sections=(TallySection("前", lines), TallySection("后面一节", lines[:3]))), sheet)
        for page in pages:
            if "后面一节" in words_of(page):
                assert "第0行" in words_of(page).split("后面一节")[1]


def test_pages_are_upright_and_counted_and_a_roll_is_one_strip() -> None:
    many = PAPERS["many"]
    pages = lay_out_tally(many, Sheet.A4_BOTH)
    assert {(page.width, page.height) for page in pages} == {(210.0, 297.0)}
    assert [f"第{n}页 共{len(pages)}页" in words_of(page) for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert len(lay_out_tally(many, Sheet.ROLL_58)) == 1
    assert len(lay_out_tally(tally(), Sheet.A4_BOTH)) == 1
    assert len(lay_out_tally(tally(), Sheet.A5)) == 1


@pytest.mark.parametrize("sheet", Sheet)
def test_training_tallies_and_reprints_cannot_be_mistaken(sheet: Sheet) -> None:
    pages = lay_out_tally(replace(tally(), practice=True, copy_no=2), sheet)
    assert "练习样本 · 无效" in said(pages)
    assert "重印 · 第2次打印" in said(pages)
    marks = [item for page in pages for item in page.items if isinstance(item, Watermark)]
    bands = [item for page in pages for item in page.items if isinstance(item, Panel) and item.fill]
    assert marks or len(bands) >= 2
    assert "练习" not in said(lay_out_tally(tally(), sheet))


def test_what_does_not_agree_stands_before_the_numbers() -> None:
    paper: TallyPaper = PAPERS["with differences"]
    words = said(lay_out_tally(paper, Sheet.ROLL_80))
    assert words.index(paper.differences[0]) < words.index("到场家庭")
