"""One paper of every kind that the practice world can draw: a family's own where one has it, else made from a family's values.

Everybody in them is as fictitious as the families are. What a family does not declare is made up here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from practice.at_home import kept_at_home
from practice.paper import Paper
from practice.specimens.registry import KINDS, kinds_of
from practice.world import families, family, papers

Values = dict[str, Any]


@lru_cache(maxsize=1)
def samples() -> tuple[Paper, ...]:
    """At least one paper for every kind in the registry, in the order of material and page."""
    owned = [p for f in families() for p in (*papers(f.id), *kept_at_home(f.id))]
    known = {id(p.kind): p for p in reversed(owned)}
    made = [p for material, family_id, values in _MADE for p in _drawn(material, family_id, values)]
    for paper in reversed(made):
        known.setdefault(id(paper.kind), paper)
    return tuple(sorted(known.values(), key=lambda p: (p.material, p.page, p.title_zh, p.id)))


def undrawn() -> list[str]:
    """Kinds of the registry of which there is no sample: none, or something was forgotten here."""
    drawn = {id(p.kind) for p in samples()}
    return [f"{kind.material} {kind.page} {kind.title_zh}" for kind in KINDS if id(kind) not in drawn]


def _drawn(material: str, family_id: str, make: Callable[[Mapping[str, Any]], Values]) -> list[Paper]:
    found = family(family_id)
    values = make(found.applications[0])
    document = f"{family_id}-S{material}" + "".join(f"-{values[k]}" for k in ("edition", "kind") if k in values)
    return [
        Paper(
            id=f"{document}-{page}",
            family_id=family_id,
            document=document,
            doc_id=f"{material}:sample",
            application_no=found.application_numbers[0],
            page=page,
            kind=kind,
            raw=raw,
        )
        for kind in kinds_of(material)
        for page, raw in kind.pages(values)
    ]


# ── what the papers say ─────────────────────────────────────────────────────────────────────────────────────────────


def _person(application: Mapping[str, Any], *roles: str) -> Mapping[str, Any]:
    by_role = {g["role"]: g for g in application["guardians"]}
    return next(by_role[role] for role in roles if role in by_role)


def _holder(a: Mapping[str, Any]) -> Values:
    """Most certificates: somebody, a number, where they live, a date."""
    who = _person(a, "father", "mother")
    return {"name": who["name"], "id_no": who["id_no"], "address": a["housing"]["address"], "dated": "2014-03-28"}


def _lease(a: Mapping[str, Any]) -> Values:
    who = _person(a, "father", "mother")
    return {
        "voucher_no": "深房租南山2012990188",
        "contract_no": "虚构租字2023-990188",
        "invoice_no": "99001882",
        "lessor": "李样本",
        "lessee": who["name"],
        "lessee_id": who["id_no"],
        "payer": who["name"],
        "address": a["housing"]["address"],
        "house_code": "4403050079900000018000403",
        "usage": "住宅",
        "term_from": "2023-03-01",
        "term_to": "2026-02-28",
        "first_issued": "2012-11-05",
        "first_registered": "2023-03-02",
        "dated": "2013-11-08",
        "issuer": "虚构街道房屋租赁管理所",
    }


def _title(a: Mapping[str, Any], cert_no: str) -> Values:
    owners = [_person(a, "father"), _person(a, "mother")]
    return {
        "cert_no": cert_no,
        "obligees": [{"role": o["role"], "name": o["name"], "id_no": o["id_no"], "share_percent": 50} for o in owners],
        "location": a["housing"]["address"],
        "usage": "住宅",
        "area_m2": "88.80",
        "registered_on": "2009-11-16",
        "mortgage": "抵押权人：虚构银行",
        "co_ownership": "按份共有",
        "unit_no": "440305999001GB99001F00030188",
        "right_type": "国有建设用地使用权/房屋所有权",
        "right_nature": "出让/商品房",
        "issued_on": "2019-11-16",
    }


def _purchase(a: Mapping[str, Any]) -> Values:
    buyers = [{k: p[k] for k in ("role", "name", "id_no")} for p in (_person(a, "father"), _person(a, "mother"))]
    return {
        "contract_no": "深安(南)买字(2022)第990188号",
        "seller": "深圳市虚构住房保障署",
        "buyers": buyers,
        "location": a["housing"]["address"],
        "signed_on": "2022-06-18",
    }


def _parents(a: Mapping[str, Any]) -> Values:
    father, mother = _person(a, "father"), _person(a, "mother")
    return {
        "fp_no": "虚构计生字2013-990188",
        "mother_name": mother["name"],
        "mother_id": mother["id_no"],
        "father_name": father["name"],
        "father_id": father["id_no"],
        "child_name": a["child"]["name"],
        "birth_date": a["child"]["birth_date"],
        "household_address": a["household"]["address"],
        "issuer": "南山区虚构街道计划生育办公室",
        "dated": "2013-11-20",
    }


def _custody(kind: str) -> Callable[[Mapping[str, Any]], Values]:
    return lambda a: {
        "kind": kind,
        "case_no": "(2021)深虚民初字第99188号",
        "child_name": a["child"]["name"],
        "custody_to": _person(a, "mother")["name"],
        "dated": "2021-09-22",
    }


def _divorce(a: Mapping[str, Any]) -> Values:
    father, mother = _person(a, "father"), _person(a, "mother")
    return {
        "cert_no": "L440305-2021-990188",
        "holder": mother["name"],
        "registered_on": "2021-09-22",
        "office": "深圳市虚构区民政局",
        "spouse_a": {"name": father["name"], "id_no": father["id_no"]},
        "spouse_b": {"name": mother["name"], "id_no": mother["id_no"]},
    }


def _residence(number: str, permit_no: str) -> Callable[[Mapping[str, Any]], Values]:
    return lambda a: {
        "name": a["child"]["name"],
        "sex": a["child"]["sex"],
        "birth_date": "2018-01-12",
        "address": a["housing"]["address"],
        "id_no": number,
        "issuing_office": "深圳市公安局南山分局",
        "valid_from": "2022-03-05",
        "valid_to": "2027-03-05",
        "permit_no": permit_no,
        "issue_count": "1",
    }


def _child_card(a: Mapping[str, Any]) -> Values:
    valid = {"issuing_office": "深圳市公安局南山分局", "valid_from": "2023-03-05", "valid_to": "2028-03-05"}
    child = {k: a["child"][k] for k in ("name", "sex", "birth_date", "id_no")}
    return {**child, "ethnicity": "汉", "address": a["household"]["address"], **valid}


def _macau(a: Mapping[str, Any]) -> Values:
    card = {"edition": "MO", "name_zh": "陳梓例", "name_en": "CHAN, CHI LAI", "hkid": "1990017(7)"}
    return {**card, "birth_date": "12-01-2018", "issued_on": "02-03-2018"}


def _foreigner(a: Mapping[str, Any]) -> Values:
    return {
        "name_latin": "TAN, MEI SAMPLE",
        "sex": "女",
        "birth_date": "1987-02-14",
        "nationality": "新加坡/SGP",
        "valid_from": "2024-02-01",
        "valid_to": "2034-02-01",
        "issuing_office": "国家移民管理局",
        "card_no": "931360198702140015",
    }


def _abroad(edition: str) -> Callable[[Mapping[str, Any]], Values]:
    return lambda a: {**_parents(a), "edition": edition, "cert_no": "T990188", "born_at_date": "2018-01-12"}


def _guardian(a: Mapping[str, Any]) -> Values:
    who = _person(a, "father", "mother")
    named = {"guardian_name": who["name"], "guardian_id": who["id_no"], "child_name": a["child"]["name"]}
    return {**named, "doc_no": "(2019)深虚收字第990188号", "dated": "2019-05-06"}


def _business(a: Mapping[str, Any]) -> Values:
    return {
        "reg_no": "440305600990151",
        "name": "深圳市南山区虚构百货店",
        "operator": _person(a, "father", "mother")["name"],
        "address": "南山区西丽街道虚构白芒村南区55号",
        "kind": "个体工商户",
        "registered_on": "2011-05-05",
        "printed_on": "2014-04-12",
    }


def _proxy(a: Mapping[str, Any]) -> Values:
    father, mother = _person(a, "father"), _person(a, "mother")
    by = {"principal": mother["name"], "principal_id": mother["id_no"]}
    return {**by, "proxy": father["name"], "proxy_id": father["id_no"], "child_name": a["child"]["name"], "dated": "2024-05-17"}  # fmt: skip


def _with(make: Callable[[Mapping[str, Any]], Values], **more: str) -> Callable[[Mapping[str, Any]], Values]:
    return lambda a: {**make(a), **more}


_MADE: tuple[tuple[str, str, Callable[[Mapping[str, Any]], Values]], ...] = (
    ("A02", "F06", _child_card),
    ("A04", "F06", _abroad("TW")),
    ("A04", "F06", _abroad("HK")),
    ("A06", "F03", _macau),
    ("A07", "F03", _residence("810000201801120016", "H99000017")),
    ("A09", "F13", _residence("830000201801120011", "99000133")),
    ("A11", "F11", _foreigner),
    ("A14", "F11", lambda a: {"name": "吕例媛", "passport_no": "EZ9900111", "issued_on": "2024-03-18"}),
    ("B02", "F06", _divorce),
    ("B02", "F06", _custody("民事判决书")),
    ("B02", "F07", _custody("离婚协议书")),
    ("B04", "F12", _guardian),
    ("B04", "F07", _with(_guardian, edition="adoption")),
    ("C03", "F01", lambda a: _title(a, "深房地字第4999900188号")),
    ("C03", "F06", lambda a: _title(a, "粤(2019)深圳市不动产权第9900188号")),
    ("C05", "F05", lambda a: {"edition": "statement", "payer": _person(a, "father")["name"], "contract_no": "深(南)网预买字(2013)99055号", "dated": "2014-03-31"}),
    ("C06", "F05", lambda a: {"owner": _person(a, "father")["name"], "location": a["housing"]["address"], "handover_on": "2014-06-30", "dated": "2014-06-10"}),
    ("C08", "F04", _lease),
    ("C09", "F04", _lease),
    ("C10", "F12", _with(_lease, edition="contract")),
    ("C11", "F07", _lease),
    ("C12", "F06", _purchase),
    ("C13", "F15", _holder),
    ("C14", "F08", _holder),
    ("C15", "F01", _holder),
    ("C17", "F14", _holder),
    ("C18", "F03", _holder),
    ("C19", "F07", lambda a: {**_holder(a), "result": "截至查询时，名下无房地产登记信息", "queried_on": "2024-05-10", "verify_code": "990188A7C2"}),
    ("D01", "F04", lambda a: {**_holder(a), "issued_on": "2012-06-01"}),
    ("D04", "F15", _business),
    ("D05", "F14", _with(_holder, employer="深圳市虚构电子厂")),
    ("D05", "F04", _with(_holder, edition="contract", employer="深圳市虚构电子厂", term_from="2013-01-01", term_to="2015-12-31")),
    ("E01", "F15", _parents),
    ("E02", "F01", _parents),
    ("E03", "F04", _parents),
    ("E04", "F08", _parents),
    ("F02", "F06", lambda a: {**_holder(a), "cert_no": "虚构留证字第990188号", "issued_on": "2023-07-01"}),
    ("F03", "F06", lambda a: {**_holder(a), "child_name": a["child"]["name"]}),
    ("F03", "F06", lambda a: {**_holder(a), "edition": "officer", "doc_no": "样字第9900188号", "birth_date": "1985-08", "valid_to": "2026-12-31"}),
    ("F04", "F01", lambda a: {**_holder(a), "child_name": a["child"]["name"]}),
    ("F05", "F08", lambda a: {**_holder(a), "cert_no": "样烈字第990188号"}),
    ("G02", "F01", lambda a: {"name": a["child"]["name"], "sex": a["child"]["sex"], "birth_date": a["child"]["birth_date"], "guardian": _person(a, "mother")["name"]}),
    ("G03", "F04", lambda a: {"child_name": a["child"]["name"], "dated": "2014-03-01"}),
    ("G04", "F06", _proxy),
)  # fmt: skip
