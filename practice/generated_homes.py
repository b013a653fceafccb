"""The homes of made-up families: what is declared of each kind, and the papers that prove it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from practice.generated_people import Household, Person

if TYPE_CHECKING:
    from practice.generated import Plan

# (material, holder, fields, seals)
HomePaper = tuple[str, str, dict[str, Any], list[str] | None]
_LEASES = ("LEASE_RED", "LEASE_BLUE", "LEASE_REG", "PUBLIC_RENTAL", "DORM")
_SEALED = {"sealed": True}


@dataclass
class Home:
    """``waivable``: the materials about which departments can confirm it; ``beside``: papers needed even then."""

    declared: dict[str, Any]
    holders: list[Person]
    waivable: list[str] = field(default_factory=list)
    beside: list[HomePaper] = field(default_factory=list)


def home_of(plan: Plan, people: Household, random: Random, serial: str) -> Home:
    both = len(people.guardians) == 2 and plan.family == "together" and random.random() < 0.4
    holders = people.guardians if both else people.guardians[:1]
    roles = "+".join(h.role for h in holders)
    declared: dict[str, Any] = {"kind": plan.housing, "address": people.flat}
    declared["lessee" if plan.housing in _LEASES else "holder"] = roles
    waivable: list[str] = []
    if plan.housing in ("OWN_TITLE", "OWN_TITLE_MORTGAGED", "GRANDPARENT"):
        old = plan.year == 2014
        number = f"深房地字第49999{serial}号" if old else f"粤(2019)深圳市不动产权第99{serial}号"
        declared |= {"cert_no": number, "share_percent": random.choice((51, 60, 100)) if not both else 100}
        waivable = ["C01" if old else "C02"]
    if plan.housing == "GRANDPARENT":
        declared |= {"holder": "grandfather"}
    if plan.housing in ("OWN_CONTRACT", "POLICY_OWN"):
        declared |= {"contract_no": f"深(南)网预买字({plan.year - 1})第{serial}号", "share_percent": 100}
    if plan.housing in ("LEASE_RED", "LEASE_BLUE"):
        first = "2012-11-05" if plan.early_lease else f"{plan.year - 1}-02-10"
        declared |= {"voucher_no": f"深房租网办{first[:4]}99{serial}"[:16], "first_issued": first}
        waivable = {("LEASE_RED", 2014): ["C07"], ("LEASE_RED", 2024): ["C07"], ("LEASE_BLUE", 2014): ["C08"]}.get(
            (plan.housing, plan.year), []
        )
    if plan.housing == "LEASE_REG" or (plan.housing, plan.year) == ("LEASE_BLUE", 2024):
        declared |= {"house_code": f"44030500799{serial}000206"[:25], "first_registered": f"{plan.year - 2}-03-15"}
    if plan.housing == "PUBLIC_RENTAL" and plan.year == 2024:
        waivable = ["C11"]
    if plan.housing == "SELF_BUILT":
        declared |= {"receipt_no": f"虚构普查回执2009-9{serial}"}
    home = Home(declared, list(holders), waivable)
    home.beside = [p for p in home_papers(plan, people, home, serial) if p[0] in ("C09", "C18")]
    return home


def home_papers(plan: Plan, people: Household, home: Home, serial: str) -> list[HomePaper]:
    """Every paper of the home, waived or not."""
    declared, owner = home.declared, "+".join(h.role for h in home.holders)
    here = {"location": declared["address"]}
    title = {**here, "cert_no": declared.get("cert_no", ""), "usage": "住宅", "obligees": _shares(plan, people, home)}
    lease = _lease(plan, home)
    contract = {
        **here,
        "contract_no": declared.get("contract_no", ""),
        "usage": "住宅",
        "buyers": _people(home.holders),
    }
    contract["handover_by"] = f"{plan.year}年6月30日"
    committee = ["虚构社区工作站章", "虚构居委会章"]
    residence: HomePaper = ("C18", "owner", here, committee)
    match plan.housing:
        case "OWN_TITLE":
            return [(home.waivable[0], owner, title, None)]
        case "OWN_TITLE_MORTGAGED":
            return [("C03", owner, title, ["虚构银行业务章"])]
        case "GRANDPARENT":
            return [(home.waivable[0], "grandfather", title, None), residence]
        case "OWN_CONTRACT":
            first = {"payer": home.holders[0].name, "contract_no": declared["contract_no"]}
            notice: list[HomePaper] = [("C06", owner, {**here, "dated": f"{plan.year}-06-30"}, None)]
            papers: list[HomePaper] = [("C04", owner, contract, None), ("C05", home.holders[0].role, first, None)]
            return papers + (notice if plan.year == 2024 else [])
        case "POLICY_OWN":
            return [("C12", owner, contract, None)]
        case "JOINT_FUND":
            return [("C15", owner, {**here, **_SEALED}, None), residence]
        case "SELF_BUILT":
            holder = home.holders[0]
            receipt = {"receipt_no": declared["receipt_no"], "applicant": holder.name, "applicant_id": holder.id_no}
            return [("C16", owner, {**receipt, **here, "community_certificate": dict(_SEALED)}, None)]
        case "ANCESTRAL":
            return [("C13", owner, {**here, **_SEALED}, None)]
        case "MILITARY":
            return [("C14", owner, {**here, **_SEALED}, None), residence]
        case "PUBLIC_RENTAL":
            return [("C11", owner, lease, None)]
        case "DORM":
            return [("C17", owner, here, ["深圳市虚构公司公章", "虚构居委会章"])]
        case "LEASE_RED":
            invoice: list[HomePaper] = [("C09", owner, {"voucher_no": declared["voucher_no"]}, None)]
            return [("C07", owner, lease, None), *(invoice if plan.early_lease else [])]
        case "LEASE_BLUE" if plan.year == 2014:
            return [("C08", owner, lease, None)]
        case _:
            return [("C10", owner, lease, None)]


def _lease(plan: Plan, home: Home) -> dict[str, Any]:
    tenant, declared = home.holders[0], home.declared
    fields = {"address": declared["address"], "lessee": tenant.name, "lessee_id": tenant.id_no, "usage": "住宅"}
    wanted = ("voucher_no", "house_code", "first_issued", "first_registered")
    fields |= {k: declared[k] for k in wanted if k in declared}
    return {**fields, "term_to": f"{plan.year + 1}-03-09"}


def _people(holders: list[Person]) -> list[dict[str, Any]]:
    return [{"role": h.role, "name": h.name, "id_no": h.id_no} for h in holders]


def _shares(plan: Plan, people: Household, home: Home) -> list[dict[str, Any]]:
    if plan.housing == "GRANDPARENT":
        return _people([people.grandparent])
    found = _people(home.holders)
    share = home.declared.get("share_percent", 100)
    if len(found) == 2:
        return [{**f, "share_percent": 50} for f in found]
    found[0]["share_percent"] = share
    if share < 100:
        found += [{**o, "share_percent": 100 - share} for o in _people([people.grandparent])]
    return found
