"""An application as predicates see it: every name is always there, so that a pack never has to ask whether it may ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.policy.case_input import CaseInput
from kiosk.policy.expressions import Facts
from kiosk.policy.paths import declared_object
from kiosk.policy.schema import DeclaredFact

_MAINLAND_HUKOU = frozenset({"SZ_IN", "SZ_OUT", "NON_SZ"})
_CITY_HUKOU = frozenset({"SZ_IN", "SZ_OUT"})


def facts_of(
    case: CaseInput, index: int, parameters: Mapping[str, Any], declared: Mapping[str, DeclaredFact] | None = None
) -> Facts:
    """The facts of one application; docs/service-packs.md lists them for authors of packs. ``declared``: those of the pack's own."""
    application = case.applications[index]
    guardians = _objects(application.get("guardians"))
    housing = _object(application.get("housing"))
    custody = _object(application.get("custody"))
    privileges = _objects(application.get("privilege"))
    return Facts(
        {
            "policy": dict(parameters),
            "hukou": _text(application.get("hukou_category")),
            "household_type": _text(_object(application.get("household")).get("type")),
            "housing": _text(housing.get("kind")),
            "housing_roles": [r for r in _text(housing.get("holder") or housing.get("lessee")).split("+") if r],
            "first_registered": _text(housing.get("first_issued") or housing.get("first_registered")),
            "guardian_roles": [_text(g.get("role")) for g in guardians],
            "mainland_guardians": [_text(g.get("role")) for g in guardians if _mainland(g)],
            "city_guardians": [_text(g.get("role")) for g in guardians if g.get("hukou") in _CITY_HUKOU],
            "child_mainland": _mainland(_object(application.get("child")))
            and application.get("hukou_category") in ("SZ_IN", "SZ_OUT", "SZ_NONE"),
            "guardians_from_elsewhere": [
                _text(g.get("role")) for g in guardians if _mainland(g) and g.get("hukou") not in _CITY_HUKOU
            ],
            "insured_roles": _roles(application.get("social_insurance")),
            "business_roles": _roles(application.get("business")),
            "divorced": bool(custody),
            "custody_roles": [_text(custody["to"])] if custody.get("to") else [],
            "remarried": bool(application.get("remarried")),
            "privileges": [_text(p.get("kind")) for p in privileges],
            "privilege_roles": [_text(p.get("holder")) for p in privileges],
            "proxy": case.proxy,
            "desk_date": case.desk_date,
            "desk_kind": case.desk_kind,
            **{name: _own(application, fact) for name, fact in (declared or {}).items()},
        },
        {"department": lambda about: _answer(case, index, about)},
    )


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
    """What a department said about ``about``; "" when none was asked."""
    return next((answer.result for answer in case.departments[index] if answer.about == about), "")


def _mainland(person: Mapping[str, Any]) -> bool:
    """Registered in a mainland household: said so, or, where nothing is said, bearing a resident ID number."""
    hukou = person.get("hukou")
    return hukou in _MAINLAND_HUKOU if hukou else person.get("id_type", "RIC") == "RIC"


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
