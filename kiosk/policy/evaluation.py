"""The engine's answer, as data: from it screen, paper and audit take their sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from kiosk.matching.result import Comparison, Verdict
from kiosk.texts import Text

Settled = Literal["match", "mismatch", "ask", "unreadable", "not_applicable"]
DecisionKind = Literal["RECEIPT", "RETURN", "REFER", "PENDING"]


class MaterialState(StrEnum):
    EXPECTED = "EXPECTED"  # not shown yet
    PARTIAL = "PARTIAL"  # some holders or pages are still to come
    ATTENTION = "ATTENTION"  # shown; a person has to look at something
    VERIFIED = "VERIFIED"
    VERIFIED_BY_PERSON = "VERIFIED_BY_PERSON"
    WAIVED_BY_DATA = "WAIVED_BY_DATA"
    RETURNED = "RETURNED"  # shown, and something on it is not in order
    MISSING = "MISSING"  # the visit is over and it was not shown


@dataclass(frozen=True)
class FieldVerdict:
    """One compared field. ``verdict`` judges the printed value as read perfectly; ``machine_verdict`` is what the software says by
    itself, given how the value was read; ``settled`` is what holds after a person's answer. A ``proposal`` is a mismatch that rests
    on a machine's reading and that nobody has confirmed yet. ``declared_path`` is where in the application the value stands.
    """

    application: int
    doc_id: str
    material: str
    field: str
    field_class: str
    label: Text
    declared_path: str
    declared: str
    printed: str
    comparison: Comparison
    verdict: Verdict
    machine_verdict: Verdict
    settled: Settled
    by_person: bool
    proposal: bool
    why: Text
    reason: str = "R-DECL-DIFF"  # the reason code of a difference here
    covered_by: str = ""  # the cross-check that names the difference better, when it fails too
    comparator: str = ""
    source: str = ""  # where the printed value comes from: chip, mrz, barcode, ocr …; "" when it was given as printed


@dataclass(frozen=True)
class CheckPart:
    """What a check found on one paper (or of the family as a whole), with everything it looked at: (where, what, value)."""

    verdict: Verdict
    settled: Settled
    docs: tuple[str, ...]
    why: Text
    about: str = ""
    reason: str = ""
    inputs: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class CrossCheck:
    """One check across documents, the worst of its ``parts``. ``severity`` as in the pack: a warning may be overruled at the desk, a
    hard stop not.
    """

    application: int
    code: str
    verdict: Verdict
    settled: Settled
    severity: Literal["hard", "warning", "note"]
    docs: tuple[str, ...]
    why: Text
    refers: bool = False  # the district decides, not the desk
    parts: tuple[CheckPart, ...] = ()


@dataclass(frozen=True)
class Need:
    """A holder or page a material must be shown for, and whether it was."""

    holder: str
    page: str
    seen: bool


@dataclass(frozen=True)
class Waiver:
    department: str
    date: str
    detail: str


@dataclass(frozen=True)
class MaterialOutcome:
    """One line of the checklist. ``docs`` are the documents of these codes; ``served_by`` others that stood in for a holder."""

    application: int
    material: str
    name: Text
    rule: str
    why: Text
    state: MaterialState
    docs: tuple[str, ...] = ()
    served_by: tuple[str, ...] = ()
    waived_by: Waiver | None = None
    needs: tuple[Need, ...] = ()
    predicate: str = ""  # the pack's condition under which it is required


@dataclass(frozen=True)
class Question:
    """Something only a person can say. ``field`` is "" when it is not about a single field; True means: in order."""

    id: str
    application: int
    text: Text
    doc_id: str = ""
    field: str = ""


@dataclass(frozen=True)
class ReasonGiven:
    """Why a family is returned or referred. ``about`` names document, field or values, in the language of the papers. ``curable``: on a
    supplementary day that is still to come this year.
    """

    code: str
    text: Text
    about: str
    curable: bool
    bring: Text | None = None
    detail: Text | None = None  # what exactly was found, with both values


@dataclass(frozen=True)
class Decision:
    """``category`` only on a receipt. ``outstanding``: what is still to come while PENDING. ``not_settled``: PENDING for questions."""

    application: int
    decision: DecisionKind
    category: str | None = None
    reasons: tuple[ReasonGiven, ...] = ()
    outstanding: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """Everything the rules say of a case now. Equal input gives equal output, in the same order."""

    pack_id: str
    pack_version: str
    field_verdicts: tuple[FieldVerdict, ...]
    cross_checks: tuple[CrossCheck, ...]
    materials: tuple[MaterialOutcome, ...]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]
    moved: tuple[tuple[str, int, int], ...] = field(
        default=()
    )  # (doc_id, from application, to application), confirmed by a person

    @property
    def to_confirm(self) -> tuple[FieldVerdict, ...]:
        """Mismatches proposed by a machine's reading: a person should look before the family is sent away."""
        return tuple(v for v in self.field_verdicts if v.proposal)

    def decision(self, application: int = 0) -> Decision:
        return self.decisions[application]
