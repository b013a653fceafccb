"""What a desk may expect before a paper lies there: documents by name, and on each the declared values to look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.policy.binding import bind
from kiosk.policy.case_input import CaseInput, Document
from kiosk.policy.checks.base import CheckCase
from kiosk.policy.facts import facts_of
from kiosk.policy.pack import Pack
from kiosk.policy.requirements import Required, required_materials
from kiosk.policy.schema import ComparedField
from kiosk.texts import Text

# Which of the papers accepted instead of an ID card a kind of number stands on; for an unknown kind each of them is expected.
_PAPERS_OF: Mapping[str, tuple[str, ...]] = {
    "CN_PASSPORT": ("A10",),
    "PASSPORT": ("A10", "A11"),
    "HK_PERMIT": ("A05", "A07"),
    "MO_PERMIT": ("A05", "A07"),
    "TW_PERMIT": ("A08", "A09"),
}

# Guardians with these papers show no other identity document; the alternatives of A03 are not expected of them.
_ORDINARY_ID = frozenset({"", "RIC"})


def expected_sets(pack: Pack, case: CaseInput, application: int = 0) -> dict[str, dict[str, str]]:
    """doc_id (``material:holder``) → document field → declared value, for every paper the family may show.

    Waived papers are included: a family may lay them down all the same. A household register has the fields of every member.
    """
    declared = case.applications[application]
    facts = facts_of(case, application, pack.parameters, pack.facts)
    required = required_materials(pack, facts, CheckCase(pack, case, application, (), frozenset(), False))
    places = [place for item in required for place in _places(item, case, application)]
    places += [(p.material, p.holder, ()) for p in pack.may_show if p.when.holds(facts)]
    found: dict[str, dict[str, str]] = {}
    for material, holder, roles in places:
        blank = Document(f"{material}:{holder}", material, holder, None, {}, {}, {}, None, None)
        bound = bind(pack.materials[material], declared, application, None if roles else blank, roles)
        values = {b.field: b.declared for b in bound if b.declared}
        found.setdefault(f"{material}:{holder}", values)
    return found


def _places(item: Required, case: CaseInput, application: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for holder in item.holders:
        for material in item.requirement.codes:
            yield material, holder, item.roles
        for material in item.requirement.also_accept:
            guardians = case.applications[application].get("guardians") or []
            kind = next((str(g.get("id_type", "")) for g in guardians if g.get("role") == holder), "")
            if kind not in _ORDINARY_ID and material in _PAPERS_OF.get(kind, (material,)):
                yield material, holder, ()


def compare_fields(pack: Pack, material: str) -> tuple[ComparedField, ...]:
    """The compared fields of a kind of document, placeholders unfilled; () for a kind the pack does not know."""
    known = pack.materials.get(material)
    return known.compare if known else ()


def field_label(pack: Pack, material: str, field: str) -> Text:
    """What a person calls this field. A field that is not compared is called by its own name."""
    for compared in compare_fields(pack, material):
        if _same_field(compared.field, field):
            return pack.labels[compared.label].text()
    return Text("policy.verbatim", {"zh_CN": field, "zh_TW": field, "en": field})


def field_class(pack: Pack, material: str, field: str) -> str:
    """id, cert, name, address, date or other; other for a field that is not compared."""
    return next((c.field_class for c in compare_fields(pack, material) if _same_field(c.field, field)), "other")


def _same_field(pattern: str, field: str) -> bool:
    """members[{child}].name and members[*].name are how pack and layout write members[child_a].name."""
    head, _, tail = pattern.partition("[{")
    if not tail:
        return pattern == field
    return field.startswith(f"{head}[") and field.endswith(tail.partition("]")[2])
