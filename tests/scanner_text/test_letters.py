"""Papers without a form: known by title and words wherever they stand, values found beside their labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_lines import fields_of, layout_of, layouts_of, line, typed

from scanner.layouts import Layout, builtin_layouts, parse_layout
from scanner.layouts.finding import locate_fields, match_layout
from scanner.layouts.matching import LabelFinder, LayoutMatch, PageLine

A4 = (2100, 2970)
FATHER, MOTHER = "440000198302080914", "440000198512251021"


def laid(layout: Layout, lines: list[PageLine]) -> LayoutMatch:
    return match_layout(layout, LabelFinder(lines), A4)


def best(lines: list[PageLine]) -> Layout | None:
    """The layout that explains the page best, where any does."""
    finder = LabelFinder(lines)
    ranked = sorted((match_layout(layout, finder, A4) for layout in builtin_layouts()), key=lambda m: -m.score)
    return ranked[0].layout if ranked[0].score > 0.45 else None


LEASE = (
    "合同编号: 虚构租字2023-990188",
    "甲方(出租人): 深圳市虚构住房保障署",
    "乙方(承租人): 高拟海|联系电话: 13900000000",
    f"身份证号码: {FATHER}",
    "房屋坐落: 南山区南头街道虚构北路88号4栋0605",
    "租赁期限自2023年3月1日起至2026年2月28日止.",
)


@settings(max_examples=15, deadline=None)
@given(st.floats(12, 40), st.floats(15, 90), st.floats(3.2, 5.0), st.permutations(LEASE[1:]))
def test_a_contract_is_read_however_it_is_arranged(left: float, top: float, size: float, rows: list[str]) -> None:
    if rows.index(LEASE[3]) < rows.index(LEASE[2]):  # a number follows the person whose it is
        rows[rows.index(LEASE[3])], rows[rows.index(LEASE[2])] = LEASE[2], LEASE[3]
    lines = typed("公共租赁住房租赁合同", LEASE[0], *rows, left=left, top=top, size=size)
    read = fields_of(laid(layout_of("C11", "p1"), lines), lines)
    assert read["lessee"] == "高拟海"
    assert read["lessee_id"] == FATHER
    assert read["address"] == "南山区南头街道虚构北路88号4栋0605"
    assert (read["term_from"], read["term_to"]) == ("2023年3月1日", "2026年2月28日")


@pytest.mark.parametrize("order", [("甲", "乙"), ("乙", "甲")])
def test_two_persons_numbers_stay_with_their_persons(order: tuple[str, str]) -> None:
    """Whoever is named first: the number after a person is that person's, never the other's."""
    blocks = {
        "甲": ("出租人: 王样本", f"身份证号码: {MOTHER}"),
        "乙": ("承租人: 高拟海", f"身份证号码: {FATHER}"),
    }
    lines = typed("房屋租赁合同", *blocks[order[0]], *blocks[order[1]], "房屋地址: 南山区虚构路88号4栋0605")
    read = fields_of(laid(layout_of("C10", "p1", "contract"), lines), lines)
    assert read["lessee_id"] == FATHER


def test_a_number_that_was_not_read_is_not_taken_from_the_other_person() -> None:
    lines = typed("房屋租赁合同", "承租人: 高拟海", "出租人: 王样本", f"身份证号码: {MOTHER}", "房屋地址: 虚构路88号")
    read = fields_of(laid(layout_of("C10", "p1", "contract"), lines), lines)
    assert read["lessee_id"] == ""


def test_nor_is_it_sought_on_the_page_where_another_label_introduces_one() -> None:
    lines = typed(
        "公共租赁住房租赁合同", "承租人: 高拟海", f"联系人证件号码: {MOTHER}", "房屋坐落: 南山区虚构路88号4栋0605"
    )
    layout = parse_layout(TENANT)
    assert fields_of(laid(layout, lines), lines)["lessee_id"] == ""


def test_an_address_runs_on_over_the_end_of_its_row() -> None:
    lines = typed(
        "居住证明",
        f"兹有高拟海(身份证号码:{FATHER})一家,现居住于",
        "南山区南头街道虚构北路88号4栋1单元",
        "0605,情况属实.",
        "特此证明.",
    )
    read = fields_of(laid(layout_of("C18", "p1"), lines), lines)
    assert read["address"] == "南山区南头街道虚构北路88号4栋1单元0605"
    assert (read["name"], read["id_no"]) == ("高拟海", FATHER)


def test_a_value_without_a_label_is_known_by_its_form_and_contradicts_nobody() -> None:
    lines = typed("民事判决书", "(2021)深虚民初字第99188号", "婚生子女周例舟由吴拟云抚养.", "二〇二一年九月二十二日")
    places = {p.name: p for p in locate_fields(laid(layout_of("B02", "p1", "judgment"), lines), lines)}
    read = {n: "".join(lines[q.line].text[q.start : q.stop] for q in p.pieces) for n, p in places.items()}
    assert read["case_no"] == "(2021)深虚民初字第99188号"
    assert read["dated"] == "二〇二一年九月二十二日"
    assert not places["case_no"].sure
    assert places["custody_to"].sure


def test_of_two_that_look_alike_none_is_the_only_one() -> None:
    """Nothing says whose number it is: it is left to a person."""
    lines = typed("祖屋证明", f"本村原居民两户,号码{FATHER}和{MOTHER},祖屋一处.", "特此证明.")
    read = fields_of(laid(layout_of("C13", "p1"), lines), lines)
    assert read["id_no"] == ""


def test_a_title_in_a_sentence_names_nothing() -> None:
    lines = typed(
        "情况说明", "本人已遗失公共租赁住房租赁合同一份,特此说明.", "承租人: 高拟海", "房屋地址: 南山区虚构路88号"
    )
    assert laid(layout_of("C11", "p1"), lines).score == 0.0


def test_a_plain_certificate_is_told_by_what_it_certifies() -> None:
    about = {
        "C13": "其祖屋坐落于南山区虚构村55号",
        "C14": "现住我部军产房,坐落于南山区虚构路88号",
        "C15": "所购集资房坐落于南山区虚构路88号",
        "C17": "现居住于我单位集体宿舍,地址:南山区虚构路88号",
        "C18": "现居住于南山区虚构路88号",
        "D05": "在我单位工作",
    }
    for kind, words in about.items():
        lines = typed("证明", f"兹证明高拟海(身份证号码:{FATHER})", words + ".", "特此证明.", "2014年3月28日")
        found = best(lines)
        assert found is not None
        assert found.kind == kind, words


def test_papers_with_like_titles_are_told_apart() -> None:
    titles = {
        "房屋租赁合同登记信息": "C10",
        "房屋租赁合同": "C10",
        "公共租赁住房租赁合同": "C11",
        "房屋租赁管理费发票": "C09",
        "计划生育证明": "E01",
        "流动人口婚育证明": "E03",
        "广东省计划生育服务证": "E02",
        "商品房买卖合同": "C04",
        "安居型商品房买卖合同": "C12",
        "民事调解书": "B02",
        "民事判决书": "B02",
        "军人子女证明": "F03",
        "监护证明": "B04",
    }
    for title, kind in titles.items():
        lines = typed(title, "姓名: 高拟海", "日期: 2014年3月28日", "本页为样本.")
        named = {
            layout.kind
            for layout in builtin_layouts()
            if (match := laid(layout, lines)).title_read and match.score > 0.1
        }
        assert named == {kind}, title


def test_a_form_in_another_arrangement_is_read_by_its_words() -> None:
    """Another printer's lease voucher: one column, the title lower, nothing where the layout file has it."""
    rows = (
        "编号: 深房租南山2012990044",
        f"承租人证件号码: {FATHER}",
        "房屋编码: 4403050079900000018000403",
        "首次登记日期: 2012年11月5日",
        "房屋地址: 南山区西丽街道虚构村西一坊12栋403",
        "承租人: 高拟海",
        "出租人: 王样本",
    )
    lines = typed("房屋租赁凭证", *rows, top=70)
    (layout,) = layouts_of("C07", "inner")
    read = fields_of(laid(layout, lines), lines)
    assert read["lessee"] == "高拟海"
    assert read["lessee_id"] == FATHER
    assert read["house_code"] == "4403050079900000018000403"
    assert read["first_issued"] == "2012年11月5日"
    assert read["address"] == "南山区西丽街道虚构村西一坊12栋403"


TENANT = r"""
kind: X11
page: p1
name: 租赁合同
size_mm: [210, 297]
letter: true
labels:
  - {text: '公共租赁住房租赁合同', title: true, weight: 3}
  - {text: '承租人'}
  - {text: '承租人证件号码'}
  - {text: '联系人证件号码'}
fields:
  lessee: {class: name, label: '承租人'}
  lessee_id: {class: id, label: '承租人证件号码', pattern: '\d{18}', anywhere: only}
"""


def test_a_form_whose_rows_stand_a_row_away_is_read_by_its_labels() -> None:
    """Words that stand on the page once are their label, wherever another printer has put them."""
    layout = layout_of("A01", "front")
    rows = {"户别": (24, 30), "户主姓名": (86, 30), "户号": (24, 43), "住址": (24, 60), "常住人口登记": (55, 11)}
    values = {
        "家庭户": (40, 30),
        "罗例坤": (102, 30),
        "440000990088": (40, 43),
        "南山区虚构前海路3号例景轩1栋": (40, 60),
    }
    lines = [line(text, x, y, 3.4 if len(text) < 12 else 2.4) for text, (x, y) in {**rows, **values}.items()]
    match = match_layout(layout, LabelFinder(lines), (1430, 1050))
    assert match.score > 0.45
    read = fields_of(match, lines)
    assert (read["head_name"], read["address"]) == ("罗例坤", "南山区虚构前海路3号例景轩1栋")


def test_of_two_forms_alike_but_for_their_title_the_title_decides_wherever_it_stands() -> None:
    """The blue lease information has the red voucher's cells."""
    for kind, title in (("C07", "房屋租赁凭证"), ("C08", "房屋租赁信息")):
        layout = layout_of(kind, "inner")
        lines = [
            line(label.text, label.at[0], label.at[1], label.at[2] / len(label.text))
            for label in layout.labels
            if not label.title
        ]
        lines.append(line(title, 130, 125, 6))
        found = max(
            (match_layout(layout_of(k, "inner"), LabelFinder(lines), (2100, 1480)) for k in ("C07", "C08")),
            key=lambda match: match.score,
        )
        assert found.layout.kind == kind


CARD = r"""
kind: X01
page: front
name: 测试卡
size_mm: [85.6, 54]
letter: true
labels:
  - {text: '测试卡', title: true, weight: 3}
  - {text: '姓名'}
  - {text: '号码'}
fields:
  name: {class: name, label: '姓名'}
  id_no: {class: id, label: '号码', pattern: '\d{18}'}
"""


def test_values_below_their_labels_are_found() -> None:
    layout = parse_layout(CARD)
    lines = [
        line("测试卡", 30, 4, 5),
        line("姓名", 5, 15),
        line("号码", 45, 15),
        line("高拟海", 5, 19.5),
        line(FATHER, 30, 19.5, 1.8),
    ]
    assert fields_of(laid(layout, lines), lines) == {"name": "高拟海", "id_no": FATHER}
