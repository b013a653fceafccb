"""A visit as it goes on: what is still to come, what persons answer, what is named when it ends."""

import pytest
from family_data import IDS, codes, confirm_all, decide, document, family, state, verdict

from kiosk.policy import Answers, MaterialState
from kiosk.texts import say


def test_before_anything_is_shown_everything_required_is_expected():
    data = {**family("F01"), "documents": []}
    evaluation = decide(data, visit_over=False)
    assert evaluation.decision().decision == "PENDING"
    assert [state(evaluation, m) for m in ("A01", "A03", "A04")] == ["EXPECTED"] * 3
    assert state(evaluation, "C01|C02") == "WAIVED_BY_DATA"
    assert len(evaluation.decision().outstanding) == 3


def test_the_form_counts_as_shown_only_when_it_opened_the_case():
    data = family("F01")
    data["desk"]["form_seen"] = False
    assert state(decide(data, visit_over=False), "G01") == "EXPECTED"
    data["documents"].append(
        {"doc_id": "G01:form", "material": "G01", "holder": "form", "fields": {"application_no": "NS2014X01000001"}}
    )
    assert state(decide(data, visit_over=False), "G01") == "VERIFIED"


def test_a_booklet_is_partial_until_its_pages_are_there():
    data = family("F01")
    booklet = document(data, "A01")
    booklet["pages"] = ["front", "member_father"]
    evaluation = decide(data, visit_over=False)
    outcome = next(m for m in evaluation.materials if m.material == "A01")
    assert outcome.state is MaterialState.PARTIAL
    assert [(n.page, n.seen) for n in outcome.needs] == [
        ("front", True),
        ("member_child", False),
        ("member_father", True),
        ("member_mother", False),
    ]
    assert any("孩子的一页" in say(line) for line in evaluation.decision().outstanding)


def test_a_booklet_without_the_childs_page_is_returned_for_it():
    data = family("F01")
    document(data, "A01")["pages"] = ["front", "member_father", "member_mother"]
    evaluation = decide(data)
    assert codes(evaluation) == ["R-MISSING"]
    assert "孩子的一页" in evaluation.decision().reasons[0].about


def test_a_guardian_on_no_page_may_be_registered_elsewhere_and_a_person_is_asked():
    data = family("F01")
    booklet = document(data, "A01")
    booklet["fields"]["members"] = [m for m in booklet["fields"]["members"] if m["role"] != "mother"]
    pending = decide(data)
    assert [q.id for q in pending.questions] == ["page:0:F01-D01:mother"]
    assert confirm_all(data).decision().decision == "RECEIPT"
    denied = decide(data, Answers(questions={"page:0:F01-D01:mother": False}))
    assert codes(denied) == ["R-MISSING"]


def test_both_parents_are_needed_in_2024_and_one_is_enough_in_2014():
    new, old = family("F06"), family("F09")
    new["documents"] = [d for d in new["documents"] if (d["material"], d["holder"]) != ("A03", "mother")]
    assert state(decide(new, visit_over=False), "A03") == "PARTIAL"
    assert state(decide(new), "A03") == "MISSING"
    assert state(decide(old), "A03") == "VERIFIED"


def test_a_slip_names_all_defects_at_once():
    data = family("F06")
    data["documents"] = [d for d in data["documents"] if d["material"] != "A04"]
    document(data, "C02")["fields"]["obligees"][0]["id_no"] = "440000198508081139"
    evaluation = decide(data)
    assert set(codes(evaluation)) == {"R-MISSING", "R-DECL-DIFF", "R-ADDR-DIFF"}


def test_the_reason_for_another_building_names_both_buildings():
    assert [r.about for r in decide(family("F06")).decision().reasons] == ["C02 坐落 3栋1502 / A01 住址 5栋1502"]


def test_a_person_may_overrule_a_mismatch_and_the_material_says_so():
    data = family("F01")
    document(data, "A03")["fields"]["name"] = "陈拟川"
    assert decide(data).decision().decision == "RETURN"
    overruled = decide(data, Answers(fields={("F01-D02", "name"): "match"}))
    assert overruled.decision().decision == "RECEIPT"
    assert state(overruled, "A03") == "VERIFIED_BY_PERSON"


def test_what_a_person_cannot_read_is_returned_as_unreadable():
    evaluation = decide(family("F01"), Answers(fields={("F01-D03", "cert_no"): "unreadable"}))
    assert codes(evaluation) == ["R-UNREADABLE"]
    assert evaluation.decision().reasons[0].about == "A04 出生医学证明编号"


def test_a_hard_stop_cannot_be_overruled():
    data = family("F05")
    evaluation = decide(data, Answers(questions={"check:0:X-HANDOVER": True}))
    assert codes(evaluation) == ["R-NOT-DELIVERED"]


def test_a_question_of_a_check_is_settled_by_its_answer():
    data = family("F04")
    for paper in data["documents"]:
        if paper["material"] == "A12":
            del paper["fields"]["function_status"]
    assert [q.id for q in decide(data).questions] == ["check:0:X-RP-ACTIVE"]
    assert "R-RP-INACTIVE" not in codes(confirm_all(data))
    assert "R-RP-INACTIVE" in codes(decide(data, Answers(questions={"check:0:X-RP-ACTIVE": False})))


def test_a_siblings_certificate_is_offered_to_be_moved_not_returned():
    data = family("F09")
    for paper in data["documents"]:
        if paper["doc_id"] == "F09-D04":
            paper["application"] = 0
    first = decide(data, visit_over=False)
    assert [q.id for q in first.questions] == ["move:F09-D04"]
    assert "NS2014X01000091" in say(first.questions[0].text)
    moved = decide(data, Answers(questions={"move:F09-D04": True}))
    assert [d.decision for d in moved.decisions] == ["RECEIPT", "RECEIPT"]


def test_an_original_that_departments_contradict_is_for_a_person():
    data = family("F06")
    title = document(data, "C02")
    title["fields"]["location"] = "南山区桃源街道虚构西路21号例林居5栋1502"
    evaluation = decide(data)
    assert [q.id for q in evaluation.questions] == ["check:0:X-DEPARTMENT:C02"]
    assert state(confirm_all(data), "C01|C02") == "VERIFIED_BY_PERSON"


def test_a_former_name_in_the_booklet_explains_another_name_on_the_birth_certificate():
    data = family("F01")
    document(data, "A04")["fields"]["child_name"] = "陈试川"
    assert codes(decide(data)) == ["R-DECL-DIFF"]
    document(data, "A01")["fields"]["members"][2]["former_name"] = "陈试川"
    assert verdict(decide(data), "X-FORMER-NAME") == "match"
    assert confirm_all(data).decision().decision == "RECEIPT"


@pytest.mark.parametrize(
    ("family_id", "change", "check", "code"),
    [
        (
            "F03",
            lambda d: document(d, "B03")["fields"].update(notary_office="广东省广州市虚构公证处"),
            "X-NOTARY-OFFICE",
            "R-NOTARY",
        ),
        (
            "F15",
            lambda d: document(d, "C16")["fields"]["community_certificate"].update(sealed=False),
            "X-SEAL",
            "R-SEAL",
        ),
        ("F02", lambda d: document(d, "C01")["fields"]["obligees"][1].update(share_percent=10), "X-SHARE", "R-SHARE"),
        ("F12", lambda d: document(d, "C10")["fields"].update(term_to="2024-12-30"), "X-LEASE-UNTIL", "R-EXPIRED"),
        ("F12", lambda d: d["applications"][0]["housing"].update(first_registered="2023-05-01"), "X-LEASE-SINCE", None),
        ("F15", lambda d: document(d, "D03")["fields"].update(valid_to="2014-04-20"), "X-DOC-VALID", "R-EXPIRED"),
        ("F09", lambda d: d["department_results"][2].update(result="locked"), "X-HOUSELOCK", "R-LOCKED"),
        ("F02", lambda d: document(d, "C01")["fields"].update(usage="办公"), "X-TITLE-USAGE", "R-OTHER"),
    ],
)
def test_each_failed_condition_gives_its_reason(family_id, change, check: str, code: str | None):
    data = family(family_id)
    change(data)
    evaluation = confirm_all(data)
    if code is None:  # the paper's own date counts, and it is in time
        assert verdict(evaluation, check) == "match"
        assert codes(evaluation) == ["R-DECL-DIFF"]
    else:
        assert verdict(evaluation, check) == "mismatch"
        assert code in codes(evaluation)


def test_a_copy_in_place_of_the_original_is_returned():
    data = family("F01")
    document(data, "A04")["copy"] = True
    evaluation = decide(data)
    assert state(evaluation, "A04") == "RETURNED"
    assert [(r.code, r.about) for r in evaluation.decision().reasons] == [("R-COPY", "A04")]


def test_one_parent_registered_in_the_city_lifts_permit_and_insurance():
    data = family("F14")
    data["applications"][0]["guardians"][0]["hukou"] = "SZ_OUT"
    evaluation = decide(data)
    assert {"A12", "D02"}.isdisjoint({m.material for m in evaluation.materials})
    assert verdict(evaluation, "X-SI-MONTHS") is None
    assert evaluation.decision().decision == "RECEIPT"


def test_a_residence_permit_serves_instead_of_the_hong_kong_card():
    data = family("F03")
    data["documents"] = [d for d in data["documents"] if d["material"] != "A06"]
    fields = {"name": "陈梓例", "id_no": "810000201801120027", "permit_no": "H99000017", "birth_date": "2018-01-12"}
    data["documents"].append({"doc_id": "A07:child", "material": "A07", "holder": "child", "fields": fields})
    assert state(decide(data), "A06|A07") == "VERIFIED"


def test_nothing_that_was_returned_ever_gets_a_receipt():
    for family_id in IDS:
        evaluation = confirm_all(family(family_id))
        for decision in evaluation.decisions:
            states = {m.state.value for m in evaluation.materials if m.application == decision.application}
            assert (decision.decision == "RECEIPT") <= states.isdisjoint({"RETURNED", "MISSING", "ATTENTION"})
