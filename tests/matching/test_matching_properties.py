"""What holds for every value: symmetry, idempotent normalisation, and no altered digit ever matches."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.matching.address_parts import normal_address
from kiosk.matching.certificates import normal_certificate
from kiosk.matching.check_digits import resident_id
from kiosk.matching.compare import compare
from kiosk.matching.forms import MOST_FORMS, printed_forms
from kiosk.matching.names import normal_name
from kiosk.matching.personal_numbers import normal_number
from kiosk.matching.quantities import normal_text
from kiosk.matching.result import Verdict

DAYS = st.dates(date(1940, 1, 1), date(2049, 12, 31))
HAN = st.sampled_from("陈林欧阳例远試陳蘇于於钟鍾䶮㵘己已昇升山禾思")
DOTS = st.sampled_from("·•．・ ")


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    body = f"{draw(st.integers(110000, 659999))}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + resident_id(body)


@st.composite
def certificates(draw: st.DrawFn) -> str:
    year, serial = draw(st.integers(1990, 2030)), draw(st.integers(0, 9_999_999))
    return draw(
        st.sampled_from(
            [
                f"粤({year})深圳市不动产权第{serial:07}号",
                f"深房地字第400{serial:07}号",
                f"深(南)网预买字({year})第{serial % 100000:05}号",
                f"深房租南山{year}{serial % 1000000:06}",
                f"H44{serial:07}",
                f"J440305-{year}-{serial % 1000000:06}",
                f"虚构普查回执{year}-{serial:07}",
            ]
        )
    )


@st.composite
def names(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.text(HAN, min_size=1, max_size=5), min_size=1, max_size=2))
    return draw(DOTS).join(parts)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["", "南山区", "深圳市南山区", "广东省深圳市南山区粤海街道", "湖南省虚构县样本镇"]))
    road = draw(st.sampled_from(["", "虚构路{}号", "虚构三路{}号", "虚构渔村二街{}号"])).format(
        draw(st.integers(1, 299))
    )
    estate = draw(st.sampled_from(["样例花园", "例林居", "虚构科公馆"]))
    building = draw(st.sampled_from(["{}栋", "{}座", "{}号楼", "{}幢"])).format(draw(st.integers(1, 30)))
    unit = draw(st.sampled_from(["", "{}单元"])).format(draw(st.integers(1, 9)))
    room = f"{draw(st.integers(101, 3299))}{draw(st.sampled_from(['', '室', '房']))}"
    return f"{prefix}{road}{estate}{building}{unit}{room}"


ISO_DAYS = DAYS.map(date.isoformat)
VALUES = {
    "id": resident_ids(),
    "cert": certificates(),
    "name": names(),
    "address": addresses(),
    "date": ISO_DAYS,
    "other": st.text(HAN | st.sampled_from("AB12()（）"), min_size=1, max_size=12),
}
COMPARATORS = {"id": "id", "cert": "certificate", "name": "name", "address": "address", "date": "date", "other": "text"}
CLASSES = sorted(VALUES)
NUMERIC = ["id", "cert", "address", "date"]


def altered(draw: st.DrawFn, value: str) -> str:
    """One digit exchanged for another."""
    places = [i for i, c in enumerate(value) if c.isdigit()]
    place = draw(st.sampled_from(places))
    digit = draw(st.sampled_from([d for d in "0123456789" if d != value[place]]))
    return value[:place] + digit + value[place + 1 :]


@pytest.mark.parametrize("field_class", CLASSES)
@given(data=st.data())
def test_every_value_matches_itself_or_asks(field_class: str, data: st.DataObject):
    value = data.draw(VALUES[field_class])
    assert compare(COMPARATORS[field_class], value, value).verdict in (
        Verdict.MATCH,
        Verdict.ASK,
        Verdict.NOT_APPLICABLE,
    )


@pytest.mark.parametrize("field_class", CLASSES)
@given(data=st.data())
def test_comparison_is_symmetric(field_class: str, data: st.DataObject):
    one, other = data.draw(VALUES[field_class]), data.draw(VALUES[field_class])
    comparator = COMPARATORS[field_class]
    assert compare(comparator, one, other).verdict is compare(comparator, other, one).verdict


@pytest.mark.parametrize("normalise", [normal_name, normal_address, normal_certificate, normal_number, normal_text])
@given(value=st.one_of(*VALUES.values(), st.text(max_size=20)))
def test_normalisation_is_idempotent(normalise, value: str):
    once = normalise(value).value
    assert normalise(once).value == once


@pytest.mark.parametrize("field_class", NUMERIC)
@given(data=st.data())
def test_no_altered_digit_ever_matches(field_class: str, data: st.DataObject):
    value = data.draw(VALUES[field_class])
    other = data.draw(st.composite(altered)(value))
    assert compare(COMPARATORS[field_class], value, other).verdict is not Verdict.MATCH
    assert compare(COMPARATORS[field_class], value, other, from_reader=True).verdict is not Verdict.MATCH


@pytest.mark.parametrize("field_class", CLASSES)
@given(data=st.data())
def test_printed_forms_are_few_start_with_the_value_and_all_match(field_class: str, data: st.DataObject):
    value = data.draw(VALUES[field_class])
    forms = printed_forms(field_class, value)
    assert forms[0] == value
    assert len(forms) == len(set(forms)) <= MOST_FORMS
    for form in forms[1:]:
        assert compare(COMPARATORS[field_class], value, form).verdict is Verdict.MATCH


@pytest.mark.parametrize("field_class", NUMERIC)
@given(data=st.data())
def test_forms_of_a_value_and_of_its_alteration_share_nothing(field_class: str, data: st.DataObject):
    value = data.draw(VALUES[field_class])
    other = data.draw(st.composite(altered)(value))
    assert not set(printed_forms(field_class, value)) & set(printed_forms(field_class, other))


LOOK_ALIKES = [
    *("0O", "1I", "2Z", "5S", "8B", "38", "17"),
    *("己已", "未末", "昂昴", "昇升", "林彬", "栋拣", "室宝", "山禾", "于千", "例洌"),
]


@pytest.mark.parametrize("field_class", CLASSES)
@given(data=st.data())
def test_no_look_alike_is_ever_among_the_forms(field_class: str, data: st.DataObject):
    value = data.draw(VALUES[field_class])
    pairs = [(a, b) for one, other in LOOK_ALIKES for a, b in ((one, other), (other, one)) if a in value]
    if not pairs:
        return
    a, b = data.draw(st.sampled_from(pairs))
    place = data.draw(st.sampled_from([i for i, c in enumerate(value) if c == a]))
    other = value[:place] + b + value[place + 1 :]
    assert other not in printed_forms(field_class, value)
    if field_class in ("name", "address"):
        assert compare(COMPARATORS[field_class], value, other).verdict is not Verdict.MATCH


@pytest.mark.parametrize(
    ("field_class", "value", "expected"),
    [
        (
            "date",
            "2018-03-22",
            ["2018年3月22日", "2018年03月22日", "2018 年 3 月 22 日", "2018.03.22", "二〇一八年三月二十二日"],
        ),
        ("id", "44000019750707031x", ["44000019750707031X", "440000750707031"]),
        ("date", "2018-03-02", ["02-03-2018"]),
        ("cert", "粤(2020)深圳市不动产权第9900066号", ["粤（2020）深圳市不动产权第9900066号"]),
        ("name", "热依例拉•阿力木江", ["热依例拉·阿力木江", "热依例拉．阿力木江"]),
        ("name", "陈试远", ["陳試遠"]),
        ("name", "陈\ue863", ["陈䶮"]),
        ("name", "CHAN TSZ LAI", ["CHAN, TSZ LAI"]),
        ("name", "AU YEUNG TSZ LAI", ["AU YEUNG, TSZ LAI"]),
        ("name", "CHAN, TSZ LAI", ["CHAN TSZ LAI"]),
        ("address", "南山区虚构村西一坊12栋403", ["深圳市南山区虚构村西一坊12栋403室", "南山区虚构村西1坊12栋403"]),
        ("address", "南山区虚构村西1坊12栋403", ["南山区虚构村西一坊12栋403", "南山区虚构村西一坊12幢403"]),
        ("address", "南山区虚构村南区55号", ["南山区虚构村南区55號"]),
        (
            "address",
            "南山区虚构路18号样例花园三栋1502",
            ["广东省深圳市南山区虚构路18号样例花园3栋1502室", "南山区虚构路18号样例花园3幢1502"],
        ),
    ],
)
def test_the_usual_ways_of_printing_are_among_the_forms(field_class: str, value: str, expected: list[str]):
    assert set(expected) <= set(printed_forms(field_class, value))


def test_a_day_with_a_year_of_two_digits_is_no_form_as_it_may_be_another_day():
    assert compare("date", "2018-03-02", "02-03-18").verdict is Verdict.ASK
    assert "02-03-18" not in printed_forms("date", "2018-03-02")
