"""Rules about papers as they are laid down, and about what departments say (domain.md §1.3–1.6, §4.1, §4.6)."""

from __future__ import annotations

import json

import pytest
from family_data import codes, family, state, verdict
from rule_cases import answer, asked, confirm_all, decide, document, fields, made, needed, outcome, without

from kiosk.policy import builtin_packs
from kiosk.texts import say

# domain.md §1.6
CURABLE = {
    "R-AGE": False, "R-MISSING": True, "R-DECL-DIFF": True, "R-ADDR-DIFF": True, "R-NOT-DELIVERED": False, "R-RP-INACTIVE": True,
    "R-SI-SHORT": False, "R-NOTARY": True, "R-SEAL": True, "R-LEVEL": True, "R-SHARE": True, "R-LOCKED": False, "R-EXPIRED": True,
    "R-COPY": True, "R-UNREADABLE": True,
}  # fmt: skip


@pytest.mark.parametrize("pack", ["NS2014", "NS2024"])
def test_which_reasons_can_be_cured_on_the_supplementary_day(pack: str):
    reasons = builtin_packs()[pack].reasons
    assert {code: reasons[code].curable for code in CURABLE} == CURABLE
    assert {"R-OTHER", "R-REFER-STEP"} <= set(reasons)


def test_a_copy_where_the_original_is_needed():
    for mark in ({"copy": True}, {"original": False}):
        data = made()
        document(data, "C02").update(mark)
        assert outcome(data) == ("RETURN", [("R-COPY", "C02")])
        assert state(confirm_all(data), "C01|C02") == "RETURNED"


def test_a_copy_of_what_the_departments_settled_is_nobodys_concern():
    data = made(waived=True)
    data["documents"].append({"material": "C02", "holder": "father", "fields": {}, "copy": True})
    assert decide(data).decision().decision == "RECEIPT"


def test_a_paper_nobody_can_read():
    data = made()
    document(data, "A04")["unreadable"] = True
    assert ("R-UNREADABLE", "A04") in outcome(data)[1]


def test_several_expired_papers_are_all_named():
    data = made(privilege="TALENT")
    for paper in data["documents"]:
        if paper["material"] in ("A03", "F01"):
            paper["fields"]["valid_to"] = "2024-05-17"
    assert sorted(outcome(data)[1]) == [("R-EXPIRED", "A03 母亲"), ("R-EXPIRED", "A03 父亲"), ("R-EXPIRED", "F01")]


@pytest.mark.parametrize(
    ("until", "decision"),
    [
        ("2024-05-18", "RECEIPT"),
        ("2024-05-17", "RETURN"),
        ("长期", "RECEIPT"),
        ("2024.05.17", "RETURN"),
        ("2024年?月", "PENDING"),
    ],
)
def test_validity_is_judged_on_the_desk_day(until: str, decision: str):
    data = made()
    document(data, "A03")["fields"]["valid_to"] = until
    assert decide(data).decision().decision == decision


def test_machine_readable_zones_of_every_paper_are_checked():
    data = family("F03")
    zone = fields(data, "A05")["mrz"]
    zone[1] = zone[1].replace("1801123", "1801133")
    assert verdict(decide(data), "X-MRZ") == "ask"
    other = family("F11")
    fields(other, "A10")["valid_to"] = "2029-03-30"
    assert verdict(decide(other), "X-MRZ") == "mismatch"
    named = family("F11")
    fields(named, "A10")["name_latin"] = "LIN, LIYUAN"
    assert verdict(decide(named), "X-MRZ") == "ask"


def test_a_number_with_a_wrong_check_digit_on_both_sides_is_asked_about():
    data = made()
    father = data["applications"][0]["guardians"][0]
    wrong = father["id_no"][:17] + ("1" if father["id_no"][17] != "1" else "2")
    everywhere = json.loads(json.dumps(data).replace(father["id_no"], wrong))
    assert {q.split(":")[2] for q in asked(everywhere)} == {"X-CHECKDIGIT"}


def test_a_seal_somebody_saw_missing_on_booklet_or_certificate():
    data = made()
    document(data, "A01")["seals"] = ["居委会章"]
    assert outcome(data) == ("RETURN", [("R-SEAL", "A01")])


def test_seals_nobody_looked_at_are_a_question():
    data = made(housing="SELF_BUILT")
    del fields(data, "C16")["community_certificate"]
    assert [q.split(":")[2] for q in asked(data)] == ["X-SEAL"]
    assert decide(data).decision().decision == "PENDING"
    assert outcome(data) == ("RECEIPT", [])


def test_a_proxy_brings_a_letter_of_authority():
    data = made()
    data["desk"]["proxy"] = True
    assert outcome(data) == ("RETURN", [("R-MISSING", "G04 授权委托书及代办人身份证")])
    data["documents"].append({"material": "G04", "holder": "proxy", "fields": {"sealed": True}})
    assert outcome(data) == ("RECEIPT", [])


def test_a_missing_paper_beside_a_differing_one_of_the_same_kind_is_named_too():
    data = made()
    data["documents"] = [d for d in data["documents"] if (d["material"], d["holder"]) != ("A03", "mother")]
    document(data, "A03")["fields"]["name"] = "陈拟川"
    assert [c for c, _ in outcome(data)[1]] == ["R-MISSING", "R-DECL-DIFF"]


@pytest.mark.parametrize("result", ["not_found", "unavailable", "conflict", "timeout"])
def test_only_a_departments_match_waives_an_original(result: str):
    data = without(answer(made(), "C02", result), "C02")
    assert [c for c, _ in outcome(data)[1]] == ["R-MISSING"]
    assert outcome(without(answer(made(), "C02", "matched"), "C02")) == ("RECEIPT", [])


def test_a_department_that_was_unavailable_at_another_try_takes_nothing_back():
    data = without(answer(answer(made(), "C02", "matched"), "C02", "unavailable"), "C02")
    assert outcome(data) == ("RECEIPT", [])


def test_a_waiver_is_withdrawn_by_a_later_correction_and_given_by_a_later_match():
    first = answer(made(), "C02", "matched", answered_on="2024-05-12")
    withdrawn = without(answer(first, "C02", "not_found", answered_on="2024-05-17"), "C02")
    assert state(decide(withdrawn, visit_over=False), "C01|C02") == "EXPECTED"
    assert [c for c, _ in outcome(withdrawn)[1]] == ["R-MISSING"]
    renewed = answer(withdrawn, "C02", "matched", answered_on="2024-05-18")
    assert outcome(renewed) == ("RECEIPT", [])


def test_a_permit_renewed_since_is_active():
    data = answer(made(hukou="SZ_NONE"), "A12", "conflict", answered_on="2024-05-12")
    assert codes(confirm_all(data)) == ["R-RP-INACTIVE"]
    assert outcome(answer(data, "A12", "matched", answered_on="2024-05-17")) == ("RECEIPT", [])


@pytest.mark.parametrize("material", ["G01", "A01", "A03", "A04"])
def test_some_originals_are_never_waived(material: str):
    data = answer(without(made(), material), material, "matched")
    data["desk"]["form_seen"] = material != "G01"
    assert "R-MISSING" in codes(confirm_all(data))


def test_what_data_settled_is_not_asked_for_and_says_by_whom():
    data = without(answer(made(), "C02", "matched", department="不动产登记中心", answered_on="2024-05-10"), "C02")
    waived = next(m for m in decide(data).materials if m.material == "C01|C02").waived_by
    assert waived is not None
    assert (waived.department, waived.date) == ("不动产登记中心", "2024-05-10")


def test_unanswered_questions_keep_a_family_waiting_with_its_defects_known():
    data = family("F02")
    fields(data, "A04")["cert_no"] = "H449900024"
    evaluation = decide(data)
    assert evaluation.decision().decision == "PENDING"
    assert codes(evaluation) == ["R-DECL-DIFF"]
    assert len(evaluation.decision().outstanding) == len(evaluation.questions) == 4
    assert all(say(q.text) for q in evaluation.questions)


def test_only_what_the_category_needs_is_needed():
    everything = {m for h in ("SZ_IN", "SZ_NONE", "TW") for m in needed(made(hukou=h))}
    assert everything.isdisjoint({"G02", "G03", "D01", "D04", "E02", "E03"})


@pytest.mark.parametrize("housing", ["MILITARY", "JOINT_FUND", "ANCESTRAL", "DORM"])
def test_another_address_on_a_certificate_is_a_difference(housing: str):
    data = made(housing=housing)
    paper = next(d for d in data["documents"] if d["material"] in ("C14", "C15", "C13", "C17"))
    paper["fields"] = {**paper["fields"], "address": "南山区虚构路1号例苑9栋909"}
    assert outcome(data) == ("RETURN", [("R-DECL-DIFF", "housing.address")])


def test_another_child_on_a_guardianship_is_a_difference():
    data = made(family="guardian")
    fields(data, "B04")["child_name"] = "周样山"
    assert outcome(data) == ("RETURN", [("R-DECL-DIFF", "child.name")])


@pytest.mark.parametrize(
    ("seals", "good"),
    [
        ([{"name": "深圳市虚构公司公章", "present": True}, {"name": "虚构居委会章", "present": True}], True),
        ([{"name": "深圳市虚构公司公章", "present": True}, {"name": "虚构居委会章", "present": False}], False),
        ({"单位公章": True, "居委会章": True}, True),
        ({"单位公章": True, "居委会章": False}, False),
    ],
)
def test_seals_however_they_are_noted(seals: object, good: bool):
    data = made(housing="DORM")
    document(data, "C17")["seals"] = seals
    assert outcome(data) == (("RECEIPT", []) if good else ("RETURN", [("R-SEAL", "C17")]))
    del document(data, "C17")["seals"]
    fields(data, "C17")["seals"] = seals
    assert outcome(data)[0] == ("RECEIPT" if good else "RETURN")
