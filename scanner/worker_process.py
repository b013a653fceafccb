"""The life of the reader's own process: build the reader, then one task after the other until the pipe closes.

Beside the answers it sends pulses, from which the desk tells a slow capture from one that hangs.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Any, Protocol

import numpy as np

from scanner.memory import give_back, resident_bytes
from scanner.priority import step_back
from scanner.types import ExpectedSet, Image, Quad, Reading

PULSE_S = 0.25


class Reads(Protocol):
    """What the process needs of a reader."""

    def read(
        self, frames: Sequence[Image], *, corners: Quad | None, kind: str | None, expects: Mapping[str, ExpectedSet]
    ) -> Reading: ...

    def warm_up(self) -> None: ...


@dataclass(frozen=True, eq=False)
class Task:
    """A job as the process gets it: frames as (shape, offset) in the shared block."""

    block: str
    frames: tuple[tuple[tuple[int, ...], int], ...]
    corners: Quad | None
    kind: str | None
    expects: dict[str, ExpectedSet]


@dataclass(frozen=True)
class Ready:
    """The reader is warm."""


@dataclass(frozen=True)
class Pulse:
    """``steps``: how often the task was seen to be at another place than before; ``cpu_s``: CPU time of the process so far."""

    steps: int
    cpu_s: float


@dataclass(frozen=True, eq=False)
class Answer:
    """``value``: the reading, or the name of what was raised. ``resident``: bytes in RAM after it, None where the system does not say."""

    value: Reading | str
    resident: int | None


def serve(pipe: Connection, factory: Callable[[], Reads]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk decides when to end
    step_back()
    _end_with_parent()
    said = _Said(pipe)
    reader = factory()
    reader.warm_up()
    give_back()
    said.send(Ready())
    _Pulse(said).start()
    block: SharedMemory | None = None
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            break
        if block is None or block.name != task.block:
            if block is not None:
                block.close()
            block = SharedMemory(name=task.block)
        said.busy = True
        try:
            value: Reading | str = _read(reader, block, task)
        except Exception as error:  # whatever a library raises belongs to this capture alone; its words may tell what was read
            value = type(error).__name__
        said.busy = False
        give_back()
        if not said.send(Answer(value, resident_bytes())):
            break
    if block is not None:
        block.close()


def _read(reader: Reads, block: SharedMemory, task: Task) -> Reading:
    frames = [np.ndarray(shape, np.uint8, block.buf, offset).copy() for shape, offset in task.frames]
    return reader.read(frames, corners=task.corners, kind=task.kind, expects=task.expects)


class _Said:
    """The pipe, for two threads."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self.busy = False

    def send(self, what: object) -> bool:
        with self._lock:
            try:
                self._pipe.send(what)
            except OSError:
                return False
            return True


class _Pulse(threading.Thread):
    """Looks where the main thread is while a task is in hand. A native call that does not end is one place for ever."""

    def __init__(self, said: _Said) -> None:
        super().__init__(name="pulse", daemon=True)
        self._said = said
        self._watched = threading.main_thread().ident

    def run(self) -> None:
        steps = 0
        before: tuple[Any, int] | None = None
        while True:
            time.sleep(PULSE_S)
            if not self._said.busy:
                before = None
                continue
            # the frame itself is kept, not its address: a new call in the same function is another frame
            frame = sys._current_frames().get(self._watched or 0)
            here = (frame, frame.f_lasti) if frame is not None else None
            steps += before is None or here is None or here[0] is not before[0] or here[1] != before[1]
            before = here
            if not self._said.send(Pulse(steps, time.process_time())):
                return


def _end_with_parent() -> None:
    """A desk that was killed closes its end of the pipe; a reader that hangs just then would not notice."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        with contextlib.suppress(Exception):
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()
