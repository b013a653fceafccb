"""What a window may show of the flow around a case: the family's other children, who came, the day's list, somebody without an application.

Part of kiosk.desk.view: the same rules hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kiosk.texts import Text

WalkInReason: TypeAlias = Literal["OTHER_SCHOOL", "NOT_DELIVERED", "NOT_APPLIED", "OTHER"]


@dataclass(frozen=True)
class VisitorChoice:
    """Somebody who may have come: ``who`` father | mother | guardian | applicant | proxy."""

    who: str
    text: Text


@dataclass(frozen=True)
class VisitorView:
    """Who brought the papers: ``who`` is "" until somebody said so; ``supposed`` is what will be written if nobody does."""

    who: str
    supposed: str
    choices: tuple[VisitorChoice, ...]


@dataclass(frozen=True)
class SiblingView:
    """Another child of the family, or this one: ``state`` OPEN | HELD | RECEIPT | RETURN | REFER | EARLIER_… | WAITING."""

    application_no: str
    child_masked: str
    state: str
    text: Text
    active: bool


@dataclass(frozen=True)
class TodayRow:
    """A case touched today: ``state`` HELD | OPEN | RETURN | REFER | RECEIPT, ``at`` HH:MM. ``terms``: what it is found by when a
    person types (number, name, pinyin; folded); never drawn."""

    application_no: str
    child_masked: str
    state: str
    at: str
    detail: Text | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class TodayView:
    """What happened today at this desk, what still waits first."""

    rows: tuple[TodayRow, ...]
    walk_ins: int = 0


@dataclass(frozen=True)
class WalkInChoice:
    """Why somebody may have no application here: ``title`` for the clerk, ``tell`` what to say to the parent."""

    code: str
    title: Text
    tell: Text


@dataclass(frozen=True)
class WalkInView:
    """Nobody was found. ``query``: what was looked for, a card's number masked."""

    query: str
    choices: tuple[WalkInChoice, ...]
