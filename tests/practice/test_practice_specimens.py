"""Drawn specimens: what they say, where, and that it can be printed and scanned."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from practice.at_home import kept_at_home
from practice.paper import Paper
from practice.specimens.base import draw
from practice.specimens.fonts import printable
from practice.specimens.registry import KINDS
from practice.specimens.values import chinese_date, field_class, flatten, glyphs, year_month_day
from practice.world import families, papers

_ALL = [p for f in families() for p in [*papers(f.id), *kept_at_home(f.id)]]
_COARSE = 3.0  # px/mm: enough to see where things stand


def _paper(paper_id: str) -> Paper:
    return next(p for p in _ALL if p.id == paper_id)


@pytest.mark.parametrize("family_id", [f.id for f in families()])
def test_every_field_of_every_page_is_printed_inside_the_page(family_id: str) -> None:
    for paper in (p for p in _ALL if p.family_id == family_id):
        specimen = paper.draw(_COARSE)
        assert set(specimen.field_boxes) == set(paper.fields), paper.id
        for name, box in specimen.field_boxes.items():
            assert box.shape == (4, 2)
            assert box.min() >= 0, (paper.id, name)
            assert (box.max(axis=0) <= np.array(paper.size_mm)).all(), (paper.id, name)


@pytest.mark.parametrize("family_id", [f.id for f in families()])
def test_no_two_fields_of_a_page_lie_on_each_other(family_id: str) -> None:
    for paper in (p for p in _ALL if p.family_id == family_id):
        boxes = [(n, b.min(axis=0), b.max(axis=0)) for n, b in paper.draw(_COARSE).field_boxes.items()]
        for i, (name, low, high) in enumerate(boxes):
            for other, low_2, high_2 in boxes[i + 1 :]:
                overlap = np.minimum(high, high_2) - np.maximum(low, low_2)
                assert (overlap <= 0.5).any(), (paper.id, name, other)


def test_every_character_of_every_field_has_a_glyph() -> None:
    texts = {glyphs(text) for paper in _ALL for text in paper.fields.values()}
    assert [text for text in texts if not printable(text)] == []


def test_printed_forms_and_records_are_the_same_values() -> None:
    child = _paper("F01-D01-member_child")
    assert child.fields["members[child].birth_date"] == "2008年02月14日"
    assert child.records["members[child].birth_date"] == "2008-02-14"
    card = _paper("F01-D02-front")
    assert card.fields["birth_date"] == "1978 年 3 月 12 日"
    assert _paper("F01-D02-back").fields["valid_to"] == "2029.07.01"
    assert _paper("F02-D04-inner").fields["obligees[mother].share_percent"] == "50%"
    for paper in _ALL:
        assert paper.records.keys() == paper.fields.keys()


def test_a_page_printed_with_a_wrong_date_keeps_it() -> None:
    child = _paper("F08-D01-member_child")
    assert child.fields["members[child].birth_date"] == "2008年9月1日"


@pytest.mark.parametrize("paper_id", ["F01-G01-p1", "F06-G01-p1", "F01-SLIP-p1", "F06-D05-inner", "F04-D06-p1"])
def test_barcodes_on_paper_can_be_read(paper_id: str) -> None:
    specimen = _paper(paper_id).draw(8.0)
    read = {(code.format.name, code.text) for code in zxingcpp.read_barcodes(specimen.image)}
    assert specimen.barcodes
    assert set(specimen.barcodes) == read


def test_form_and_slip_carry_the_application_number() -> None:
    assert set(_paper("F01-G01-p1").draw(_COARSE).barcodes) == {
        ("Code128", "NS2014X01000001"),
        ("QRCode", "YH1:NS2014X01000001"),
    }
    assert _paper("F01-SLIP-p1").draw(_COARSE).barcodes == (("QRCode", "YH1:NS2014X01000001"),)


def test_drawing_twice_gives_the_same_page_at_the_size_asked_for() -> None:
    paper = _paper("F01-D02-front")
    image = paper.draw(6.0).image
    assert image.shape == (324, 514, 3)
    assert np.array_equal(image, draw(paper.kind, paper.raw, px_per_mm=6.0, seed=paper.seed).image)


def test_the_ground_truth_is_plain_data() -> None:
    truth = json.loads(json.dumps(_paper("F06-D05-inner").ground_truth()))
    assert truth["material"] == "C02"
    assert truth["fields"]["location"].endswith("3栋1502")
    assert truth["classes"]["unit_no"] == "cert"
    assert len(truth["field_boxes_mm"]["cert_no"]) == 4


def test_the_kinds_asked_for_exist() -> None:
    materials = {kind.material for kind in KINDS}
    assert {"A01", "A02", "A03", "A04", "A12", "C01", "C02", "C07", "D02", "G01"} <= materials


def test_fields_have_classes() -> None:
    assert field_class("members[child].id_no") == "id"
    assert field_class("guardians[father].name") == "name"
    assert field_class("school.name") == "other"
    assert field_class("mrz[1]") == "id"


def test_nested_values_get_dotted_names() -> None:
    raw = {"a": "1", "members": [{"role": "child", "name": "陈"}], "mrz": ["x", "y"], "b": {"c": 2, "d": True, "e": ""}}
    assert flatten(raw) == {"a": "1", "members[child].name": "陈", "mrz[0]": "x", "mrz[1]": "y", "b.c": "2"}


@given(st.dates())
def test_printed_dates_say_the_same_day(day: date) -> None:
    for padded in (False, True):
        printed = year_month_day(day.isoformat(), padded=padded)
        year, _, rest = printed.partition("年")
        month, _, rest = rest.partition("月")
        assert date(int(year), int(month), int(rest.rstrip("日"))) == day
    assert chinese_date(day.isoformat()).endswith("日")


def test_chinese_dates_are_written_as_notaries_write_them() -> None:
    assert chinese_date("2011-03-22") == "二〇一一年三月二十二日"
    assert chinese_date("2024-12-10") == "二〇二四年十二月十日"
