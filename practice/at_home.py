"""Originals that a family owns but need not show, because a department's data stand for them: made from what it declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice.paper import Paper
from practice.specimens.registry import kinds_of
from practice.world import family


def kept_at_home(family_id: str) -> list[Paper]:
    """The home's title (C01, C02) or lease voucher (C07) of a family that does not bring it, page by page; empty for other homes.

    Its values are the declared ones. Raises KeyError for an unknown family.
    """
    found = family(family_id)
    application = found.applications[0]
    material = _material(application["housing"])
    if material is None or any(d["material"] == material for d in found.documents):
        return []
    values = _lease(application) if material == "C07" else _title(application, material)
    return [
        Paper(
            id=f"{family_id}-X{material}-{page}",
            family_id=family_id,
            document=f"{family_id}-X{material}",
            doc_id=f"{material}:{_holder(application['housing'])}",
            application_no="" if len(found.applications) > 1 else application["application_no"],
            page=page,
            kind=kind,
            raw=raw,
        )
        for kind in kinds_of(material)
        for page, raw in kind.pages(values)
    ]


def _material(housing: Mapping[str, Any]) -> str | None:
    if housing["kind"] == "LEASE_RED":
        return "C07"
    if housing["kind"] == "OWN_TITLE":
        return "C01" if str(housing["cert_no"]).startswith("深房地字") else "C02"
    return None


def _holder(housing: Mapping[str, Any]) -> str:
    return str(housing.get("holder") or housing["lessee"])


def _people(application: Mapping[str, Any], holders: str) -> list[Mapping[str, Any]]:
    by_role = {guardian["role"]: guardian for guardian in application["guardians"]}
    return [by_role[role] for role in holders.split("+")]


def _lease(application: Mapping[str, Any]) -> dict[str, Any]:
    housing = application["housing"]
    lessee = _people(application, housing["lessee"])[0]
    first = str(housing["first_issued"])
    return {
        "voucher_no": housing["voucher_no"],
        "lessor": "王样本",
        "lessee": lessee["name"],
        "lessee_id": lessee["id_no"],
        "address": housing["address"],
        "house_code": f"440305009999{application['application_no'][-4:]}000000000",
        "usage": "住宅",
        "term_from": first,
        "term_to": f"{int(first[:4]) + 3}{first[4:]}",
        "first_issued": first,
    }


def _title(application: Mapping[str, Any], material: str) -> dict[str, Any]:
    housing = application["housing"]
    owners = _people(application, housing["holder"])
    share = housing["share_percent"] // len(owners)
    obligees = [{"role": o["role"], "name": o["name"], "id_no": o["id_no"], "share_percent": share} for o in owners]
    common = {"cert_no": housing["cert_no"], "obligees": obligees, "location": housing["address"], "usage": "住宅"}
    if material == "C01":
        return {**common, "area_m2": "88.80", "registered_on": "2009-11-16", "mortgage": "无"}
    return {
        **common,
        "co_ownership": "单独所有" if share == 100 else "按份共有",
        "unit_no": f"440305999001GB99001F0003{application['application_no'][-4:]}",
        "right_type": "国有建设用地使用权/房屋所有权",
        "right_nature": "出让/商品房",
        "area_m2": "88.80",
        "issued_on": "2019-11-16",
    }
