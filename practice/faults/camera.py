"""A camera that can be absent, busy, unplugged, frozen, dark, or send nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scanner.sources import FrameSource, SourceError
from scanner.types import Frame

FAULTS = ("absent", "busy", "forbidden", "unplugged", "stalled", "frozen", "dark")
_DARK_LUMA = 3.0  # what is left of the picture under a lens cap


class FaultySource:
    """``source`` while ``fault`` is empty. ``fault`` may be changed from any thread at any time."""

    frames_always_change = True

    def __init__(self, source: FrameSource, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._source = source
        self._sleep = sleep
        self._last: Frame | None = None
        self.fault = ""

    @property
    def name(self) -> str:
        return self._source.name

    def open(self) -> None:
        if self.fault in ("absent", "unplugged"):
            raise SourceError("absent", self.name)
        if self.fault in ("busy", "forbidden"):
            raise SourceError(self.fault, self.name)
        self._source.open()

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self.fault in ("absent", "unplugged"):
            raise SourceError("lost", self.name)
        if self.fault in ("busy", "forbidden"):
            raise SourceError(self.fault, self.name)
        if self.fault == "stalled":
            self._sleep(timeout_s)
            return None
        frame = self._source.read(timeout_s)
        if frame is None:
            return None
        if self.fault == "frozen" and self._last is not None:
            return replace(self._last, at_s=frame.at_s, index=frame.index)
        self._last = frame
        if self.fault == "dark":
            return replace(frame, image=(frame.image * (_DARK_LUMA / 255)).astype(np.uint8))
        return frame

    def close(self) -> None:
        self._source.close()
