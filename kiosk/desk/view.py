"""What a window may show: immutable snapshots, published by the desk after each change, drawn by ui/ without further thought.

No snapshot is ever changed; a window compares the old and the new one and redraws what differs. Sentences are kiosk.texts.Text.
Personal values appear only where a person at the desk needs them; names in lists are masked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from kiosk.desk.conflicts_view import ConflictsPort, ConflictsView
from kiosk.desk.flow_view import SiblingView, TodayView, VisitorView, WalkInReason, WalkInView
from kiosk.desk.for_family_view import FamilyView
from kiosk.desk.people_view import PeoplePort, PeopleView
from kiosk.texts import Text
from scanner.types import Frame, Quad


class Phase(StrEnum):
    FINDING = "finding"  # no case open
    CANDIDATES = "candidates"  # several applications fit; a person chooses
    CHECKING = "checking"  # a case is open, originals come
    DECIDED = "decided"  # decided; paper being printed or printed


class Light(StrEnum):
    """State of a device or link, told by shape, colour and word."""

    OK = "ok"
    BUSY = "busy"
    WARN = "warn"
    BAD = "bad"
    OFF = "off"


@dataclass(frozen=True)
class DeviceView:
    """``text`` is short, for the light. Of a trouble, ``what`` happened, what to ``do`` and what is ``safe`` are whole sentences.

    ``state`` is stable (devices.<device>.<state> in resources/texts). ``actions`` a person may ask for here: retry, choose, without, queue.
    """

    light: Light
    text: Text
    state: str = ""
    what: Text | None = None
    do: Text | None = None
    safe: Text | None = None
    actions: tuple[str, ...] = ()
    facts: tuple[Text, ...] = ()  # further lines for the status page
    since: datetime | None = None


@dataclass(frozen=True)
class UnprintedView:
    """A receipt or slip that was decided on and never came out of a printer. ``printing``: it is on its way now."""

    paper_no: str
    application_no: str
    child_masked: str
    decision: Literal["RECEIPT", "RETURN", "REFER"]
    decided_at: datetime
    printing: bool = False


@dataclass(frozen=True)
class ReadyView:
    """The last morning check: when, and whether all was well. ``at`` None: none was made yet."""

    text: Text
    at: datetime | None = None
    good: bool = False


@dataclass(frozen=True)
class HeaderView:
    school: str
    desk: str
    staff: str
    practice: bool  # training mode: must be unmistakable on screen
    network: DeviceView
    camera: DeviceView
    printer: DeviceView
    reader: DeviceView
    waiting_events: int  # outbox: not yet accepted by the platform
    waiting_images: int
    seen_today: int
    expected_today: int
    disk: DeviceView | None = None
    clock: DeviceView | None = None
    unprinted: tuple[UnprintedView, ...] = ()
    ready: ReadyView | None = None  # the last morning check; None where none can be made


@dataclass(frozen=True)
class Candidate:
    application_no: str
    child_masked: str
    school: str
    earlier: Text | None  # earlier visit and its outcome, shown first


class ItemState(StrEnum):
    EXPECTED = "EXPECTED"
    PARTIAL = "PARTIAL"  # some pages seen
    ATTENTION = "ATTENTION"  # something for a person to look at
    VERIFIED = "VERIFIED"
    VERIFIED_BY_PERSON = "VERIFIED_BY_PERSON"
    WAIVED_BY_DATA = "WAIVED_BY_DATA"
    RETURNED = "RETURNED"
    MISSING = "MISSING"


@dataclass(frozen=True)
class ChecklistItem:
    """One material this family needs. ``why`` in plain words; ``progress`` like "2/4 页" or None."""

    material: str  # code or alternatives, "C01|C02"
    name: str
    state: ItemState
    why: Text
    progress: Text | None = None
    doc_id: str | None = None  # clicking shows this document's comparison


class RowVerdict(StrEnum):
    MATCH = "match"
    MISMATCH = "mismatch"
    ASK = "ask"  # a person must look
    CONFIRMED = "confirmed"  # ask → a person said: agrees
    REFUSED = "refused"  # a person said: differs, or confirmed the machine's mismatch
    UNREADABLE = "unreadable"  # a person said: cannot be read


@dataclass(frozen=True)
class ComparisonRow:
    """One field: label, declared value, what was read, the piece of the photograph (JPEG), the verdict and why."""

    doc_id: str
    field: str
    label: Text
    declared: str
    read: str
    crop_jpeg: bytes
    verdict: RowVerdict
    why: Text
    needs_person: bool


@dataclass(frozen=True)
class QuestionView:
    """Something only a person can settle that is not a single field (a seal, a cross-check)."""

    question_id: str
    text: Text
    answer: bool | None


@dataclass(frozen=True)
class DocumentView:
    doc_id: str
    title: str
    page_jpeg: bytes
    rows: tuple[ComparisonRow, ...]
    carried: Text | None = None  # seen at an earlier visit and not in this one: when


@dataclass(frozen=True)
class ReasonView:
    code: str
    text: str
    about: str
    curable: bool


@dataclass(frozen=True)
class ReasonChoice:
    """A reason a person may choose: why a field differs, or why the machine's mismatch is overruled."""

    code: str
    text: Text


@dataclass(frozen=True)
class PaperView:
    """The receipt or slip: ``state`` none | making | printing | printed | saved | failed."""

    paper_no: str
    state: str
    text: Text
    pdf_path: str = ""
    copies: int = 0


@dataclass(frozen=True)
class DecisionView:
    """What the rules say now. ``decision`` PENDING until nothing is open; ``outstanding`` says what is.

    ``allowed`` are the outcomes a person may confirm at this moment; ``reasons`` is everything a slip printed now would list.
    """

    decision: Literal["PENDING", "RECEIPT", "RETURN", "REFER"]
    outstanding: tuple[Text, ...]
    reasons: tuple[ReasonView, ...]
    cross_checks: tuple[Text, ...] = ()
    allowed: tuple[Literal["RECEIPT", "RETURN", "REFER"], ...] = ()


@dataclass(frozen=True)
class CaseView:
    application_no: str
    child: str
    category: str
    checklist: tuple[ChecklistItem, ...]
    documents: tuple[DocumentView, ...]
    current_doc: str | None  # the document on show in the comparison table
    current_row: int | None  # the row that waits for a person in it; None when nothing does
    questions: tuple[QuestionView, ...]
    decision: DecisionView
    paper: PaperView | None
    next_step: Text  # the one obvious next action
    can_undo: bool
    earlier: tuple[Text, ...] = ()  # earlier visits and return reasons
    reading: bool = False  # a capture is being read right now
    captures: int = 0  # sheets photographed in this visit, read or not
    mismatch_reasons: tuple[ReasonChoice, ...] = ()  # asked when a person says "differs"; none: nothing is asked
    override_reasons: tuple[ReasonChoice, ...] = ()  # asked when a person overrules a mismatch; none: nothing is asked
    pack: str = ""  # id and version of the rules this case is decided by
    siblings: tuple[SiblingView, ...] = ()  # all children of this family with this one among them; () for an only child
    originals: tuple[str, ...] | None = (
        None  # titles of the originals on the table, each paper once; None: those of ``documents``
    )
    next_child: str = ""  # masked name of a brother or sister that is neither decided nor held
    note: Text | None = None  # what happened when this case was last put aside
    hold_reasons: tuple[ReasonChoice, ...] = ()  # asked when the family steps aside
    visitor: VisitorView | None = None  # who came; None: not asked (a case that is only shown)
    family: FamilyView | None = None  # all that the family's own screen may show of it


@dataclass(frozen=True)
class Notice:
    """A message to the person: what happened, what to do, what is safe. ``serial`` grows so that equal notices show again."""

    serial: int
    level: Literal["info", "warn", "error"]
    text: Text


@dataclass(frozen=True)
class DeskView:
    phase: Phase
    header: HeaderView
    candidates: tuple[Candidate, ...] = ()
    query: str = ""
    case: CaseView | None = None
    notice: Notice | None = None
    people: PeopleView = field(default_factory=PeopleView)
    today: TodayView | None = None  # the day's list, while it is asked for
    walk_in: WalkInView | None = None  # nobody was found: what to tell the parent
    walk_in_noted: bool = False  # a moment ago; undo takes it back
    looking: bool = False  # a paper on the empty desk is being read
    conflicts: ConflictsView | None = None  # on which desks differ; asked for by a supervisor; None: not shown
    conflicts_waiting: int = 0  # how many of them wait for a supervisor


@dataclass(frozen=True, eq=False)
class PreviewView:
    """The newest camera frame with the document's outline (frame pixels) and the one instruction to the person.

    ``state``: searching | seen | hold_still | capturing | captured | stopped.
    """

    frame: Frame
    outline: Quad | None
    state: str
    hint: Text


class DeskPort(Protocol):
    """What a window may ask of the desk. Every call returns at once; the answer is a new DeskView. Callable from any thread."""

    @property
    def people(self) -> PeoplePort:
        """Signing in, the lock, the second person."""
        ...

    @property
    def conflicts(self) -> ConflictsPort:
        """Applications on which desks differ, and the supervisor's word on them."""
        ...

    def subscribe(self, listener: Callable[[DeskView], None]) -> Callable[[], None]:
        """``listener`` gets the present view and each later one, on the desk's thread. Returns the unsubscriber."""
        ...

    def preview(self) -> PreviewView | None:
        """The newest preview; None when there is no camera picture. Never blocks."""
        ...

    def find(self, query: str) -> None: ...
    def open_case(self, application_no: str) -> None: ...
    def shoot(self) -> None: ...
    def show_document(self, doc_id: str) -> None: ...
    def show_child(self, application_no: str) -> None: ...
    def answer_field(
        self, doc_id: str, field: str, answer: Literal["match", "mismatch", "unreadable"], reason_code: str = ""
    ) -> None: ...
    def answer_question(self, question_id: str, answer: bool) -> None: ...
    def discard_document(self, doc_id: str) -> None: ...
    def undo(self) -> None: ...
    def decide(self, outcome: Literal["RECEIPT", "RETURN", "REFER"]) -> None: ...
    def reprint(self) -> None: ...
    def suspend(self, note: str = "") -> None: ...
    def finish(self) -> None: ...
    def hold(self, reason: str, note: str = "", everyone: bool = True) -> None:
        """The family steps aside; ``everyone``: with all its children, else the one on the screen. ``reason``: FETCH COPY QUEUE OTHER."""
        ...

    def note_walk_in(self, reason: WalkInReason) -> None:
        """Record that somebody came without an application here: OTHER_SCHOOL NOT_DELIVERED NOT_APPLIED OTHER. No personal data."""
        ...

    def name_visitor(self, who: Literal["father", "mother", "guardian", "applicant", "proxy"]) -> None:
        """Who brought the papers, for every child of the family."""
        ...

    def show_today(self, on: bool = True) -> None:
        """Show or put away the list of today's cases; refused while a family is served."""
        ...

    def speak(self, language: str) -> None:
        """Names and reasons in views come in this language from now on. Papers and the log keep the desk's own."""
        ...

    def notice_given(self, how: Literal["screen", "clerk"], language: str) -> None:
        """The family was told what is read of its papers and what is kept. Written once a visit."""
        ...
