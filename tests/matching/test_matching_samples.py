"""Every sample of number_and_text_samples, as the file says."""

import json
from pathlib import Path

import pytest

from kiosk.matching.business_numbers import business_number_problems
from kiosk.matching.certificates import compare_certificates, parse_certificate
from kiosk.matching.compare import compare
from kiosk.matching.dates import compare_dates, parse_date
from kiosk.matching.latin import compare_latin_with_han
from kiosk.matching.mrz import read_zone
from kiosk.matching.personal_numbers import compare_ids, hong_kong_id_valid, resident_id_facts
from kiosk.matching.result import Verdict

SAMPLES = json.loads(
    (Path(__file__).parent.parent.parent / "practice" / "data" / "families.json").read_text(encoding="utf-8")
)["number_and_text_samples"]


@pytest.mark.parametrize("pair", SAMPLES["names"], ids=lambda p: f"{p['a']}-{p['b']}")
def test_names(pair: dict[str, str]):
    assert compare("name", pair["a"], pair["b"]).verdict == pair["verdict"]


def test_a_look_alike_name_read_by_a_machine_is_a_question():
    assert compare("name", "赵拟己", "赵拟已", from_reader=True).verdict is Verdict.ASK


def test_a_missing_dot_is_settled_by_the_document_number():
    assert compare("name", "买买提·试例", "买买提试例", number_agrees=True).verdict is Verdict.MATCH


@pytest.mark.parametrize("pair", SAMPLES["latin_names"], ids=lambda p: p["latin"])
def test_latin_names(pair: dict[str, str]):
    assert compare_latin_with_han(pair["han"], pair["latin"]).verdict == pair["verdict"]


def test_another_latin_spelling_is_a_question_never_a_mismatch():
    assert compare_latin_with_han("陈梓例", "CHAN TSZ LAI").verdict is Verdict.ASK


@pytest.mark.parametrize("pair", SAMPLES["addresses"], ids=lambda p: f"{p['a']}-{p['b']}")
def test_addresses(pair: dict[str, str]):
    assert compare("address", pair["a"], pair["b"]).verdict == pair["verdict"]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("五一路18号样例花园3栋1502", "51路18号样例花园3栋1502", "mismatch"),
        ("一方花园3栋1502", "1方花园3栋1502", "mismatch"),
        ("样例花园A座1502", "样例花园1栋A座1502", "ask"),
        ("宝安区虚构路18号样例花园3栋1502", "光明区虚构路18号样例花园3栋1502", "ask"),
        ("罗湖区虚构路18号样例花园3栋1502", "福田区虚构路18号样例花园3栋1502", "mismatch"),
        ("南山区虚构路18号样例花园3栋1502", "南山区样例花园3栋1502", "match"),
        ("样例花园3栋18-2室", "样例花园3栋182室", "mismatch"),
    ],
)
def test_addresses_by_the_handbook(one: str, other: str, verdict: str):
    assert compare("address", one, other).verdict == verdict


def test_an_address_says_which_steps_made_it_comparable():
    comparison = compare(
        "address",
        "南山区粤海街道虚构路18号样例花园三栋二单元1502",
        "广东省深圳市南山区粤海街道虚构路１８号样例花园3栋2单元1502室",
    )
    assert comparison.normalisations == ("CN_NUMERALS", "PREFIX_DROPPED", "ROOM_WORD", "WIDTH")


@pytest.mark.parametrize("sample", SAMPLES["dates"], ids=lambda s: s["text"])
def test_dates(sample: dict[str, str]):
    assert str(parse_date(sample["text"])) == sample["iso"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [("民國107年3月22日", "2018-03-22"), ("二〇一四年元月廿二日", "2014-01-22"), ("31 AUG 1987", "1987-08-31")],
)
def test_other_ways_of_writing_a_day(text: str, iso: str):
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize("text", ["二〇一四年正月初五", "2014年2月30日", "样本", "2014-13-01"])
def test_what_is_no_certain_day_is_a_question(text: str):
    assert compare_dates("2014-02-04", text).verdict is Verdict.ASK


def test_resident_ids():
    samples = SAMPLES["resident_id"]
    assert all(resident_id_facts(value).valid for value in samples["valid"])
    assert all(resident_id_facts(item["value"]).valid for item in samples["accept_but_advise"])
    problems = [resident_id_facts(item["value"]).problems for item in samples["invalid"][:3]]
    assert problems == [("check",), ("date",), ("format",)]
    repaired = resident_id_facts(samples["invalid"][3]["value"])
    assert repaired.valid
    assert repaired.repaired


def test_old_resident_ids_are_upgraded():
    for item in SAMPLES["resident_id"]["upgrade_15_to_18"]:
        assert resident_id_facts(item["old"]).normal == item["new"]
        assert compare_ids(item["new"], item["old"]).verdict is Verdict.MATCH


def test_business_numbers():
    for kind in ("uscc", "registration_no_15"):
        assert not any(business_number_problems(value) for value in SAMPLES[kind]["valid"])
        assert all(business_number_problems(item["value"]) for item in SAMPLES[kind]["invalid"])


def test_a_credit_code_that_fails_its_check_is_a_question():
    good, bad = SAMPLES["uscc"]["valid"][0], SAMPLES["uscc"]["invalid"][0]["value"]
    assert compare("business_number", good, bad).verdict is Verdict.ASK


def test_hong_kong_numbers():
    assert all(hong_kong_id_valid(value) for value in SAMPLES["hkid"]["valid"])
    assert not any(hong_kong_id_valid(item["value"]) for item in SAMPLES["hkid"]["invalid"])


def test_machine_readable_zones():
    assert all(read_zone(lines).valid for lines in SAMPLES["mrz"]["valid"])
    assert "check:number" in read_zone(SAMPLES["mrz"]["invalid"][0]["lines"]).problems


def test_certificate_numbers():
    for kind in ("real_estate_unit_no", "title_no", "birth_certificate_no", "marriage_no"):
        for value in SAMPLES[kind]["valid"]:
            parsed = parse_certificate(value)
            assert parsed.well_formed
            assert not parsed.repaired
    assert parse_certificate(SAMPLES["real_estate_unit_no"]["invalid"][0]["value"]).repaired
    assert not parse_certificate(SAMPLES["real_estate_unit_no"]["invalid"][1]["value"]).kind
    for value in SAMPLES["birth_certificate_no"]["suspicious"]:
        parsed = parse_certificate(value)
        assert parsed.repaired or not parsed.kind


def test_a_title_number_with_too_few_digits_is_a_question():
    short = SAMPLES["title_no"]["invalid"][0]["value"]
    assert compare_certificates(short, short).verdict is Verdict.ASK
    assert compare_certificates(short.replace("12345", "0012345"), short).verdict is Verdict.ASK


def test_contract_numbers_written_differently_are_the_same():
    for one, other in SAMPLES["contract_no"]["same"]:
        assert compare_certificates(one, other).verdict is Verdict.MATCH


def test_permits_are_the_same_by_their_lifetime_number():
    assert compare_ids("H9900001701", "H99000017").verdict is Verdict.MATCH
    assert compare_ids("9900013302", "99000133").verdict is Verdict.MATCH
    assert compare_ids("9900013302", "99000132").verdict is Verdict.MISMATCH


def test_shares_and_months():
    assert compare("share", "50", "1/2").verdict is Verdict.MATCH
    assert compare("share", "51%", "50").verdict is Verdict.MISMATCH
    assert compare("months", "12", "12个月").verdict is Verdict.MATCH


def test_a_blank_side_is_a_question_and_two_blanks_are_nothing():
    assert compare("id", "440000200802140135", "").verdict is Verdict.ASK
    assert compare("id", "", " ").verdict is Verdict.NOT_APPLICABLE
