"""The chosen printer with the paper that lies in it: what is drawn always fits what will print it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from kiosk.paper.canvas import Page
from kiosk.paper.ipp_printer import IppPrinter
from kiosk.paper.model import Paper
from kiosk.paper.no_printer import NoPrinter
from kiosk.paper.output import Rendered, write_pdf, write_strips
from kiosk.paper.printers import ESCPOS, CanWithdraw, Job, JobState, PdfPrinter, Phase, Printer, PrinterStatus
from kiosk.paper.render import lay_out_sheets
from kiosk.paper.sizes import Sheet
from kiosk.texts import text

LayOut: TypeAlias = Callable[[Sheet], Sequence[Page]]
_IPP = ("ipp", "ipps", "http", "https")


class ChoiceError(ValueError):
    """The address or paper is none that we know. ``what`` is ``printer_uri`` or ``paper``."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(f"{what}: {value!r}")
        self.what = what


@dataclass(frozen=True)
class PrinterChoice:
    """``uri``: empty saves PDF, ``none`` keeps every paper for later, ``ipp://…`` a queue or printer, ``escpos://host:9100`` or ``escpos:/dev/usb/lp0`` a receipt printer.

    ``paper``: a value of ``Sheet``, or empty for what such a printer usually holds.
    """

    uri: str = ""
    paper: str = ""

    @property
    def kind(self) -> str:
        """``pdf``, ``ipp``, ``thermal`` or ``none``. Raises ChoiceError."""
        if self.uri in ("", "none"):
            return self.uri or "pdf"
        try:
            parts = urlsplit(self.uri)
            there = bool(parts.hostname) and parts.port != 0
        except ValueError:  # a port that is no number
            there = False
        else:
            if parts.scheme in _IPP and there:
                return "ipp"
            if parts.scheme == ESCPOS and (there or (not parts.netloc and parts.path.startswith("/"))):
                return "thermal"
        raise ChoiceError("printer_uri", self.uri)

    @property
    def sheet(self) -> Sheet:
        """What to lay out for. A receipt printer never gets a page it could not draw. Raises ChoiceError."""
        usual = Sheet.ROLL_80 if self.kind == "thermal" else Sheet.A4_BOTH
        try:
            sheet = Sheet(self.paper) if self.paper else usual
        except ValueError as error:
            raise ChoiceError("paper", self.paper) from error
        return usual if self.kind == "thermal" and sheet.roll is None else sheet


def printer_for(choice: PrinterChoice, folder: Path) -> Printer:
    """``folder``: where papers are saved when there is no printer. Raises ChoiceError."""
    match choice.kind:
        case "ipp":
            return IppPrinter(choice.uri)
        case "thermal":
            from kiosk.paper.thermal import (
                ThermalPrinter,  # its library is a quarter of a second of the start: for those who have one
            )

            return ThermalPrinter(choice.uri)
        case "none":
            return NoPrinter()
        case _:
            return PdfPrinter(folder)


class Press:
    """A ``Printer`` that can be exchanged while the desk works. A job stays with the printer it was drawn for and given to."""

    def __init__(
        self,
        choice: PrinterChoice,
        folder: Path,
        make: Callable[[PrinterChoice, Path], Printer] = printer_for,
    ) -> None:
        self._folder = folder
        self._make = make
        self._lock = threading.Lock()
        choice.sheet  # noqa: B018 - a paper nobody knows is told now, not at the first family
        self._choice = choice
        self._printer = make(choice, folder)
        self._drawn: dict[Path, Printer] = {}
        self._jobs: dict[str, tuple[Printer, Job]] = {}

    @property
    def choice(self) -> PrinterChoice:
        return self._choice

    @property
    def name(self) -> str:
        return self._printer.name

    def choose(self, choice: PrinterChoice) -> None:
        """From now on. Raises ChoiceError; then everything stays as it is."""
        choice.sheet  # noqa: B018 - an unknown paper is told now, not at the next family
        printer = self._make(choice, self._folder)
        with self._lock:
            self._choice, self._printer = choice, printer

    def draw(self, lay_out: LayOut, title: str, path: Path) -> Rendered:
        """Write what the chosen printer takes. Needs a QGuiApplication. Raises OSError."""
        with self._lock:
            choice, printer = self._choice, self._printer
        sheet = choice.sheet
        pages = lay_out(sheet)
        roll = sheet.roll
        if choice.kind == "thermal" and roll is not None:
            rendered = write_strips(pages, roll, path)
        else:
            rendered = write_pdf(pages, title, path)
        with self._lock:
            self._drawn = {drawn: for_ for drawn, for_ in self._drawn.items() if drawn.exists()} | {path: printer}
        return rendered

    def draw_paper(self, paper: Paper, code: str, path: Path) -> Rendered:
        """A receipt or slip in all its copies."""
        return self.draw(lambda sheet: lay_out_sheets(paper, code, sheet), paper.title, path)

    def status(self) -> PrinterStatus:
        return self._printer.status()

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        with self._lock:
            printer = self._drawn.pop(pdf_path, self._printer)
        job = printer.submit(pdf_path, title, copies)
        known = Job(f"{printer.name} {job.job_id}", job.path)
        with self._lock:
            self._jobs = dict(list(self._jobs.items())[-20:]) | {known.job_id: (printer, job)}
        return known

    def poll(self, job: Job) -> JobState:
        found = self._jobs.get(job.job_id)
        if found is None:
            return JobState(Phase.UNKNOWN, text("paper.job.lost"))
        printer, own = found
        return printer.poll(own)

    def withdraw(self, job: Job) -> bool:
        """Where the printer can take a job back. True: certainly nothing comes of it."""
        found = self._jobs.get(job.job_id)
        return found is not None and isinstance(found[0], CanWithdraw) and found[0].withdraw(found[1])
