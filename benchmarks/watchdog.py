"""How long the window does not answer: a timer that ought to fire every few milliseconds, and the gaps between its beats."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5


class Watchdog(QObject):
    """Counts the gaps between beats on the thread it lives on. A gap beyond the beat is a stall of that length."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: float | None = None
        self.stalls_ms: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = None
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.stalls_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def at(self, share: float) -> float:
        """The stall that ``share`` of all beats stay below, in milliseconds."""
        ordered = sorted(self.stalls_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
