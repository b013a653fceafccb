"""A desk without a printer: every paper is kept for later."""

from __future__ import annotations

from pathlib import Path

from kiosk.paper.printers import Job, JobState, Phase, PrinterError, PrinterStatus
from kiosk.texts import text


class NoPrinter:
    """Takes no job. What was decided stands in the list of papers to print; it is printed where this desk has a printer again."""

    name = "none"

    def status(self) -> PrinterStatus:
        return PrinterStatus(ready=False, text=text("paper.printer.none"))

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        raise PrinterError(text("paper.printer.none"))

    def poll(self, job: Job) -> JobState:
        return JobState(Phase.FAILED, text("paper.job.lost"))
