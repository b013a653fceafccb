"""What the rules say of the case as it stands: the bridge between the event log and the pure policy engine.

Readings become the documents of the engine's input, a person's answers become its answers; what comes back is put into the few shapes
that the desk and its windows need. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kiosk.case.state import CaseState, PageState
from kiosk.desk.printed import nested
from kiosk.desk.rules import Rules
from kiosk.desk.view import ItemState, RowVerdict
from kiosk.policy import Answers, CaseInput, Evaluation, FieldVerdict, MaterialOutcome, evaluate
from kiosk.policy import Question as EngineQuestion
from kiosk.texts import Text, say, text
from kiosk.wire.models import ApplicationRecord

Outcome = Literal["RECEIPT", "RETURN", "REFER"]


@dataclass(frozen=True)
class FieldJudgement:
    """One compared field of a document that was laid down."""

    doc_id: str
    field: str
    label: Text
    declared: str
    printed: str
    verdict: RowVerdict
    why: Text
    needs_person: bool


@dataclass(frozen=True)
class MaterialJudgement:
    """One line of the checklist. ``seen`` of ``needed`` sheets; ``doc_ids`` are those already laid down; ``missing``: holder and
    page of the sheets of begun documents that are still to come."""

    material: str
    name: str
    state: ItemState
    why: Text
    seen: int
    needed: int
    doc_ids: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    question_id: str
    text: Text
    answer: bool | None
    doc_id: str = ""


@dataclass(frozen=True)
class Final:
    """What goes into the decision's event and onto paper."""

    category: str | None
    reasons: tuple[Mapping[str, Any], ...]
    materials: tuple[Mapping[str, Any], ...]
    as_data: Mapping[str, Any]


@dataclass(frozen=True)
class Assessment:
    """``allowed``: the outcomes a person may confirm now; ``reasons_now``: what a slip printed now would list."""

    fields: tuple[FieldJudgement, ...]
    materials: tuple[MaterialJudgement, ...]
    questions: tuple[Question, ...]
    cross_checks: tuple[Text, ...]
    decision: Literal["PENDING", "RECEIPT", "RETURN", "REFER"]
    outstanding: tuple[Text, ...]
    reasons_now: tuple[Mapping[str, Any], ...]
    allowed: tuple[Outcome, ...]
    over: Evaluation = field(repr=False)
    language: str = "zh_CN"

    def final(self) -> Final:
        """The visit's outcome as event and paper keep it."""
        decision = self.over.decision()
        return Final(
            category=decision.category,
            reasons=self.reasons_now,
            materials=tuple(
                {
                    "material": m.material,
                    "name": say(m.name, self.language),
                    "state": m.state.value,
                    "department": m.waived_by.department if m.waived_by else "",
                    "answered_on": m.waived_by.date if m.waived_by else "",
                }
                for m in self.over.materials
            ),
            as_data=evaluation_data(self.over),
        )


def evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    """What the audit needs of the engine's answer: verdicts and states by name, no personal values."""
    return {
        "pack": evaluation.pack_id,
        "version": evaluation.pack_version,
        "fields": [
            [v.doc_id, v.field, v.settled, "person" if v.by_person else "machine"] for v in evaluation.field_verdicts
        ],
        "checks": [[c.code, c.settled] for c in evaluation.cross_checks],
        "materials": [[m.material, m.state.value] for m in evaluation.materials],
    }


def assess(rules: Rules, record: ApplicationRecord, state: CaseState) -> Assessment:
    """Ask the engine twice: what holds now, and what would hold if the family left now (everything not shown is missing)."""
    pack = rules.of(record)
    case = CaseInput.from_json(case_data(rules, record, state))
    answers = Answers(
        fields={key: answered.answer for key, answered in state.field_answers.items()},
        questions={key: answered.answer for key, answered in state.question_answers.items()},
    )
    now = evaluate(pack, case, answers, visit_over=False)
    over = evaluate(pack, case, answers, visit_over=True)
    pending = bool(now.to_confirm) or any(q.id not in answers.questions for q in over.questions)
    return Assessment(
        fields=tuple(_field(v) for v in now.field_verdicts if v.settled != "not_applicable"),
        materials=tuple(_material(m, rules, record, unconfirmed=bool(now.to_confirm)) for m in now.materials),
        questions=tuple(_question(q, answers) for q in now.questions if not q.field),
        cross_checks=tuple(p.why for c in now.cross_checks for p in c.parts if p.settled in ("mismatch", "ask")),
        decision=now.decision().decision,
        outstanding=tuple(t for t in now.decision().outstanding if t.key.startswith("policy.outstanding.")),
        reasons_now=_reasons(over, rules, record),
        allowed=_allowed(now, over, pending),
        over=over,
        language=rules.language,
    )


def case_data(rules: Rules, record: ApplicationRecord, state: CaseState) -> dict[str, Any]:
    """The engine's input for the case as it stands: the application, the departments, and what was read of each document."""
    assert state.visit is not None
    expected = rules.expected_values(record)
    documents = [
        {
            "doc_id": doc_id,
            "application": 0,
            "material": pages[0].material,
            "holder": pages[0].holder,
            "pages": [page.page for page in pages],
            "fields": nested(_printed(doc_id, pages, state, expected.get(doc_id, {}))),
            "evidence": {
                name: {"text": e.text, "verdict": e.verdict, "score": e.score, "source": e.source, "reason": e.reason}
                for page in pages
                for name, e in page.fields.items()
                if e.verdict is not None
            },
        }
        for doc_id, pages in state.documents().items()
    ]
    base = rules.case_without_documents(
        record, state.visit.desk_date, form_seen=state.form_seen or state.visit.via == "code"
    )
    return {**base, "documents": documents}


def _printed(doc_id: str, pages: list[PageState], state: CaseState, declared: Mapping[str, str]) -> dict[str, str]:
    """What the paper says, as far as it is known: where the pixels bear out the declared value, or a person does, it is that value."""
    values: dict[str, str] = {}
    for page in pages:
        for name, evidence in page.fields.items():
            answered = state.field_answers.get((doc_id, name))
            agreed = answered.answer == "match" if answered else evidence.verdict == "match"
            value = declared[name] if agreed and name in declared else evidence.text
            if value:
                values[name] = value
    return values


def _field(verdict: FieldVerdict) -> FieldJudgement:
    shown, why = _shown(verdict)
    return FieldJudgement(
        doc_id=verdict.doc_id,
        field=verdict.field,
        label=verdict.label,
        declared=verdict.declared,
        printed=verdict.printed,
        verdict=shown,
        why=why,
        needs_person=not verdict.by_person and (verdict.proposal or verdict.settled == "ask"),
    )


def _shown(verdict: FieldVerdict) -> tuple[RowVerdict, Text]:
    if verdict.by_person:
        shown = _BY_PERSON[verdict.settled]
        return shown, text(f"desk.row.{shown.value}")
    return _BY_MACHINE[verdict.settled], verdict.why


_BY_PERSON = {
    "match": RowVerdict.CONFIRMED,
    "mismatch": RowVerdict.REFUSED,
    "unreadable": RowVerdict.UNREADABLE,
    "ask": RowVerdict.ASK,
}
_BY_MACHINE = {
    "match": RowVerdict.MATCH,
    "mismatch": RowVerdict.MISMATCH,
    "ask": RowVerdict.ASK,
    "unreadable": RowVerdict.UNREADABLE,
}


def _material(
    outcome: MaterialOutcome, rules: Rules, record: ApplicationRecord, *, unconfirmed: bool
) -> MaterialJudgement:
    """``unconfirmed``: a machine's mismatch waits for a person; until then nothing is called returned."""
    why = outcome.why
    state = ItemState(outcome.state.value)
    if state is ItemState.RETURNED and unconfirmed:
        state = ItemState.ATTENTION
    if outcome.waived_by is not None:
        day = outcome.waived_by.date and f" {outcome.waived_by.date} "  # some departments do not say when they answered
        why = text("desk.waived", department=outcome.waived_by.department, date=day, why=outcome.why)
    return MaterialJudgement(
        material=outcome.material,
        name=rules.material_name(outcome.material, record),
        state=state,
        why=why,
        seen=sum(need.seen for need in outcome.needs),
        needed=len(outcome.needs),
        doc_ids=outcome.docs,
        missing=tuple((need.holder, need.page) for need in outcome.needs if need.page and not need.seen),
    )


def _question(question: EngineQuestion, answers: Answers) -> Question:
    return Question(question.id, question.text, answers.questions.get(question.id), question.doc_id)


def _allowed(now: Evaluation, over: Evaluation, pending: bool) -> tuple[Outcome, ...]:
    """A receipt when everything is there; a slip or a referral when nobody has to look at anything any more."""
    if now.decision().decision == "RECEIPT":
        return ("RECEIPT",)
    if pending:
        return ()
    outcome = over.decision().decision
    return (outcome,) if outcome in ("RETURN", "REFER") else ()


def _reasons(over: Evaluation, rules: Rules, record: ApplicationRecord) -> tuple[Mapping[str, Any], ...]:
    """Every defect at once, each in the words of paper and screen."""
    differing: dict[str, list[FieldVerdict]] = {}
    for verdict in over.field_verdicts:
        if verdict.settled in ("mismatch", "unreadable"):
            differing.setdefault(verdict.declared_path, []).append(verdict)
    return tuple(
        {
            "code": reason.code,
            "text": say(reason.text, rules.language),
            "about": _in_words(differing.get(reason.about, ()), rules, record) or reason.about,
            "curable": reason.curable,
            "bring": say(reason.bring, rules.language) if reason.bring else "",
        }
        for reason in over.decision().reasons
    )


def _in_words(verdicts: Sequence[FieldVerdict], rules: Rules, record: ApplicationRecord) -> str:
    """`出生医学证明 出生日期（填报2008-09-01，原件2008年9月2日）`. Numbers are named, not printed: the slip lies on kitchen tables."""
    found: list[str] = []
    for verdict in verdicts:
        key = "desk.differs_masked" if verdict.field_class in _NUMBERS or not verdict.printed else "desk.differs"
        sentence = text(
            key,
            material=rules.material_name(verdict.material, record),
            label=verdict.label,
            declared=verdict.declared,
            printed=verdict.printed,
        )
        found.append(say(sentence, rules.language))
    return "；".join(dict.fromkeys(found))


_NUMBERS = ("id", "cert")
