"""The day's tally from log to paper, and the choice of a printer: work beside the families, off every window's thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from kiosk.case.events import TallyPrinted, to_payload
from kiosk.desk.ports import DeskIdentity
from kiosk.desk.printing_port import PrintNews, TallyNews
from kiosk.desk.tally import Tally, tally
from kiosk.desk.tally_words import tally_paper
from kiosk.paper.build import DeskFacts
from kiosk.paper.code import code_text
from kiosk.paper.fonts import code_points
from kiosk.paper.ipp_printer import list_printers
from kiosk.paper.output import Rendered
from kiosk.paper.press import ChoiceError, Press, PrinterChoice
from kiosk.paper.printers import Phase, PrinterError, settle
from kiosk.paper.signing import Signer
from kiosk.paper.specimen import specimen
from kiosk.paper.tally_layout import lay_out_tally
from kiosk.paper.tally_model import TallyPaper
from kiosk.texts import Text, text
from offline_cache.events import ChainLink, StoredEvent

log = logging.getLogger(__name__)

PRINT_TIME_LIMIT_S = 60.0
TITLE = "TALLY"  # in the printer's queue, with the day; never a name


class TallyLog(Protocol):
    """What is asked of the store."""

    @property
    def chain(self) -> ChainLink: ...
    def events_after(self, seq: int, limit: int = 500) -> list[StoredEvent]: ...
    def delivery(self, event_id: str) -> str | None: ...
    def append(self, case_id: str, kind: str, actor: str, payload: Mapping[str, Any]) -> StoredEvent: ...


def whole_log(store: TallyLog) -> Iterator[StoredEvent]:
    seq = 0
    while batch := store.events_after(seq, 1000):
        yield from batch
        seq = batch[-1].seq


class Printing:
    """Implements kiosk.desk.printing_port.PrintingPort.

    ``in_turn``: runs work on the thread on which papers are printed, so that no two jobs meet in a printer. ``actor``: staff number of who is at
    the desk. ``changed``: called after an act was written. ``keep``: saves a choice.
    """

    def __init__(
        self,
        store: TallyLog,
        identity: DeskIdentity,
        press: Press,
        signer: Signer,
        folder: Path,
        *,
        in_turn: Callable[[Callable[[], None]], object],
        actor: Callable[[], str],
        keep: Callable[[PrinterChoice], None],
        now: Callable[[], datetime],
        changed: Callable[[], None] = lambda: None,
        saved_in: Path | None = None,
    ) -> None:
        self._store = store
        self._identity = identity
        self._press = press
        self._signer = signer
        self._folder = folder
        self._saved_in = saved_in or folder
        self._in_turn = in_turn
        self._actor = actor
        self._keep = keep
        self._now = now
        self._changed = changed
        self._ending = threading.Event()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="tally")

    def stop(self) -> None:
        self._ending.set()
        self._worker.shutdown()

    # ── tally ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def tally(self, day: date | None, language: str, done: Callable[[TallyNews], None]) -> None:
        wanted = day or self._now().date()

        def count() -> None:
            try:
                events = list(whole_log(self._store))
                paper, _ = self._counted(events, wanted, language)
                days = sorted({datetime.fromisoformat(e.at).date() for e in events} | {self._now().date()})
                earlier = max((d for d in days if d < wanted), default=None)
                later = min((d for d in days if d > wanted), default=None)
                done(TallyNews(wanted, paper, earlier=earlier, later=later))
            except Exception as fault:
                log.error("the tally could not be made: %s", type(fault).__name__)
                done(TallyNews(wanted, None, text("tally.failed", kind=type(fault).__name__)))

        self._worker.submit(count)

    def print_tally(self, day: date, language: str, done: Callable[[PrintNews], None]) -> None:
        def work() -> None:
            done(PrintNews("printing", text("tally.printing")))
            paper, counted = self._counted(list(whole_log(self._store)), day, language)
            news = self._print(
                self._press,
                f"{TITLE}-{day.isoformat()}",
                lambda path: self._press.draw(lambda sheet: lay_out_tally(paper, sheet), paper.title, path),
                done,
            )
            act = TallyPrinted(
                day=day.isoformat(),
                copy_no=paper.copy_no,
                target=self._press.name,
                settled=news.state != "failed",
                head_number=counted.head_number,
                head_hash=counted.head_hash,
                differences=len(counted.differences),
                detail=news.text.key,
            )
            kind, payload = to_payload(act)
            self._store.append("", kind, self._actor(), payload)
            self._changed()
            why = {"printed": text("tally.printed"), "saved": text("tally.saved")}
            done(PrintNews(news.state, why.get(news.state) or text("tally.print_failed", why=news.text), news.path))

        self._in_turn(lambda: self._guarded(work, done))

    def _counted(self, events: list[StoredEvent], day: date, language: str) -> tuple[TallyPaper, Tally]:
        counted = tally(events, day, lambda event_id: _word(self._store.delivery(event_id)), chain=self._store.chain)
        before = sum(
            1
            for e in events
            if e.kind == "tally.printed" and e.payload.get("day") == day.isoformat() and e.payload.get("settled")
        )
        paper = tally_paper(
            counted,
            self._identity,
            clerk_no=self._actor(),
            made_at=self._now(),
            copy_no=before + 1,
            language=language,
        )
        return paper, counted

    # ── printers ────────────────────────────────────────────────────────────────────────────────────────────────────

    def choice(self) -> PrinterChoice:
        return self._press.choice

    def queues(self, done: Callable[[tuple[PrinterChoice, ...]], None]) -> None:
        self._worker.submit(lambda: done(tuple(PrinterChoice(printer.uri) for printer in list_printers())))

    def test_page(self, choice: PrinterChoice, language: str, done: Callable[[PrintNews], None]) -> None:
        def work() -> None:
            done(PrintNews("printing", text("printing.testing")))
            try:
                press = Press(choice, self._saved_in)
            except ChoiceError as problem:
                done(PrintNews("failed", text(f"printing.problem.{problem.what}")))
                return
            desk = DeskFacts(
                self._identity.desk_id, self._identity.desk_name, self._identity.school_name, self._actor()
            )
            paper = specimen(desk, self._now(), printer=press.name, language=language)
            code = code_text(paper, self._signer)
            done(self._print(press, "TEST", lambda path: press.draw_paper(paper, code, path), done))

        self._in_turn(lambda: self._guarded(work, done))

    def choose(self, choice: PrinterChoice) -> Text | None:
        try:
            self._press.choose(choice)
            self._keep(choice)
        except ChoiceError as problem:
            return text(f"printing.problem.{problem.what}")
        except OSError:
            return text("printing.problem.not_kept")
        return None

    def _print(
        self,
        press: Press,
        title: str,
        draw: Callable[[Path], Rendered],
        done: Callable[[PrintNews], None],
    ) -> PrintNews:
        """Draw, hand over, follow to the end; the drawn file does not stay."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{title}.print"
        try:
            missing = draw(path).missing
            if missing:
                return PrintNews("failed", text("desk.paper_glyphs", characters=code_points(missing)))
            status = press.status()
            if not status.ready and press.choice.kind != "ipp":
                return PrintNews("failed", status.text)
            job = press.submit(path, title)
            end = settle(
                press,
                job,
                timeout_s=PRINT_TIME_LIMIT_S,
                clock=time.monotonic,
                pause=self._ending.wait,
                told=lambda state: None if state.settled else done(PrintNews("printing", state.text)),
            )
        except PrinterError as error:
            return PrintNews("failed", error.text)
        finally:
            path.unlink(missing_ok=True)
        if end.phase is Phase.UNKNOWN:
            press.withdraw(job)  # nobody waits for it any more; it must not come out at an odd hour
        if end.phase is not Phase.DONE:
            return PrintNews("failed", end.text)
        return PrintNews("saved" if job.path else "printed", end.text, str(job.path or ""))

    def _guarded(self, work: Callable[[], None], done: Callable[[PrintNews], None]) -> None:
        try:
            work()
        except Exception as fault:
            log.error("printing failed: %s", type(fault).__name__)
            done(PrintNews("failed", text("printing.fault", kind=type(fault).__name__)))


def _word(delivery: str | None) -> str | None:
    return None if delivery is None else str(delivery)
