"""A printer that can be out of paper, jammed, open, empty, paused, rejecting, gone, or sit on a job for ever."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from kiosk.paper.printers import Job, JobState, Phase, Printer, PrinterError, PrinterStatus
from kiosk.texts import text

FAULTS = ("no_paper", "jam", "door_open", "no_toner", "stopped", "rejecting", "unreachable", "stuck")
_TAKES_NOTHING = ("rejecting", "unreachable")


@dataclass
class _Held:
    """A job that lies in the queue: its data are with the print service, as in reality."""

    path: Path
    title: str
    copies: int
    passed_on: Job | None = None


class FaultyPrinter:
    """``printer`` while ``fault`` is empty; a job taken during a fault goes on when it is healed. ``folder`` keeps such jobs."""

    def __init__(self, printer: Printer, folder: Path) -> None:
        self._printer = printer
        self._folder = folder
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()
        self._count = 0
        self.fault = ""

    @property
    def name(self) -> str:
        return self._printer.name

    def status(self) -> PrinterStatus:
        if self.fault in ("", "stuck"):
            return self._printer.status()
        return PrinterStatus(ready=False, text=text(f"paper.printer.{self.fault}"), reasons=("practice",))

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        fault = self.fault
        if fault in _TAKES_NOTHING:
            raise PrinterError(text(f"paper.printer.{fault}"))
        if not fault:
            return self._printer.submit(pdf_path, title, copies)
        with self._lock:
            self._count += 1
            number = f"held-{self._count}"
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            kept = self._folder / f"{number}.pdf"
            shutil.copyfile(pdf_path, kept)
            self._held[number] = _Held(kept, title, copies)
        return Job(number)

    def poll(self, job: Job) -> JobState:
        held = self._held.get(job.job_id)
        if held is None:
            return self._printer.poll(job)
        if self.fault == "stuck":
            return JobState(Phase.PRINTING, text("paper.job.printing"))
        if self.fault:
            return JobState(Phase.ATTENTION, text("paper.job.waiting_because", why=self.status().text))
        if held.passed_on is None:
            held.passed_on = self._printer.submit(held.path, held.title, held.copies)
            held.path.unlink(missing_ok=True)
        return self._printer.poll(held.passed_on)

    def withdraw(self, job: Job) -> bool:
        with self._lock:
            held = self._held.get(job.job_id)
            if held is None or held.passed_on is not None:
                return False
            del self._held[job.job_id]
            held.path.unlink(missing_ok=True)
            return True
