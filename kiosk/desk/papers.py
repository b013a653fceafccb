"""From a decision to a paper in a hand: built from the log, signed, drawn, printed, followed to its end — off the desk's thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.case.events import Decided, PaperPrinted
from kiosk.case.state import LoggedAct
from kiosk.desk.ports import DeskIdentity, Sync
from kiosk.desk.printer_watch import SOON_READY, PrinterWatch, state_of
from kiosk.desk.rules import Rules
from kiosk.desk.view import DeviceView
from kiosk.paper.build import DeskFacts, build_paper
from kiosk.paper.code import Verified, code_text, verify
from kiosk.paper.fonts import code_points
from kiosk.paper.from_pack import service_facts
from kiosk.paper.model import Paper
from kiosk.paper.numbers import paper_no
from kiosk.paper.output import Rendered
from kiosk.paper.printers import CanWithdraw, Job, Phase, Printer, PrinterError, settle
from kiosk.paper.render import render_pdf
from kiosk.paper.signing import Keyring, Signer
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord

log = logging.getLogger(__name__)

PRINT_TIME_LIMIT_S = 90.0
CONFIRMATION_WAIT_S = 1.5  # a receipt may say "confirmed by the platform" when its answer comes this soon


@dataclass(frozen=True)
class PaperJob:
    """How the making of a paper stands. ``event``: what to write into the log now that it has settled."""

    paper_no: str
    state: str  # making | printing | printed | saved | failed
    detail: Text
    pdf_path: str = ""
    event: PaperPrinted | None = None


@dataclass(frozen=True)
class DecisionOnFile:
    """A decision with its place in the log: a reprint, however late, is made of the same facts."""

    decided: Decided
    event_id: str
    at: datetime
    hash: str
    copies_made: int
    confirmed: bool | None  # None: never printed
    clerk_no: str = ""  # who decided


class PaperDesk:
    """Makes papers one at a time on a thread of its own; another looks at the printer. ``folder`` keeps a PDF while it is printed."""

    def __init__(
        self,
        *,
        identity: DeskIdentity,
        rules: Rules,
        signer: Signer,
        printer: Printer,
        sync: Sync,
        folder: Path,
        keyring: Callable[[], Keyring],
        draw: Callable[[Paper, str, Path], Rendered] = render_pdf,
    ) -> None:
        self._identity = identity
        self._rules = rules
        self._signer = signer
        self._printer = printer
        self._sync = sync
        self._folder = folder
        self._keyring = keyring
        self._draw_file = draw  # what the printer takes, on the paper that lies in it
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="paper")
        self._ending = threading.Event()
        self._printer_watch = PrinterWatch(printer, self._ending)

    def device(self) -> DeviceView:
        return self._printer_watch.device()

    def look(self) -> None:
        """Ask the printer now. Returns at once."""
        self._printer_watch.look()

    def next_number(self, record: ApplicationRecord, counter: int) -> str:
        return paper_no(record.pack, self._identity.school_code, self._identity.desk_id.rsplit("-", 1)[-1], counter)

    def check(self, code: str) -> Verified:
        """What a paper's code says: any desk of the district reopens a case by the slip in the family's hand."""
        return verify(code, self._keyring())

    def start(self, record: ApplicationRecord, decision: DecisionOnFile, done: Callable[[PaperJob], None]) -> PaperJob:
        """Begin making the paper; ``done`` hears of every step, on the paper thread. Returns the first step."""
        first = PaperJob(decision.decided.paper_no, "making", text("desk.paper.making"))
        self._worker.submit(self._make, record, decision, done)
        return first

    def in_turn(self, work: Callable[[], None]) -> None:
        """Other work with the printer, between papers: two jobs must not meet there."""
        self._worker.submit(work)

    def stop(self) -> None:
        self._ending.set()
        self._worker.shutdown()
        self._printer_watch.stop()

    def _make(self, record: ApplicationRecord, decision: DecisionOnFile, done: Callable[[PaperJob], None]) -> None:
        """The whole life of one print, told step by step; whatever happens, it ends with a settled step and its event."""
        number, copy_no = decision.decided.paper_no, decision.copies_made + 1
        confirmed = decision.confirmed
        if confirmed is None:
            confirmed = self._sync.accepted(decision.event_id, CONFIRMATION_WAIT_S)
        drawn = self._folder / f"{number}-{copy_no}.pdf"
        try:
            self._draw(record, decision, copy_no, confirmed, drawn)
            word, detail, path = self._print(drawn, number, lambda why: done(PaperJob(number, "printing", why)))
        except PrinterError as error:
            word, detail, path = "failed", error.text, ""
        except Exception as fault:
            log.error("paper could not be made: %s", type(fault).__name__)
            word, detail, path = "failed", text("desk.paper_fault", kind=type(fault).__name__), ""
        finally:
            drawn.unlink(missing_ok=True)  # it names a child, and the log can draw it again
        event = PaperPrinted(
            paper_no=number,
            target=self._printer.name,
            copy_no=copy_no,
            settled=word != "failed",
            confirmed=confirmed,
            detail=detail.key,
        )
        done(PaperJob(number, word, detail, path, event))
        self._printer_watch.look()

    def _draw(
        self, record: ApplicationRecord, decision: DecisionOnFile, copy_no: int, confirmed: bool, target: Path
    ) -> None:
        """Raises PrinterError when a character of the paper has no glyph: a name must not come out as a box."""
        paper = self.paper(record, decision, confirmed=confirmed, copy_no=copy_no)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        rendered = self._draw_file(paper, code_text(paper, self._signer), target)
        if rendered.missing:
            raise PrinterError(text("desk.paper_glyphs", characters=code_points("".join(rendered.missing))))

    def _print(self, pdf: Path, number: str, told: Callable[[Text], None]) -> tuple[str, Text, str]:
        """(printed | saved | failed, what the printer says, path of a saved file). Raises PrinterError when nothing will be printed."""
        status = self._printer.status()
        if not status.ready and state_of(status) not in SOON_READY:
            raise PrinterError(
                status.text
            )  # a job left in the queue would print at an odd hour, when nobody waits for it
        job = self._printer.submit(pdf, number)
        told(text("desk.paper.printing"))
        end = settle(
            self._printer,
            job,
            timeout_s=PRINT_TIME_LIMIT_S,
            clock=time.monotonic,
            pause=self._ending.wait,
            told=lambda state: None if state.settled else told(state.text),
        )
        self._printer_watch.ended(end.phase)
        if end.phase is Phase.UNKNOWN and self._withdrawn(job):
            return "failed", text("devices.printer.withdrawn"), ""
        if end.phase is not Phase.DONE:
            return "failed", end.text, ""
        return ("printed", end.text, "") if job.path is None else ("saved", end.text, str(job.path))

    def _withdrawn(self, job: Job) -> bool:
        """A print service can take a job back; a printer that only saves has none to take back."""
        return isinstance(self._printer, CanWithdraw) and self._printer.withdraw(job)

    def paper(self, record: ApplicationRecord, decision: DecisionOnFile, *, confirmed: bool, copy_no: int = 1) -> Paper:
        pack = self._rules.under(str(decision.decided.evaluation.get("version", ""))).of(record)
        return build_paper(
            decision.decided.model_dump(),
            record.data,
            service_facts(pack, self._rules.language, school=self._identity.school_code),
            DeskFacts(
                desk_id=self._identity.desk_id,
                desk_name=self._identity.desk_name,
                school=self._identity.school_name,
                clerk_no=decision.clerk_no,
            ),
            at=decision.at,
            audit_head=decision.hash,
            confirmed=confirmed,
            department_results=record.department_results,
            practice=self._identity.practice,
            copy_no=copy_no,
            language=self._rules.language,
        )


def decision_on_file(
    decided: Decided, event: LoggedAct, event_hash: str, printed: tuple[PaperPrinted, ...]
) -> DecisionOnFile:
    made = [p for p in printed if p.paper_no == decided.paper_no and p.settled]
    return DecisionOnFile(
        decided=decided,
        event_id=event.event_id,
        at=datetime.fromisoformat(event.at),
        hash=event_hash,
        copies_made=len(made),
        confirmed=made[0].confirmed if made else None,
        clerk_no=event.actor,
    )
