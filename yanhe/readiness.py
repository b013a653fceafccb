"""The morning check over the running desk. Implements kiosk.readiness.port.ReadinessPort."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from pathlib import Path

from kiosk.desk.ports import Clock
from kiosk.desk.view import DeskView, DeviceView, Light
from kiosk.doctor import checks
from kiosk.doctor.report import Finding, Health
from kiosk.paper.canvas import Page
from kiosk.paper.printers import Printer, PrinterError, settle
from kiosk.paper.sizes import Sheet
from kiosk.readiness.card_sheet import trial_pages
from kiosk.readiness.check import Check, GivenUp, Hands
from kiosk.readiness.port import CheckView
from kiosk.readiness.report import Reports, report_pages
from kiosk.texts import Text, say, text
from offline_cache.store import Store
from scanner.types import Image, Quad
from scanner.worker import ReaderProcess
from yanhe.adapters import LiveCamera

log = logging.getLogger(__name__)

_READ_LIMIT_S = 40.0
_PRINT_LIMIT_S = 60.0
_HEALTH = {
    Light.OK: Health.OK,
    Light.BUSY: Health.OK,
    Light.OFF: Health.WARN,
    Light.WARN: Health.WARN,
    Light.BAD: Health.FAIL,
}


class Readiness:
    """``view_of_desk``: the desk's newest view, for what it knows of its devices. ``draw`` writes pages as the chosen printer takes them."""

    def __init__(
        self,
        reports: Reports,
        desk_name: str,
        language: str,
        *,
        camera: LiveCamera,
        reader: ReaderProcess,
        printer: Printer,
        draw: Callable[[Callable[[Sheet], Sequence[Page]], str, Path], object],
        store: Store,
        clock: Clock,
        view_of_desk: Callable[[], DeskView | None],
    ) -> None:
        self._reports = reports
        self._folder = reports.folder
        self._desk_name = desk_name
        self._language = language
        self._camera = camera
        self._reader = reader
        self._printer = printer
        self._draw = draw
        self._store = store
        self._clock = clock
        self._desk = view_of_desk
        self._check: Check | None = None
        self._view: CheckView | None = None
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        self.end()
        self._view = None
        check = self._check = Check(self._hands(), lambda view: self._tell(check, view))
        self._thread = threading.Thread(target=self._run, args=(check,), name="readiness", daemon=True)
        self._thread.start()

    def act(self, action: str) -> None:
        if action == "print_report":
            threading.Thread(target=self._print_report, name="report", daemon=True).start()
        elif self._check is not None:
            self._check.act(action)

    def view(self) -> CheckView | None:
        return self._view

    def end(self) -> None:
        if self._check is not None:
            self._check.give_up()
            self._check = None

    def stop(self) -> None:
        self._ending.set()
        self.end()
        if self._thread is not None:
            self._thread.join(5.0)

    def _tell(self, check: Check, view: CheckView) -> None:
        if check is self._check:
            self._view = view

    def _run(self, check: Check) -> None:
        try:
            report = check.run()
            self._reports.keep(report)
        except GivenUp:
            return
        except Exception as fault:
            log.error("the morning check failed: %s", type(fault).__name__)

    # ── hands ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _hands(self) -> Hands:
        return Hands(
            frame=self._frame,
            camera=lambda: self._camera.device().text,
            lines=self._lines,
            print_test=self._print_test,
            printer=self._printer_state,
            machine={
                **{name: lambda name=name: self._device(name) for name in ("reader", "network", "clock", "disk")},
                "store": self._store_state,
                "fonts": checks.fonts,
            },
            now=self._clock.now,
        )

    def _frame(self) -> Image | None:
        if self._camera.device().light is not Light.OK:
            return None
        preview = self._camera.preview()
        return preview.frame.image if preview is not None else None

    def _lines(self, frame: Image, corners: Quad) -> Sequence[str] | None:
        try:
            reading = self._reader.submit([frame], corners=corners).result(_READ_LIMIT_S)
        except (RuntimeError, TimeoutError, CancelledError):
            return None
        return [line.text for line in reading.lines]

    def _print_test(self, told: Callable[[Text], None]) -> Text:
        sheet = self._folder / "card.pdf"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            self._draw(lambda paper: trial_pages(paper, self._language), "card", sheet)
            return self._print(sheet, "yanhe-card", told)
        except OSError as error:
            return text("doctor.crashed", kind=type(error).__name__)

    def _print(self, pdf: Path, title: str, told: Callable[[Text], None]) -> Text:
        try:
            job = self._printer.submit(pdf, title)
        except PrinterError as error:
            return error.text
        finally:
            pdf.unlink(missing_ok=True)
        state = settle(
            self._printer,
            job,
            timeout_s=_PRINT_LIMIT_S,
            clock=time.monotonic,
            pause=self._ending.wait,
            told=lambda state: told(state.text),
        )
        return state.text

    def _print_report(self) -> None:
        report = self._reports.last
        if report is None:
            return
        try:
            pdf = self._folder / "report.pdf"
            title = say(text("readiness.title"), self._language)
            self._draw(lambda paper: report_pages(report, self._desk_name, paper, self._language), title, pdf)
            self._print(pdf, f"yanhe-check-{report.at:%Y%m%d-%H%M}", lambda _: None)
        except OSError as error:
            log.error("the report could not be printed: %s", type(error).__name__)

    def _printer_state(self) -> Finding:
        status = self._printer.status()
        if status.ready:
            return Finding("printer", Health.OK, text("readiness.printer.ready"))
        return Finding("printer", Health.FAIL, text("readiness.printer.not_ready", why=status.text))

    def _device(self, name: str) -> Finding:
        """What the desk itself says of a device."""
        view = self._desk()
        device: DeviceView | None = getattr(view.header, name) if view is not None else None
        if device is None:
            return Finding(name, Health.WARN, text("doctor.clock.unchecked"))
        troubled = device.what is not None and device.light in (Light.WARN, Light.BAD)
        sentence = text("devices.two", what=device.what, do=device.do or "") if troubled else device.text
        return Finding(name, _HEALTH[device.light], sentence, {"state": device.state})

    def _store_state(self) -> Finding:
        broken = self._store.first_broken_link()
        if broken is not None:
            return Finding("store", Health.FAIL, text("doctor.store.broken", number=broken), {"broken_at": broken})
        waiting = self._store.outbox_counts().open_events
        return Finding("store", Health.OK, text("doctor.store.ok", waiting=waiting), {"waiting": waiting})
