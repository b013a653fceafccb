from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from made_lines import fields_of, layout_of, line

from scanner.layouts.finding import locate_fields, match_layout
from scanner.layouts.matching import LabelFinder, PageLine


def card(moved: tuple[float, float] = (0, 0)) -> list[PageLine]:
    rows = [
        ("姓名", 4.6, 6.6), ("高拟海", 15, 6.0), ("性别", 4.8, 13.1), ("男", 15, 13), ("民族汉", 23.2, 12.9),
        ("出生", 4.8, 19.4), ("1983年2月8日", 15, 19.4), ("住址", 4.8, 25.8), ("广东省深圳市罗湖区", 15, 25.5),
        ("虚构三路5号1栋302", 15, 29.3), ("公民身份号码", 5.2, 45.4), ("440000198302080914", 28.5, 44.6),
    ]  # fmt: skip
    heights = {"公民身份号码": 2.4, "440000198302080914": 2.7}
    return [line(text, x, y, heights.get(text, 3.0), moved=moved) for text, x, y in rows]


READ = {
    "name": "高拟海", "sex": "男", "ethnicity": "汉", "birth_date": "1983年2月8日",
    "address": "广东省深圳市罗湖区虚构三路5号1栋302", "id_no": "440000198302080914",
}  # fmt: skip


def test_values_are_found_beside_their_labels() -> None:
    lines = card()
    match = match_layout(layout_of("A03", "front"), LabelFinder(lines), (856, 540))
    assert match.score > 0.99
    assert fields_of(match, lines) == READ


@settings(max_examples=20, deadline=None)
@given(st.floats(-3, 3), st.floats(-2.5, 2.5))
def test_they_are_found_when_the_print_is_shifted(dx: float, dy: float) -> None:
    lines = card((dx, dy))
    match = match_layout(layout_of("A03", "front"), LabelFinder(lines), (856, 540))
    assert fields_of(match, lines) == READ


def test_a_label_may_be_misread() -> None:
    lines = [line("公民身份号妈", 5.2, 45.4, 2.4) if ln.text == "公民身份号码" else ln for ln in card()]
    match = match_layout(layout_of("A03", "front"), LabelFinder(lines), (856, 540))
    assert fields_of(match, lines)["id_no"] == READ["id_no"]


def test_a_page_whose_corners_were_wrong_is_laid_by_its_labels() -> None:
    lines = card((40, 12))
    match = match_layout(layout_of("A03", "front"), LabelFinder(lines), (1500, 800))
    assert match.by_labels
    assert fields_of(match, lines) == READ
    assert np.allclose(match.outline()[0], [400, 120], atol=8)


def test_a_card_without_the_words_of_a_residence_permit_is_none() -> None:
    lines = card()
    assert match_layout(layout_of("A12", "front"), LabelFinder(lines), (856, 540)).score < 0.6


def test_two_dates_on_one_line_are_told_apart() -> None:
    lines = [
        line("中华人民共和国", 29.8, 7.4, 5.1), line("居民身份证", 29.5, 15.6, 8.0), line("签发机关", 15.7, 38.7, 2.7),
        line("虚构市公安局", 33.8, 38.6, 2.7), line("有效期限", 15.6, 44.4, 2.7), line("2006.01.01-2026.01.01", 33.8, 45, 1.3),
    ]  # fmt: skip
    match = match_layout(layout_of("A03", "back"), LabelFinder(lines), (856, 540))
    found = fields_of(match, lines)
    assert (found["valid_from"], found["valid_to"]) == ("2006.01.01", "2026.01.01")


def test_owners_in_one_cell_are_slots() -> None:
    layout = layout_of("C02", "inner")
    lines = [line(label.text, label.at[0], label.at[1] + 1.5, label.at[2] / len(label.text)) for label in layout.labels]
    lines += [line("梁样舒、许拟嘉".replace("、", ","), 221, 39, 3.5)]
    lines += [line("440000198508081138440000198703031240", 221, 162.5, 2.1)]
    match = match_layout(layout, LabelFinder(lines), (3400, 2400))
    places = [
        (p.name, p.slot, "".join(lines[q.line].text[q.start : q.stop] for q in p.pieces))
        for p in locate_fields(match, lines)
    ]
    assert ("obligees[*].name", 1, "许拟嘉") in places
    assert ("obligees[*].id_no", 0, "440000198508081138") in places
    assert ("obligees[*].id_no", 1, "440000198703031240") in places


def test_parents_are_told_by_their_label_not_by_their_row() -> None:
    """A remarried mother's form: her row comes first, the stepfather's second."""
    layout = layout_of("G01", "p1")
    rows = {"母亲姓名": 116.9, "继父姓名": 128.3}
    lines = []
    for label in layout.labels:
        if not label.floats:
            lines.append(line(label.text, label.at[0], label.at[1] + 1, label.at[2] / len(label.text)))
    for text, y in rows.items():
        lines.append(line(text, 22.2, y + 1, 3.7))
    lines += [line("吴拟云", 45.1, 118, 3.5), line("魏试坤", 45.1, 129.4, 3.5)]
    lines += [line("440000198105052025", 116.9, 118.5, 2), line("440000197608162133", 116.9, 129.9, 2)]
    read = fields_of(match_layout(layout, LabelFinder(lines), (2100, 2970)), lines)
    assert read["guardians[mother].name"] == "吴拟云"
    assert read["guardians[mother].id_no"] == "440000198105052025"
    assert read["guardians[stepfather].name"] == "魏试坤"
    assert not read.get("guardians[father].name")
