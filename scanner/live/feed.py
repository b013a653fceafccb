"""A frame source kept alive: opened, watched, reopened with patience. Its troubles become states, never exceptions.

What ends each state (``CameraState``):

| state | by itself | its limit |
|---|---|---|
| opening | the device answers | the source's own (a webcam: 10 s) → stalled, tried again |
| live | – | 1.5 s without a frame → stalled; the same picture for 4 s → frozen; black for 2 s → dark |
| stalled | a frame comes | 5 s → closed and opened again, with growing pauses |
| frozen | the picture changes | 6 s → closed and opened again |
| dark | light | 30 s → closed and opened again: some cameras wake up with their shutter shut |
| absent, busy, forbidden, lost, unreadable | the next attempt succeeds | 0.5 … 8 s between attempts; a person's "try now" at once |
| ended, off | – | a person chooses |
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from scanner.live.health import Health, Picture
from scanner.live.patience import Patience
from scanner.live.types import CameraState
from scanner.sources.base import FrameSource, SourceError, frames_always_change
from scanner.types import Frame

_log = logging.getLogger(__name__)

STALLED_AFTER_S = 1.5  # a loaded machine has gaps of half a second between frames
REOPEN_AFTER_S = {
    CameraState.STALLED: 5.0,  # without a frame
    CameraState.FROZEN: 6.0,  # since it was called frozen
    CameraState.DARK: 30.0,  # since it was called dark
}
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)  # between attempts to open; the last one again and again
_TROUBLES = {
    "busy": CameraState.BUSY,
    "forbidden": CameraState.FORBIDDEN,
    "lost": CameraState.LOST,
    "stuck": CameraState.STALLED,
    "unreadable": CameraState.UNREADABLE,
}
_PICTURES = {Picture.ALIVE: CameraState.LIVE, Picture.FROZEN: CameraState.FROZEN, Picture.DARK: CameraState.DARK}
_RESTING = (CameraState.ENDED, CameraState.OFF)


class Feed:
    """Used from one thread, but for ``retry``. ``pause(seconds)`` waits (and may return early); ``told`` hears each change of state."""

    def __init__(
        self,
        source: FrameSource,
        clock: Callable[[], float],
        pause: Callable[[float], None],
        told: Callable[[CameraState], None],
    ) -> None:
        self._source = source
        self._clock = clock
        self._pause = pause
        self._told = told
        self._state: CameraState | None = None
        self._open = False
        self._was_live = False
        self._attempts = 0
        self._retry = threading.Event()
        self._begin()

    def next(self, timeout_s: float) -> Frame | None:
        """The newest living frame, or None when there is none just now. Blocks for about ``timeout_s`` at most, longer while a device opens."""
        if self._retry.is_set():
            self._start_again()
        if self._state in _RESTING:
            self._pause(timeout_s)
            return None
        try:
            if not self._open:
                self._open_source()
            frame = self._source.read(timeout_s)
        except EOFError:
            self._close()
            self._tell(CameraState.ENDED)
            return None
        except SourceError as error:
            self._failed(error)
            return None
        now = self._patience.at(self._clock())
        return self._judge(frame, now) if frame is not None else self._miss(now)

    def switch(self, source: FrameSource) -> None:
        """From now on another camera."""
        self._close()
        self._source = source
        self._was_live = False
        self._start_again()

    def rest(self) -> None:
        """A person goes on without a camera, until ``retry`` or ``switch``."""
        self._close()
        self._tell(CameraState.OFF)

    def retry(self) -> None:
        """Try again at once, from the beginning. Any thread; whoever pauses must be woken as well."""
        self._retry.set()

    def close(self) -> None:
        self._close()

    def _begin(self) -> None:
        self._health = Health(frames_always_change(self._source))
        self._patience = Patience()
        self._framed_at = self._state_since = self._patience.at(self._clock())

    def _judge(self, frame: Frame, now: float) -> Frame | None:
        self._framed_at = now
        picture = self._health.see(frame.image, now)
        if picture is Picture.REPEATED:
            return None  # neither news nor, so soon, a trouble
        self._tell(_PICTURES[picture])
        if picture is not Picture.ALIVE:
            self._reopen_when_over(now)
            return frame if picture is Picture.DARK else None
        self._attempts = 0
        self._was_live = True
        return frame

    def _miss(self, now: float) -> None:
        if now - self._framed_at > STALLED_AFTER_S:
            self._tell(CameraState.STALLED)
            self._reopen_when_over(now)

    def _reopen_when_over(self, now: float) -> None:
        """Beyond its limit a state that does not end by itself is ended: the device is closed and opened again."""
        assert self._state is not None
        since = self._framed_at if self._state is CameraState.STALLED else self._state_since
        if now - since > REOPEN_AFTER_S[self._state]:
            _log.warning("the camera is %s and is opened again", self._state.value)
            self._close()
            self._back_off()

    def _open_source(self) -> None:
        self._tell(CameraState.OPENING)
        self._source.open()
        self._open = True
        self._begin()

    def _failed(self, error: SourceError) -> None:
        _log.warning("frame source failed: %s", error.code)
        gone = CameraState.LOST if self._open or self._was_live else CameraState.ABSENT
        self._tell(_TROUBLES.get(error.code, gone))
        self._close()
        self._back_off()

    def _back_off(self) -> None:
        pause = BACK_OFF_S[min(self._attempts, len(BACK_OFF_S) - 1)]
        self._attempts += 1
        if not self._retry.is_set():
            self._pause(pause)

    def _start_again(self) -> None:
        self._retry.clear()
        self._close()
        self._attempts = 0
        self._state = None

    def _close(self) -> None:
        self._open = False
        self._source.close()

    def _tell(self, state: CameraState) -> None:
        # while a device is tried again and again the person should read "absent", not a flicker of "opening"
        if state is CameraState.OPENING and self._attempts:
            return
        if state is not self._state:
            self._state = state
            self._state_since = self._patience.at(self._clock())
            self._told(state)
