"""Rules about the child and its family, one by one (domain.md §2.2, §4.6)."""

from __future__ import annotations

import pytest
from family_data import family, state, verdict
from rule_cases import asked, confirm_all, decide, document, fields, made, needed, outcome, without

from kiosk.matching.check_digits import resident_id
from kiosk.texts import say


def _born(data: dict, day: str) -> dict:
    """The child born on this day, everywhere."""
    child = data["applications"][0]["child"]
    body = child["id_no"][:6] + day.replace("-", "") + child["id_no"][14:17]
    number = body + resident_id(body)
    child.update(birth_date=day, id_no=number)
    for member in fields(data, "A01")["members"]:
        if member["role"] == "child":
            member.update(birth_date=day, id_no=number)
    fields(data, "A04")["born_at_date"] = day
    return data


@pytest.mark.parametrize(
    ("pack", "day", "decision"),
    [
        ("NS2014", "2008-08-31", "RECEIPT"), ("NS2014", "2008-09-01", "RETURN"),
        ("NS2024", "2018-08-31", "RECEIPT"), ("NS2024", "2018-09-01", "RETURN"),
    ],
)  # fmt: skip
def test_p1_born_on_the_last_day_or_a_day_later(pack: str, day: str, decision: str):
    data = _born(made(pack), day)
    found, reasons = outcome(data)
    assert found == decision
    assert reasons == ([] if decision == "RECEIPT" else [("R-AGE", "A04, A01")])
    if reasons:
        assert not confirm_all(data).decision().reasons[0].curable


def test_a_late_day_on_one_paper_only_is_named_with_the_difference():
    data = made()
    fields(data, "A04")["born_at_date"] = "2018-12-24"
    assert [c for c, _ in outcome(data)[1]] == ["R-AGE", "R-DECL-DIFF"]


def test_a_birth_date_or_sex_that_is_not_the_numbers_is_a_difference():
    data = made()
    data["applications"][0]["child"]["birth_date"] = "2017-10-01"
    assert verdict(decide(data), "X-CHILD-ID-BIRTH") == "mismatch"
    other = made()
    child = other["applications"][0]["child"]
    child["sex"] = "女" if child["sex"] == "男" else "男"
    assert ("R-DECL-DIFF", "child.sex") in outcome(other)[1]
    printed = made()
    fields(printed, "A04")["sex"] = child["sex"]
    assert ("R-DECL-DIFF", "child.sex") in outcome(printed)[1]


def test_a_parent_on_the_certificate_who_is_nobody_in_the_application_is_asked_about():
    data = made()
    data["applications"][0]["guardians"].pop(0)
    data["documents"] = [d for d in data["documents"] if d["holder"] != "father" or d["material"] != "A03"]
    assert "check:0:X-BIRTHCERT-PARENTS" in asked(data)


def test_another_mother_on_the_certificate_is_a_difference():
    data = made()
    fields(data, "A04").update(mother_name="何样珍", mother_id="440000198001010007")
    assert verdict(decide(data), "X-BIRTHCERT-PARENTS") == "mismatch"
    assert {a for _, a in outcome(data)[1]} == {"guardians[mother].id_no", "guardians[mother].name"}


@pytest.mark.parametrize("kind", ["divorced", "remarried", "guardian"])
@pytest.mark.parametrize("pack", ["NS2014", "NS2024"])
def test_the_chain_to_the_birth_parents_is_shown_by_custody_marriage_or_guardianship(pack: str, kind: str):
    data = made(pack, family=kind)
    assert outcome(data) == ("RECEIPT", [])
    proof = "B04" if kind == "guardian" else "B02"
    assert proof in needed(data)
    assert [c for c, _ in outcome(without(data, proof))[1]] == ["R-MISSING"]
    assert not asked(without(data, proof))  # the missing paper is the defect, not a question
    if kind == "remarried":
        assert verdict(decide(data), "X-MARRIAGE-CHAIN") == "match"
        assert [c for c, _ in outcome(without(data, "B01"))[1]] == ["R-MISSING"]


def test_custody_with_somebody_else_or_of_another_child():
    data = made(family="divorced")
    fields(data, "B02")["custody_to"] = "周样山"
    assert outcome(data) == ("RETURN", [("R-DECL-DIFF", "B02")])
    other = made(family="divorced")
    fields(other, "B02")["child_name"] = "周样山"
    assert outcome(other) == ("RETURN", [("R-DECL-DIFF", "B02")])


def test_a_marriage_of_other_people_does_not_make_a_chain():
    data = made(family="remarried")
    fields(data, "B01")["spouse_b"] = {"name": "孙样", "id_no": "440000198001010007"}
    assert verdict(decide(data), "X-MARRIAGE-CHAIN") == "mismatch"


@pytest.mark.parametrize("waived", [False, True])
def test_a_step_parents_flat_is_for_the_district(waived: bool):
    data = made(family="remarried", waived=waived)
    data["applications"][0]["housing"]["holder"] = "stepfather"
    step = next(g for g in data["applications"][0]["guardians"] if g["role"] == "stepfather")
    if not waived:
        fields(data, "C02")["obligees"] = [{"role": "stepfather", "name": step["name"], "id_no": step["id_no"]}]
    decision, reasons = outcome(data)
    assert (decision, reasons) == ("REFER", [("R-REFER-STEP", "C02")])


def test_a_step_parents_flat_beside_a_defect_returns_the_family_and_names_both():
    data = without(made(family="remarried", waived=True), "A04")
    data["applications"][0]["housing"]["holder"] = "stepfather"
    decision, reasons = outcome(data)
    assert decision == "RETURN"
    assert [c for c, _ in reasons] == ["R-MISSING", "R-REFER-STEP"]


def test_the_mother_and_the_stepfather_as_owners_need_no_district():
    data = made(family="remarried")
    fields(data, "C02")["obligees"] = [
        {"role": g["role"], "name": g["name"], "id_no": g["id_no"]} for g in data["applications"][0]["guardians"]
    ]
    assert outcome(data)[0] == "RECEIPT"


@pytest.mark.parametrize(
    ("relation", "sex", "found"),
    [
        ("子", "男", "match"), ("长女", "女", "match"), ("外孙女", "女", "match"), ("继子", "男", "match"), ("儿子", "男", "match"),
        ("集体户成员", "男", "match"), ("长子", "女", "ask"), ("孙女", "男", "ask"),
    ],
)  # fmt: skip
def test_the_relation_to_the_head_fits_the_child(relation: str, sex: str, found: str):
    data = made()
    child = next(m for m in fields(data, "A01")["members"] if m["role"] == "child")
    child.update(relation_to_head=relation, sex=sex)
    assert verdict(decide(data), "X-HUKOU-RELATION") == found


def test_an_unusual_relation_is_asked_about_only_when_no_guardian_stands_in_the_booklet():
    data = made()
    booklet = fields(data, "A01")
    next(m for m in booklet["members"] if m["role"] == "child")["relation_to_head"] = "非亲属"
    assert verdict(decide(data), "X-HUKOU-RELATION") == "match"
    booklet["members"] = [m for m in booklet["members"] if m["role"] == "child"]
    assert "check:0:X-HUKOU-RELATION" in asked(data)


def test_surnames_are_never_compared():
    data = made()
    data["applications"][0]["child"]["name"] = "欧阳例昂"
    next(m for m in fields(data, "A01")["members"] if m["role"] == "child")["name"] = "欧阳例昂"
    fields(data, "A04")["child_name"] = "欧阳例昂"
    assert outcome(data) == ("RECEIPT", [])
    assert verdict(decide(data), "X-SURNAME") == "not_applicable"


def test_twins_papers_laid_down_crosswise_are_moved_not_returned():
    data = made(twins=True)
    for paper in data["documents"]:
        if paper["material"] == "A04":
            paper["application"] = 1 - paper["application"]
    assert sorted(asked(data))[:2] == sorted(f"move:{d['doc_id']}" for d in data["documents"] if d["material"] == "A04")
    assert [d.decision for d in confirm_all(data).decisions] == ["RECEIPT", "RECEIPT"]


def test_a_siblings_permit_is_offered_to_be_moved_too():
    data = family("F03")
    sibling = {**data["applications"][0], "application_no": "NS2024X01000099", "birth_cert_no": "HK-BIRTH-FIXTURE-0099"}
    sibling["child"] = {**sibling["child"], "name": "陈拟例", "id_no": "H99000099", "hkid": "QQ990002(9)"}
    data["applications"].append(sibling)
    permit = document(data, "A05")["fields"]
    permit.update(permit_no="H99000099", name_zh="陳擬例")
    del permit["mrz"]
    assert f"move:{document(data, 'A05')['doc_id']}" in asked(data)


@pytest.mark.parametrize(
    ("custody", "guardians", "owner"),
    [("", ["father", "mother"], "mother"), ("mother", ["mother"], "mother"), ("father", ["father"], "father"),
     ("father", ["father", "stepmother"], "stepmother")],
)  # fmt: skip
def test_p15_whose_family_planning_number_counts(custody: str, guardians: list[str], owner: str):
    data = made("NS2014")
    application = data["applications"][0]
    pair = {g["role"]: g for g in application["guardians"]}
    pair["stepmother"] = {**pair["mother"], "role": "stepmother", "name": "沈拟妍", "id_no": "440000197904181806"}
    application["guardians"] = [pair[r] for r in guardians]
    if custody:
        application["custody"] = {"to": custody}
    data["department_results"] = []
    person = pair[owner]
    number = {"fp_no": application["family_planning"]["fp_no"]}
    paper = {
        "material": "E01",
        "holder": owner,
        "fields": {**number, "holder_name": person["name"], "holder_id": person["id_no"]},
    }
    good = decide({**data, "documents": [*data["documents"], paper]})
    assert verdict(good, "X-FP-MOTHER") == "match"
    paper["fields"]["holder_id"] = "440000198001010007"
    assert verdict(decide({**data, "documents": [*data["documents"], paper]}), "X-FP-MOTHER") == "mismatch"
    assert any(a.startswith("E01") for _, a in outcome(data)[1])


def test_family_planning_is_asked_in_2014_and_no_longer_in_2024():
    assert "E01" in needed(made("NS2014"))
    assert "E01" not in needed(made("NS2024"))


def test_a_collective_household_shows_its_front_page_with_its_seal():
    data = made(collective=True)
    assert outcome(data) == ("RECEIPT", [])
    assert [a for _, a in outcome(without(data, "A13"))[1]] == ["A13 集体户首页复印件(盖章)"]
    document(data, "A13")["seals"] = []
    assert outcome(data) == ("RETURN", [("R-SEAL", "A13")])
    document(data, "A13").update(seals=["集体户章"], copy=True)
    assert outcome(data) == ("RECEIPT", [])  # a copy by nature


def test_a_booklet_of_a_collective_household_needs_the_front_page_whatever_was_declared():
    data = made()
    fields(data, "A01")["household_type"] = "集体户"
    assert "A13" in needed(data)


def test_a_page_of_the_mother_alone_registered_elsewhere_is_asked_about():
    data = made()
    booklet = fields(data, "A01")
    booklet["members"] = [m for m in booklet["members"] if m["role"] != "mother"]
    assert [q.split(":")[0] for q in asked(data)] == ["page"]
    assert "母亲" in say(decide(data).questions[0].text)
    assert state(confirm_all(data), "A01") == "VERIFIED_BY_PERSON"
