"""What a cross-check sees and what it may say (domain.md §4.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.matching.compare import compare
from kiosk.matching.dates import parse_date
from kiosk.matching.result import Verdict
from kiosk.policy.binding import child_role
from kiosk.policy.case_input import CaseInput, DepartmentResult, Document
from kiosk.policy.evaluation import FieldVerdict
from kiosk.policy.pack import Pack
from kiosk.texts import Text


@dataclass(frozen=True)
class Finding:
    """The result of a check.

    ``materials`` are returned when the verdict is mismatch; ``about`` says where, for the slip; ``reason`` replaces the pack's
    reason code. An ASK either ``rests_on`` fields a person is asked about anyway, ``refers`` to the district, or is a question.
    """

    verdict: Verdict
    why: Text
    docs: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    about: str = ""
    reason: str = ""
    rests_on: tuple[tuple[str, str], ...] = ()
    refers: bool = False


@dataclass(frozen=True)
class Paper:
    """A document with what is known of its values once reader and person have spoken."""

    document: Document
    verdicts: Mapping[str, FieldVerdict]

    @property
    def doc_id(self) -> str:
        return self.document.doc_id

    @property
    def material(self) -> str:
        return self.document.material

    def text(self, field: str) -> str:
        """The printed value; the declared one where reader or person found the two equal."""
        verdict = self.verdicts.get(field)
        if verdict and verdict.settled == "match" and (self.document.machine_read or verdict.by_person):
            return verdict.declared
        return self.document.texts.get(field, "")

    def sure(self, field: str) -> bool:
        """Whether a difference found in this value may be held against the family: not if only a machine's reading says so.

        A compared field is sure once it is settled: rule and reader agreed, or a person spoke.
        """
        verdict = self.verdicts.get(field)
        return not self.document.machine_read or (verdict is not None and verdict.settled in ("match", "mismatch"))

    def open(self, field: str) -> bool:
        verdict = self.verdicts.get(field)
        return verdict is not None and verdict.settled == "ask"


@dataclass(frozen=True)
class CheckCase:
    """One application with everything a check may look at."""

    pack: Pack
    case: CaseInput
    index: int
    papers: Sequence[Paper]
    waived: frozenset[str]  # material codes whose original the departments' data make unnecessary
    visit_over: bool
    required: frozenset[str] = frozenset()  # material codes this application needs, waived or not

    @property
    def application(self) -> Mapping[str, Any]:
        return self.case.applications[self.index]

    @property
    def housing(self) -> Mapping[str, Any]:
        return self.application.get("housing") or {}

    @property
    def guardians(self) -> list[Mapping[str, Any]]:
        return [g for g in self.application.get("guardians") or [] if isinstance(g, Mapping)]

    def parameter(self, name: str) -> Any:
        return self.pack.parameters.get(name)

    def of(self, *materials: str) -> list[Paper]:
        """The papers of these kinds, in the order of the kinds."""
        return [p for m in materials for p in self.papers if p.material == m]

    def child_field(self, paper: Paper, name: str) -> str:
        """The field's full name on the child's page of a household register."""
        return f"members[{child_role(paper.document, self.application, self.index)}].{name}"

    def departments(self, *about: str) -> Iterator[DepartmentResult]:
        return (d for d in self.case.departments[self.index] if d.about in about)

    def department_says(self, result: str, *about: str) -> bool:
        return any(d.result == result for d in self.departments(*about))


def settle(good: bool | None, sure: bool) -> Verdict:
    """None: cannot be decided. A difference in a value that only a machine read is a question, not a mismatch."""
    if good is None:
        return Verdict.ASK
    if good:
        return Verdict.MATCH
    return Verdict.MISMATCH if sure else Verdict.ASK


def not_later(day: str, limit: str) -> bool | None:
    """day ≤ limit; None when ``day`` is no certain day."""
    parsed, last = parse_date(day), parse_date(limit)
    return None if parsed is None or last is None else parsed <= last


def same(comparator: str, one: str, other: str) -> Verdict:
    return compare(comparator, one, other).verdict
