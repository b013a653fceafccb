"""What can happen to a print job, one after the other at a real print service, and what is heard of each.

``python tests/paper/print_situations.py`` plays them all and writes the table of docs/printing.md from what was really seen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from private_cups import LIMIT_S, PrintService, private_cups, until, why_not

from kiosk.paper.ipp_printer import IppPrinter
from kiosk.paper.printers import Job, JobState, Phase, PrinterError, settle
from kiosk.texts import LANGUAGES, Text, say

TITLE = "NS2014-X01-02-000123"
ENOUGH_S = 90.0  # how long the desk follows a job


@dataclass
class Seen:
    """What was heard of one job: every state in order, and what came out."""

    heard: list[JobState] = field(default_factory=list)
    came_out: bool = False
    job: Job | None = None
    refused: Text | None = None
    withdrawn: bool | None = None

    @property
    def end(self) -> JobState:
        return self.heard[-1]

    def attention(self) -> list[str]:
        """Last words of the keys of what a person was asked to do."""
        return [_why(state.text).key.rsplit(".", 1)[-1] for state in self.heard if state.phase is Phase.ATTENTION]


@dataclass
class Play:
    """One job at one queue. ``when`` what is heard for the first time, somebody does something."""

    service: PrintService
    pdf: Path
    queue: str = "faulty"

    def run(
        self, mode: str, *, when: str = "", do: Callable[[Job], object] = lambda _: None, patience: float = 0
    ) -> Seen:
        """``when``: last word of a sentence, or a phase. ``patience``: seconds of the desk's limit (0: as long as it takes)."""
        service, seen = self.service, Seen()
        service.printed.unlink(missing_ok=True)
        service.mode(mode)
        printer: IppPrinter = service.queue(self.queue)
        try:
            job = printer.submit(self.pdf, TITLE)
        except PrinterError as error:
            seen.refused = error.text
            return seen
        seen.job = job
        done: list[str] = []

        def told(state: JobState) -> None:
            seen.heard.append(state)
            words = (state.phase.value, _why(state.text).key.rsplit(".", 1)[-1])
            if when in words and not done:
                done.append(when)
                do(job)

        wait = threading.Event().wait
        settle(printer, job, timeout_s=patience or LIMIT_S, clock=time.monotonic, pause=wait, told=told, every_s=0.05)
        if seen.end.phase is Phase.UNKNOWN:
            seen.withdrawn = printer.withdraw(job)
        seen.came_out = service.printed.exists()
        return seen


def _why(sentence: Text) -> Text:
    why = sentence.params.get("why")
    return why if isinstance(why, Text) else sentence


Situation = Callable[[PrintService, Path], Seen]


def printed(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("ok")


def paper_out_then_filled(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("empty", when="no_paper", do=lambda _: service.mode("ok"))


def jam_then_cleared(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("jam", when="jam", do=lambda _: service.mode("ok"))


def printer_gone_then_back(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("offline", when="offline", do=lambda _: service.mode("ok"))


def queue_stopped_then_resumed(service: PrintService, pdf: Path) -> Seen:
    service.admin("cupsdisable", "stopped")
    try:
        return Play(service, pdf, "stopped").run(
            "ok", when="stopped", do=lambda _: service.admin("cupsenable", "stopped")
        )
    finally:
        service.admin("cupsdisable", "stopped")


def cancelled_at_the_queue(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("empty", when="no_paper", do=lambda job: service.admin("cancel", job.job_id))


def rejected(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf, "rejecting").run("ok")


def backend_failed(service: PrintService, pdf: Path) -> Seen:
    """The job is held until a person releases or cancels it; here it is cancelled after a while."""
    return Play(service, pdf).run("fail", when="held", do=lambda job: service.admin("cancel", job.job_id))


def still_out_of_paper_at_our_limit(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("empty", patience=3)


def stuck_without_a_word(service: PrintService, pdf: Path) -> Seen:
    return Play(service, pdf).run("hang", patience=3)


def service_restarted_in_mid_job(service: PrintService, pdf: Path) -> Seen:
    def restart(_: Job) -> None:
        service.stop()
        service.mode("ok")
        service.start()

    return Play(service, pdf).run("empty", when="no_paper", do=restart)


def service_killed_and_back(service: PrintService, pdf: Path) -> Seen:
    """Killed with its printers' programs; the desk hears nothing until somebody starts it again."""

    def kill(_: Job) -> None:
        service.pull_the_plug()
        service.mode("ok")
        threading.Timer(1.0, service.start).start()

    return Play(service, pdf).run("hang", when="printing", do=kill)


def service_killed_for_good(service: PrintService, pdf: Path) -> Seen:
    try:
        return Play(service, pdf).run("hang", when="printing", do=lambda _: service.pull_the_plug(), patience=3)
    finally:
        service.mode("ok")
        service.start()
        service.admin("cancel", "-a", "faulty")


SITUATIONS: dict[str, tuple[str, Situation]] = {
    "printed": ("the printer prints", printed),
    "no_paper": ("out of paper, then filled", paper_out_then_filled),
    "jam": ("paper jam, then cleared", jam_then_cleared),
    "offline": ("printer switched off, then on", printer_gone_then_back),
    "stopped": ("queue stopped, then resumed", queue_stopped_then_resumed),
    "cancelled": ("cancelled at the queue", cancelled_at_the_queue),
    "rejected": ("queue rejects jobs", rejected),
    "held": ("print system gave up, then cancelled there", backend_failed),
    "empty_at_limit": ("still out of paper at our limit", still_out_of_paper_at_our_limit),
    "stuck": ("stuck without a word at our limit", stuck_without_a_word),
    "restarted": ("print service restarted in mid-job", service_restarted_in_mid_job),
    "killed": ("print service killed and started again", service_killed_and_back),
    "killed_for_good": ("print service killed and gone", service_killed_for_good),
}


def steps(seen: Seen, language: str) -> list[str]:
    """The sentences heard, each once in a row."""
    if seen.refused is not None:
        return [say(seen.refused, language)]
    said = [say(state.text, language) for state in seen.heard]
    return [sentence for n, sentence in enumerate(said) if n == 0 or sentence != said[n - 1]]


def phases(seen: Seen) -> list[str]:
    if seen.refused is not None:
        return ["refused"]
    found = [state.phase.value for state in seen.heard]
    return [phase for n, phase in enumerate(found) if n == 0 or phase != found[n - 1]]


def table(seen: dict[str, Seen]) -> str:
    rows = ["| what happened | states | what the desk says | came out |", "|---|---|---|---|"]
    for name, found in seen.items():
        out = "yes" if found.came_out else "no"
        if found.withdrawn is not None:
            out += ", taken back" if found.withdrawn else ", not certain"
        said = " → ".join(steps(found, "zh_CN"))
        rows.append(f"| {SITUATIONS[name][0]} | {' → '.join(phases(found))} | {said} | {out} |")
    return "\n".join(rows)


def main() -> None:
    if why_not():
        raise SystemExit(why_not())
    seen: dict[str, Seen] = {}
    with tempfile.TemporaryDirectory() as folder, private_cups() as service:
        pdf = Path(folder) / "paper.pdf"
        pdf.write_bytes(b"%PDF-1.4 a paper")
        for name, (_, situation) in SITUATIONS.items():
            seen[name] = situation(service, pdf)
            until(lambda: service.queue("faulty").status().text.key != "paper.printer.unreachable")
    page = Path(__file__).parents[2] / "docs" / "printing.md"
    text = page.read_text(encoding="utf-8")
    begin, end = "<!-- situations -->", "<!-- /situations -->"
    head, tail = text.split(begin)[0], text.split(end)[1]
    page.write_text(f"{head}{begin}\n{table(seen)}\n{end}{tail}", encoding="utf-8")
    for language in LANGUAGES:
        sys.stdout.write(f"\n{language}\n")
        for name, found in seen.items():
            sys.stdout.write(f"  {name}: {' → '.join(steps(found, language))}\n")


if __name__ == "__main__":
    main()
