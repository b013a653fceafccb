"""The live scanner: frames in, outline and captures and codes out, on its own thread."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from scanner.barcodes import CodeGate, Decoder, LiveDecoder
from scanner.imaging import as_bgr
from scanner.live.burst import Burst, Held
from scanner.live.change import Recheck
from scanner.live.codes import CodeReader
from scanner.live.doubt import Doubt
from scanner.live.feed import Feed
from scanner.live.known import KnownSheet
from scanner.live.logic import CaptureLogic, Observation
from scanner.live.outline import Outline, Seen
from scanner.live.types import CameraState, Capture, LivePreview, LiveState
from scanner.priority import step_back
from scanner.quality import assess
from scanner.sources.base import FrameSource
from scanner.types import Barcode, Frame, Problem, Quad

_log = logging.getLogger(__name__)

_READ_S = 0.2
_SMALLEST = 64  # pixels of the shorter side
_JOIN_S = 12.0  # a webcam's driver may take that long to open


def _ignore_state(_: CameraState) -> None:
    pass


class LiveScanner:
    """Watches ``source``; calls ``on_capture`` with each new sheet, ``on_codes`` with accepted codes, ``on_state`` with the camera's state.

    All calls come on the scanner's threads and must return soon. ``clock``: monotonic seconds, the same as the source's.
    ``start`` once, ``stop`` at the end (it waits for the threads). The other methods may be called from any thread and return at once.
    """

    def __init__(
        self,
        source: FrameSource,
        *,
        on_capture: Callable[[Capture], None],
        on_codes: Callable[[tuple[Barcode, ...]], None],
        on_state: Callable[[CameraState], None] = _ignore_state,
        clock: Callable[[], float] = time.monotonic,
        decoder: Decoder | None = None,
        gate: CodeGate | None = None,
        logic: CaptureLogic | None = None,
        outline: Outline | None = None,
    ) -> None:
        self._on_capture = on_capture
        self._told = on_state
        self._stop = threading.Event()
        self._paused = threading.Event()
        self._shoot = threading.Event()
        self._rearm = threading.Event()
        self._woken = threading.Event()  # ends a pause between two attempts to open the camera
        self._orders: queue.SimpleQueue[FrameSource | None] = queue.SimpleQueue()  # another source; None: go on without
        self._doubt = Doubt()
        self._feed = Feed(source, clock, self._wait, self._camera_is)
        self._codes = CodeReader(decoder or LiveDecoder(), gate or CodeGate(), on_codes)
        self._outline = outline or Outline()
        self._logic = logic or CaptureLogic()
        self._burst: Burst | None = None
        self._held = Held()
        self._known = KnownSheet()
        self._problems: frozenset[Problem] = frozenset()
        # quality hardly changes faster, and costs as much as the outline; of a sheet nobody moves it changes by the camera's focus alone
        self._judging = Recheck(soon_s=0.15, late_s=0.6)
        # codes are told by several looks in turn, so a scene at rest is offered a few times more
        self._coding = Recheck(soon_s=0.1, late_s=0.5, linger_s=1.0)
        self._preview: LivePreview | None = None
        self._camera = CameraState.OPENING
        self._defeated_by: type[Exception] | None = None
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        self._codes.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends both threads after the frame in hand and closes the source."""
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)
        self._codes.stop()

    def pause(self) -> None:
        """No captures and no codes until ``resume``; the picture goes on."""
        self._paused.set()

    def resume(self) -> None:
        self._paused.clear()

    def shoot(self) -> None:
        """Take what is in view now, whatever it is."""
        self._shoot.set()

    def rearm(self) -> None:
        """Take the sheet that lies there once more when it is still and good."""
        self._rearm.set()

    def retry(self) -> None:
        """Try the camera again at once, also after ``rest``."""
        self._feed.retry()
        self._woken.set()

    def switch(self, source: FrameSource) -> None:
        """From now on watch another camera; the one before is closed."""
        self._orders.put(source)
        self._woken.set()

    def rest(self) -> None:
        """Close the camera and go on without, until ``retry`` or ``switch``."""
        self._orders.put(None)
        self._woken.set()

    @property
    def doubtful(self) -> bool:
        """Whether this camera seems to look at something else than a desk (``scanner.live.doubt``)."""
        return self._doubt.doubtful

    def preview(self) -> LivePreview | None:
        """The newest picture; None while there is none. Never blocks: a reference is replaced, never locked."""
        return self._preview

    @property
    def camera(self) -> CameraState:
        return self._camera

    def _run(self) -> None:
        step_back()
        try:
            while not self._stop.is_set():
                self._obey()
                frame = self._feed.next(_READ_S)
                if frame is not None:
                    self._look(frame)
        finally:
            self._feed.close()

    def _obey(self) -> None:
        while not self._orders.empty():
            source = self._orders.get()
            if source is None:
                self._feed.rest()
                continue
            self._feed.switch(source)
            self._burst, self._doubt, self._known = None, Doubt(), KnownSheet()
            self._held.drop()
            self._logic.rearm()

    def _look(self, frame: Frame) -> None:
        try:
            image = as_bgr(frame.image)
            if image is None or min(image.shape[:2]) < _SMALLEST:
                return  # no camera sends such a thing twice
            if image is not frame.image:
                frame = Frame(image, frame.at_s, frame.index)
            self._show_soon(frame)
            seen = self._outline.look(frame, calm=self._logic.state is LiveState.CAPTURED and self._burst is None)
            if self._paused.is_set():
                self._held.drop()
                self._publish(frame, seen.corners, LiveState.STOPPED, None)
                return
            for recheck in (self._judging, self._coding):
                recheck.see(frame.at_s, seen.changed)
            if self._coding.due(frame.at_s):
                self._codes.offer(frame)
            self._step(frame, seen)
        except Exception as error:  # a frame that defeats us costs this frame, not the camera
            if type(error) is not self._defeated_by:  # thirty a second would fill the log
                _log.exception("a frame could not be looked at")
            self._defeated_by = type(error)
        else:
            self._defeated_by = None

    def _show_soon(self, frame: Frame) -> None:
        """The picture goes out before it is looked at, with what the last one showed: a hand must see itself move at once, and the first look
        of all loads the network."""
        shown = self._preview
        if shown is None:
            self._publish(frame, None, LiveState.STOPPED if self._paused.is_set() else LiveState.SEARCHING, None)
        elif shown is not None and shown.frame.image.shape == frame.image.shape:
            self._publish(frame, shown.outline, shown.state, shown.problem)

    def _step(self, frame: Frame, seen: Seen) -> None:
        corners = seen.corners
        self._doubt.see(frame.at_s, sheet=corners is not None, moved=seen.changed)
        self._known.see(frame, seen, empty=self._logic.state is LiveState.SEARCHING)
        if self._rearm.is_set():
            self._rearm.clear()
            self._logic.rearm()
        if self._shoot.is_set() and self._burst is None:
            self._shoot.clear()
            self._burst = Burst(by_hand=True)
        if self._burst is not None:
            self._collect(self._burst, frame, seen)
            return
        step = self._logic.see(
            Observation(
                frame.at_s,
                corners,
                lambda: self._judged(frame, corners),
                lambda: self._known.is_new(frame, corners),
                self._known.is_bare,
            )
        )
        if step.capture:
            self._burst = Burst(by_hand=False, held=self._held.take())
            self._collect(self._burst, frame, seen)
            return
        if step.steady:
            self._held.add(frame.image, corners)
        else:
            self._held.drop()
        self._publish(frame, corners, step.state, step.problem)

    def _collect(self, burst: Burst, frame: Frame, seen: Seen) -> None:
        """One more frame for the burst; at its end the capture goes out."""
        self._publish(frame, seen.corners, LiveState.CAPTURING, None)
        if not burst.add(frame.image, seen.corners):
            return
        self._burst = None
        self._held.drop()
        capture = burst.capture()
        self._logic.burst_done(good=capture is not None)
        if capture is None:
            return
        if capture.corners is not None:
            self._known.taken(frame, capture)
        self._publish(frame, seen.corners, LiveState.CAPTURED, None)
        self._on_capture(capture)

    def _judged(self, frame: Frame, corners: Quad | None) -> frozenset[Problem]:
        """What is wrong with the sheet; looked at again soon where something was, for a fault that is gone must not hold up the capture."""
        if corners is None:
            self._judging.forget()
            self._problems = frozenset()
        elif self._judging.due(frame.at_s, urgent=bool(self._problems)):
            self._problems = frozenset(finding.problem for finding in assess(frame.image, corners).findings)
        return self._problems

    def _publish(self, frame: Frame, corners: Quad | None, state: LiveState, problem: Problem | None) -> None:
        self._preview = LivePreview(frame, corners, state, problem)

    def _camera_is(self, state: CameraState) -> None:
        self._camera = state
        if state is not CameraState.LIVE:
            self._preview = None
            self._outline.forget()
        self._told(state)

    def _wait(self, seconds: float) -> None:
        self._woken.wait(seconds)
        if not self._stop.is_set():
            self._woken.clear()
