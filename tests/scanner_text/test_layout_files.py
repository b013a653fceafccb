from __future__ import annotations

import pytest

from scanner.layouts import LayoutError, builtin_layouts, parse_layout

CARD = """
kind: A03
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


def test_labels_and_rooms_stand_on_the_page() -> None:
    for layout in builtin_layouts():
        width, height = layout.size_mm
        boxes = [label.at for label in layout.labels]
        boxes += [spec.box for spec in layout.fields.values() if spec.box]
        for x, y, w, h in boxes:
            assert x >= -1 and x + w <= width + 1 and y >= -1 and y + h <= height + 1, (layout.kind, layout.page, x, y)


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("class: name", "class: nmae", "fields.name.class"),
        ("label: '姓名', box", "label: '名字', box", "名字"),
        ("box: [13.8, 5.4, 42.2, 4.8]", "box: [13.8, 5.4, 42.2, 0]", "fields.name.box"),
        ("page: front", "page: front\nedition: '1'\ncolour: red", "colour"),
        ("box: [13.8, 5.4, 42.2, 4.8]", "box: [13.8, 5.4, 42.2, 4.8], pattern: '('", "regular expression"),
        (
            "{class: name, label: '姓名', box: [13.8, 5.4, 42.2, 4.8]}",
            "{class: name, label: '姓名'}",
            "where the field stands",
        ),
    ],
)
def test_a_wrong_layout_is_refused_with_its_name_and_fault(wrong: str, right: str, told: str) -> None:
    assert wrong in CARD
    with pytest.raises(LayoutError) as refused:
        parse_layout(CARD.replace(wrong, right), "card.yaml")
    assert "card.yaml" in str(refused.value)
    assert told in str(refused.value)


def test_a_file_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(LayoutError, match="not YAML"):
        parse_layout("kind: [", "broken.yaml")
