"""How long the window does not answer: a timer that ought to fire every few milliseconds, and the gaps between its beats."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
BLAME_MS = 50  # a stall longer than this is worth knowing where


class Watchdog(QObject):
    """Counts the gaps between beats on the thread it lives on. A gap beyond the beat is a stall of that length."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: float | None = None
        self.stalls_ms: list[float] = []
        self.blamed: Counter[str] = Counter()
        self._ended = threading.Event()
        self._sampler = threading.Thread(target=self._sample, args=(threading.get_ident(),), daemon=True)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = None
        self._timer.start()
        self._sampler.start()

    def stop(self) -> None:
        self._timer.stop()
        self._ended.set()
        self._sampler.join()

    def _sample(self, watched: int) -> None:
        """Where the watched thread is when it is late; the place is that of our own code nearest to the delay."""
        while not self._ended.wait(0.01):
            last = self._last
            if last is not None and (time.perf_counter() - last) * 1000 > BLAME_MS:
                frame = sys._current_frames().get(watched)
                ours = [f for f in traceback.extract_stack(frame) if "site-packages" not in f.filename] if frame else []
                self.blamed[" < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(ours[-6:]))] += 1

    def _beat(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.stalls_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def at(self, share: float) -> float:
        """The stall that ``share`` of all beats stay below, in milliseconds."""
        ordered = sorted(self.stalls_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
