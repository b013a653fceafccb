"""A webcam or document camera through OpenCV.

A camera is live only if its frames are recent *and* changing: drivers have been seen to return the last frame for ever, as success,
after the cable was pulled. And a blocked driver must not block us: a thread of its own waits for the driver and keeps only the newest frame.
"""

from __future__ import annotations

import sys
import threading
import time
import zlib
from collections.abc import Callable
from typing import Protocol

import cv2

from scanner.imaging import as_image
from scanner.sources.base import SourceError
from scanner.types import Frame, Image

_LOST_AFTER_S = 5.0  # without a frame
_FROZEN_AFTER_S = 4.0  # of frames equal to the last bit; sensor noise makes that impossible on a live camera
_FAILED_READS = 20
_JOIN_S = 3.0


class Device(Protocol):
    """What we use of cv2.VideoCapture."""

    def isOpened(self) -> bool: ...
    def read(self) -> tuple[bool, Image]: ...
    def release(self) -> None: ...


class WebcamSource:
    """Camera number ``index`` of the system. ``size``: the wished frame size; the camera gives the nearest it can."""

    def __init__(
        self,
        index: int,
        size: tuple[int, int] = (1920, 1080),
        *,
        connect: Callable[[int, tuple[int, int]], Device] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._number = index
        self._size = size
        self._connect = connect or _connect
        self._clock = clock
        self._grabber: _Grabber | None = None

    @property
    def name(self) -> str:
        return f"摄像头 {self._number}"

    def open(self) -> None:
        self.close()
        device = self._connect(self._number, self._size)
        if not device.isOpened():
            device.release()
            raise SourceError("absent", self.name)
        self._grabber = _Grabber(device, self._clock)

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self._grabber is None:
            raise SourceError("lost", "not open")
        return self._grabber.newest(timeout_s)

    def close(self) -> None:
        if self._grabber is not None:
            self._grabber.stop()
            self._grabber = None


class _Grabber:
    """Waits for the driver on its own thread; a new frame replaces an old one nobody took."""

    def __init__(self, device: Device, clock: Callable[[], float]) -> None:
        self._device = device
        self._clock = clock
        self._fresh = threading.Condition()
        self._frame: Frame | None = None
        self._error: SourceError | None = None
        self._stopping = False
        self._seen_at = self._changed_at = clock()
        # a driver that never returns cannot be joined, and must not keep the program alive
        self._thread = threading.Thread(target=self._run, name="webcam", daemon=True)
        self._thread.start()

    def newest(self, timeout_s: float) -> Frame | None:
        with self._fresh:
            if self._frame is None and self._error is None:
                self._fresh.wait(timeout_s)
            if self._error is not None:
                raise self._error
            frame, self._frame = self._frame, None
        now = self._clock()
        if frame is None and now - self._seen_at > _LOST_AFTER_S:
            raise SourceError("lost", "no frames")
        if now - self._changed_at > _FROZEN_AFTER_S and now - self._seen_at < _FROZEN_AFTER_S:
            raise SourceError("lost", "frozen picture")
        return frame

    def stop(self) -> None:
        self._stopping = True
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        index = failures = 0
        fingerprint = -1
        try:
            while not self._stopping:
                done, image = self._device.read()
                if not done:
                    failures += 1
                    if failures >= _FAILED_READS:
                        self._fail(SourceError("lost", "the driver returns nothing"))
                        return
                    time.sleep(0.02)
                    continue
                failures = 0
                now = self._clock()
                latest = zlib.crc32(image[::8, ::8].tobytes())
                with self._fresh:
                    if latest != fingerprint:
                        self._changed_at = now
                    self._seen_at = now
                    self._frame = Frame(as_image(image), now, index)
                    self._fresh.notify()
                fingerprint = latest
                index += 1
        except cv2.error as error:
            self._fail(SourceError("lost", type(error).__name__))
        finally:
            self._device.release()

    def _fail(self, error: SourceError) -> None:
        with self._fresh:
            self._error = error
            self._fresh.notify()


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
