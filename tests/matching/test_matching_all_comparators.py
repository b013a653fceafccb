"""Every comparator a service pack may name: symmetric also between near values, and blind to no altered digit, in any printed style."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.matching import check_digits
from kiosk.matching.compare import COMPARATORS, compare
from kiosk.matching.forms import printed_forms
from kiosk.matching.result import Verdict

DIGITS = "0123456789"
ISO_DAYS = st.dates(date(1940, 1, 1), date(2049, 12, 31)).map(date.isoformat)
_SIX, _SEVEN, _EIGHT = (st.integers(0, 10**n - 1).map(lambda v, n=n: f"{v:0{n}}") for n in (6, 7, 8))


def _hong_kong(digits: str) -> str:
    return f"Q{digits}({check_digits.hong_kong_id('Q' + digits)})"


def _credit_code(digits: str) -> str:
    body = f"91440300MA9{digits}"[:17]
    return body + check_digits.credit_code(body)


IDS = st.one_of(
    st.builds(lambda a, b: a + b, st.sampled_from("HM"), _EIGHT), _EIGHT, _SIX.map(_hong_kong), _SEVEN.map(lambda d: f"EZ{d}"),
    _EIGHT.map(lambda d: f"G{d}"),
)  # fmt: skip
VALUES: dict[str, st.SearchStrategy[str]] = {
    "id": IDS,
    "certificate": st.one_of(
        _SEVEN.map(lambda d: f"粤(2019)深圳市不动产权第{d}号"), _SIX.map(lambda d: f"虚构计生字2013-{d}"),
        _SIX.map(lambda d: f"(2011)深南法民一初字第{d}号"), _EIGHT.map(lambda d: f"440305999001GB99001F{d}"),
    ),
    "business_number": st.one_of(_SIX.map(_credit_code), _SEVEN.map(lambda d: f"4403056{d}")),
    "number": st.one_of(_EIGHT, _SEVEN.map(lambda d: f"440305007990000001{d}")),
    "address": st.builds(
        "南山区{}路{}号{}{}栋{}".format, st.sampled_from(["虚构", "五一", "样本二"]), st.integers(1, 300),
        st.sampled_from(["例苑", "一方花园", ""]), st.integers(1, 30), st.integers(101, 3308),
    ),
    "date": ISO_DAYS,
    "share": st.integers(1, 100).map(str),
    "months": st.integers(1, 99).map(lambda n: f"{n}个月"),
    "text": _SIX.map(lambda d: f"虚构百货店{d}"),
    "name": st.text("陈林远試禾山", min_size=2, max_size=5),
    "latin_name": st.text("ACHLNSTUVYÜ ", min_size=2, max_size=12).filter(str.strip),
}  # fmt: skip
WITH_DIGITS = sorted(set(VALUES) - {"name", "latin_name"})
FORMS = {"id": "id", "certificate": "cert", "address": "address", "date": "date", "text": "other"}


def _altered(draw: st.DrawFn, value: str) -> str:
    place = draw(st.sampled_from([i for i, c in enumerate(value) if c in DIGITS]))
    return value[:place] + draw(st.sampled_from(DIGITS.replace(value[place], ""))) + value[place + 1 :]


altered = st.composite(_altered)


def test_every_comparator_is_tried_here():
    assert set(VALUES) == set(COMPARATORS)


@pytest.mark.parametrize("comparator", WITH_DIGITS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_an_altered_digit_never_matches_and_either_way_round_is_the_same(comparator: str, data: st.DataObject):
    value = data.draw(VALUES[comparator])
    other = data.draw(altered(value))
    for from_reader in (False, True):
        there = compare(comparator, value, other, from_reader=from_reader).verdict
        assert there is not Verdict.MATCH
        assert compare(comparator, other, value, from_reader=from_reader).verdict is there or from_reader


@pytest.mark.parametrize("comparator", sorted(FORMS))
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_an_altered_digit_never_matches_in_any_printed_style(comparator: str, data: st.DataObject):
    value = data.draw(VALUES[comparator])
    form = data.draw(
        st.sampled_from([f for f in printed_forms(FORMS[comparator], value) if any(c in DIGITS for c in f)] or [value])
    )
    other = data.draw(altered(form))
    assert compare(comparator, value, form).verdict is Verdict.MATCH
    assert compare(comparator, value, other).verdict is not Verdict.MATCH, (value, other)


@pytest.mark.parametrize("comparator", sorted(FORMS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_styles_match_either_way_round(comparator: str, data: st.DataObject):
    value = data.draw(VALUES[comparator])
    form = data.draw(st.sampled_from(printed_forms(FORMS[comparator], value)))
    assert compare(comparator, form, value).verdict is Verdict.MATCH


@pytest.mark.parametrize("comparator", sorted(VALUES))
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_blank_side_is_a_question_and_two_are_nothing(comparator: str, data: st.DataObject):
    value = data.draw(VALUES[comparator])
    assert compare(comparator, value, "").verdict is Verdict.ASK
    assert compare(comparator, " ", value).verdict is Verdict.ASK
    assert compare(comparator, "", " ").verdict is Verdict.NOT_APPLICABLE
