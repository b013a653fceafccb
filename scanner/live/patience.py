"""Time that counts against a device."""

from __future__ import annotations


class Patience:
    """Seconds, of which no more than ``most_s`` pass between two looks.

    A machine that was asleep, or so loaded that this thread did not get its turn, looks late: that is no fault of the camera's, and
    must not be told as one.
    """

    def __init__(self, most_s: float = 1.0) -> None:
        self._most_s = most_s
        self._seconds = 0.0
        self._looked_at: float | None = None

    def at(self, now: float) -> float:
        if self._looked_at is not None:
            self._seconds += min(max(0.0, now - self._looked_at), self._most_s)
        self._looked_at = now
        return self._seconds
