"""What a window may ask about printing beside the family at the desk: the day's tally, the choice of a printer, a test page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.paper.press import PrinterChoice
from kiosk.paper.tally_model import TallyPaper
from kiosk.texts import Text


@dataclass(frozen=True)
class TallyNews:
    """The tally of ``day``, or why there is none. ``earlier``/``later``: neighbouring days on which this desk worked."""

    day: date
    paper: TallyPaper | None
    problem: Text | None = None
    earlier: date | None = None
    later: date | None = None


@dataclass(frozen=True)
class PrintNews:
    """``state``: printing | printed | saved | failed."""

    state: str
    text: Text
    path: str = ""

    @property
    def over(self) -> bool:
        return self.state != "printing"


class PrintingPort(Protocol):
    """Every call returns at once; ``done`` is called on another thread, for prints several times until ``over``."""

    def tally(self, day: date | None, language: str, done: Callable[[TallyNews], None]) -> None:
        """``day`` None: today by the desk's clock."""
        ...

    def print_tally(self, day: date, language: str, done: Callable[[PrintNews], None]) -> None: ...

    def choice(self) -> PrinterChoice: ...

    def queues(self, done: Callable[[tuple[PrinterChoice, ...]], None]) -> None:
        """The queues of this machine's print service, each as a choice."""
        ...

    def test_page(self, choice: PrinterChoice, language: str, done: Callable[[PrintNews], None]) -> None:
        """Print a specimen there without choosing it."""
        ...

    def choose(self, choice: PrinterChoice) -> Text | None:
        """Use it from now on and keep it. The sentence says why not."""
        ...
