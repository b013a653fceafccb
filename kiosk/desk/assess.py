"""What the rules say of the case as it stands: the bridge between the event log and the pure policy engine.

Readings become the documents of the engine's input, a person's answers become its answers; what comes back is put into the few shapes
that the desk and its windows need. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from kiosk.case.events import FieldEvidence
from kiosk.case.state import CaseState
from kiosk.desk.view import ItemState, RowVerdict
from kiosk.policy import Answers, CaseInput, Evaluation, Pack, evaluate, expected_sets, field_label
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord
from scanner.types import ExpectedSet

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
    """One line of the checklist. ``seen`` of ``needed`` sheets; ``doc_ids`` are those already laid down."""

    material: str
    name: str
    state: ItemState
    why: Text
    seen: int
    needed: int
    doc_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    question_id: str
    text: Text
    answer: bool | None


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
    _over: Evaluation = field(repr=False, compare=False, default=None)  # type: ignore[assignment]
