"""Which printed field of which document is compared with which declared value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kiosk.matching.compare import compare
from kiosk.matching.result import Verdict
from kiosk.policy.case_input import Document
from kiosk.policy.paths import canonical_path, declared_value
from kiosk.policy.schema import ComparedField, Material

_HOLDER = re.compile(r"(?:obligees|buyers|holders)\[([^\]]+)\]\.")


@dataclass(frozen=True)
class BoundField:
    """A compared field with every placeholder filled; ``declared`` is None when the family declared nothing there."""

    compared: ComparedField
    field: str
    number: str
    declared_path: str
    declared: str | None


def roles_of(application: Mapping[str, Any], key: str = "guardians") -> list[str]:
    people = application.get(key) or []
    return [str(p.get("role", "")) for p in people if isinstance(p, Mapping)]


def printed_names(document: Document) -> set[str]:
    return set(document.texts) | set(document.evidence)


def child_role(document: Document | None, application: Mapping[str, Any], index: int) -> str:
    """The role under which this application's child stands in the booklet: twins are told apart by number, then by name."""
    children = [r for r in document.member_roles if r.startswith("child")] if document else []
    if document is None or len(children) < 2:
        return children[0] if children else "child"
    child = application.get("child") or {}
    for key, comparator in (("id_no", "id"), ("name", "name")):
        for role in children:
            printed = document.texts.get(f"members[{role}].{key}", "")
            if compare(comparator, str(child.get(key, "")), printed).verdict is Verdict.MATCH:
                return role
    return children[min(index, len(children) - 1)]


def bind(
    material: Material, application: Mapping[str, Any], index: int, document: Document | None, candidates: Sequence[str]
) -> list[BoundField]:
    """The compared fields of one document (None: of a document still to come) of one application.

    ``candidates`` are the roles whose names may stand on it when its holder is no role of the family.
    """
    person = _person(material, application, document, candidates)
    couple = any("{a}" in c.declared[0] or "{b}" in c.declared[0] for c in material.compare)
    spouses = _spouses(application, document) if couple else ("", "")
    fill = {
        "{child}": child_role(document, application, index),
        "{person}": person,
        "{a}": spouses[0],
        "{b}": spouses[1],
    }
    repeated = {"{guardian}": roles_of(application), "{holder}": _holders(application, document, candidates)}
    bound: list[BoundField] = []
    for placeholder, group in groupby(material.compare, key=_repeats):
        compared = list(group)
        for role in repeated[placeholder] if placeholder else [""]:  # all fields of one person, then of the next
            bound += [_fill(c, application, {**fill, placeholder: role} if placeholder else fill) for c in compared]
    return bound


def _repeats(compared: ComparedField) -> str:
    text = compared.field + "".join(compared.declared)
    return next((p for p in ("{guardian}", "{holder}") if p in text), "")


def _holders(application: Mapping[str, Any], document: Document | None, candidates: Sequence[str]) -> list[str]:
    """The guardians who hold the home by the declaration, and those whom the paper names besides."""
    printed = [m[1] for name in (printed_names(document) if document else ()) if (m := _HOLDER.match(name))]
    return [r for r in roles_of(application) if r in candidates or r in printed]


def _fill(compared: ComparedField, application: Mapping[str, Any], values: Mapping[str, str]) -> BoundField:
    paths = [_replace(path, values) for path in compared.declared]
    declared = ((p, _declared(compared, application, p)) for p in paths)
    path, value = next(((p, v) for p, v in declared if v is not None), (paths[0], None))
    number = _replace(compared.number, values)
    return BoundField(compared, _replace(compared.field, values), number, canonical_path(application, path), value)


def _declared(compared: ComparedField, application: Mapping[str, Any], path: str) -> str | None:
    value = declared_value(application, path)
    like = compared.declared_like
    return None if value is None or (like and value and not like.fullmatch(value.strip())) else value


def _replace(pattern: str, values: Mapping[str, str]) -> str:
    for placeholder, value in values.items():
        pattern = pattern.replace(placeholder, value)
    return pattern


def _person(
    material: Material, application: Mapping[str, Any], document: Document | None, candidates: Sequence[str]
) -> str:
    """``child`` or ``guardians[role]``: the holder where it is one, else whoever's values are on the paper."""
    holder = document.holder if document else (candidates[0] if candidates else "")
    if holder == "child":
        return "child"
    known = roles_of(application)
    if holder in known:
        return f"guardians[{holder}]"
    possible = [r for r in candidates if r in known] or known or [""]
    if document is not None:
        possible = sorted(possible, key=lambda role: -_agreement(material, application, document, role))
    return f"guardians[{possible[0]}]"


def _agreement(material: Material, application: Mapping[str, Any], document: Document, role: str) -> int:
    """How many printed values of this document are the declared ones of ``role``."""
    count = 0
    for compared in material.compare:
        for path in compared.declared:
            if "{person}" in path:
                declared = declared_value(application, path.replace("{person}", f"guardians[{role}]"))
                printed = document.texts.get(compared.field)
                if declared and printed:
                    count += compare(compared.compared_by, declared, printed).verdict is Verdict.MATCH
    return count


def _spouses(application: Mapping[str, Any], document: Document | None) -> tuple[str, str]:
    """The roles of spouse_a and spouse_b: by their printed numbers, else husband first as certificates print them."""
    people = [p for p in application.get("guardians") or [] if isinstance(p, Mapping)]
    order = sorted(people, key=lambda p: p.get("sex") != "男")
    roles = [str(p.get("role", "")) for p in order] + ["", ""]
    first, second = roles[0], roles[1]
    if document is None or not (first and second):
        return first, second
    as_printed = _agreeing(document, order[0], order[1])
    return (second, first) if _agreeing(document, order[1], order[0]) > as_printed else (first, second)


def _agreeing(document: Document, a: Mapping[str, Any], b: Mapping[str, Any]) -> int:
    """How many values of the two spouses on the certificate are these two persons', in this order."""
    count = 0
    for side, person in (("spouse_a", a), ("spouse_b", b)):
        for key, comparator in (("id_no", "id"), ("name", "name")):
            declared, printed = str(person.get(key, "")), document.texts.get(f"{side}.{key}", "")
            count += bool(declared and printed) and compare(comparator, declared, printed).verdict is Verdict.MATCH
    return count
