"""Which of this family's papers is it? From a reading to a place on the checklist.

The kind comes from the scanner; the holder from the evidence: of all documents of that kind the family may show, the one whose
declared values the pixels support. A paper that supports none of several candidates is not forced upon one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kiosk.case.state import CaseState, PageState
from scanner.types import FieldReading, Reading, Verdict

# An identity number says more about whose paper it is than a date that siblings may share.
_WEIGHT = {"id": 4.0, "cert": 4.0, "name": 2.0, "address": 1.0, "date": 1.0, "other": 0.5}
_ROLE = re.compile(r"\[([^\]]+)\]")
_Expected: TypeAlias = Mapping[str, Mapping[str, str]]
_SOMEBODY = "member"  # a page of the household register that is nobody's of this application
_SIGN = {Verdict.MATCH: 1.0, Verdict.MISMATCH: -1.0}


@dataclass(frozen=True)
class Placed:
    """A page of a known document: ``doc_id`` = material:holder; ``fields`` are those of its layout, the declared ones with a verdict."""

    doc_id: str
    material: str
    holder: str
    page: str
    fields: Mapping[str, FieldReading]


@dataclass(frozen=True)
class NotPlaced:
    """``reason`` is a text key under desk.not_placed."""

    reason: Literal[
        "unknown_kind", "not_needed", "of_nobody_here", "fits_worse", "unreadable", "nameless_side", "other_member"
    ]
    material: str | None = None


def place(
    reading: Reading,
    expected: _Expected,
    state: CaseState,
    *,
    field_class: Mapping[str, str],
    same_paper: Mapping[str, Collection[str]],
    page_fields: Mapping[tuple[str, str], Collection[str]],
) -> Placed | NotPlaced:
    """Find the document that ``reading`` shows.

    ``expected``: doc_id → declared values. ``same_paper``: kind → the materials it may serve as (a child's identity card is the
    same card as a parent's). ``page_fields``: (kind, page) → the fields that its layout has.
    """
    kind = reading.document.kind
    if kind is None:
        return NotPlaced("unknown_kind")
    materials = {kind, *same_paper.get(kind, ())}
    candidates = [doc_id for doc_id in expected if doc_id.split(":", 1)[0] in materials]
    if not candidates:
        return NotPlaced("not_needed", kind)
    page = reading.document.page or "page"
    if page == _SOMEBODY:
        return NotPlaced("other_member", kind)
    if _silent(candidates, reading):
        doc_id = _of_this_side(candidates, page, state)
        if doc_id is None:
            named = any(field in page_fields.get((kind, page), ()) for doc in candidates for field in expected[doc])
            return NotPlaced("unreadable" if named else "nameless_side", kind)
    else:
        doc_id = _choose(candidates, reading, page, state, field_class)
        doc_id = doc_id and _as_copy(doc_id, candidates, page, expected, state)
    if doc_id is None:
        seen = any(f.verdict in _SIGN for c in candidates for f in reading.verdicts.get(c, {}).values())
        return NotPlaced("of_nobody_here" if seen else "unreadable", kind)
    if _fits_worse(reading.verdicts.get(doc_id, {}), state.pages.get((doc_id, page))):
        return NotPlaced("fits_worse", kind)
    judged = {k: v for k, v in reading.verdicts.get(doc_id, {}).items() if v.verdict is not Verdict.NOT_FOUND}
    missing = {k: v for k, v in reading.verdicts.get(doc_id, {}).items() if v.verdict is Verdict.NOT_FOUND}
    undeclared = {k: v for k, v in reading.fields.items() if k not in judged and "*" not in k}
    layout = page_fields.get((kind, "member" if page.startswith("member_") else page), ())
    on_this_page = {k: v for k, v in missing.items() if _expected_here(k, page, layout)}
    material, holder = doc_id.split(":", 1)
    return Placed(doc_id, material, holder, page, {**undeclared, **on_this_page, **judged})


def _choose(
    candidates: list[str], reading: Reading, page: str, state: CaseState, field_class: Mapping[str, str]
) -> str | None:
    if len(candidates) == 1:
        return candidates[0]
    scores = {doc: support(reading.verdicts.get(doc, {}), field_class) for doc in candidates}
    best = max(candidates, key=lambda doc: (scores[doc], (doc, page) not in state.pages))
    if scores[best] <= 0:
        return None
    return best


def _as_copy(doc_id: str, candidates: list[str], page: str, expected: _Expected, state: CaseState) -> str:
    """A page that was read before, laid once more, is its sealed copy where one is wanted (the collective household's): nothing
    is declared of that, a person looks at its seal."""
    copies = (doc for doc in candidates if not expected[doc] and (doc, page) not in state.pages)
    return next(copies, doc_id) if (doc_id, page) in state.pages else doc_id


def _silent(candidates: list[str], reading: Reading) -> bool:
    """Is it a page without declared values: the emblem side of a card?"""
    return all(
        found.verdict is Verdict.NOT_FOUND for doc in candidates for found in reading.verdicts.get(doc, {}).values()
    )


def _of_this_side(candidates: list[str], page: str, state: CaseState) -> str | None:
    """A side on which nobody is named goes with the sheet that came just before it; None when it may be several persons'."""
    waiting = [doc for doc in candidates if (doc, page) not in state.pages]
    started = [doc for doc, _ in reversed(list(state.pages)) if doc in waiting]
    if started or len(waiting) <= 1:
        return (started or waiting or candidates)[0]
    return None


def _fits_worse(verdicts: Mapping[str, FieldReading], before: PageState | None) -> bool:
    """Two papers of one kind that say different things of the same field: the one that contradicts the declaration does not displace
    the one that bears it out (it is a brother's or sister's, more often than not)."""
    if before is None:
        return False
    borne_out = {name for name, evidence in before.fields.items() if evidence.verdict == Verdict.MATCH.value}
    return any(found.verdict is Verdict.MISMATCH and name in borne_out for name, found in verdicts.items())


def support(verdicts: Mapping[str, FieldReading], field_class: Mapping[str, str]) -> float:
    """How far a page bears out declared values: their weights added where it agrees, taken off where it contradicts."""
    total = 0.0
    for name, reading in verdicts.items():
        if reading.verdict is not None:
            total += _SIGN.get(reading.verdict, 0.0) * _WEIGHT.get(field_class.get(name, "other"), 0.5)
    return total


def _expected_here(field: str, page: str, fields_of_page: Collection[str]) -> bool:
    """Whether a value that was not found ought to stand on this page: its layout has the field, and of several persons' values
    (members, owners) only those of the person whose page it is. A title names its owners, not all whom the pack would accept as one.
    """
    role = _ROLE.search(field)
    if role is None:
        return field in fields_of_page
    return page == f"member_{role[1]}" and _ROLE.sub("[*]", field) in fields_of_page
