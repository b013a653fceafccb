"""The reader in a process of its own.

Recognition and barcode libraries are native code and may crash or hang on a bad picture. Here that costs one capture:
its future says so, the process is started again, and the next capture is read. Frames travel through shared memory,
which is wiped after each job; nothing is written to disk. A process that has grown is exchanged for a fresh one between
two captures, when that one is warm.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import cv2

from scanner.imaging import as_bgr
from scanner.printed_forms import PrintedForms, as_declared
from scanner.shared_frames import SharedFrames
from scanner.text import create_recogniser
from scanner.text.models import model_folder
from scanner.types import ExpectedSet, Image, Quad, Reading
from scanner.worker_link import CLOSE_LIMIT_S, Limits, WorkerLink
from scanner.worker_process import Reads, Task

if TYPE_CHECKING:
    from scanner.reader import Reader

log = logging.getLogger(__name__)

_IDLE_LOOK_S = 2.0
CRASHES_IN_A_ROW = (
    3  # one bad picture takes one process with it, or two when it is laid down again; three are no accident
)
DOWN_FOR_S = 60.0  # a fresh process costs ten seconds of both cores: not while a person works by hand all the time
LARGEST_RESIDENT = 420_000_000  # bytes at rest from which a process is exchanged; fresh and warm it holds about 250 MB
MOST_CAPTURES = 3000  # where the system does not say how large a process is, it is exchanged after so many


class ReaderState(StrEnum):
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    RESTARTING = "restarting"
    DOWN = "down"  # ended again and again; a fresh one is tried now and then, and when a person asks
    CLOSED = "closed"


class ReaderCrashed(RuntimeError):
    """The process died or ran past its time on this capture. The next capture is not affected."""


class ReadingFailed(RuntimeError):
    """Something was raised while reading. ``kind`` names its type; its words stay behind, for they may tell what was read."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind} while reading")
        self.kind = kind


def check_recogniser(name: str) -> None:
    """Raises RecogniserUnavailable when its program or models are missing, ValueError for an unknown name. Loads no models."""
    if name == "rapidocr":
        model_folder()
    else:
        create_recogniser(name)


def build_reader(recogniser: str, threads: int, printed_forms: PrintedForms) -> Reader:
    """The reader as the worker builds it, in the worker: only there are recogniser and judge loaded."""
    from scanner.reader import Reader

    cv2.setNumThreads(threads)
    return Reader(create_recogniser(recogniser, threads=threads), printed_forms=printed_forms)


@dataclass(eq=False)
class _Job:
    frames: list[Image]
    corners: Quad | None
    kind: str | None
    expects: dict[str, ExpectedSet]
    future: Future[Reading]


_RESTART = _Job([], None, None, {}, Future())  # no capture: see ReaderProcess.restart


class ReaderProcess:
    """One worker process and the thread that looks after it.

    Starts warming up at once, in the background. ``submit`` may be called from any thread and at any time before
    ``close``; captures are read in order. ``on_state`` is called from the looking-after thread. ``printed_forms`` must be
    a function that can be pickled by reference. ``factory`` (picklable) replaces the reader, for tests. ``largest_resident``:
    bytes from which a process is exchanged for a fresh one.
    """

    def __init__(
        self,
        *,
        recogniser: str = "rapidocr",
        threads: int = 2,
        printed_forms: PrintedForms = as_declared,
        limits: Limits | None = None,
        on_state: Callable[[ReaderState], None] | None = None,
        factory: Callable[[], Reads] | None = None,
        largest_resident: int = LARGEST_RESIDENT,
        down_for_s: float = DOWN_FOR_S,
    ) -> None:
        self._factory = factory or partial(build_reader, recogniser, threads, printed_forms)
        # another recogniser is another program: while it works, this process sleeps
        self._limits = limits or (Limits() if recogniser == "rapidocr" else Limits(asleep_s=60.0, total_s=90.0))
        self._largest_resident = largest_resident
        self._down_for_s = down_for_s
        self._crashes = 0  # in a row
        self._on_state = on_state or (lambda _: None)
        self._state = ReaderState.STARTING
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._submit_lock = threading.Lock()
        self._worker: WorkerLink | None = None
        self._spare: WorkerLink | None = None  # warming up, to follow the present one
        self._captures = 0  # read by the present one
        self._resident: int | None = None  # as it said last
        self._shared = SharedFrames()
        self._thread = threading.Thread(target=self._look_after, name="reader", daemon=True)
        self._thread.start()

    @property
    def state(self) -> ReaderState:
        return self._state

    @property
    def pid(self) -> int | None:
        """The worker's process id while it lives."""
        worker = self._worker
        return worker.pid if worker is not None else None

    @property
    def crashes(self) -> int:
        """How often in a row the process has ended over its work, or did not start."""
        return self._crashes

    def restart(self) -> None:
        """A person asks to try again: a fresh process at once."""
        self._jobs.put(_RESTART)

    def submit(
        self,
        frames: Sequence[Image],
        *,
        corners: Quad | None = None,
        kind: str | None = None,
        expects: Mapping[str, ExpectedSet] = {},
    ) -> Future[Reading]:
        """Read a capture; arguments as ``Reader.read``. The future may raise ReaderCrashed, ValueError for what is no picture, or
        ReadingFailed for what ``read`` raised.

        The frames must not be changed until the future is done. Raises RuntimeError after ``close``.
        """
        future: Future[Reading] = Future()
        pictures = [picture for frame in frames if (picture := as_bgr(frame)) is not None]
        with self._submit_lock:
            if self._closing.is_set():
                raise RuntimeError("the reader is closed")
            if len(pictures) < len(frames):
                future.set_exception(ValueError("a frame is no picture"))
                return future
            if corners is not None and pictures[0].shape != frames[0].shape:
                corners = (corners * (pictures[0].shape[1] / frames[0].shape[1])).astype(corners.dtype)
            self._jobs.put(_Job(pictures, corners, kind, dict(expects), future))
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
        try:
            self._start()
            while not self._closing.is_set():
                try:
                    job = self._jobs.get(timeout=self._patience())
                except queue.Empty:
                    self._exchange()
                    self._revive()
                    continue
                if job is None:
                    break
                if job is _RESTART:
                    self._begin_anew()
                    continue
                if not job.future.set_running_or_notify_cancel():
                    continue
                self._exchange()
                self._bury()
                if self._worker is None and (self._state is ReaderState.DOWN or not self._start()):
                    job.future.set_exception(ReaderCrashed("the reader does not start"))
                    continue
                self._do(job)
        finally:
            self._end()

    def _patience(self) -> float:
        if self._spare is not None:
            return 0.3
        return self._down_for_s if self._state is ReaderState.DOWN else _IDLE_LOOK_S

    def _bury(self) -> None:
        """A process that ended while it had nothing to do (the system took its memory, somebody killed it) costs no capture."""
        if self._worker is not None and not self._worker.alive:
            self._drop()
            self._failed()

    def _revive(self) -> None:
        self._bury()
        if self._worker is None:
            self._start()

    def _begin_anew(self) -> None:
        self._crashes = 0
        self._drop()
        self._enter(ReaderState.RESTARTING)
        self._start()

    def _failed(self) -> None:
        """The process has ended over its work or did not come up."""
        self._crashes += 1
        if not self._closing.is_set():
            self._enter(ReaderState.DOWN if self._crashes >= CRASHES_IN_A_ROW else ReaderState.RESTARTING)

    def _start(self) -> bool:
        """A new worker, warm; False when it did not come up."""
        worker, self._spare = self._spare or WorkerLink(self._factory, self._closing), None
        self._worker = worker
        while (ready := worker.is_ready(0.2)) is None:
            pass
        if not ready:
            if not self._closing.is_set():
                log.error("the reader process did not start")
            self._drop()
            self._failed()
            return False
        self._captures, self._resident = 0, None
        self._enter(ReaderState.READY)
        return True

    def _do(self, job: _Job) -> None:
        """One capture. Afterwards there is a warm worker, unless none can be had."""
        assert self._worker is not None
        self._enter(ReaderState.BUSY)
        try:
            block, places = self._shared.put(job.frames)
            answer = self._worker.ask(Task(block, places, job.corners, job.kind, job.expects), self._limits)
        except Exception as error:  # no memory for the frames, a corner that cannot travel: this capture's trouble
            log.exception("a capture could not be handed over")
            job.future.set_exception(RuntimeError(f"{type(error).__name__} while handing over"))
            self._enter(ReaderState.READY)
            return
        finally:
            self._shared.wipe()
        if answer is None:
            self._drop()
            job.future.set_exception(ReaderCrashed("the reader did not survive this capture"))
            self._failed()
            if self._state is ReaderState.RESTARTING:
                self._start()
            return
        self._captures += 1
        self._crashes = 0
        self._resident = answer.resident
        if isinstance(answer.value, str):
            job.future.set_exception(ReadingFailed(answer.value))
        else:
            job.future.set_result(answer.value)
        self._enter(ReaderState.READY)
        if self._spare is None and self._has_grown():
            self._spare = WorkerLink(self._factory, self._closing)

    def _has_grown(self) -> bool:
        if self._resident is None:
            return self._captures >= MOST_CAPTURES
        return self._resident > self._largest_resident

    def _exchange(self) -> None:
        """Let the fresh worker follow the grown one, if it is warm; the other captures meanwhile were read by the old one."""
        if self._spare is None or (ready := self._spare.is_ready()) is None:
            return
        if not ready:
            self._spare.stop()
            self._spare = None
            self._captures, self._resident = 0, None
            return
        old, self._worker, self._spare = self._worker, self._spare, None
        self._captures, self._resident = 0, None
        if old is not None:
            old.stop(0.5)

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.stop(0.5 if self._closing.is_set() else 0.0)
            self._worker = None

    def _end(self) -> None:
        with self._submit_lock:
            self._closing.set()
        self._drop()
        if self._spare is not None:
            self._spare.stop()
        self._shared.drop()
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is not None and job.future.set_running_or_notify_cancel():
                job.future.set_exception(ReaderCrashed("the reader was closed"))
        self._enter(ReaderState.CLOSED)
