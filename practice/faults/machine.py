"""A disk that is as full, and a clock that is as wrong, as one says; and what can happen to the reader's process."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.desk.machine import DISK_NEEDED, DISK_WANTED, free_bytes
from kiosk.desk.ports import Clock, SystemClock

DISK_FAULTS = ("little", "full")
CLOCK_FAULTS = ("fast", "slow", "wrong_year")
READER_FAULTS = ("killed", "hung", "down")
_KILL_AGAIN_S = 0.5


class FaultyDisk:
    """How many bytes are free: those of the real disk while ``fault`` is empty."""

    def __init__(self, real: Callable[[Path], int] = free_bytes) -> None:
        self._real = real
        self.fault = ""

    def __call__(self, folder: Path) -> int:
        if self.fault == "full":
            return DISK_NEEDED * 3 // 10
        return DISK_WANTED // 2 if self.fault == "little" else self._real(folder)


class FaultyClock:
    """The wall clock, moved."""

    _SHIFTS = {"fast": timedelta(minutes=17), "slow": timedelta(minutes=-17), "wrong_year": timedelta(days=-365 * 8)}

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self.fault = ""

    def now(self) -> datetime:
        return self._clock.now() + self._SHIFTS.get(self.fault, timedelta(0))


class ReaderTrouble:
    """Does to the reader's process what a system does: ends it, or stops it. ``pid`` is its process while it lives."""

    def __init__(self, pid: Callable[[], int | None]) -> None:
        self._pid = pid
        self._fault = ""
        self._stopped: int | None = None
        self._again = threading.Event()
        self._killer: threading.Thread | None = None

    @property
    def fault(self) -> str:
        return self._fault

    @fault.setter
    def fault(self, fault: str) -> None:
        self._fault = fault
        self._again.set()
        if self._stopped is not None:
            _send(self._stopped, signal.SIGCONT)
            self._stopped = None
        if fault == "killed":
            _send(self._pid(), signal.SIGKILL)
            self._fault = ""  # it has happened; the program mends it by itself
        elif fault == "hung":
            self._stopped = self._pid()
            _send(self._stopped, signal.SIGSTOP)
        elif fault == "down":
            self._again = threading.Event()
            self._killer = threading.Thread(target=self._kill, args=(self._again,), name="reader-trouble", daemon=True)
            self._killer.start()

    def _kill(self, healed: threading.Event) -> None:
        while not healed.wait(_KILL_AGAIN_S):
            _send(self._pid(), signal.SIGKILL)


def _send(pid: int | None, what: signal.Signals) -> None:
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, what)
