"""The other camera of a machine: it looks at the room and at whoever sits there. What is chosen by mistake."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import cv2
import numpy as np

from practice.camera.look import NoiseBank
from scanner.sources import SourceError
from scanner.types import Frame, Image


class RoomSource:
    """A person who moves before a wall, at ``fps``; no paper ever shows."""

    frames_always_change = True
    name = "对着房间的摄像头"

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        fps: float = 15.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._size = size
        self._period = 1 / fps
        self._clock = clock
        self._sleep = sleep
        self._due: float | None = None
        self._index = 0
        self._wall = _wall(size)
        self._noise = NoiseBank(size, 2.0, 3)

    def open(self) -> None:
        self._due = self._clock()

    def close(self) -> None:
        self._due = None

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self._due is None:
            raise SourceError("lost", "not open")
        wait = self._due - self._clock()
        if wait > 0:
            self._sleep(min(wait, timeout_s))
            if wait > timeout_s:
                return None
        now = self._clock()
        self._due = max(self._due + self._period, now)
        self._index += 1
        return Frame(self._noise.over(self._person(now)), now, self._index)

    def _person(self, now: float) -> Image:
        picture = self._wall.copy()
        width, height = self._size
        x = int(width * (0.5 + 0.06 * math.sin(1.1 * now)))
        y = int(height * (0.46 + 0.03 * math.sin(1.9 * now)))
        cv2.ellipse(
            picture, (x, height + height // 8), (width // 4, height // 2), 0, 0, 360, (92, 78, 62), -1, cv2.LINE_AA
        )
        cv2.ellipse(picture, (x, y), (height // 7, height // 5), 0, 0, 360, (150, 176, 214), -1, cv2.LINE_AA)
        cv2.ellipse(
            picture, (x, y - height // 10), (height // 6, height // 8), 0, 180, 360, (40, 42, 48), -1, cv2.LINE_AA
        )
        for side in (-1, 1):
            cv2.circle(picture, (x + side * height // 18, y), height // 70, (40, 40, 44), -1, cv2.LINE_AA)
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.0), np.uint8)


def _wall(size: tuple[int, int]) -> Image:
    width, height = size
    shade = np.linspace(0.75, 1.05, width, dtype=np.float32)[None, :, None] * np.array([176, 188, 192], np.float32)
    return np.clip(np.repeat(shade, height, axis=0), 0, 255).astype(np.uint8)
