"""What a cross-check sees and what it may say (domain.md §4.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kiosk.matching.compare import compare
from kiosk.matching.dates import parse_date
from kiosk.matching.result import Verdict
from kiosk.policy.binding import child_role
from kiosk.policy.case_input import CaseInput, DepartmentResult, Document
from kiosk.policy.evaluation import FieldVerdict
from kiosk.policy.pack import Pack
from kiosk.policy.paths import declared_value
from kiosk.texts import Text, say


@dataclass(frozen=True)
class Finding:
    """A result of a check. A check that looks at several papers has one for each, told apart by ``key``.

    ``materials`` are returned when the verdict is mismatch (``papers`` where only some of that kind are meant); ``about`` says where,
    for the slip; ``reason`` replaces the pack's reason code. An ASK either ``rests_on`` fields a person is asked about anyway,
    ``refers`` to the district, or is a question.
    """

    verdict: Verdict
    why: Text
    docs: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    about: str = ""
    reason: str = ""
    rests_on: tuple[tuple[str, str], ...] = ()
    refers: bool = False
    key: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Input:
    """A value a check looked at: on a paper (``source`` is its doc_id), in the declaration, the pack's parameters, or an answer of a
    department.
    """

    source: str
    name: str
    value: str


@dataclass(frozen=True)
class Paper:
    """A document with what is known of its values once reader and person have spoken."""

    document: Document
    verdicts: Mapping[str, FieldVerdict]
    trace: list[Input] = field(default_factory=list, compare=False)  # what checks looked at, for explanations

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
            value = verdict.declared
        else:
            value = self.document.texts.get(field, "")
        if value:
            self.trace.append(Input(self.doc_id, field, value))
        return value

    def sure(self, field: str) -> bool:
        """Whether a difference found in this value may be held against the family: not if only a machine's reading says so.

        A compared field is sure once it is settled: rule and reader agreed, or a person spoke.
        """
        verdict = self.verdicts.get(field)
        return not self.document.machine_read or (verdict is not None and verdict.settled in ("match", "mismatch"))

    def open(self, field: str) -> bool:
        verdict = self.verdicts.get(field)
        return verdict is not None and verdict.settled == "ask"

    def differing(self, *fields: str) -> FieldVerdict | None:
        """The first of these fields that differs from the declaration: a defect already, which a check need not name again."""
        found = (self.verdicts.get(field) for field in fields)
        return next((v for v in found if v is not None and v.settled == "mismatch"), None)

    def unsettled(self, *fields: str) -> tuple[tuple[str, str], ...]:
        """Those of these fields that differ or wait for a person, for a finding that rests on them; no names: any field."""
        verdicts = self.verdicts.values() if not fields else (self.verdicts.get(f) for f in fields)
        return tuple((v.doc_id, v.field) for v in verdicts if v is not None and v.settled in ("mismatch", "ask"))


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
    trace: list[Input] = field(default_factory=list, compare=False)

    @property
    def application(self) -> Mapping[str, Any]:
        return self.case.applications[self.index]

    @property
    def housing(self) -> Mapping[str, Any]:
        return self.application.get("housing") or {}

    @property
    def guardians(self) -> list[Mapping[str, Any]]:
        return [g for g in self.application.get("guardians") or [] if isinstance(g, Mapping)]

    @property
    def child(self) -> Mapping[str, Any]:
        return self.application.get("child") or {}

    def declared(self, path: str) -> str:
        """What the family declared at this path, "" for nothing."""
        value = (declared_value(self.application, path) or "").strip()
        if value:
            self.trace.append(Input("declaration", path, value))
        return value

    def parameter(self, name: str) -> Any:
        value = self.pack.parameters.get(name)
        if value is not None:
            self.trace.append(Input("pack", name, str(value)))
        return value

    def of(self, *materials: str) -> list[Paper]:
        """The papers of these kinds, in the order of the kinds."""
        return [p for m in materials for p in self._by_material.get(m, ())]

    @cached_property
    def _by_material(self) -> Mapping[str, list[Paper]]:
        found: dict[str, list[Paper]] = {}
        for paper in self.papers:
            found.setdefault(paper.material, []).append(paper)
        return found

    def lacking(self, *codes: str) -> tuple[tuple[str, str], ...]:
        """Of these the needed papers that are not there: what a finding rests on that only they could settle."""
        return tuple(("", c) for c in codes if c in self.required - self.waived and not self.of(c))

    @property
    def copies(self) -> list[Paper]:
        """Copies laid down where the pack asks for the original."""
        return [p for p in self._needed() if p.document.is_copy and not self._copy_accepted(p)]

    @property
    def unreadable(self) -> list[Paper]:
        return [p for p in self._needed() if p.document.unreadable]

    def _needed(self) -> list[Paper]:
        return [p for p in self.papers if p.material not in self.waived]

    def _copy_accepted(self, paper: Paper) -> bool:
        material = self.pack.materials.get(paper.material)
        return material is not None and material.copy_accepted

    def about(self, paper: Paper, failing: Sequence[Paper] = ()) -> str:
        """How a slip names a paper: its code, with its holder where several of the kind are meant."""
        alike = [p for p in failing if p.material == paper.material]
        role = paper.document.holder
        return f"{paper.material} {say(self.pack.role_name(role))}" if len(alike) > 1 and role else paper.material

    def child_field(self, paper: Paper, name: str) -> str:
        """The field's full name on the child's page of a household register."""
        return f"members[{child_role(paper.document, self.application, self.index)}].{name}"

    def departments(self, *about: str) -> Iterator[DepartmentResult]:
        """The departments' answers that stand, about these materials."""
        for one in dict.fromkeys(about):
            for answer in latest_answers([a for a in self.case.departments[self.index] if a.about == one]):
                self.trace.append(Input("department", answer.about, f"{answer.result} {answer.detail}".strip()))
                yield answer

    def department_says(self, result: str, *about: str) -> bool:
        return any(d.result == result for d in self.departments(*about))


def on_paper(paper: Paper, verdict: Verdict, why: Text, about: str = "", reason: str = "") -> Finding:
    """A finding about this one paper."""
    ids = (paper.doc_id,)
    return Finding(verdict, why, ids, (paper.material,), about, reason, key=paper.doc_id, papers=ids)


def latest_answers(answers: Sequence[DepartmentResult]) -> list[DepartmentResult]:
    """The answers about one material that still stand. A department may correct itself: where every answer has a day, those of the
    last day stand, and a waiver given before is withdrawn (domain.md §1.6). A try that found the department unavailable takes
    nothing back.
    """
    said = [a for a in answers if a.result != "unavailable"] or list(answers)
    days = {a.date for a in said}
    return said if "" in days or len(days) < 2 else [a for a in said if a.date == max(days)]


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
