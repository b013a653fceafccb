"""A webcam or document camera through OpenCV.

A blocked driver must not block us: a thread of its own opens the device, waits for the driver and keeps only the newest frame.
Whether the pictures are alive is judged by ``scanner.live.health``; here only what the driver and the system say counts.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol

import cv2

from scanner.imaging import as_image
from scanner.sources.base import SourceError
from scanner.sources.system_cameras import Presence, presence
from scanner.types import Frame, Image

OPEN_LIMIT_S = 10.0  # a slow driver needs up to six seconds on a busy machine
_FAILED_READS = 20
_PAUSE_S = 0.02  # after a failed read
_JOIN_S = 3.0


class Device(Protocol):
    """What we use of cv2.VideoCapture."""

    def isOpened(self) -> bool: ...
    def read(self) -> tuple[bool, Image]: ...
    def release(self) -> None: ...


class WebcamSource:
    """Camera number ``index`` of the system. ``size``: the wished frame size; the camera gives the nearest it can.

    ``there``: what the system says of the device, asked when the driver fails: two witnesses tell "unplugged" from "no picture".
    """

    frames_always_change = True

    def __init__(
        self,
        index: int,
        size: tuple[int, int] = (1920, 1080),
        *,
        connect: Callable[[int, tuple[int, int]], Device] | None = None,
        there: Callable[[int], Presence] = presence,
        clock: Callable[[], float] = time.monotonic,
        open_limit_s: float = OPEN_LIMIT_S,
        patience_s: float = _JOIN_S,
    ) -> None:
        self._number = index
        self._size = size
        self._connect = connect or _connect
        self._there = there
        self._clock = clock
        self._open_limit_s = open_limit_s
        self._patience_s = patience_s  # with a driver that does not let go
        self._grabber: _Grabber | None = None

    @property
    def name(self) -> str:
        return f"摄像头 {self._number}"

    def open(self) -> None:
        """Blocks at most ``open_limit_s``, however long the driver takes."""
        self.close()
        if self._grabber is not None:
            raise SourceError(
                "stuck", self.name
            )  # the driver still holds the thread of last time: a second one would hang beside it
        present = self._there(self._number)
        if present in (Presence.GONE, Presence.FORBIDDEN):
            raise SourceError("absent" if present is Presence.GONE else "forbidden", self.name)
        self._grabber = _Grabber(lambda: self._connect(self._number, self._size), self._clock)
        opened = self._grabber.opened(self._open_limit_s)
        if opened is None:
            raise SourceError("stuck", self.name)
        if not opened:
            self.close()
            # the system sees the device and yet it cannot be had: somebody else has it
            raise SourceError("busy" if present is Presence.THERE else "absent", self.name)

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self._grabber is None:
            raise SourceError("lost", "not open")
        frame = self._grabber.newest(timeout_s)
        if self._grabber.failed:
            raise SourceError("stuck" if self._there(self._number) is Presence.THERE else "lost", self.name)
        return frame

    def close(self) -> None:
        if self._grabber is not None and self._grabber.stop(self._patience_s):
            self._grabber = None


class _Grabber:
    """Opens the device and waits for it on its own thread; a new frame replaces an old one nobody took."""

    def __init__(self, connect: Callable[[], Device], clock: Callable[[], float]) -> None:
        self._connect = connect
        self._clock = clock
        self._news = threading.Condition()
        self._opened: bool | None = None
        self._frame: Frame | None = None
        self._stopping = False
        self.failed = False
        # a driver that never returns cannot be joined, and must not keep the program alive
        self._thread = threading.Thread(target=self._run, name="webcam", daemon=True)
        self._thread.start()

    def opened(self, limit_s: float) -> bool | None:
        """Whether the device could be opened; None when the driver has not said within ``limit_s``."""
        with self._news:
            self._news.wait_for(lambda: self._opened is not None, limit_s)
            return self._opened

    def newest(self, timeout_s: float) -> Frame | None:
        with self._news:
            self._news.wait_for(lambda: self._frame is not None or self.failed, timeout_s)
            frame, self._frame = self._frame, None
            return frame

    def stop(self, patience_s: float) -> bool:
        """False when the driver does not let go; the thread ends by itself when it does."""
        self._stopping = True
        self._thread.join(patience_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        device: Device | None = None
        try:
            device = self._connect()
            self._tell_opened(device.isOpened())
            if self._opened:
                self._grab(device)
        except Exception:  # cv2.error and whatever a driver's binding raises: no frames come any more
            self._tell_opened(False)
        finally:
            with self._news:
                self.failed = True
                self._news.notify_all()
            if device is not None:
                device.release()

    def _tell_opened(self, opened: bool) -> None:
        with self._news:
            if self._opened is None:
                self._opened = opened
                self._news.notify_all()

    def _grab(self, device: Device) -> None:
        index = failures = 0
        while not self._stopping and failures < _FAILED_READS:
            done, image = device.read()
            if not done:
                failures += 1
                time.sleep(_PAUSE_S)
                continue
            failures = 0
            with self._news:
                self._frame = Frame(as_image(image), self._clock(), index)
                self._news.notify_all()
            index += 1


def _connect(index: int, size: tuple[int, int]) -> Device:
    """Opens with the back end that starts fastest on each system, compressed frames, and no queue in the driver."""
    backend = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW}.get(sys.platform, cv2.CAP_ANY)
    device = cv2.VideoCapture(index, backend)
    if device.isOpened():
        device.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        device.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        device.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        device.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return device  # type: ignore[return-value]  # its read() is typed as any array
