"""Real time for sources that are not cameras: a file has to run at its own speed, and skip what is late."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Numbers the frames of a stream that runs at ``fps`` since ``start``; ``clock`` and ``sleep`` can be replaced in tests."""

    def __init__(
        self, fps: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._period = 1.0 / fps
        self._clock = clock
        self._sleep = sleep
        self._start = clock()

    def start(self) -> None:
        self._start = self._clock()

    def wait_for(self, index: int, timeout_s: float) -> bool:
        """Sleeps until frame ``index`` is due; False (after ``timeout_s``) when it is due later than that."""
        wait = self._start + index * self._period - self._clock()
        if wait > timeout_s:
            self._sleep(timeout_s)
            return False
        if wait > 0:
            self._sleep(wait)
        return True

    def now_due(self) -> int:
        """The newest frame that is due."""
        return int((self._clock() - self._start) / self._period + 1e-6)

    def now(self) -> float:
        return self._clock()
