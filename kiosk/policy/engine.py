"""The rules applied: pack and case in, everything there is to say out. Pure and deterministic, online or in a replay next year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.matching.result import Verdict
from kiosk.policy.case_input import Answers, CaseInput, Document, field_question_id
from kiosk.policy.checks.base import CheckCase, Finding, Paper
from kiosk.policy.checks.identity import explained_by_former_name, misplaced
from kiosk.policy.decisions import decide
from kiosk.policy.evaluation import (
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
from kiosk.policy.own_checks import finding_of
from kiosk.policy.pack import Pack
from kiosk.policy.requirements import Marks, candidate_roles, required_materials, standing
from kiosk.policy.schema import Check
from kiosk.texts import text


@dataclass(frozen=True)
class CheckedFinding:
    """A finding with the pack's word on it: what the machine said by itself and, once a person has spoken, what holds."""

    check: Check
    finding: Finding
    by_machine: Verdict
    settled: Settled

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
        papers = [Paper(d, {}) for d in documents if d.concerns(index)]
        sibling = CheckCase(pack, case, index, papers, frozenset(), True)
        found += [(d, index, target) for d, target in misplaced(sibling).items() if answers.questions.get(_move_id(d))]
    return found


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
        standings = [standing(item, self._case, self._marks(), answers) for item in self._required]
        self.materials: list[MaterialOutcome] = [s.outcome for s in standings]
        self.cross_checks = [self._cross_check(c) for c in self._checked]
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
            papers.append(Paper(document, {v.field: v for v in verdicts}))
        return replace(bare, papers=explained_by_former_name(replace(bare, papers=papers)))

    def _check(self) -> Iterator[CheckedFinding]:
        for check in self._pack.checks:
            finding = finding_of(check, self._case)
            if finding is not None:
                unanswered = self._unanswered is self._case
                by_machine = finding if unanswered else finding_of(check, self._unanswered) or finding
                yield CheckedFinding(check, finding, by_machine.verdict, self._settled(check, finding))

    def _settled(self, check: Check, finding: Finding) -> Settled:
        answer = self._answers.questions.get(self._check_id(check.code))
        if finding.verdict is Verdict.ASK and not finding.refers and not finding.rests_on and answer is not None:
            return "match" if answer else "mismatch"
        if finding.verdict is Verdict.MISMATCH and check.severity == "warning" and answer:
            return "match"  # overruled at the desk, which the log keeps
        return finding.verdict.value

    def _check_id(self, code: str) -> str:
        return f"check:{self._index}:{code}"

    def _marks(self) -> Marks:
        """A differing or unreadable field, or a copy, returns its document, a failed check the papers of the kinds it looked at."""
        documents = {v.doc_id for v in self.field_verdicts if v.settled in ("mismatch", "unreadable")}
        documents |= {p.doc_id for p in self._case.papers if p.document.is_copy}
        weighty = [c for c in self._checked if c.check.severity != "note"]
        failed = {m for c in weighty if c.settled == "mismatch" for m in c.finding.materials}
        return Marks(
            returned=frozenset(documents | {p.doc_id for p in self._case.papers if p.material in failed}),
            asked=frozenset(m for c in weighty if c.open for m in c.finding.materials),
            confirmed=frozenset(
                m
                for c in weighty
                if c.settled == "match" and c.finding.verdict is not Verdict.MATCH
                for m in c.finding.materials
            ),
        )

    def _cross_check(self, checked: CheckedFinding) -> CrossCheck:
        finding, check = checked.finding, checked.check
        return CrossCheck(
            self._index,
            check.code,
            checked.by_machine,
            checked.settled,
            check.severity,
            finding.docs,
            finding.why,
            finding.refers,
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
                    self._check_id(checked.check.code), self._index, sentence, finding.docs[0] if finding.docs else ""
                )
