"""What a window may show of applications on which desks differ, and what a supervisor may ask. Snapshots like those of kiosk.desk.view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.texts import Text


@dataclass(frozen=True)
class ConflictSide:
    """One desk's decision. ``event_id`` names it; ``who``: staff number with the masked name; ``at``: by that desk's clock."""

    event_id: str
    desk: str
    mine: bool  # made at this desk
    who: str
    at: str
    decision: str  # RECEIPT | RETURN | REFER
    outcome: Text
    paper_no: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConflictView:
    """One application. ``state``: open, pending (settled at this desk, the platform has not answered) or settled. ``said``: how it stands, or
    why a settlement made here had no effect. ``print_again``: the paper that holds, where this desk can print it; "" where not."""

    application_no: str
    child_masked: str
    standing: ConflictSide
    others: tuple[ConflictSide, ...]
    state: Literal["open", "pending", "settled"]
    said: Text | None = None
    print_again: str = ""


@dataclass(frozen=True)
class SettlingReason:
    """Why another decision than the one that stood is to stand."""

    code: str
    text: Text


@dataclass(frozen=True)
class ConflictsView:
    """What still waits for a supervisor comes first. ``unable``: why nothing can be settled at this desk just now."""

    conflicts: tuple[ConflictView, ...] = ()
    reasons: tuple[SettlingReason, ...] = ()
    unable: Text | None = None


class ConflictsPort(Protocol):
    """Every call returns at once; the answer is a new DeskView. Callable from any thread. Who is no supervisor is told so."""

    def show(self, on: bool) -> None: ...

    def settle(self, application_no: str, stands: str, reason: str = "") -> None:
        """``stands``: ConflictSide.event_id. ``reason``: a code of ConflictsView.reasons, needed for another than the standing one."""
        ...

    def print_again(self, paper_no: str) -> None:
        """A marked reprint of the paper that holds. Only for a paper of this desk."""
        ...
