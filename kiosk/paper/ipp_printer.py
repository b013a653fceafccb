"""Printers behind IPP: queues of CUPS on Linux and macOS, or a network printer itself."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping
from enum import IntEnum
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.http_client import httpx
from kiosk.paper.ipp import NOT_ACCEPTING, NOT_FOUND, Answer, Attribute, IppError, Operation, Tag, Value, parse, request
from kiosk.paper.printers import Job, JobState, Phase, PrinterError, PrinterStatus
from kiosk.texts import Text, text

_TIMEOUT = httpx.Timeout(10.0, connect=3.0)
_USER = "yanhe"  # what the queue shows instead of the account's name


class _Job(IntEnum):
    """job-state, RFC 8011 section 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELLED = 7
    ABORTED = 8
    COMPLETED = 9


class _Printer(IntEnum):
    """printer-state, RFC 8011 section 5.4.11."""

    IDLE = 3
    PROCESSING = 4
    STOPPED = 5


# printer-state-reasons without their -error, -warning, -report endings (RFC 8011 section 5.4.12, PWG 5100.9) → our sentence
_TROUBLES = {
    "media-empty": "no_paper",
    "media-needed": "no_paper",
    "media-jam": "jam",
    "cover-open": "door_open",
    "door-open": "door_open",
    "interlock-open": "door_open",
    "toner-empty": "no_toner",
    "marker-supply-empty": "no_toner",
    "offline": "offline",
    "connecting-to-device": "connecting",
    "timed-out": "offline",
    "shutdown": "offline",
    "paused": "stopped",
    "stopped": "stopped",
}


class IppPrinter:
    """One queue. ``uri`` is ipp, ipps, http or https: ``ipp://localhost/printers/A4``."""

    def __init__(self, uri: str, name: str = "") -> None:
        self.uri = uri
        self._name = name or uri.rstrip("/").rsplit("/", 1)[-1]
        self._requests = itertools.count(1)

    @property
    def name(self) -> str:
        return self._name

    def status(self) -> PrinterStatus:
        wanted = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
        try:
            answer = self._ask(
                Operation.GET_PRINTER_ATTRIBUTES, [Attribute("requested-attributes", Tag.KEYWORD, wanted)]
            )
        except (httpx.HTTPError, IppError):
            return PrinterStatus(ready=False, text=text("paper.printer.unreachable"))
        found = _first(answer, Tag.PRINTER)
        reasons = _keywords(found, "printer-state-reasons")
        if not answer.ok:
            return PrinterStatus(ready=False, text=text("paper.printer.unreachable"), reasons=reasons)
        if found.get("printer-is-accepting-jobs") == (False,):
            return PrinterStatus(ready=False, text=text("paper.printer.rejecting"), reasons=reasons)
        trouble = _trouble(reasons)
        state = _integer(found, "printer-state")
        if trouble is None and state == _Printer.STOPPED:
            trouble = text("paper.printer.stopped")
        if trouble is not None:
            return PrinterStatus(ready=False, text=trouble, reasons=reasons)
        busy = state == _Printer.PROCESSING
        return PrinterStatus(
            ready=True, text=text("paper.printer.busy" if busy else "paper.printer.ready"), reasons=reasons
        )

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        operation = [
            Attribute("requesting-user-name", Tag.NAME, [_USER]),
            Attribute("job-name", Tag.NAME, [title]),
            Attribute("document-format", Tag.MIME_TYPE, ["application/pdf"]),
        ]
        job = [Attribute("copies", Tag.INTEGER, [copies])] if copies > 1 else []
        try:
            answer = self._ask(Operation.PRINT_JOB, operation, job, pdf_path.read_bytes())
        except (httpx.HTTPError, IppError) as error:
            raise PrinterError(text("paper.printer.unreachable")) from error
        number = _integer(_first(answer, Tag.JOB), "job-id")
        if not answer.ok or number is None:
            why = "printer.rejecting" if answer.status == NOT_ACCEPTING else "job.refused"
            raise PrinterError(text(f"paper.{why}"))
        return Job(str(number))

    def poll(self, job: Job) -> JobState:
        wanted = ["job-state", "job-state-reasons"]
        try:
            answer = self._ask(
                Operation.GET_JOB_ATTRIBUTES,
                [
                    Attribute("job-id", Tag.INTEGER, [int(job.job_id)]),
                    Attribute("requested-attributes", Tag.KEYWORD, wanted),
                ],
            )
        except (httpx.HTTPError, IppError):
            return JobState(Phase.ATTENTION, text("paper.job.waiting_because", why=text("paper.printer.unreachable")))
        if answer.status == NOT_FOUND:
            return JobState(Phase.UNKNOWN, text("paper.job.lost"))
        return self._meaning(_integer(_first(answer, Tag.JOB), "job-state"))

    def withdraw(self, job: Job) -> bool:
        """Take a job back that did not come out in time, so that it does not print at an odd hour. True: certainly nothing more comes of it.

        A job whose printer is in the middle of it may be half on paper: it is taken back too, and that is not certain.
        """
        wanted = [
            Attribute("job-id", Tag.INTEGER, [int(job.job_id)]),
            Attribute("requesting-user-name", Tag.NAME, [_USER]),
        ]
        begun = self.poll(job).phase is Phase.PRINTING
        try:
            return self._ask(Operation.CANCEL_JOB, wanted).ok and not begun
        except (httpx.HTTPError, IppError):
            return False

    def _meaning(self, state: int | None) -> JobState:
        """A job never says what keeps it waiting; the printer does."""
        match state:
            case _Job.COMPLETED:
                return JobState(Phase.DONE, text("paper.job.handed_over"))
            case _Job.ABORTED:
                return JobState(Phase.FAILED, text("paper.job.aborted"))
            case _Job.CANCELLED:
                return JobState(Phase.FAILED, text("paper.job.cancelled"))
            case _Job.HELD:
                # what a failed backend leaves behind; a person may release it, so it is no failure yet
                return JobState(Phase.ATTENTION, text("paper.job.held"))
            case _:
                status = self.status()
                if not status.ready:
                    return JobState(Phase.ATTENTION, text("paper.job.waiting_because", why=status.text))
                printing = state == _Job.PROCESSING
                return JobState(
                    Phase.PRINTING if printing else Phase.WAITING,
                    text("paper.job.printing" if printing else "paper.job.waiting"),
                )

    def _ask(
        self, operation: Operation, attributes: Iterable[Attribute], job: Iterable[Attribute] = (), data: bytes = b""
    ) -> Answer:
        first = Attribute("printer-uri", Tag.URI, [self.uri])
        return _post(self.uri, request(operation, next(self._requests), [first, *attributes], job, data))


def list_printers(server: str | None = None) -> tuple[IppPrinter, ...]:
    """The queues of a CUPS server (``host:port``; by default $CUPS_SERVER or this machine), or none when it does not answer."""
    address = server or os.environ.get("CUPS_SERVER") or "localhost:631"
    if address.startswith("/"):  # CUPS_SERVER may name a socket; the queues are the same over the network port
        address = "localhost:631"
    wanted = Attribute("requested-attributes", Tag.KEYWORD, ["printer-name", "printer-uri-supported"])
    try:
        answer = _post(f"ipp://{address}/", request(Operation.CUPS_GET_PRINTERS, 1, [wanted]))
    except (httpx.HTTPError, IppError):
        return ()
    names = [str(name) for queue in answer.of(Tag.PRINTER) for name in queue.get("printer-name", ())]
    return tuple(IppPrinter(f"ipp://{address}/printers/{name}", name) for name in names)


def _post(uri: str, body: bytes) -> Answer:
    parts = urlsplit(uri)
    scheme = {"ipp": "http", "ipps": "https"}.get(parts.scheme, parts.scheme)
    netloc = parts.netloc if parts.port else f"{parts.netloc}:631" if parts.scheme in ("ipp", "ipps") else parts.netloc
    with httpx.Client(
        timeout=_TIMEOUT, trust_env=False
    ) as client:  # a web proxy has no business between us and a printer
        reply = client.post(
            f"{scheme}://{netloc}{parts.path or '/'}", content=body, headers={"Content-Type": "application/ipp"}
        )
    reply.raise_for_status()
    return parse(reply.content)


def _first(answer: Answer, tag: Tag) -> Mapping[str, tuple[Value, ...]]:
    return next(iter(answer.of(tag)), {})


def _integer(attributes: Mapping[str, tuple[Value, ...]], name: str) -> int | None:
    value = next(iter(attributes.get(name, ())), None)
    return value if isinstance(value, int) else None


def _keywords(attributes: Mapping[str, tuple[Value, ...]], name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in attributes.get(name, ()))


def _trouble(reasons: Iterable[str]) -> Text | None:
    """The first thing a person must do, the known ones first; unknown reasons count only when the printer calls them errors."""
    bare = [
        (reason, reason.removesuffix("-error").removesuffix("-warning").removesuffix("-report")) for reason in reasons
    ]
    for _, reason in bare:
        if reason in _TROUBLES:
            return text(f"paper.printer.{_TROUBLES[reason]}")
    for full, reason in bare:
        if full.endswith("-error"):
            return text("paper.printer.other", reason=reason)
    return None
