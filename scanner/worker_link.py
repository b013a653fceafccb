"""One process of the reader as the desk sees it: started, asked, watched, ended."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

from scanner.worker_process import Answer, Pulse, Reads, Ready, Task, serve

START_LIMIT_S = 60.0
CLOSE_LIMIT_S = 2.0
_IDLE_CPU_S = 0.1


@dataclass(frozen=True)
class Limits:
    """When a capture is given up. A busy computer makes everything slow, so time on the clock alone decides late.

    ``stuck_cpu_s``: CPU time in one and the same native call. ``asleep_s``: on the clock, at one place and without using the CPU (a deadlock).
    ``silent_s``: on the clock, without any sign of life (native code that lets no other thread run). ``total_s``: on the clock, whatever
    it does. What hangs on an idle computer is given up within five seconds by the first three.
    """

    stuck_cpu_s: float = 4.5
    asleep_s: float = 4.5
    silent_s: float = 5.0
    total_s: float = 30.0


class WorkerLink:
    """Used from one thread. The process starts at once and warms up by itself; ``ended`` set means: do not wait any longer."""

    def __init__(self, factory: Callable[[], Reads], ended: threading.Event) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe = cast(Connection, ours)
        self._process: BaseProcess = context.Process(
            target=serve, args=(theirs, factory), name="yanhe-reader", daemon=True
        )
        self._ended = ended
        self._give_up_at = time.monotonic() + START_LIMIT_S
        self._process.start()
        theirs.close()
        self._ready = False

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def is_ready(self, timeout_s: float = 0.0) -> bool | None:
        """True once it is warm; False when it will never be; None while nobody knows (after ``timeout_s``)."""
        if self._ready:
            return True
        if self._ended.is_set() or time.monotonic() > self._give_up_at:
            return False
        ready = wait([self._pipe, self._process.sentinel], timeout=timeout_s)
        if self._pipe in ready:
            self._ready = isinstance(self._receive(), Ready)
            return self._ready
        return False if ready else None

    def ask(self, task: Task, limits: Limits) -> Answer | None:
        """The answer to a task; None when the process died over it, hangs, or the desk is closing."""
        try:
            self._pipe.send(task)
        except OSError:
            return None
        watch = _Watch(limits)
        while not self._ended.is_set() and not watch.gives_up():
            ready = wait([self._pipe, self._process.sentinel], timeout=0.2)
            if self._pipe in ready:
                said = self._receive()
                if not isinstance(said, Pulse):
                    return said if isinstance(said, Answer) else None
                watch.heard(said)
            elif ready:
                return None
        return None

    def stop(self, patience_s: float = 0.0) -> None:
        """End the process: by itself within ``patience_s``, then by force."""
        self._pipe.close()  # it ends by itself when nobody listens
        self._process.join(patience_s)
        if self._process.is_alive():
            self._process.kill()
        self._process.join(CLOSE_LIMIT_S)

    def _receive(self) -> object:
        try:
            return self._pipe.recv()
        except Exception:  # the end of the pipe, or the broken half of an answer
            return None


class _Watch:
    """Is there still hope for this capture?"""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = self._heard_at = self._moved_at = time.monotonic()
        self._last: Pulse | None = None
        self._moved: Pulse | None = None  # the pulse at which the capture was last seen to go on

    def heard(self, pulse: Pulse) -> None:
        now = time.monotonic()
        self._heard_at, self._last = now, pulse
        if self._moved is None or pulse.steps != self._moved.steps:
            self._moved, self._moved_at = pulse, now

    def gives_up(self) -> bool:
        now, limits = time.monotonic(), self._limits
        if now - self._began > limits.total_s or now - self._heard_at > limits.silent_s:
            return True
        if self._last is None or self._moved is None:
            return False
        used = self._last.cpu_s - self._moved.cpu_s
        return used > limits.stuck_cpu_s or (now - self._moved_at > limits.asleep_s and used < _IDLE_CPU_S)
