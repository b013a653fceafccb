"""The morning check as a window sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.doctor.report import Finding
from kiosk.texts import Text


class Step(StrEnum):
    EMPTY = "empty"  # the desk is to be cleared
    CARD = "card"  # the card is waited for
    MEASURING = "measuring"
    READING = "reading"
    PRINTER = "printer"
    MACHINE = "machine"
    DONE = "done"


@dataclass(frozen=True)
class CheckView:
    """``text``: the one thing to do now; ``actions``: readiness.action.* that a person may choose; ``findings`` so far; ``said``: what the
    printer says."""

    step: Step
    text: Text
    actions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    said: Text | None = None


class ReadinessPort(Protocol):
    """Every call returns at once; the check goes on by itself as far as it can."""

    def begin(self) -> None:
        """A new check; one that is under way is given up."""
        ...

    def act(self, action: str) -> None: ...

    def view(self) -> CheckView | None:
        """How the check stands; None before the first."""
        ...

    def end(self) -> None:
        """Give it up; nothing is kept."""
        ...
