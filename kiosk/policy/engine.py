"""The rules applied: pack and case in, everything there is to say out. Pure and deterministic, online or in a replay next year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kiosk.matching.result import Verdict
from kiosk.policy.case_input import Answers, CaseInput, Document, field_question_id
from kiosk.policy.checks.base import CheckCase, Finding, Paper
from kiosk.policy.checks.identity import explained_by_former_name, misplaced
from kiosk.policy.decisions import decide
from kiosk.policy.evaluation import (
    CheckPart,
    CrossCheck,
    Decision,
    Evaluation,
    FieldVerdict,
    MaterialOutcome,
    Question,
    Settled,
)
from kiosk.policy.facts import facts_of
from kiosk.policy.field_verdicts import judge_document
from kiosk.policy.own_checks import findings_of
from kiosk.policy.pack import Pack
from kiosk.policy.requirements import Marks, candidate_roles, required_materials, standing
from kiosk.policy.schema import Check
from kiosk.texts import text

_WORST: tuple[Settled, ...] = ("mismatch", "unreadable", "ask", "match", "not_applicable")
_NO_PAPER = ("declaration", "pack", "department")


@dataclass(frozen=True)
class CheckedFinding:
    """A finding with the pack's word on it: what the machine said by itself and, once a person has spoken, what holds."""

    check: Check
    finding: Finding
    by_machine: Verdict
    settled: Settled
    inputs: tuple[tuple[str, str, str], ...] = ()

    @property
    def open(self) -> bool:
        """It waits for a person's word of its own: not the district's, not one on a single field."""
        finding = self.finding
        return self.settled == "ask" and not finding.refers and not finding.rests_on and self.check.severity != "note"


def evaluate(pack: Pack, case: CaseInput, answers: Answers, *, visit_over: bool) -> Evaluation:
    """What the rules say of ``case`` now.

    ``visit_over`` false: what was not shown yet is EXPECTED or PARTIAL and no decision is taken before everything is there. True:
    it is MISSING. Open questions keep the decision PENDING either way.
    """
    documents = sorted(case.documents, key=lambda d: d.doc_id)  # the order in which papers were laid down never matters
    moves = _moves(pack, case, documents, answers)
    moved = {doc_id: target for doc_id, _, target in moves}
    documents = [replace(d, applications=frozenset([moved[d.doc_id]])) if d.doc_id in moved else d for d in documents]
    parts = [_Application(pack, case, i, documents, answers, visit_over) for i in range(len(case.applications))]
    return Evaluation(
        pack_id=pack.id,
        pack_version=pack.version,
        field_verdicts=tuple(v for part in parts for v in part.field_verdicts),
        cross_checks=tuple(c for part in parts for c in part.cross_checks),
        materials=tuple(m for part in parts for m in part.materials),
        questions=_once(q for part in parts for q in part.questions),
        decisions=tuple(part.decision for part in parts),
        moved=tuple(moves),
    )


def _once(questions: Iterator[Question]) -> tuple[Question, ...]:
    """A shared document is asked about once for all applications."""
    return tuple({q.id: q for q in questions}.values())


def _moves(pack: Pack, case: CaseInput, documents: Sequence[Document], answers: Answers) -> list[tuple[str, int, int]]:
    """Papers of a brother or sister that a person agreed to move to where they belong."""
    found: list[tuple[str, int, int]] = []
    for index in range(len(case.applications)) if len(case.applications) > 1 else ():
        papers = [Paper(d, {}) for d in documents if d.concerns(index)]  # what is printed is enough to see whose it is
        sibling = CheckCase(pack, case, index, papers, frozenset(), True)
        found += [(d, index, target) for d, target in misplaced(sibling).items() if answers.questions.get(_move_id(d))]
    return found


def _part(checked: CheckedFinding) -> CheckPart:
    finding = checked.finding
    return CheckPart(
        verdict=checked.by_machine,
        settled=checked.settled,
        docs=finding.docs,
        why=finding.why,
        about=finding.about,
        reason=(finding.reason or checked.check.reason) if checked.settled == "mismatch" else "",
        inputs=checked.inputs,
    )


def _move_id(doc_id: str) -> str:
    return f"move:{doc_id}"


class _Application:
    """One application evaluated, step by step: fields, requirements, cross-checks, materials, questions, decision."""

    def __init__(
        self, pack: Pack, case: CaseInput, index: int, documents: Sequence[Document], answers: Answers, visit_over: bool
    ) -> None:
        self._pack, self._index, self._answers = pack, index, answers
        facts = facts_of(case, index, pack.parameters, pack.facts)
        bare = CheckCase(pack, case, index, (), frozenset(), visit_over)
        self._required = required_materials(pack, facts, bare)
        waived = frozenset(c for item in self._required if item.waiver for c in item.requirement.codes)
        required = frozenset(c for item in self._required for c in item.requirement.codes)
        bare = replace(bare, waived=waived, required=required)
        own = [d for d in documents if d.concerns(index)]
        self._case = self._read(bare, own, answers)
        self._unanswered = self._read(bare, own, Answers()) if answers.fields or answers.questions else self._case
        self._misplaced = misplaced(self._case) if len(case.applications) > 1 else {}
        self.field_verdicts = [v for p in self._case.papers for v in p.verdicts.values()]
        self._checked = list(self._check())
        marks = self._marks()
        standings = [standing(item, self._case, marks, answers) for item in self._required]
        self.materials: list[MaterialOutcome] = [s.outcome for s in standings]
        self.cross_checks = list(self._cross_checks())
        self.questions = [
            *self._field_questions(),
            *self._check_questions(),
            *(q for s in standings for q in s.questions),
        ]
        self.decision: Decision = decide(
            pack, facts, self._case, self.field_verdicts, self._checked, standings, self.questions
        )

    def _read(self, bare: CheckCase, documents: Sequence[Document], answers: Answers) -> CheckCase:
        """The case with the verdicts of its documents, given what persons answered."""
        application = bare.application
        papers: list[Paper] = []
        for document in documents:
            roles = candidate_roles(self._required, document.material)
            verdicts = judge_document(self._pack, application, self._index, document, roles, answers)
            papers.append(Paper(document, {v.field: v for v in verdicts}, bare.trace))
        return replace(bare, papers=explained_by_former_name(replace(bare, papers=papers)))

    def _check(self) -> Iterator[CheckedFinding]:
        for check in self._pack.checks:
            self._case.trace.clear()
            findings = findings_of(check, self._case)
            inputs = tuple(dict.fromkeys((i.source, i.name, i.value) for i in self._case.trace))
            unanswered = findings if self._unanswered is self._case else findings_of(check, self._unanswered)
            by_machine = {f.key: f.verdict for f in unanswered}
            for finding in findings:
                own = tuple(i for i in inputs if i[0] in (*finding.docs, *_NO_PAPER) or not finding.docs)
                settled = self._settled(check, finding)
                yield CheckedFinding(check, finding, by_machine.get(finding.key, finding.verdict), settled, own)

    def _settled(self, check: Check, finding: Finding) -> Settled:
        answer = self._answers.questions.get(self._check_id(check.code, finding))
        if finding.verdict is Verdict.ASK and not finding.refers and not finding.rests_on and answer is not None:
            return "match" if answer else "mismatch"
        if finding.verdict is Verdict.MISMATCH and check.severity == "warning" and answer:
            return "match"  # overruled at the desk, which the log keeps
        return finding.verdict.value

    def _check_id(self, code: str, finding: Finding) -> str:
        return f"check:{self._index}:{code}" + (f":{finding.key}" if finding.key else "")

    def _marks(self) -> Marks:
        """A differing or unreadable field, or a copy, returns its document, a failed check the papers of the kinds it looked at."""
        documents = {v.doc_id for v in self.field_verdicts if v.settled in ("mismatch", "unreadable")}
        documents |= {p.doc_id for p in (*self._case.copies, *self._case.unreadable)}
        weighty = [c for c in self._checked if c.check.severity != "note"]
        open_ones = [c for c in weighty if c.open]
        spoken = [c for c in weighty if c.settled == "match" and c.finding.verdict is not Verdict.MATCH]
        return Marks(
            returned=frozenset(documents | self._meant(c for c in weighty if c.settled == "mismatch")),
            asked=frozenset(self._meant(open_ones)),
            confirmed=frozenset(self._meant(spoken)),
        )

    def _meant(self, checked: Iterable[CheckedFinding]) -> set[str]:
        """The papers these findings speak of: some named ones, or all of the kinds they looked at."""
        found: set[str] = set()
        for item in checked:
            kinds = item.finding.materials
            found |= set(item.finding.papers) or {p.doc_id for p in self._case.papers if p.material in kinds}
        return found

    def _cross_checks(self) -> Iterator[CrossCheck]:
        """One for each code, the worst of its findings first."""
        for code, group in groupby(self._checked, key=lambda c: c.check.code):
            items = list(group)
            worst = min(items, key=lambda c: _WORST.index(c.by_machine.value))
            docs = [d for c in items if c.by_machine is worst.by_machine for d in c.finding.docs]
            yield CrossCheck(
                application=self._index,
                code=code,
                verdict=worst.by_machine,
                settled=next(s for s in _WORST if any(c.settled == s for c in items)),
                severity=worst.check.severity,
                docs=tuple(dict.fromkeys(docs)),
                why=worst.finding.why,
                refers=any(c.finding.refers for c in items),
                parts=tuple(_part(c) for c in items),
            )

    def _field_questions(self) -> Iterator[Question]:
        for verdict in self.field_verdicts:
            if verdict.doc_id in self._misplaced or verdict.settled != "ask" or self._waived(verdict):
                continue
            sentence = text("policy.question.field", label=verdict.label, declared=verdict.declared, why=verdict.why)
            yield Question(
                field_question_id(verdict.doc_id, verdict.field), self._index, sentence, verdict.doc_id, verdict.field
            )
        for doc_id, target in self._misplaced.items():
            number = str(self._case.case.applications[target].get("application_no", ""))
            yield Question(_move_id(doc_id), self._index, text("policy.question.move", application=number), doc_id)

    def _waived(self, verdict: FieldVerdict) -> bool:
        """An original that the departments made unnecessary was shown anyway: nobody has to look at what is unclear on it."""
        return verdict.material in self._case.waived

    def _check_questions(self) -> Iterator[Question]:
        for checked in self._checked:
            finding = checked.finding
            if checked.open:
                words = checked.check.question.text() if checked.check.question else finding.why
                sentence = text("policy.question.check", what=words, why=finding.why)
                yield Question(
                    self._check_id(checked.check.code, finding),
                    self._index,
                    sentence,
                    finding.docs[0] if finding.docs else "",
                )
