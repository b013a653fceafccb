"""The words by which a clerk finds a family."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sync.terms import name_terms, row_of
from kiosk.wire.models import ApplicationRecord


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("陈试远", {"陈试远", "试远", "csy", "chenshiyuan"}),
        ("欧阳例昂", {"欧阳例昂", "oyla", "ouyangliang"}),
        ("单例禾", {"slh", "dlh", "shanlihe"}),
        ("阿力木江·试例提", {"阿力木江·试例提", "阿力木江试例提", "almjslt"}),
        ("LYU Liyuan", {"LYU Liyuan", "LYULiyuan"}),
        ("单曾行", {"szx", "dch", "shanzengxing", "danzenghang"}),
    ],
)
def test_a_name_is_found_by_characters_pinyin_and_initials(name: str, expected: set[str]) -> None:
    assert expected <= set(name_terms(name))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_any_name_gives_few_terms(name: str) -> None:
    assert len(list(name_terms(name))) <= 3 + 2 * 16


@pytest.mark.parametrize(
    "data", [{}, {"child": None, "guardians": None}, {"child": {"name": None, "id_no": None}, "guardians": [7]}]
)
def test_a_record_without_people_is_found_by_its_number(data: dict[str, object]) -> None:
    record = ApplicationRecord(application_no="A1", school_code="X01", pack="NS2014", revision=1, data=data)
    assert row_of(record).terms == ("A1",)
