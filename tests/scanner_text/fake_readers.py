"""Readers for the worker process that need no models; module-level, so that they travel by name."""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import threading
import time

from scanner.types import DocumentFound, Reading


def a_line_of_many() -> None:
    """Work as a page is read: one short call after the other, each of them another place to be seen at."""
    for _ in range(50):
        sorted(range(200))


class FakeReader:
    """Reads nothing; ``kind`` tells what to do: ``hang``, ``spin``, ``die``, ``segfault``, ``raise``, ``slow`` or answer."""

    def warm_up(self) -> None:
        pass

    def read(self, frames, *, corners, kind, expects) -> Reading:
        if kind == "hang":
            threading.Event().wait()
        if kind == "spin":
            sum(itertools.count())  # native code that uses the CPU and lets no other thread run
        if kind == "slow":
            until = time.process_time() + 2.0
            while time.process_time() < until:
                a_line_of_many()
        if kind == "segfault":
            ctypes.string_at(0)
        if kind == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "raise":
            raise ValueError("陈试远 must not travel")
        brightness = float(sum(frame.mean() for frame in frames))
        return Reading(DocumentFound(corners, 0, kind, None), timings_ms={"total": brightness, "pid": os.getpid()})


class NeverReady(FakeReader):
    def warm_up(self) -> None:
        raise RuntimeError("no models")


class Greedy(FakeReader):
    """Keeps what it was given, and 40 MB more each time."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def read(self, frames, *, corners, kind, expects) -> Reading:
        self._kept.append(os.urandom(1000) * 40_000)
        return super().read(frames, corners=corners, kind=kind, expects=expects)
