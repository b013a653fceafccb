"""The printer's state as people see it: asked every few seconds on a thread of its own, also while nothing is printed."""

from __future__ import annotations

import logging
import threading

from kiosk.desk.devices import device_view
from kiosk.desk.view import DeviceView, Light
from kiosk.paper.printers import Phase, Printer, PrinterStatus

log = logging.getLogger(__name__)

LOOK_EVERY_S = (
    3.0  # an IPP request on the same machine takes 5 ms; a person who adds paper looks up after about that time
)
SOON_READY = frozenset({"no_paper", "door_open", "jam", "connecting", "no_toner"})
"""A person stands at the printer and it goes on by itself: a job may be handed over and waits."""
_ASKING = device_view("printer", Light.BUSY, "asking")
_LIGHTS = {"ready": Light.OK, "busy": Light.OK, "folder": Light.OK, "asking": Light.BUSY, "none": Light.OFF}
_WORSE = frozenset({"unreachable", "stopped", "rejecting", "folder_unusable"})  # somebody must come


def state_of(status: PrinterStatus) -> str:
    """The last word of the status's sentence: no_paper, jam, ready … (``devices.printer.*``)."""
    return status.text.key.rsplit(".", 1)[-1]


class PrinterWatch:
    """Looks until ``ending`` is set. ``look`` asks out of turn; ``ended`` hears how each print job ended."""

    def __init__(self, printer: Printer, ending: threading.Event, *, every_s: float = LOOK_EVERY_S) -> None:
        self._printer = printer
        self._ending = ending
        self._every_s = every_s
        self._now = threading.Event()
        self._device = _ASKING
        self._stuck = False
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._thread.start()

    def device(self) -> DeviceView:
        return self._device

    def look(self) -> None:
        self._now.set()

    def ended(self, phase: Phase) -> None:
        """A job that ran past its time although the printer says it is well is a trouble of its own; the next good one ends it."""
        self._stuck = phase is Phase.UNKNOWN

    def stop(self) -> None:
        """``ending`` must be set. A printer that does not answer is not waited for beyond its own time-out."""
        self._now.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._now.clear()
            try:
                self._device = self._view(self._printer.status())
            except Exception as fault:  # the light must outlive a bug
                log.error("the printer could not be asked: %s", type(fault).__name__)
            self._now.wait(self._every_s)

    def _view(self, status: PrinterStatus) -> DeviceView:
        state = state_of(status)
        if status.ready and self._stuck:
            return device_view("printer", Light.WARN, "stuck", actions=("retry", "queue"))
        light = _LIGHTS.get(state, Light.BAD if state in _WORSE else Light.WARN)
        return device_view("printer", light, state, actions=("retry", "queue"), **status.text.params)
