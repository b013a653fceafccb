"""An application as predicates see it: every name is always there, so that a pack never has to ask whether it may ask."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.matching.dates import parse_date
from kiosk.policy.case_input import CaseInput, Document
from kiosk.policy.checks.base import latest_answers
from kiosk.policy.expressions import Facts
from kiosk.policy.paths import declared_object
from kiosk.policy.roles import CITY_HUKOU, is_grandparent, is_mainland
from kiosk.policy.schema import DeclaredFact

# Which privilege a certificate proves, where the application names the certificate and calls the privilege otherwise.
_PRIVILEGE_OF = {"F01": "TALENT", "F02": "RETURNEE", "F03": "MILITARY", "F04": "POLICE_FIRE", "F05": "MARTYR"}


def facts_of(
    case: CaseInput, index: int, parameters: Mapping[str, Any], declared: Mapping[str, DeclaredFact] | None = None
) -> Facts:
    """The facts of one application; docs/service-packs.md lists them for authors of packs. ``declared``: those of the pack's own."""
    application = case.applications[index]
    guardians = _objects(application.get("guardians"))
    housing = _object(application.get("housing"))
    custody = _object(application.get("custody"))
    privileges = _objects(application.get("privilege"))
    documents = [d for d in case.documents if d.concerns(index)]
    hukou = _text(application.get("hukou_category"))
    return Facts(
        {
            "policy": dict(parameters),
            "hukou": hukou,
            "household_type": _household_type(application, documents),
            "housing": _text(housing.get("kind")),
            "housing_roles": [r for r in _text(housing.get("holder") or housing.get("lessee")).split("+") if r],
            "first_registered": _first_registered(housing, documents),
            "one_household": _one_household(application, documents),
            "guardian_roles": [_text(g.get("role")) for g in guardians],
            "mainland_guardians": [_text(g.get("role")) for g in guardians if is_mainland(g)],
            "city_guardians": [_text(g.get("role")) for g in guardians if g.get("hukou") in CITY_HUKOU],
            "child_mainland": is_mainland(_object(application.get("child"))) and hukou in _MAINLAND_CHILD,
            "guardians_from_elsewhere": [
                _text(g.get("role")) for g in guardians if is_mainland(g) and g.get("hukou") not in CITY_HUKOU
            ],
            "insured_roles": _roles(application.get("social_insurance")),
            "business_roles": _roles(application.get("business")),
            "divorced": bool(custody) or application.get("divorced") is True,
            "custody_roles": [_text(custody["to"])] if custody.get("to") else [],
            "remarried": bool(application.get("remarried")),
            "family_planning_roles": _family_planning_roles(application, guardians),
            "privileges": list(dict.fromkeys(w for p in privileges for w in _privilege_words(p))),
            "privilege_roles": [_text(p.get("holder")) for p in privileges],
            "proxy": case.proxy,
            "desk_date": case.desk_date,
            "desk_kind": case.desk_kind,
            **{name: _own(application, fact) for name, fact in (declared or {}).items()},
        },
        {"department": lambda about: _answer(case, index, about)},
    )


_MAINLAND_CHILD = ("SZ_IN", "SZ_OUT", "SZ_NONE")


def _household_type(application: Mapping[str, Any], documents: Sequence[Document]) -> str:
    """集体户 when the declaration or the booklet says so in whatever words, else as declared."""
    declared = _text(_object(application.get("household")).get("type"))
    printed = [d.texts.get("household_type", "") for d in documents if d.material == "A01"]
    collective = any("集体" in t or "集體" in t or t.upper() == "COLLECTIVE" for t in (declared, *printed))
    return "集体户" if collective else declared


def _first_registered(housing: Mapping[str, Any], documents: Sequence[Document]) -> str:
    """ISO day of the first issue of the lease: the earliest of what is declared and what is printed on a paper that is not in doubt."""
    days = [_text(housing.get("first_issued") or housing.get("first_registered"))]
    for document in documents if _text(housing.get("kind")).startswith("LEASE") else ():
        if document.material in ("C07", "C08", "C10"):
            for name in ("first_issued", "first_registered"):
                evidence = document.evidence.get(name)
                if not document.machine_read or (evidence is not None and evidence.verdict == "mismatch"):
                    days.append(document.texts.get(name, ""))
    parsed = [day for day in map(parse_date, days) if day is not None]
    return min(parsed).isoformat() if parsed else ""


def _one_household(application: Mapping[str, Any], documents: Sequence[Document]) -> bool:
    """The child stands in one booklet with the grandparents whose flat it is: as declared, or as the booklet shows."""
    housing = _object(application.get("housing"))
    household = _object(application.get("household"))
    if any(d is True for d in (*map(housing.get, _ONE_BOOKLET), household.get("with_grandparents"))):
        return True
    owners = {v for d in documents if d.material in _TITLES for n, v in d.texts.items() if _OWNER_NUMBER.fullmatch(n)}
    parents = {_text(g.get("id_no")) for g in _objects(application.get("guardians"))}
    for document in documents:
        for name, value in document.texts.items() if document.material == "A01" else ():
            found = _MEMBER.fullmatch(name)
            if found and owners and found[2] == "id_no" and value in owners - parents:
                return True
            if found and not owners and _names_grandparents(found[1], found[2], value):
                return True
    return False


def _names_grandparents(role: str, field: str, value: str) -> bool:
    return is_grandparent(role) or (field == "relation_to_head" and role.startswith("child") and "孙" in value)


_ONE_BOOKLET = ("same_booklet", "same_household")  # how applications may call it
_TITLES = ("C01", "C02", "C03")
_OWNER_NUMBER = re.compile(r"obligees\[[^\]]+\]\.id_no")
_MEMBER = re.compile(r"members\[([^\]]+)\]\.(\w+)")


def _family_planning_roles(application: Mapping[str, Any], guardians: Sequence[Mapping[str, Any]]) -> list[str]:
    """Whose family-planning number counts (domain.md P15): the mother's; with a divorced father who has custody the stepmother's if
    he has remarried (declared among the guardians or not), else his own.
    """
    roles = [_text(g.get("role")) for g in guardians]
    custody = _text(_object(application.get("custody")).get("to"))
    if custody == "father" and application.get("remarried"):
        return ["stepmother"]
    wanted = ["stepmother", "father"] if custody == "father" else ["mother"]
    return (
        [r for r in wanted if r in roles] or [r for r in ("mother", "stepmother", "father") if r in roles] or roles
    )[:1]


def _privilege_words(privilege: Mapping[str, Any]) -> list[str]:
    words = [_text(privilege.get("kind")), _PRIVILEGE_OF.get(_text(privilege.get("material")), "")]
    return [w for w in words if w]


def _own(application: Mapping[str, Any], fact: DeclaredFact) -> Any:
    """The declared value as the kind of thing its default is; the default where nothing of that kind is declared."""
    default = list(fact.default) if isinstance(fact.default, tuple) else fact.default
    found = declared_object(application, fact.path)
    if isinstance(default, list):
        return [_text(item) for item in found] if isinstance(found, list) else default
    if isinstance(default, bool):
        return found if isinstance(found, bool) else default
    if isinstance(default, int):
        return found if isinstance(found, int) and not isinstance(found, bool) else default
    return default if found is None or isinstance(found, Mapping | list) else _text(found)


def _answer(case: CaseInput, index: int, about: str) -> str:
    """What a department says about ``about`` by its answers that still stand, a contradiction before all others; "" when none was asked."""
    results = [a.result for a in latest_answers([a for a in case.departments[index] if a.about == about])]
    return "conflict" if "conflict" in results else next(iter(results), "")


def _roles(value: Any) -> list[str]:
    return [
        _text(item.get("role"))
        for item in ([value] if isinstance(value, Mapping) else _objects(value))
        if item.get("role")
    ]


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return "" if value is None else str(value)
