"""The acts at the desk. Each is one immutable event; state is only ever a projection of them (kiosk.case.state).

Payloads hold what the decision rested on and nothing more. Adding a kind: add a class here and its line in docs/events.md (a test
compares the two).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VisitOpened(_Act):
    """A family's application was opened at this desk. ``via`` sibling: with the application of a brother or sister."""

    kind: Literal["visit.opened"] = "visit.opened"
    visit_id: str
    via: Literal["code", "typed", "resumed", "sibling"]
    pack: str
    pack_version: str
    record_revision: int
    visit_kind: Literal["verify", "supplement"] = "verify"
    desk_date: str


class FormSeen(_Act):
    """The application's own code was shown after its case had been opened in another way: its form need not be laid down."""

    kind: Literal["form.seen"] = "form.seen"


class VisitorNamed(_Act):
    """Who brought the papers. ``assumed``: nobody was asked; it is whose identity card was laid down, or else the first guardian."""

    kind: Literal["visitor.named"] = "visitor.named"
    who: Literal["father", "mother", "guardian", "applicant", "proxy"]
    assumed: bool = False


class CarriedOver(_Act):
    """What an earlier visit at this desk verified need not be shown again. ``docs``: doc_id → day on which the original was seen;
    ``questions``: ids of the answers about these documents that hold on; ``paper_no``: the paper of the earlier visit."""

    kind: Literal["visit.carried"] = "visit.carried"
    paper_no: str
    docs: dict[str, str]
    questions: list[str] = []


class WalkInNoted(_Act):
    """Somebody came whose application is not in this school's list: why, as far as the desk can tell. Nothing about the person."""

    kind: Literal["walkin.noted"] = "walkin.noted"
    reason: Literal["OTHER_SCHOOL", "NOT_DELIVERED", "NOT_APPLIED", "OTHER"]


class NoticeGiven(_Act):
    """The family was told what is read of its papers, why, and what is kept: on its screen, or by the person at the desk."""

    kind: Literal["notice.given"] = "notice.given"
    how: Literal["screen", "clerk"]
    language: str


class FieldEvidence(_Act):
    """What the reader says of one field: text as read, score 0..1, its verdict of the declared value and why."""

    text: str
    score: float
    source: str = "ocr"
    verdict: str | None = None
    reason: str = ""


class PageCaptured(_Act):
    """A page was photographed. ``images`` are digests of encrypted blobs: the best frame, so that a crash before the reading costs nothing."""

    kind: Literal["page.captured"] = "page.captured"
    capture_id: str
    images: list[str]
    by_hand: bool = False


class PageRead(_Act):
    """A captured page was read and named. ``doc_id`` = material:holder; a later read of the same doc_id and page replaces the earlier."""

    kind: Literal["page.read"] = "page.read"
    capture_id: str
    doc_id: str
    material: str
    page: str
    holder: str
    page_image: str = ""  # digest of the rectified, upright page
    crops: str = ""  # digest of the local blob with the fields' pieces of the photograph; never leaves the desk
    fields: dict[str, FieldEvidence]
    barcodes: list[str] = []
    timings_ms: dict[str, float] = {}


class PageUnknown(_Act):
    """A captured page could not be named or belongs to nothing this family must show."""

    kind: Literal["page.unknown"] = "page.unknown"
    capture_id: str
    reason: str
    material: str | None = None


class PageDiscarded(_Act):
    kind: Literal["page.discarded"] = "page.discarded"
    capture_id: str


class FieldAnswered(_Act):
    """A person looked at the crop and said what it shows. Overruling a mismatch needs a reason code, and where the pack demands it the
    agreement of a ``second`` person (staff number)."""

    kind: Literal["field.answered"] = "field.answered"
    doc_id: str
    field: str
    answer: Literal["match", "mismatch", "unreadable"]
    reason_code: str = ""
    note: str = ""
    second: str = ""


class QuestionAnswered(_Act):
    """A question of the policy engine (a cross-check it cannot settle, a seal to look at) was answered by a person."""

    kind: Literal["question.answered"] = "question.answered"
    question_id: str
    answer: bool
    note: str = ""


class Decided(_Act):
    """The visit's outcome as shown and confirmed. ``summary`` is what the paper prints (masked); ``evaluation`` the engine's full answer."""

    kind: Literal["case.decided"] = "case.decided"
    decision: Literal["RECEIPT", "RETURN", "REFER"]
    paper_no: str
    category: str | None
    reasons: list[dict[str, Any]]
    materials: list[dict[str, Any]]
    evaluation: dict[str, Any]
    second: str = ""  # staff number of the second person where the pack demands one
    rests_on: dict[
        str, str
    ] = {}  # doc_id → digest of the declared values and the rule by which the document was judged
    knew: str = ""  # event of the standing decision of another desk that this desk knew of; the platform's conflict rule rests on it


class PaperPrinted(_Act):
    """A receipt or slip left for the printer or a PDF. ``settled``: the print job ended well; ``copy_no`` counts reprints from 1.

    ``confirmed``: the paper says that the platform has confirmed; a reprint says what the first print said.
    """

    kind: Literal["paper.printed"] = "paper.printed"
    paper_no: str
    target: str
    copy_no: int
    settled: bool
    confirmed: bool = False
    detail: str = ""


class VisitSuspended(_Act):
    """The family steps aside before a decision. ``reason``: FETCH, COPY, QUEUE or OTHER (then ``note`` may say more)."""

    kind: Literal["visit.suspended"] = "visit.suspended"
    note: str = ""
    reason: str = ""


class VisitEnded(_Act):
    """The originals are back in the family's hands and the desk is free."""

    kind: Literal["visit.ended"] = "visit.ended"
    originals_returned: int


class TallyPrinted(_Act):
    """The day's tally went to a printer or into a file: of which day, the how manieth print of it, up to which act of the log it counts, and
    how many differences it names. Belongs to no case."""

    kind: Literal["tally.printed"] = "tally.printed"
    day: str
    copy_no: int
    target: str
    settled: bool
    head_number: int
    head_hash: str
    differences: int
    detail: str = ""


class Undone(_Act):
    """An earlier event of this case no longer counts. It stays in the log."""

    kind: Literal["act.undone"] = "act.undone"
    event_id: str
    second: str = ""  # staff number of the supervisor who agreed, where the decision had been printed


class CaseTakenOver(_Act):
    """The actor goes on with a case that another person (staff number) had begun."""

    kind: Literal["case.takeover"] = "case.takeover"
    taken_from: str


class PersonSignedIn(_Act):
    """The actor begins to work at the desk. ``how``: by PIN; unlocking as the same person; resuming or starting where no PIN can be asked
    for; or as the made-up person of the practice mode."""

    kind: Literal["person.arrived"] = "person.arrived"
    how: Literal["start", "practice", "pin", "unlock", "resume"]
    roles: list[str]


class PersonSignedOut(_Act):
    """The actor was signed out by what the platform said: disabled, a first roster, a revoked desk."""

    kind: Literal["person.dismissed"] = "person.dismissed"
    why: Literal["disabled", "roster", "revoked"]


class PersonRefused(_Act):
    """A wrong PIN for the actor ("" for a number nobody has): the how manieth in a row, and whether it was asked of a second person."""

    kind: Literal["person.refused"] = "person.refused"
    failed: int
    second: bool = False


class PinChanged(_Act):
    """The actor changed the own PIN at this desk. ``sealed``: its verifier, sealed for the platform alone and bound to desk, person and
    ``reset``, the administrator's reset under which it was made (kiosk.wire.sealed)."""

    kind: Literal["person.pin_changed"] = "person.pin_changed"
    reset: int
    sealed: str


class DeskLocked(_Act):
    """The window was covered; the open case stays."""

    kind: Literal["desk.locked"] = "desk.locked"
    why: Literal["idle", "by_hand"]


class OverridesSeen(_Act):
    """A supervisor looked at the day's overruled mismatches."""

    kind: Literal["overrides.seen"] = "overrides.seen"


class ConflictSettled(_Act):
    """A supervisor said which of the decisions of several desks stands. All ids are event ids: of the one that stands, and of all those the
    supervisor saw (``between``, that one among them). ``reason``: COMPLETE, LATER, MISTAKE, AGREED, or empty where the decision that stood
    already was kept."""

    kind: Literal["conflict.settled"] = "conflict.settled"
    stands: str
    between: list[str]
    reason: str = ""


class ConflictsSeen(_Act):
    """A supervisor looked at the list of applications on which desks differ."""

    kind: Literal["conflicts.seen"] = "conflicts.seen"


Act: TypeAlias = Annotated[
    VisitOpened | PageCaptured | PageRead | PageUnknown | PageDiscarded | FieldAnswered | QuestionAnswered | Decided | PaperPrinted
    | VisitSuspended | VisitEnded | Undone
    | FormSeen | VisitorNamed | CarriedOver | WalkInNoted | NoticeGiven
    | TallyPrinted
    | CaseTakenOver | PersonSignedIn | PersonSignedOut | PersonRefused | PinChanged | DeskLocked | OverridesSeen
    | ConflictSettled | ConflictsSeen,
    Field(discriminator="kind"),
]  # fmt: skip

_ADAPTER: TypeAdapter[Act] = TypeAdapter(Act)


def to_payload(act: Act) -> tuple[str, dict[str, Any]]:
    """(kind, payload without the kind) as the log stores them."""
    body = act.model_dump(mode="json")
    return body.pop("kind"), body


def from_payload(kind: str, payload: dict[str, Any]) -> Act:
    """The typed act. Raises pydantic.ValidationError when the log holds something this version does not know."""
    return _ADAPTER.validate_python({**payload, "kind": kind})
