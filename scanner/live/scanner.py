"""The live scanner: frames in, outline and captures and codes out, on its own thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from scanner.barcodes import CodeGate, Decoder, LiveDecoder
from scanner.live.burst import Burst
from scanner.live.codes import CodeReader
from scanner.live.feed import Feed
from scanner.live.logic import CaptureLogic, Observation
from scanner.live.signature import Signature, same_sheet, signature
from scanner.live.types import CameraState, Capture, LivePreview, LiveState
from scanner.locate import Tracker
from scanner.priority import step_back
from scanner.quality import assess
from scanner.sources.base import FrameSource
from scanner.types import Barcode, Frame, Problem, Quad

_log = logging.getLogger(__name__)

_READ_S = 0.2
_ASSESS_EVERY_S = 0.15  # quality is judged this often; it hardly changes faster, and costs as much as the outline
_COMPARE_EVERY_S = 0.2  # likewise whether the captured sheet still lies there
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
    ) -> None:
        self._on_capture = on_capture
        self._told = on_state
        self._stop = threading.Event()
        self._paused = threading.Event()
        self._shoot = threading.Event()
        self._rearm = threading.Event()
        self._feed = Feed(source, clock, self._wait, self._camera_is)
        self._codes = CodeReader(decoder or LiveDecoder(), gate or CodeGate(), on_codes)
        self._tracker = Tracker()
        self._logic = logic or CaptureLogic()
        self._burst: Burst | None = None
        self._captured: tuple[Quad, Signature] | None = None
        self._problems: frozenset[Problem] = frozenset()
        self._assessed_at = -1e9
        self._new = False  # as last compared
        self._compared_at = -1e9
        self._preview: LivePreview | None = None
        self._camera = CameraState.OPENING
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        self._codes.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends both threads after the frame in hand and closes the source."""
        self._stop.set()
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
                frame = self._feed.next(_READ_S)
                if frame is not None:
                    self._look(frame)
        finally:
            self._feed.close()

    def _look(self, frame: Frame) -> None:
        try:
            found = self._tracker.update(frame.image, frame.at_s)
            corners = None if found is None else found.corners
            if self._paused.is_set():
                self._publish(frame, corners, LiveState.STOPPED, None)
                return
            self._codes.offer(frame)
            self._step(frame, corners)
        except Exception:  # a frame that defeats us costs this frame, not the camera
            _log.exception("a frame could not be looked at")

    def _step(self, frame: Frame, corners: Quad | None) -> None:
        if self._rearm.is_set():
            self._rearm.clear()
            self._logic.rearm()
        if self._shoot.is_set() and self._burst is None:
            self._shoot.clear()
            self._burst = Burst(by_hand=True)
        if self._burst is not None:
            self._collect(self._burst, frame, corners)
            return
        seen = Observation(
            frame.at_s,
            corners,
            self._judged(frame, corners),
            lambda: self._is_new(frame, corners),
        )
        step = self._logic.see(seen)
        if step.capture:
            self._burst = Burst(by_hand=False)
        self._publish(frame, corners, step.state, step.problem)

    def _collect(self, burst: Burst, frame: Frame, corners: Quad | None) -> None:
        """One more frame for the burst; at its end the capture goes out."""
        self._publish(frame, corners, LiveState.CAPTURING, None)
        if not burst.add(frame.image, corners):
            return
        self._burst = None
        capture = burst.capture()
        self._logic.burst_done(good=capture is not None)
        if capture is None:
            return
        if capture.corners is not None:
            self._captured = (capture.corners, signature(capture.frames[0], capture.corners))
            self._new, self._compared_at = False, frame.at_s
        self._publish(frame, corners, LiveState.CAPTURED, None)
        self._on_capture(capture)

    def _judged(self, frame: Frame, corners: Quad | None) -> frozenset[Problem]:
        if corners is None:
            self._assessed_at = -1e9
            self._problems = frozenset()
        elif frame.at_s - self._assessed_at > _ASSESS_EVERY_S:
            self._assessed_at = frame.at_s
            self._problems = frozenset(finding.problem for finding in assess(frame.image, corners).findings)
        return self._problems

    def _is_new(self, frame: Frame, corners: Quad | None) -> bool:
        """False while the captured page lies here, or still where it lay (and only the outline has changed its mind)."""
        if self._captured is None:
            return True
        if frame.at_s - self._compared_at > _COMPARE_EVERY_S:
            self._compared_at = frame.at_s
            place, taken = self._captured
            here = (place,) if corners is None else (corners, place)
            self._new = not any(same_sheet(taken, signature(frame.image, where)) for where in here)
        return self._new

    def _publish(self, frame: Frame, corners: Quad | None, state: LiveState, problem: Problem | None) -> None:
        self._preview = LivePreview(frame, corners, state, problem)

    def _camera_is(self, state: CameraState) -> None:
        self._camera = state
        if state is not CameraState.LIVE:
            self._preview = None
            self._tracker.forget()
        self._told(state)

    def _wait(self, seconds: float) -> None:
        self._stop.wait(seconds)
