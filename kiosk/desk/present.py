"""From the state of a case to what a window shows. Pure but for the pictures, which come from the store once and stay at hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from kiosk.case.state import CaseState, CaseStatus, PageState
from kiosk.desk.assess import Assessment, FieldJudgement, MaterialJudgement
from kiosk.desk.carry import day_in_words, seen_before
from kiosk.desk.for_family import family_view
from kiosk.desk.papers import PaperJob
from kiosk.desk.rules import Rules, page_title
from kiosk.desk.view import (
    CaseView,
    ChecklistItem,
    ComparisonRow,
    DecisionView,
    DocumentView,
    ItemState,
    PaperView,
    QuestionView,
    ReasonChoice,
    ReasonView,
)
from kiosk.paper.build import in_plain_words
from kiosk.texts import Text, say, text
from kiosk.wire.models import ApplicationRecord

# Overruling the machine's mismatch always needs one of these (the fourth is explained in a note).
_OVERRIDE_REASONS = tuple(
    ReasonChoice(code, text(f"desk.override.{code}")) for code in ("MISREAD", "SAME_THING", "CHANGE_PROVED", "OTHER")
)

_HOLD_REASONS = tuple(ReasonChoice(code, text(f"flow.hold.{code}")) for code in ("FETCH", "COPY", "QUEUE", "OTHER"))


class Pictures(Protocol):
    def picture(self, digest: str) -> bytes: ...
    def crops(self, digest: str) -> dict[str, bytes]: ...


class Crops:
    """Pictures by digest, read from the store once. Holds one family's, no more: ``forget`` when the family leaves."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._pages: dict[str, bytes] = {}
        self._crops: dict[str, dict[str, bytes]] = {}

    def page(self, digest: str) -> bytes:
        if digest not in self._pages:
            self._pages[digest] = self._pictures.picture(digest)
        return self._pages[digest]

    def crop(self, digest: str, field: str) -> bytes:
        if digest not in self._crops:
            self._crops[digest] = self._pictures.crops(digest)
        return self._crops[digest].get(field, b"")

    def forget(self) -> None:
        self._pages.clear()
        self._crops.clear()


class Presenter:
    """Builds the ``CaseView`` of the open case."""

    def __init__(self, rules: Rules, crops: Crops) -> None:
        self._rules = rules
        self.crops = crops

    def under(self, rules: Rules) -> Presenter:
        """The same for a case with rules of its own."""
        return Presenter(rules, self.crops)

    def case(
        self,
        record: ApplicationRecord,
        state: CaseState,
        assessment: Assessment,
        shown: str | None,
        paper: PaperJob | None,
        *,
        reading: bool,
    ) -> CaseView:
        documents = tuple(
            self._document(doc_id, pages, assessment, record) for doc_id, pages in state.documents().items()
        )
        current = _current(documents, shown)
        row = _first_open_row(current)
        questions = tuple(QuestionView(q.question_id, q.text, q.answer) for q in assessment.questions)
        return CaseView(
            application_no=record.application_no,
            child=str(record.data.get("child", {}).get("name", "")),
            category=str(record.data.get("category_claimed", "")),
            checklist=tuple(_item(m, state) for m in assessment.materials),
            documents=documents,
            current_doc=current.doc_id if current else None,
            current_row=row,
            questions=questions,
            decision=self._decision(record, assessment, state, reading=reading),
            paper=_paper(paper, state),
            next_step=self._next_step(state, assessment, current, row, questions, paper, reading),
            can_undo=bool(state.undoable) and state.status in (CaseStatus.OPEN, CaseStatus.DECIDED),
            earlier=self.earlier(state),
            reading=reading,
            captures=len(state.captures),
            override_reasons=_OVERRIDE_REASONS,
            hold_reasons=_HOLD_REASONS,
            pack=f"{self._rules.of(record).id} {self._rules.of(record).version}",
            family=family_view(
                self._rules,
                record,
                state,
                assessment,
                waiting_doc=current.doc_id if current is not None and row is not None else None,
                reading=reading,
            ),
        )

    def earlier(self, state: CaseState) -> tuple[Text, ...]:
        """One sentence for each earlier visit, the oldest first."""
        return tuple(
            text(
                f"desk.earlier.{decision.decision}",
                date=datetime.fromisoformat(at).strftime("%Y-%m-%d"),
                number=decision.paper_no,
                reasons="；".join(str(reason.get("text", "")) for reason in decision.reasons),
            )
            for at, decision in state.earlier
        )

    def _decision(
        self, record: ApplicationRecord, assessment: Assessment, state: CaseState, *, reading: bool
    ) -> DecisionView:
        names = {code: self._rules.material_name(code, record) for code in self._rules.of(record).materials}
        reasons = tuple(
            ReasonView(
                str(r["code"]),
                str(r["text"]),
                in_plain_words(str(r.get("about", "")), names),
                bool(r.get("curable", True)),
            )
            for r in _spoken_reasons(state, assessment)
        )
        return DecisionView(
            decision=state.decision.decision if state.decision else assessment.decision,
            outstanding=assessment.outstanding,
            reasons=reasons,
            cross_checks=assessment.cross_checks,
            allowed=() if reading else assessment.allowed,  # what is being read may change the outcome
        )

    def _document(
        self, doc_id: str, pages: list[PageState], assessment: Assessment, record: ApplicationRecord
    ) -> DocumentView:
        by_field = {name: page for page in pages for name in page.fields}
        rows = tuple(
            self._row(judgement, by_field.get(judgement.field))
            for judgement in assessment.fields
            if judgement.doc_id == doc_id
        )
        newest = pages[-1]
        return DocumentView(
            doc_id,
            say(self._rules.document_title(doc_id, record), self._rules.language),
            self.crops.page(newest.page_image),
            rows,
            carried=_carried(pages),
        )

    def _row(self, judgement: FieldJudgement, page: PageState | None) -> ComparisonRow:
        evidence = page.fields.get(judgement.field) if page else None
        return ComparisonRow(
            doc_id=judgement.doc_id,
            field=judgement.field,
            label=judgement.label,
            declared=judgement.declared,
            read=evidence.text if evidence else judgement.printed,
            crop_jpeg=self.crops.crop(page.crops, judgement.field) if page else b"",
            verdict=judgement.verdict,
            why=judgement.why,
            needs_person=judgement.needs_person,
        )

    def _next_step(
        self,
        state: CaseState,
        assessment: Assessment,
        current: DocumentView | None,
        row: int | None,
        questions: tuple[QuestionView, ...],
        paper: PaperJob | None,
        reading: bool,
    ) -> Text:
        if state.status is CaseStatus.DECIDED:
            if paper is not None and paper.state in ("making", "printing"):
                return text("desk.next.printing")
            if paper is not None and paper.state == "failed":
                return text("desk.next.print_failed")
            return text("desk.next.hand_back", count=len(state.documents()))
        if current is not None and row is not None:
            return text("desk.next.look", field=current.rows[row].label)
        if reading:
            return text("desk.next.reading")
        if (question := next((q for q in questions if q.answer is None), None)) is not None:
            return text("desk.next.question", question=question.text)
        if "RECEIPT" in assessment.allowed:
            return text("desk.next.receipt")
        if (wanted := self._other_side(state, assessment)) is not None:
            return wanted
        awaited = next((m for m in assessment.materials if m.state in _STILL_COMING), None)
        if awaited is not None:
            return text("desk.next.lay", material=awaited.name)
        if "REFER" in assessment.allowed:
            return text("desk.next.refer")
        return text("desk.next.return")

    def _other_side(self, state: CaseState, assessment: Assessment) -> Text | None:
        """The sheets of one document stay together: the one that was laid last is finished before another is asked for."""
        if not state.pages:
            return None
        last = list(state.pages.values())[-1]
        for material in assessment.materials:
            pages = [page for holder, page in material.missing if holder == last.holder or len(material.doc_ids) == 1]
            if last.doc_id in material.doc_ids and pages:
                return text("desk.next.page", material=material.name, page=page_title(pages[0]))
        return None


_STILL_COMING = (ItemState.EXPECTED, ItemState.PARTIAL)


def _spoken_reasons(state: CaseState, assessment: Assessment) -> Sequence[Mapping[str, Any]]:
    """What was decided, in the language of the screen where the rules say the same still; else as it was written down."""
    if state.decision is None:
        return assessment.reasons_now
    written = state.decision.reasons
    codes = [r.get("code") for r in written]
    return assessment.reasons_now if [r["code"] for r in assessment.reasons_now] == codes else written


def _carried(pages: Collection[PageState]) -> Text | None:
    day = seen_before(pages)
    return text("flow.carried.seen", day=day_in_words(day)) if day else None


def _item(material: MaterialJudgement, state: CaseState) -> ChecklistItem:
    documents = state.documents()
    shown = [page for doc_id in material.doc_ids for page in documents.get(doc_id, ())]
    progress = None
    if material.needed > 1:
        progress = text("desk.progress", seen=material.seen, needed=material.needed)
    return ChecklistItem(
        material=material.material,
        name=material.name,
        state=material.state,
        why=_carried(shown) or material.why,
        progress=progress,
        doc_id=material.doc_ids[0] if material.doc_ids else None,
    )


def _current(documents: tuple[DocumentView, ...], shown: str | None) -> DocumentView | None:
    """A document that waits for a person comes first: then nobody has to look for it. Else the one asked for, else the newest."""
    by_id: Mapping[str, DocumentView] = {d.doc_id: d for d in documents}
    chosen = by_id.get(shown) if shown else None
    if chosen is not None and _first_open_row(chosen) is not None:
        return chosen
    waiting = next((d for d in documents if _first_open_row(d) is not None), None)
    return waiting or chosen or (documents[-1] if documents else None)


def _first_open_row(document: DocumentView | None) -> int | None:
    if document is None:
        return None
    return next((i for i, row in enumerate(document.rows) if row.needs_person), None)


def _paper(job: PaperJob | None, state: CaseState) -> PaperView | None:
    if state.decision is None:
        return None
    printed = [p for p in state.papers if p.paper_no == state.decision.paper_no]
    if job is not None:
        # while it prints, the printer says how that goes: "out of paper" must not read "printing"
        sentence = job.detail if job.state == "printing" else text(f"desk.paper.{job.state}", detail=job.detail)
        return PaperView(job.paper_no, job.state, sentence, job.pdf_path, len(printed))
    shown = "printed" if any(p.settled for p in printed) else "none"
    return PaperView(state.decision.paper_no, shown, text(f"desk.paper.{shown}"), "", len(printed))
