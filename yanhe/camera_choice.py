"""Which camera: the ones there are, what each shows, and taking another."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from kiosk.desk.devices_port import CameraChoice, Glimpse
from kiosk.settings import SettingsProblem
from scanner.sources import CameraName, FrameSource, SourceError, list_cameras
from yanhe.camera import camera_source

log = logging.getLogger(__name__)

_FRAMES, _READ_S = 8, 0.5  # a webcam's first frames are dark until its exposure has settled
_BETWEEN_S = 1.0


class CameraRound:
    """Looks through the cameras that are not in use, one at a time (several at once can exceed a USB bus), on a thread of its own."""

    def __init__(
        self,
        chosen: str,
        switch: Callable[[FrameSource], None],
        save: Callable[[str], None],
        *,
        names: Callable[[], Sequence[CameraName]] = list_cameras,
        source: Callable[[str], FrameSource] = camera_source,
    ) -> None:
        self._chosen = chosen
        self._switch = switch
        self._save = save
        self._names = names
        self._source = source
        self._glimpses: dict[str, Glimpse] = {}
        self._on = threading.Event()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def choices(self) -> tuple[CameraChoice, ...]:
        named = [CameraChoice(found.spec, found.name, found.spec == self._chosen) for found in self._names()]
        if not any(choice.chosen for choice in named):
            named.insert(0, CameraChoice(self._chosen, self._source(self._chosen).name, True))
        return tuple(named)

    def several(self) -> bool:
        return len(self._names()) > 1

    def choose(self, spec: str) -> None:
        if spec == self._chosen:
            return
        try:
            source = self._source(spec)
        except SettingsProblem:
            return
        self._chosen = spec
        self._glimpses.pop(spec, None)
        self._switch(source)
        self._save(spec)

    def look(self, on: bool) -> None:
        if not on:
            self._on.clear()
            self._glimpses.clear()
        elif not self._on.is_set():
            self._on.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="cameras", daemon=True)
                self._thread.start()

    def glimpse(self, spec: str) -> Glimpse | None:
        return self._glimpses.get(spec)

    def stop(self) -> None:
        self._on.clear()
        self._ending.set()
        if self._thread is not None:
            self._thread.join(5.0)

    def _run(self) -> None:
        while self._on.is_set():
            for name in self._names():
                if name.spec != self._chosen and self._on.is_set():
                    self._glimpses[name.spec] = self._look_through(name.spec)
            self._ending.wait(_BETWEEN_S)

    def _look_through(self, spec: str) -> Glimpse:
        source = self._source(spec)
        image = None
        try:
            source.open()
            for _ in range(_FRAMES):
                frame = source.read(_READ_S)
                if frame is not None:
                    image = frame.image
                if spec == self._chosen or not self._on.is_set():
                    break
        except (SourceError, EOFError) as problem:
            return Glimpse(None, problem.code if isinstance(problem, SourceError) else "ended")
        finally:
            source.close()
        return Glimpse(image, "" if image is not None else "stalled")
