"""Rules about the home, one by one (domain.md §2.2 P2–P8, P13–P14, §4.6)."""

from __future__ import annotations

import pytest
from family_data import family, state, verdict
from rule_cases import answer, asked, confirm_all, decide, document, fields, made, needed, outcome, without


def _owners(data: dict, *shares: tuple[str, float | str | None]) -> dict:
    people = {g["role"]: g for g in data["applications"][0]["guardians"]}
    stranger = {"name": "陈样远", "id_no": "440000195001010019"}
    fields(data, "C02")["obligees"] = [
        {
            "role": role,
            **{k: people.get(role, stranger)[k] for k in ("name", "id_no")},
            **({"share_percent": s} if s else {}),
        }
        for role, s in shares
    ]
    return data


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ([("father", 51), ("grandfather", 49)], "match"), ([("father", 50), ("grandfather", 50)], "mismatch"),
        ([("father", 26), ("mother", 25), ("grandfather", 49)], "match"), ([("father", "1/2"), ("mother", "1/2")], "match"),
        ([("father", "50%"), ("grandfather", "50%")], "mismatch"), ([("father", None), ("mother", None)], "match"),
        ([("father", None), ("grandfather", None)], "ask"), ([("mother", None)], "match"),
        ([("father", "百分之五十一"), ("grandfather", "百分之四十九")], "match"),
    ],
)  # fmt: skip
def test_p3_the_parents_share(shares: list, found: str):
    data = made()
    data["applications"][0]["housing"]["share_percent"] = 51
    data["applications"][0]["housing"]["holder"] = "+".join(r for r, _ in shares)
    assert verdict(decide(_owners(data, *shares)), "X-SHARE") == found
    if found == "mismatch":
        assert outcome(data) == ("RETURN", [("R-SHARE", "C02")])


def test_a_share_below_the_declared_one_is_returned_though_it_is_more_than_half():
    data = made()
    data["applications"][0]["housing"].update(share_percent=100, holder="father")
    assert outcome(_owners(data, ("father", 60), ("grandfather", 40))) == ("RETURN", [("R-SHARE", "C02")])


def test_an_owner_without_a_role_counts_like_any_other():
    data = made()
    data["applications"][0]["housing"].update(share_percent=100, holder="father")
    _owners(data, ("father", None))
    fields(data, "C02")["obligees"].append({"name": "陈样远", "id_no": "440000195001010019"})
    assert verdict(decide(data), "X-SHARE") == "ask"


def test_a_declared_share_of_half_confirmed_by_data_is_not_enough():
    data = made(waived=True)
    data["applications"][0]["housing"]["share_percent"] = 50
    assert [c for c, _ in outcome(data)[1]] == ["R-SHARE"]


def test_a_title_of_somebody_else_is_a_difference():
    data = _owners(made(), ("uncle", 100))
    assert verdict(decide(data), "X-TITLE-HOLDER") == "mismatch"
    assert ("R-DECL-DIFF", "C02 housing.holder") in outcome(data)[1]


@pytest.mark.parametrize(
    ("usage", "found"),
    [("住宅", "match"), ("成套住宅", "match"), ("办公", "mismatch"), ("商业", "mismatch"), ("非住宅", "mismatch"),
     ("商业、住宅", "ask"), ("商务公寓", "mismatch")],
)  # fmt: skip
def test_only_what_is_for_living_counts(usage: str, found: str):
    for housing, paper in (("OWN_TITLE", "C02"), ("LEASE_RED", "C07")):
        data = made(housing=housing)
        fields(data, paper)["usage"] = usage
        assert verdict(decide(data), "X-TITLE-USAGE") == found
        if found == "mismatch":
            assert outcome(data) == ("RETURN", [("R-OTHER", paper)])


@pytest.mark.parametrize(("pack", "day", "good"), [("NS2014", "2014-08-31", True), ("NS2014", "2014-09-01", False),
                                                   ("NS2024", "2024年8月31日", True), ("NS2024", "2024年9月1日", False)])  # fmt: skip
def test_p2_the_day_of_handing_over(pack: str, day: str, good: bool):
    data = made(pack, housing="OWN_CONTRACT")
    paper, field = ("C04", "handover_by") if pack == "NS2014" else ("C06", "dated")
    fields(data, paper)[field] = day
    assert outcome(data) == (("RECEIPT", []) if good else ("RETURN", [("R-NOT-DELIVERED", paper)]))


def test_p2_contract_receipt_and_from_2023_the_notice_are_needed():
    assert {"C04", "C05", "C06"} <= needed(made(housing="OWN_CONTRACT"))
    assert "C06" not in needed(made("NS2014", housing="OWN_CONTRACT"))


def test_p4_with_a_title_the_contracts_day_no_longer_counts():
    data = made("NS2014", housing="OWN_CONTRACT")
    fields(data, "C04")["handover_by"] = "2015-01-01"
    title = {"material": "C01", "holder": "father", "fields": {"cert_no": "深房地字第4999900012号"}}
    assert verdict(decide({**data, "documents": [*data["documents"], title]}), "X-HANDOVER") == "not_applicable"


def test_p5_grandparents_in_one_booklet_as_purchase_otherwise_with_kinship_as_lease():
    together = made(housing="GRANDPARENT", one_booklet=True)
    assert "B03" not in needed(together)
    assert decide(together).decision().category == "深户本区+学区购房(祖辈房)"
    apart = made(housing="GRANDPARENT")
    assert {"B03", "C18"} <= needed(apart)
    assert decide(apart).decision().category == "深户本区+学区租房(祖辈房)"
    assert [c for c, _ in outcome(without(apart, "B03"))[1]] == ["R-MISSING"]
    assert [c for c, _ in outcome(without(together, "C18"))[1]] == ["R-MISSING"]


@pytest.mark.parametrize("housing", ["GRANDPARENT", "OWN_TITLE"])
def test_a_kinship_certificate_of_another_city_is_returned_once(housing: str):
    data = made(hukou="SZ_IN" if housing == "GRANDPARENT" else "HK", housing=housing)
    fields(data, "B03")["notary_office"] = "广东省广州市虚构公证处"
    assert outcome(data) == ("RETURN", [("R-NOTARY", "B03")])
    assert verdict(decide(data), "X-KINSHIP") == "mismatch"


def test_a_kinship_certificate_of_another_city_without_a_parent_names_both_defects():
    data = made(hukou="HK")
    fields(data, "B03").update(
        notary_office="广州市虚构公证处", parents=[data["applications"][0]["guardians"][0]["name"]]
    )
    assert sorted(outcome(data)[1]) == [("R-DECL-DIFF", "B03"), ("R-NOTARY", "B03")]


@pytest.mark.parametrize(("first", "needs"), [("2012-12-31", True), ("2013-01-01", False)])
def test_p6_a_lease_first_issued_before_2013_needs_the_invoice(first: str, needs: bool):
    data = made("NS2014", housing="LEASE_RED")
    data["applications"][0]["housing"]["first_issued"] = first
    fields(data, "C07")["first_issued"] = first
    assert ("C09" in needed(data)) is needs
    assert [c for c, _ in outcome(data)[1]] == (["R-MISSING"] if needs else [])
    assert verdict(decide(data), "X-LEASE-FEE") == ("mismatch" if needs else "not_applicable")


def test_an_earlier_first_issue_on_the_voucher_asks_for_the_invoice_at_once():
    data = made("NS2014", housing="LEASE_RED")
    fields(data, "C07")["first_issued"] = "2012年11月5日"
    assert [c for c, _ in outcome(data)[1]] == ["R-MISSING", "R-DECL-DIFF"]


def test_p7_blue_information_is_accepted_in_2014_and_replaced_by_registration_in_2024():
    assert "C08" in needed(made("NS2014", housing="LEASE_BLUE"))
    assert "C10" in needed(made("NS2024", housing="LEASE_BLUE"))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [("first_registered", "2023-04-30", ""), ("first_registered", "2023-05-01", "R-OTHER"),
     ("term_to", "2024-12-31", ""), ("term_to", "2024年12月30日", "R-EXPIRED")],
)  # fmt: skip
def test_p7_since_when_and_until_when_a_registered_lease_runs(field: str, value: str, reason: str):
    data = made(housing="LEASE_REG")
    fields(data, "C10")[field] = value
    if field in data["applications"][0]["housing"]:
        data["applications"][0]["housing"][field] = value
    assert outcome(data) == (("RETURN", [(reason, "C10")]) if reason else ("RECEIPT", []))


def test_p8_the_first_issue_counts_not_the_start_of_the_lease():
    data = made(housing="LEASE_RED")
    fields(data, "C07").update(term_from="2024-01-01")
    assert outcome(data) == ("RECEIPT", [])


def test_a_tenant_who_is_no_guardian_is_a_difference():
    data = made(housing="LEASE_RED")
    fields(data, "C07").update(lessee="何样珍", lessee_id="440000198001010007")
    decision, reasons = outcome(data)
    assert decision == "RETURN"
    assert {a for _, a in reasons} == {"guardians[father].name", "guardians[father].id_no"}


@pytest.mark.parametrize(
    ("result", "decision"),
    [
        ("locked", "RETURN"),
        ("same_family", "RECEIPT"),
        ("matched", "RECEIPT"),
        ("not_found", "RECEIPT"),
        ("unavailable", "PENDING"),
    ],
)
def test_p13_a_flat_used_by_another_family_is_locked(result: str, decision: str):
    evaluation = decide(answer(made(), "HOUSELOCK", result))
    assert evaluation.decision().decision == decision
    if decision == "RETURN":
        [reason] = evaluation.decision().reasons
        assert (reason.code, reason.about, reason.curable) == ("R-LOCKED", "HOUSELOCK", False)


def test_p14_two_families_at_one_desk_for_one_flat_are_a_question():
    data = family("F09")
    for result in data["department_results"]:
        result["about"] = result["about"].replace("HOUSELOCK", "X")
    other = data["applications"][1]
    for guardian, number in zip(other["guardians"], ("440000198001010007", "440000197801010000"), strict=True):
        guardian["id_no"] = number
    assert "check:0:X-HOUSELOCK" in asked(data)


@pytest.mark.parametrize(
    ("housing", "codes"),
    [
        ("OWN_TITLE_MORTGAGED", {"C03"}), ("POLICY_OWN", {"C12|C04"}), ("JOINT_FUND", {"C15", "C18"}), ("SELF_BUILT", {"C16"}),
        ("ANCESTRAL", {"C13"}), ("MILITARY", {"C14", "C18"}), ("PUBLIC_RENTAL", {"C11"}), ("DORM", {"C17", "D05"}),
    ],
)  # fmt: skip
def test_each_kind_of_home_needs_its_papers_and_every_one_of_them(housing: str, codes: set[str]):
    data = made(housing=housing)
    assert codes <= needed(data)
    for code in codes:
        assert [c for c, _ in outcome(without(data, code.split("|")[0]))[1]] == ["R-MISSING"]


def test_a_purchase_contract_serves_for_policy_housing():
    data = made(housing="POLICY_OWN")
    document(data, "C12")["material"] = "C04"
    assert state(decide(data), "C12|C04") == "VERIFIED"


@pytest.mark.parametrize("seals", [["虚构公司公章"], ["虚构居委会章"], []])
def test_a_dormitory_certificate_has_both_seals(seals: list[str]):
    data = made(housing="DORM")
    document(data, "C17")["seals"] = seals
    assert outcome(data) == ("RETURN", [("R-SEAL", "C17")])


def test_a_mortgaged_title_is_a_copy_with_the_banks_seal():
    data = made(housing="OWN_TITLE_MORTGAGED")
    document(data, "C03")["copy"] = True
    assert outcome(data) == ("RECEIPT", [])
    document(data, "C03")["seals"] = ["虚构公司章"]
    assert outcome(data) == ("RETURN", [("R-SEAL", "C03")])


def test_one_flat_by_its_unit_number_settles_what_the_text_leaves_open_but_not_another_room():
    data = made(housing="LEASE_REG")
    address = fields(data, "C10")["address"]
    fields(data, "C10")["address"] = address.replace("南山区", "")
    assert decide(data).decision().decision == "RECEIPT"
    fields(data, "C10")["address"] = address[:-1] + ("1" if address[-1] != "1" else "2")
    assert decide(data).decision().decision == "PENDING"


def test_a_household_elsewhere_only_matters_to_a_family_that_claims_to_be_registered_in_its_flat():
    data = made()
    data["applications"][0]["household"]["address"] = fields(data, "A01")["address"] = "南山区虚构路1号例苑9栋909"
    assert outcome(data) == ("RECEIPT", [])
    data["applications"][0]["category_claimed"] = "深户本区+学区购房(户籍在房产上)"
    assert [c for c, _ in outcome(data)[1]] == ["R-ADDR-DIFF"]
    assert verdict(confirm_all(data), "X-ADDR-HUKOU-HOUSING") == "mismatch"
