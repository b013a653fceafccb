"""Readers for the worker process that need no models; module-level, so that they travel by name."""

from __future__ import annotations

import os
import signal
import threading

from scanner.types import DocumentFound, Reading


class FakeReader:
    """Reads nothing; ``kind`` tells what to do: ``hang``, ``die``, ``raise`` or answer."""

    def warm_up(self) -> None:
        pass

    def read(self, frames, *, corners, kind, expects) -> Reading:
        if kind == "hang":
            threading.Event().wait()
        if kind == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "raise":
            raise ValueError("陈试远 must not travel")
        brightness = float(sum(frame.mean() for frame in frames))
        return Reading(DocumentFound(corners, 0, kind, None), timings_ms={"total": brightness, "pid": os.getpid()})


class NeverReady(FakeReader):
    def warm_up(self) -> None:
        raise RuntimeError("no models")
