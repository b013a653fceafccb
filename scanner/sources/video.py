"""A video file that plays as if it were a camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2

from scanner.imaging import as_image
from scanner.sources.base import SourceError
from scanner.sources.pace import Pace
from scanner.types import Frame

_USUAL_FPS = 25.0


class VideoSource:
    """Frames of a video at the video's own speed; frames that are late are skipped. ``loop``: from the beginning again at the end."""

    def __init__(
        self,
        path: Path,
        loop: bool = False,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = path
        self._loop = loop
        self._clock = clock
        self._sleep = sleep
        self._video: cv2.VideoCapture | None = None
        self._pace = Pace(_USUAL_FPS, clock, sleep)
        self._next = 0  # of the present run through the file
        self._index = 0  # of all frames given out

    @property
    def name(self) -> str:
        return self._path.name

    def open(self) -> None:
        if not self._path.is_file():
            raise SourceError("absent", self._path.name)
        video = cv2.VideoCapture(str(self._path))
        if not video.isOpened():
            video.release()
            raise SourceError("unreadable", self._path.name)
        self._video = video
        fps = video.get(cv2.CAP_PROP_FPS)
        self._pace = Pace(fps if 1 <= fps <= 240 else _USUAL_FPS, self._clock, self._sleep)
        self._next = self._index = 0

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self._video is None:
            raise SourceError("lost", "not open")
        if not self._pace.wait_for(self._next, timeout_s):
            return None
        while self._next < self._pace.now_due() and self._video.grab():
            self._next += 1
        done, image = self._video.read()
        if not done:
            if not self._loop or self._next == 0:
                raise EOFError(self._path.name)
            self._video.set(cv2.CAP_PROP_POS_FRAMES, 0)
            self._next = 0
            self._pace.start()
            return None
        frame = Frame(as_image(image), self._pace.now(), self._index)
        self._next += 1
        self._index += 1
        return frame

    def close(self) -> None:
        if self._video is not None:
            self._video.release()
            self._video = None
