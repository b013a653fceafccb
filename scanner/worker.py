"""The reader in a process of its own.

Recognition and barcode libraries are native code and may crash or hang on a bad picture. Here that costs one capture:
its future says so, the process is started again, and the next capture is read. Frames travel through shared memory,
which is wiped after each job; nothing is written to disk.
"""

from __future__ import annotations

import logging
import multiprocessing
import queue
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.shared_memory import SharedMemory
from typing import Protocol, cast

import cv2
import numpy as np

from scanner.priority import step_back
from scanner.reader import PrintedForms, Reader, as_declared
from scanner.text import create_recogniser
from scanner.types import ExpectedSet, Image, Quad, Reading

log = logging.getLogger(__name__)

START_LIMIT_S = 60.0
TIME_LIMIT_S = 20.0
CLOSE_LIMIT_S = 2.0


class ReaderState(StrEnum):
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    RESTARTING = "restarting"
    CLOSED = "closed"


class ReaderCrashed(RuntimeError):
    """The process died or ran past its time on this capture. The next capture is not affected."""


class _Reads(Protocol):
    def read(
        self, frames: Sequence[Image], *, corners: Quad | None, kind: str | None, expects: Mapping[str, ExpectedSet]
    ) -> Reading: ...

    def warm_up(self) -> None: ...


def build_reader(recogniser: str, threads: int, printed_forms: PrintedForms) -> Reader:
    """The reader as the worker builds it, in the worker."""
    cv2.setNumThreads(threads)
    return Reader(create_recogniser(recogniser, threads=threads), printed_forms=printed_forms)


@dataclass(frozen=True, eq=False)
class _Task:
    """A job as the worker gets it: frames as (shape, offset) in the shared block."""

    block: str
    frames: tuple[tuple[tuple[int, ...], int], ...]
    corners: Quad | None
    kind: str | None
    expects: dict[str, ExpectedSet]


@dataclass(eq=False)
class _Job:
    frames: Sequence[Image]
    corners: Quad | None
    kind: str | None
    expects: dict[str, ExpectedSet]
    future: Future[Reading]


class ReaderProcess:
    """One worker process and the thread that looks after it.

    Starts warming up at once, in the background. ``submit`` may be called from any thread and at any time before
    ``close``; captures are read in order. ``on_state`` is called from the looking-after thread. ``printed_forms`` must be
    a function that can be pickled by reference. ``factory`` (picklable) replaces the reader, for tests.
    """

    def __init__(
        self,
        *,
        recogniser: str = "rapidocr",
        threads: int = 2,
        printed_forms: PrintedForms = as_declared,
        time_limit_s: float = TIME_LIMIT_S,
        on_state: Callable[[ReaderState], None] | None = None,
        factory: Callable[[], _Reads] | None = None,
    ) -> None:
        self._factory = factory or partial(build_reader, recogniser, threads, printed_forms)
        self._time_limit_s = time_limit_s
        self._on_state = on_state or (lambda _: None)
        self._state = ReaderState.STARTING
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._submit_lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._block: SharedMemory | None = None
        self._thread = threading.Thread(target=self._look_after, name="reader", daemon=True)
        self._thread.start()

    @property
    def state(self) -> ReaderState:
        return self._state

    @property
    def pid(self) -> int | None:
        """The worker's process id while it lives."""
        process = self._process
        return process.pid if process is not None else None

    def submit(
        self,
        frames: Sequence[Image],
        *,
        corners: Quad | None = None,
        kind: str | None = None,
        expects: Mapping[str, ExpectedSet] = {},
    ) -> Future[Reading]:
        """Read a capture; arguments as ``Reader.read``. The future may raise ReaderCrashed, or what ``read`` raises.

        The frames must not be changed until the future is done. Raises RuntimeError after ``close``.
        """
        future: Future[Reading] = Future()
        with self._submit_lock:
            if self._closing.is_set():
                raise RuntimeError("the reader is closed")
            self._jobs.put(_Job(frames, corners, kind, dict(expects), future))
        return future

    def close(self) -> None:
        """End the process; captures still waiting get ReaderCrashed. May be called twice."""
        with self._submit_lock:
            self._closing.set()
            self._jobs.put(None)
        self._thread.join(CLOSE_LIMIT_S * 3)

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _enter(self, state: ReaderState) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)

    def _look_after(self) -> None:
        alive = self._start()
        while not self._closing.is_set():
            job = self._jobs.get()
            if job is None:
                break
            if not job.future.set_running_or_notify_cancel():
                continue
            if not alive and not (alive := self._start()):
                job.future.set_exception(ReaderCrashed("the reader does not start"))
                continue
            alive = self._do(job)
            if not alive and not self._closing.is_set():
                self._enter(ReaderState.RESTARTING)
                alive = self._start()
        self._end()

    def _start(self) -> bool:
        """A new worker, warm; False when it did not come up."""
        self._stop_process()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe = cast(Connection, ours)
        self._process = context.Process(target=_serve, args=(theirs, self._factory), name="yanhe-reader", daemon=True)
        self._process.start()
        theirs.close()
        answer = self._answer(START_LIMIT_S)
        if answer != ("ready", None):
            if not self._closing.is_set():
                log.error("the reader process did not start")
            self._stop_process()
            return False
        self._enter(ReaderState.READY)
        return True

    def _do(self, job: _Job) -> bool:
        """One capture. False when the worker must be started again."""
        assert self._pipe is not None
        self._enter(ReaderState.BUSY)
        try:
            self._pipe.send(self._share(job))
            answer = self._answer(self._time_limit_s)
        except OSError:
            answer = None
        finally:
            self._wipe()
        if answer is None:
            self._stop_process()
            job.future.set_exception(ReaderCrashed("the reader did not survive this capture"))
            return False
        verdict, value = answer
        if verdict == "read":
            job.future.set_result(value)
        else:
            job.future.set_exception(value)
        self._enter(ReaderState.READY)
        return True

    def _answer(self, limit_s: float) -> tuple | None:
        """What the worker says within the limit; None when it died, hangs, or the desk is closing."""
        process, pipe = self._process, self._pipe
        assert process is not None and pipe is not None
        deadline = time.monotonic() + limit_s
        while not self._closing.is_set() and (left := deadline - time.monotonic()) > 0:
            ready = wait([pipe, process.sentinel], timeout=min(left, 0.2))
            if pipe in ready:
                try:
                    return pipe.recv()
                except (EOFError, OSError):
                    return None
            if ready:
                return None
        return None

    def _share(self, job: _Job) -> _Task:
        """The frames of a job in shared memory."""
        arrays = [np.ascontiguousarray(frame) for frame in job.frames]
        needed = sum(array.nbytes for array in arrays)
        if self._block is None or self._block.size < needed:
            self._drop_block()
            self._block = SharedMemory(create=True, size=max(needed, 1))
        placed: list[tuple[tuple[int, ...], int]] = []
        offset = 0
        for array in arrays:
            np.ndarray(array.shape, np.uint8, self._block.buf, offset)[...] = array
            placed.append((array.shape, offset))
            offset += array.nbytes
        return _Task(self._block.name, tuple(placed), job.corners, job.kind, job.expects)

    def _wipe(self) -> None:
        if self._block is not None:
            np.ndarray((self._block.size,), np.uint8, self._block.buf)[...] = 0

    def _drop_block(self) -> None:
        if self._block is not None:
            self._block.close()
            self._block.unlink()
            self._block = None

    def _stop_process(self) -> None:
        if self._pipe is not None:
            self._pipe.close()  # the worker ends by itself when nobody listens
            self._pipe = None
        if self._process is not None:
            self._process.join(0.0 if not self._closing.is_set() else 0.5)
            if self._process.is_alive():
                self._process.kill()
            self._process.join(CLOSE_LIMIT_S)
            self._process = None

    def _end(self) -> None:
        self._stop_process()
        self._drop_block()
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is not None and job.future.set_running_or_notify_cancel():
                job.future.set_exception(ReaderCrashed("the reader was closed"))
        self._enter(ReaderState.CLOSED)


def _serve(pipe: Connection, factory: Callable[[], _Reads]) -> None:
    """The worker's life: build the reader, then one task after the other until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk decides when to end
    step_back()
    reader = factory()
    reader.warm_up()
    pipe.send(("ready", None))
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
        try:
            answer = ("read", _read(reader, block, task))
        except Exception as error:  # whatever a library raises belongs to this capture alone
            answer = ("failed", RuntimeError(f"{type(error).__name__} while reading"))
        try:
            pipe.send(answer)
        except OSError:
            break
    if block is not None:
        block.close()


def _read(reader: _Reads, block: SharedMemory, task: _Task) -> Reading:
    frames = [np.ndarray(shape, np.uint8, block.buf, offset).copy() for shape, offset in task.frames]
    return reader.read(frames, corners=task.corners, kind=task.kind, expects=task.expects)
