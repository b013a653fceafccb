"""Printers behind one small protocol, and print jobs followed to their end.

"Printed" is said only when the job has settled, and even then a print service only knows that the printer took the data: the clerk
looks whether the paper came out. Every wait has a limit of our own, because a printer that loses power goes on "processing".
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from kiosk.texts import Text, text

ESCPOS = "escpos"  # the scheme of a receipt printer's address
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]+")


class Phase(StrEnum):
    WAITING = "waiting"  # in the queue, nothing wrong yet
    PRINTING = "printing"
    ATTENTION = "attention"  # a person must do something: paper, jam, power; then it goes on by itself
    DONE = "done"  # handed over to the printer, or saved
    FAILED = "failed"  # certainly nothing more will come
    UNKNOWN = "unknown"  # our own time limit passed: look at the printer


SETTLED = frozenset({Phase.DONE, Phase.FAILED, Phase.UNKNOWN})


@dataclass(frozen=True)
class JobState:
    phase: Phase
    text: Text

    @property
    def settled(self) -> bool:
        return self.phase in SETTLED


@dataclass(frozen=True)
class PrinterStatus:
    """``ready``: a job submitted now would print. ``reasons`` are the print service's own keywords, for the self-test page."""

    ready: bool
    text: Text
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """A submitted job: the printer's own id, and the file for printers that only save."""

    job_id: str
    path: Path | None = None


class PrinterError(Exception):
    """The job was not accepted: nothing will be printed. ``text`` says why, to a person."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.key)
        self.text = why


class Printer(Protocol):
    """Blocking calls with their own time-outs: never for the UI thread."""

    @property
    def name(self) -> str: ...

    def status(self) -> PrinterStatus: ...

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        """Hand over the PDF. ``title`` may be seen by others in the queue: a paper number, never a name. Raises PrinterError."""
        ...

    def poll(self, job: Job) -> JobState:
        """How the job stands now. Never raises: not being able to ask is itself a state."""
        ...


@runtime_checkable
class CanWithdraw(Protocol):
    """A printer that can take a job back."""

    def withdraw(self, job: Job) -> bool:
        """True: certainly nothing (more) will be printed of it. Never raises."""
        ...


class PdfPrinter:
    """Saves papers in a folder: where there is no printer, in training, and for a district that prints elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        return "PDF"

    def status(self) -> PrinterStatus:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return PrinterStatus(ready=False, text=text("paper.printer.folder_unusable"))
        return PrinterStatus(ready=True, text=text("paper.printer.folder"))

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        """Copy the PDF under its title; a title that is taken gets a number, so that no earlier paper is overwritten."""
        name = _UNSAFE.sub("_", title).strip("._") or "paper"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            target = self._free(name)
            aside = target.with_name(target.name + ".part")
            aside.touch(mode=0o600)  # it names a child: for this account alone
            shutil.copyfile(pdf_path, aside)
            aside.replace(target)
        except OSError as error:
            raise PrinterError(text("paper.printer.folder_unusable")) from error
        return Job(target.name, target)

    def poll(self, job: Job) -> JobState:
        if job.path is not None and job.path.exists():
            return JobState(Phase.DONE, text("paper.job.saved"))
        return JobState(Phase.FAILED, text("paper.job.lost"))

    def _free(self, name: str) -> Path:
        target = self._folder / f"{name}.pdf"
        number = 2
        while target.exists():
            target = self._folder / f"{name}_{number}.pdf"
            number += 1
        return target


class PrintJobFollower:
    """Follows one job without blocking: call ``step`` now and then until its answer is settled.

    ``clock`` gives monotonic seconds. After ``timeout_s`` the job counts as unknown, with the last thing that stood in its way.
    """

    def __init__(self, printer: Printer, job: Job, timeout_s: float, clock: Callable[[], float]) -> None:
        self._printer = printer
        self._job = job
        self._clock = clock
        self._limit = clock() + timeout_s
        self._final: JobState | None = None

    def step(self) -> JobState:
        if self._final is not None:
            return self._final
        state = self._printer.poll(self._job)
        if not state.settled and self._clock() >= self._limit:
            stuck = state.phase is Phase.ATTENTION
            reason = state.text
            if reason.key == "paper.job.waiting_because":  # the trouble itself, without the sentence around it
                reason = reason.params["why"]
            why = text("paper.job.timed_out_because", why=reason) if stuck else text("paper.job.timed_out")
            state = JobState(Phase.UNKNOWN, why)
        if state.settled:
            self._final = state
        return state


def settle(
    printer: Printer,
    job: Job,
    *,
    timeout_s: float,
    clock: Callable[[], float],
    pause: Callable[[float], object],
    told: Callable[[JobState], object] = lambda _: None,
    every_s: float = 0.5,
) -> JobState:
    """Follow ``job`` to its end and return how it ended; ``told`` hears each change on the way. Blocks the calling thread.

    ``pause`` waits the given seconds; an ``Event.wait`` lets the desk stop a follower at once when the program ends.
    """
    follower = PrintJobFollower(printer, job, timeout_s, clock)
    last: JobState | None = None
    while True:
        state = follower.step()
        if state != last:
            told(state)
            last = state
        if state.settled:
            return state
        pause(every_s)
