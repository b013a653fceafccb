"""The case as it stands: a projection of its events, nothing else.

``project`` is pure: the same events give the same state on this desk after a crash, on another desk, and on the platform. Undo is
an event; what it undoes stays in the log and is skipped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from kiosk.case.events import (
    Act,
    CarriedOver,
    Decided,
    FieldAnswered,
    FieldEvidence,
    FormSeen,
    NoticeGiven,
    PageCaptured,
    PageDiscarded,
    PageRead,
    PageUnknown,
    PaperPrinted,
    QuestionAnswered,
    VisitEnded,
    VisitOpened,
    VisitorNamed,
    VisitSuspended,
    from_payload,
)


class LoggedAct(Protocol):
    """What the projection needs of a stored event, wherever it is stored."""

    @property
    def event_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...
    @property
    def at(self) -> str: ...
    @property
    def actor(self) -> str: ...


class CaseStatus(StrEnum):
    CLOSED = "closed"  # no visit is under way at this desk
    OPEN = "open"
    SUSPENDED = "suspended"
    DECIDED = "decided"  # decided, originals not yet handed back


@dataclass(frozen=True)
class PageState:
    """The newest accepted reading of one page. ``page_image`` is the digest of the rectified page, "" when none was kept;
    ``carried_on``: the day on which an earlier visit saw it, "" when it was shown in this one."""

    capture_id: str
    doc_id: str
    material: str
    page: str
    holder: str
    fields: Mapping[str, FieldEvidence]
    page_image: str
    crops: str
    carried_on: str = ""


@dataclass(frozen=True)
class CaseState:
    """One family's application at this desk. Mappings are never changed in place."""

    application_no: str
    status: CaseStatus = CaseStatus.CLOSED
    visit: VisitOpened | None = None
    captures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()  # captured, neither read nor put aside: to be read again after a crash
    pages: Mapping[tuple[str, str], PageState] = field(default_factory=dict)  # (doc_id, page)
    unknown: tuple[PageUnknown, ...] = ()
    field_answers: Mapping[tuple[str, str], FieldAnswered] = field(default_factory=dict)  # (doc_id, field)
    question_answers: Mapping[str, QuestionAnswered] = field(default_factory=dict)
    decision: Decided | None = None
    papers: tuple[PaperPrinted, ...] = ()
    earlier: tuple[tuple[str, Decided], ...] = ()  # (time, decision) of visits before this one
    undoable: tuple[str, ...] = ()  # event ids that undo would take back, newest last
    form_seen: bool = False  # the application's code was shown, though it did not open the case
    visitor: VisitorNamed | None = None  # who came, in this visit
    suspended: tuple[str, VisitSuspended] | None = None  # (time, act): when this visit last stepped aside
    previous: CaseState | None = None  # the visit before this one, as it ended
    notice: NoticeGiven | None = None  # the family of this visit was told what is read and kept

    def documents(self) -> dict[str, list[PageState]]:
        """Pages by doc_id, in the order in which the documents were first laid down."""
        found: dict[str, list[PageState]] = {}
        for page in self.pages.values():
            found.setdefault(page.doc_id, []).append(page)
        return found


def project(application_no: str, events: Iterable[LoggedAct]) -> CaseState:
    """The state after ``events``, which must be those of one case in the order of the log."""
    log = list(events)
    undone = {str(e.payload.get("event_id")) for e in log if e.kind == "act.undone"}
    state = CaseState(application_no)
    for event in log:
        if event.event_id not in undone:
            state = _apply(state, from_payload(event.kind, dict(event.payload)), event)
    return state


# What a person may take back with one key. Captures are taken back through their reading.
_UNDOABLE = (PageRead, PageUnknown, PageDiscarded, FieldAnswered, QuestionAnswered, Decided)


def _apply(state: CaseState, act: Act, event: LoggedAct) -> CaseState:
    if isinstance(act, _UNDOABLE):
        state = replace(state, undoable=(*state.undoable, event.event_id))
    match act:
        case VisitOpened():
            return _open(state, act)
        case PageCaptured():
            return replace(
                state,
                captures={**state.captures, act.capture_id: tuple(act.images)},
                unread=(*state.unread, act.capture_id),
            )
        case PageRead():
            return _read(state, act)
        case PageUnknown():
            return replace(state, unknown=(*state.unknown, act), unread=_without(state.unread, act.capture_id))
        case PageDiscarded():
            return _discard(state, act)
        case FieldAnswered():
            return replace(state, field_answers={**state.field_answers, (act.doc_id, act.field): act})
        case QuestionAnswered():
            return replace(state, question_answers={**state.question_answers, act.question_id: act})
        case Decided():
            return replace(state, decision=act, status=CaseStatus.DECIDED)
        case PaperPrinted():
            return replace(state, papers=(*state.papers, act))
        case VisitSuspended():
            return replace(state, status=CaseStatus.SUSPENDED, undoable=(), suspended=(event.at, act))
        case VisitEnded():
            earlier = state.earlier if state.decision is None else (*state.earlier, (event.at, state.decision))
            return replace(state, status=CaseStatus.CLOSED, earlier=earlier, undoable=())
        case NoticeGiven():
            return replace(state, notice=act)
        case FormSeen():
            return replace(state, form_seen=True)
        case VisitorNamed():
            return replace(state, visitor=act)
        case CarriedOver():
            return _carry(state, act)
        case _:  # what is undone is skipped before it comes here; acts of the desk itself belong to no case
            return state


def _open(state: CaseState, act: VisitOpened) -> CaseState:
    """A new visit begins with a clean table; coming back to a suspended or interrupted one keeps everything."""
    if act.via == "resumed":
        status = CaseStatus.DECIDED if state.decision is not None else CaseStatus.OPEN
        return replace(state, status=status, visit=state.visit or act)
    previous = replace(state, previous=None) if state.visit is not None else None
    return CaseState(state.application_no, status=CaseStatus.OPEN, visit=act, earlier=state.earlier, previous=previous)


def _carry(state: CaseState, act: CarriedOver) -> CaseState:
    """The pages and answers of the documents named come over from the visit before, marked with the day they were seen."""
    before = state.previous
    if before is None:
        return state
    pages = {
        key: replace(page, carried_on=act.docs[page.doc_id])
        for key, page in before.pages.items()
        if page.doc_id in act.docs
    }
    fields = {key: said for key, said in before.field_answers.items() if key[0] in act.docs}
    questions = {key: said for key, said in before.question_answers.items() if key in act.questions}
    return replace(
        state,
        pages={**state.pages, **pages},
        field_answers={**state.field_answers, **fields},
        question_answers={**state.question_answers, **questions},
    )


def _read(state: CaseState, act: PageRead) -> CaseState:
    page = PageState(
        capture_id=act.capture_id,
        doc_id=act.doc_id,
        material=act.material,
        page=act.page,
        holder=act.holder,
        fields=act.fields,
        page_image=act.page_image,
        crops=act.crops,
    )
    # what a person said of an earlier photograph of this page does not hold for the new one
    answers = {k: v for k, v in state.field_answers.items() if not (k[0] == act.doc_id and k[1] in act.fields)}
    return replace(
        state,
        pages={**state.pages, (act.doc_id, act.page): page},
        field_answers=answers,
        unread=_without(state.unread, act.capture_id),
    )


def _discard(state: CaseState, act: PageDiscarded) -> CaseState:
    gone = {key: page for key, page in state.pages.items() if page.capture_id == act.capture_id}
    fields = {(page.doc_id, name) for page in gone.values() for name in page.fields}
    return replace(
        state,
        pages={k: v for k, v in state.pages.items() if k not in gone},
        field_answers={k: v for k, v in state.field_answers.items() if k not in fields},
        unread=_without(state.unread, act.capture_id),
    )


def _without(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(i for i in items if i != item)
