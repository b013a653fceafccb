from __future__ import annotations

from pathlib import Path

import pytest

from scanner.layouts import LayoutError, builtin_layouts, load_layouts, parse_layout

CARD = """kind: A03
page: front
name: 测试卡
size_mm: [85.6, 54]
labels:
  - {text: '姓名', at: [4.6, 6.6, 5.8, 3.2]}
fields:
  name: {class: name, label: '姓名', box: [13.8, 5.4, 42.2, 4.8]}
"""


def test_every_layout_that_ships_is_right() -> None:
    layouts = builtin_layouts()
    kinds = {layout.kind for layout in layouts} | {k for layout in layouts for k in layout.also_kinds}
    assert {"A01", "A02", "A03", "A04", "A12", "C01", "C02", "C07", "D02", "G01"} <= kinds


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ("class: name", "class: nmae", 8, "fields.name.class"),
        ("label: '姓名', box", "label: '名字', box", 8, "there is no label '名字'"),
        ("box: [13.8, 5.4, 42.2, 4.8]", "box: [13.8, 5.4, 42.2, 0]", 8, "fields.name.box"),
        ("box: [13.8, 5.4, 42.2, 4.8]", "box: [63.8, 5.4, 42.2, 4.8]", 8, "on the page of 85.6 x 54 mm"),
        ("at: [4.6, 6.6, 5.8, 3.2]", "at: [4.6, 56.6, 5.8, 3.2]", 6, "labels.0.at"),
        (", at: [4.6, 6.6, 5.8, 3.2]", "", 6, "expected at: [x, y, width, height]"),
        ("'姓名', at", "'姓名', follows: '承租人', at", 6, "labels.0.follows"),
        ("page: front", "page: front\nedition: '1'\ncolour: red", 4, "colour"),
        ("box: [13.8, 5.4, 42.2, 4.8]", "box: [13.8, 5.4, 42.2, 4.8], pattern: '('", 8, "regular expression"),
        ("box: [13.8, 5.4, 42.2, 4.8]", "box: [13.8, 5.4, 42.2, 4.8], anywhere: only", 8, "needs a pattern"),
        (", box: [13.8, 5.4, 42.2, 4.8]", "", 8, "say where the field stands"),
        ("size_mm: [85.6, 54]", "size_mm: [85.6, 54]\nletter: true", 6, "one label with title: true"),
        ("fields:", "tells: {id_no: '^83'}\nfields:", 7, "tells.id_no"),
        ("  name: {class", "  owners: {split: ',', class", 8, "expected a name with [*]"),
    ],
)
def test_a_wrong_layout_is_refused_with_file_line_and_what_was_expected(
    wrong: str, right: str, line: int, told: str
) -> None:
    assert wrong in CARD
    with pytest.raises(LayoutError) as refused:
        parse_layout(CARD.replace(wrong, right), "card.yaml")
    assert f"card.yaml:{line}: " in str(refused.value)
    assert told in str(refused.value)


def test_every_mistake_is_told_at_once() -> None:
    both = CARD.replace("class: name", "class: nmae").replace("[4.6, 6.6, 5.8, 3.2]", "[4.6, 6.6, 5.8]")
    with pytest.raises(LayoutError) as refused:
        parse_layout(both, "card.yaml")
    assert "labels.0.at" in str(refused.value) and "fields.name.class" in str(refused.value)


def test_a_file_that_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(LayoutError, match=r"broken.yaml:2: file: not YAML"):
        parse_layout("page: front\nkind: [", "broken.yaml")


def test_two_files_may_not_describe_the_same_page(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(CARD, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"b.yaml:1: edition: expected another one than that of a.yaml"):
        load_layouts(tmp_path)
