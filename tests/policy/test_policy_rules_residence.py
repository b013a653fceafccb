"""Rules about living and working here, and about families from elsewhere, one by one (domain.md §2.2 P9–P12, §2.3, §4.6)."""

from __future__ import annotations

from typing import Any

import pytest
from family_data import codes, state, verdict
from rule_cases import answer, asked, confirm_all, decide, document, fields, made, needed, outcome, without


def _months(data: dict, first: str, last: str, **odd: dict[str, Any]) -> dict:
    """A payment list with every month from ``first`` to ``last``; ``odd``: m2023_06={"back_paid": True}, or None for a gap."""
    (y, m), (y2, m2) = (map(int, x.split("-")) for x in (first, last))
    rows = []
    for n in range(y * 12 + m - 1, y2 * 12 + m2):
        ym = f"{n // 12}-{n % 12 + 1:02}"
        change = odd.get("m" + ym.replace("-", "_"), {})
        if change is not None:
            rows.append({"ym": ym, "pension": True, "medical": True, "back_paid": False, **change})
    fields(data, "D02")["months"] = rows
    return data


@pytest.mark.parametrize(
    ("first", "odd", "good"),
    [
        ("2023-05", {}, True),
        ("2023-06", {}, False),
        ("2022-01", {"m2023_08": {"back_paid": True}}, False),
        ("2022-01", {"m2023_08": None}, False),
        ("2022-01", {"m2023_08": {"medical": False}}, False),
        ("2022-01", {"m2023_08": {"pension": False}}, False),
        ("2022-01", {"m2023_04": {"back_paid": True}}, True),  # before the twelve months that count
        ("2021-01", {"m2022_04": {"back_paid": True}}, True),
    ],
)
def test_p9_twelve_months_in_a_row_without_gap_or_back_payment(first: str, odd: dict, good: bool):
    data = _months(made(hukou="SZ_NONE"), first, "2024-04", **odd)
    assert outcome(data) == (("RECEIPT", []) if good else ("RETURN", [("R-SI-SHORT", "D02")]))
    if not good:
        assert not confirm_all(data).decision().reasons[0].curable


def test_a_change_of_employer_within_a_month_is_no_gap():
    data = _months(made(hukou="SZ_NONE"), "2023-05", "2024-04", m2023_09={"medical": False})
    fields(data, "D02")["months"].append({"ym": "2023年9月", "pension": False, "medical": True, "back_paid": False})
    assert outcome(data) == ("RECEIPT", [])


def test_the_other_parents_list_is_enough():
    data = _months(made(hukou="SZ_NONE"), "2024-01", "2024-04")
    assert codes(confirm_all(data)) == ["R-SI-SHORT"]
    mother = data["applications"][0]["guardians"][1]
    rows = [{"ym": f"{y}-{m:02}", "pension": True, "medical": True} for y in (2023, 2024) for m in range(1, 13)]
    paper = {
        "material": "D02",
        "holder": "mother",
        "fields": {"name": mother["name"], "id_no": mother["id_no"], "months": rows},
    }
    del data["applications"][0]["social_insurance"]["si_no"]
    assert outcome({**data, "documents": [*data["documents"], paper]}) == ("RECEIPT", [])


def test_a_list_printed_before_the_last_month_was_paid_is_asked_about():
    data = _months(made(hukou="SZ_NONE"), "2023-05", "2024-03")
    fields(data, "D02")["printed_on"] = "2024-04-10"
    assert [q.split(":")[2] for q in asked(data)] == ["X-SI-MONTHS"]


def test_a_list_whose_verification_code_has_run_out_is_printed_again():
    data = made(hukou="SZ_NONE")
    fields(data, "D02")["printed_on"] = "2024-02-17"
    assert outcome(data) == ("RETURN", [("R-EXPIRED", "D02")])
    fields(data, "D02")["printed_on"] = "2024-02-18"
    assert outcome(data) == ("RECEIPT", [])


def test_no_insurance_rule_for_a_shenzhen_family_in_a_dormitory():
    data = _months(made(housing="DORM"), "2024-03", "2024-04")
    assert outcome(data) == ("RECEIPT", [])


@pytest.mark.parametrize(
    ("states", "pack", "good"),
    [
        (["active"], "NS2024", True), (["suspended"], "NS2024", False), (["suspended", "active"], "NS2024", True),
        (["active", "active"], "NS2014", True), (["active", "suspended"], "NS2014", False),
    ],
)  # fmt: skip
def test_p9_the_permits_function_of_one_parent_or_of_both(states: list[str], pack: str, good: bool):
    data = without(made(pack, hukou="SZ_NONE"), "A12")
    for guardian, status in zip(data["applications"][0]["guardians"], states, strict=False):
        paper = {"name": guardian["name"], "id_no": guardian["id_no"], "function_status": status}
        data["documents"].append({"material": "A12", "holder": guardian["role"], "fields": paper})
    assert outcome(data) == (("RECEIPT", []) if good else ("RETURN", [("R-RP-INACTIVE", "A12")]))
    assert state(confirm_all(data), "A12") == ("VERIFIED" if good else "RETURNED")


def test_in_2014_both_parents_show_a_permit():
    data = made("NS2014", hukou="SZ_NONE")
    data["documents"] = [d for d in data["documents"] if (d["material"], d["holder"]) != ("A12", "mother")]
    assert outcome(data) == ("RETURN", [("R-MISSING", "A12 深圳经济特区居住证 母亲")])


def test_the_police_say_the_function_is_suspended_though_the_card_looks_well():
    data = answer(made(hukou="SZ_NONE"), "A12", "conflict")
    assert outcome(data) == ("RETURN", [("R-RP-INACTIVE", "A12")])


def test_one_parent_of_shenzhen_lifts_permit_and_insurance():
    assert {"A12", "D02"} <= needed(made(hukou="SZ_NONE"))
    assert {"A12", "D02"}.isdisjoint(needed(made(hukou="SZ_NONE", city_parent=True)))
    assert "D02|D03" not in needed(made("NS2014", hukou="SZ_NONE", city_parent=True))


def test_a_licence_instead_of_insurance_in_2014_only():
    assert outcome(made("NS2014", hukou="SZ_NONE", business=True)) == ("RECEIPT", [])
    data = without(made(hukou="SZ_NONE"), "D02")
    data["documents"].append({"material": "D03", "holder": "father", "fields": {"reg_no": "440305600990151"}})
    assert [c for c, _ in outcome(data)[1]] == ["R-MISSING"]


def test_a_licence_of_somebody_else_or_expired_or_with_a_wrong_check_digit():
    data = made("NS2014", hukou="SZ_NONE", business=True)
    fields(data, "D03")["operator"] = "何样珍"
    assert verdict(decide(data), "X-BL-OPERATOR") == "mismatch"
    expired = made("NS2014", hukou="SZ_NONE", business=True)
    fields(expired, "D03")["valid_to"] = "2014-04-18"
    assert outcome(expired) == ("RETURN", [("R-EXPIRED", "D03")])
    wrong = made("NS2014", hukou="SZ_NONE", business=True)
    fields(wrong, "D03")["reg_no"] = wrong["applications"][0]["business"]["reg_no"] = "440305600990152"
    assert [q.split(":")[2] for q in asked(wrong)] == ["X-CHECKDIGIT"]  # some genuine ones fail: ask, never reject


@pytest.mark.parametrize("hukou", ["HK", "MO"])
def test_p10_children_of_hong_kong_and_macau(hukou: str):
    data = made(hukou=hukou)
    assert {"A05", "A06|A07", "B03", "A04", "A01"} <= needed(data)
    for material in ("A05", "A06", "B03"):
        assert [c for c, _ in outcome(without(data, material))[1]] == ["R-MISSING"]


def test_p10_the_residence_permit_instead_of_the_card_by_its_number_or_the_permits():
    data = without(made(hukou="HK"), "A06")
    child = data["applications"][0]["child"]
    paper = {"name": child["name"], "id_no": "810000201801120027", "permit_no": child["id_no"][:9]}
    data["documents"].append({"material": "A07", "holder": "child", "fields": paper})
    assert outcome(data) == ("RECEIPT", [])
    paper["permit_no"] = "H99999999"
    assert outcome(data) == ("RETURN", [("R-DECL-DIFF", "child.id_no")])


def test_a_permit_number_typed_too_short_is_not_overlooked():
    data = made(hukou="HK")
    data["applications"][0]["child"]["id_no"] = "H9900001"
    assert outcome(data)[0] == "RETURN"


def test_a_hong_kong_father_shows_his_own_permit():
    data = made(hukou="HK")
    father = data["applications"][0]["guardians"][0]
    father.update(id_type="HK_PERMIT", id_no="H9900007700", hukou="HK")
    for paper in data["documents"]:
        if (paper["material"], paper["holder"]) == ("A03", "father"):
            permit = {"permit_no": "H99000077", "name_zh": father["name"], "birth_date": father["birth_date"]}
            paper.update(material="A05", fields=permit)
    fields(data, "A04")["father_id"] = "H99000077"
    title = fields(data, "C02")["obligees"]
    next(o for o in title if o["role"] == "father")["id_no"] = "H99000077"
    fields(data, "B01")["spouse_a"]["id_no"] = "H99000077"
    fields(data, "A01").update(
        members=[m for m in fields(data, "A01")["members"] if m["role"] != "father"],
    )
    data["applications"][0]["household"]["head"] = fields(data, "A01")["head_name"]
    assert outcome(data) == ("RECEIPT", [])
    assert decide(data).decision().category == "港籍(父母一方深户)+学区购房"


def test_p11_a_taiwan_child_needs_no_notary():
    data = made(hukou="TW")
    assert "B03" not in needed(data)
    assert "A01" not in needed(data)
    assert [c for c, _ in outcome(without(data, "A08"))[1]] == ["R-MISSING"]


def test_p12_a_foreign_child_needs_a_parents_permanent_residence():
    data = made(hukou="FOREIGN")
    assert {"A10", "A11"} <= needed(data)
    assert "R-MISSING" in codes(confirm_all(without(data, "A11")))


def test_an_overseas_childs_proof_is_needed():
    assert [c for c, _ in outcome(without(made(hukou="OVERSEAS_CN"), "A14"))[1]] == ["R-MISSING"]


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("团级", "match"),
        ("正团级", "match"),
        ("团(处)级", "match"),
        ("师级", "match"),
        ("营级", "mismatch"),
        ("连级", "mismatch"),
        ("", "ask"),
    ],
)
def test_a_service_members_proof_comes_from_a_high_enough_level(stated: str, found: str):
    data = made(privilege="MILITARY")
    fields(data, "F03")["issuing_level"] = stated
    assert verdict(decide(data), "X-MILITARY-LEVEL") == found
    if found == "mismatch":
        assert outcome(data) == ("RETURN", [("R-LEVEL", "F03")])


@pytest.mark.parametrize(
    ("kind", "material"),
    [("TALENT", "F01"), ("RETURNEE", "F02"), ("MILITARY", "F03"), ("POLICE_FIRE", "F04"), ("MARTYR", "F05")],
)
def test_each_privilege_needs_its_certificate(kind: str, material: str):
    data = made(privilege=kind)
    assert "+" in (decide(data).decision().category or "")
    assert [c for c, _ in outcome(without(data, material))[1]] == ["R-MISSING"]
    data["applications"][0]["privilege"][0]["kind"] = (
        f"{kind}_CHILD"  # whatever it is called, its certificate says which it is
    )
    assert material in needed(data)


def test_an_expired_talent_certificate_is_returned():
    data = made(privilege="TALENT")
    fields(data, "F01")["valid_to"] = "2024-05-17"
    assert outcome(data) == ("RETURN", [("R-EXPIRED", "F01")])


def test_document_holders_are_found_by_number_when_nobody_said_whose_paper_it_is():
    data = made(hukou="SZ_NONE")
    for paper in data["documents"]:
        if paper["material"] in ("A03", "A12"):
            paper["holder"] = ""
    assert outcome(data) == ("RECEIPT", [])
    assert document(data, "A12")["holder"] == ""
