"""A frame source kept alive: opened, watched, reopened with patience. Its troubles become states, never exceptions."""

from __future__ import annotations

import logging
from collections.abc import Callable

from scanner.live.types import CameraState
from scanner.sources.base import FrameSource, SourceError
from scanner.types import Frame

_log = logging.getLogger(__name__)

_STALLED_AFTER_S = 1.5
_BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)  # between attempts to open; the last one again and again


class Feed:
    """Used from one thread. ``pause(seconds)`` waits (and may return early when the program stops); ``told`` hears each change of state."""

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
        self._attempts = 0
        self._last_frame_at = 0.0

    def next(self, timeout_s: float) -> Frame | None:
        """The newest frame, or None when there is none just now. Blocks for about ``timeout_s`` at most, longer while a device opens."""
        if self._state is CameraState.ENDED:
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
        now = self._clock()
        if frame is not None:
            self._last_frame_at = now
            self._attempts = 0
            self._tell(CameraState.LIVE)
        elif now - self._last_frame_at > _STALLED_AFTER_S:
            self._tell(CameraState.STALLED)
        return frame

    def close(self) -> None:
        self._close()

    def _open_source(self) -> None:
        self._tell(CameraState.OPENING)
        self._source.open()
        self._open = True
        self._last_frame_at = self._clock()

    def _failed(self, error: SourceError) -> None:
        _log.warning("frame source failed: %s", error.code)
        self._tell(CameraState.LOST if self._open else CameraState.ABSENT)
        self._close()
        self._pause(_BACK_OFF_S[min(self._attempts, len(_BACK_OFF_S) - 1)])
        self._attempts += 1

    def _close(self) -> None:
        self._open = False
        self._source.close()

    def _tell(self, state: CameraState) -> None:
        # while a device is tried again and again the person should read "absent", not a flicker of "opening"
        if state is CameraState.OPENING and self._attempts:
            return
        if state is not self._state:
            self._state = state
            self._told(state)
