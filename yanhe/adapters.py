"""The desk's ports over the real things: live scanner, reader process, sync thread, store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future

from kiosk.desk.desk import Desk
from kiosk.desk.devices import device_view
from kiosk.desk.our_codes import OUR_CODES
from kiosk.desk.pack_shelf import PackShelf
from kiosk.desk.ports import Captured
from kiosk.desk.view import DeviceView, Light, PreviewView
from kiosk.sync.worker import SyncWorker
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord
from offline_cache.outbox import Delivery
from offline_cache.store import Store
from scanner.barcodes import CodeGate
from scanner.live.scanner import LiveScanner
from scanner.live.types import CameraState, Capture, LivePreview
from scanner.sources import FrameSource
from scanner.types import Barcode, ExpectedSet, Image, Quad, Reading
from scanner.worker import ReaderProcess, ReaderState

_CAMERA_LIGHTS = {
    CameraState.LIVE: Light.OK,
    CameraState.OPENING: Light.BUSY,
    CameraState.STALLED: Light.WARN,
    CameraState.DARK: Light.WARN,
    CameraState.ENDED: Light.OFF,
    CameraState.OFF: Light.OFF,
}  # all others are BAD: nothing can be seen and somebody must do something
_READER_LIGHTS = {
    ReaderState.STARTING: Light.BUSY,
    ReaderState.READY: Light.OK,
    ReaderState.BUSY: Light.BUSY,
    ReaderState.RESTARTING: Light.WARN,
    ReaderState.DOWN: Light.BAD,
    ReaderState.CLOSED: Light.OFF,
}


class LiveCamera:
    """The camera port over a ``LiveScanner``."""

    def __init__(
        self,
        source: FrameSource,
        *,
        on_capture: Callable[[Captured], None],
        on_code: Callable[[str], None],
        others: Callable[[], bool] = lambda: False,
    ) -> None:
        """``others``: whether this machine has more than one camera, so that a doubt about the choice is of use.

        After ``start`` there is a picture; sheets and codes are told from ``attend`` on.
        """
        self._others = others

        def captured(capture: Capture) -> None:
            on_capture(Captured(capture.frames, capture.corners, capture.by_hand))

        def codes(found: tuple[Barcode, ...]) -> None:
            for code in found:
                on_code(code.text)

        self._scanner = LiveScanner(source, on_capture=captured, on_codes=codes, gate=CodeGate(OUR_CODES))

    def start(self) -> None:
        self._scanner.pause()
        self._scanner.start()

    def attend(self) -> None:
        self._scanner.resume()

    def stop(self) -> None:
        self._scanner.stop()

    def preview(self) -> PreviewView | None:
        newest = self._scanner.preview()
        if newest is None:
            return None
        return PreviewView(newest.frame, newest.outline, newest.state.value, _hint(newest))

    def device(self) -> DeviceView:
        state = self._scanner.camera
        if state is CameraState.LIVE and self._scanner.doubtful and self._others():
            return device_view("camera", Light.WARN, "doubtful", actions=("choose",))
        light = _CAMERA_LIGHTS.get(state, Light.BAD)
        without = ("without",) if light in (Light.BAD, Light.WARN) else ()
        return device_view("camera", light, state.value, actions=("retry", "choose", *without))

    def retry(self) -> None:
        self._scanner.retry()

    def switch(self, source: FrameSource) -> None:
        self._scanner.switch(source)

    def rest(self) -> None:
        self._scanner.rest()

    def shoot(self) -> None:
        self._scanner.shoot()

    def rearm(self) -> None:
        self._scanner.rearm()


def _hint(preview: LivePreview) -> Text:
    if preview.problem is not None:
        return text(f"scanner.problem.{preview.problem.value}")
    return text(f"scanner.live.{preview.state.value}")


class WorkerReader:
    """The reader port over a ``ReaderProcess``."""

    def __init__(self, process: ReaderProcess) -> None:
        self._process = process

    def submit(
        self, frames: Sequence[Image], *, corners: Quad | None, expects: Mapping[str, ExpectedSet]
    ) -> Future[Reading]:
        return self._process.submit(frames, corners=corners, expects=expects)

    def device(self) -> DeviceView:
        state = self._process.state
        return device_view(
            "reader", _READER_LIGHTS[state], state.value, actions=("retry",), number=self._process.crashes
        )


class PlatformLine:
    """The sync port over a ``SyncWorker``; ``changed`` is to be called at each of its changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._worker: SyncWorker | None = None
        self._news = threading.Condition()
        self.on_change: Callable[[], None] = lambda: None

    def attach(self, worker: SyncWorker) -> None:
        self._worker = worker

    def changed(self) -> None:
        with self._news:
            self._news.notify_all()
        self.on_change()

    def nudge(self) -> None:
        if self._worker is not None:
            self._worker.nudge()

    def device(self) -> DeviceView:
        if self._worker is None:
            return device_view("network", Light.BUSY, "starting")
        return self._worker.device()

    def accepted(self, event_id: str, timeout_s: float) -> bool:
        until = time.monotonic() + timeout_s
        with self._news:
            while self._store.delivery(event_id) is not Delivery.ACCEPTED:
                left = until - time.monotonic()
                if left <= 0:
                    return False
                # the outbox is marked before the news comes; the short wait covers news between look and wait
                self._news.wait(min(left, 0.1))
        return True


class PackPost:
    """Packs from the line to the shelf; the desk hears what became of them, once there is one."""

    def __init__(self, shelf: PackShelf) -> None:
        self._shelf = shelf
        self._desk: Desk | None = None

    def attach(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, contents: Mapping[str, bytes]) -> None:
        news = self._shelf.receive(contents)
        if news.new and self._desk is not None:
            key = "desk.pack.taken" if news.taken else "desk.pack.refused"
            self._desk.packs_changed("info" if news.taken else "warn", text(key, pack=f"{news.id} {news.version}"))


class StoredApplications:
    """The registry port over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, application_no: str) -> ApplicationRecord | None:
        record = self._store.get_application(application_no)
        return ApplicationRecord.model_validate(record) if record is not None else None

    def find(self, query: str, limit: int) -> list[ApplicationRecord]:
        return [ApplicationRecord.model_validate(found.record) for found in self._store.find_applications(query, limit)]

    def count(self) -> int:
        return self._store.count_applications()
