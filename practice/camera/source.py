"""The practice desk as a frame source, behind the same protocol as a webcam."""

from __future__ import annotations

import time
from collections.abc import Callable

from practice.camera.desk import DeskState, PracticeDesk, View
from practice.camera.look import Look, NoiseBank, compressed
from practice.camera.scene import Scene, Stage
from scanner.sources.base import SourceError
from scanner.types import Frame

_HAND_SEEN = (DeskState.ARRIVING, DeskState.LEAVING, DeskState.TURNING, DeskState.HELD)


class PracticeSource:
    """Frames of a ``PracticeDesk``: newest first, at ``fps`` by ``clock``; ``fps`` 0 gives a frame at every call.

    While nothing moves the composed picture is kept, and each frame only gets new sensor noise.
    """

    def __init__(
        self,
        desk: PracticeDesk,
        size: tuple[int, int] = (1920, 1080),
        fps: float = 30.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk = desk
        self._size = size
        self._period = 1 / fps if fps else 0.0
        self._clock = clock
        self._sleep = sleep
        self._due: float | None = None
        self._index = 0
        self._stage: Stage | None = None
        self._noise: NoiseBank | None = None
        self._kept: tuple[View, Scene] | None = None

    @property
    def name(self) -> str:
        return "练习台"

    def open(self) -> None:
        self._due = self._clock()
        self._index = 0

    def close(self) -> None:
        self._due = None
        self._kept = None

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        """The frame that is due; None when it is not due within ``timeout_s``. Raises SourceError when not open."""
        if self._due is None:
            raise SourceError("lost", "not open")
        wait = self._due - self._clock()
        if wait > timeout_s:
            self._sleep(timeout_s)
            return None
        if wait > 0:
            self._sleep(wait)
        now = self._clock()
        self._due = max(self._due + self._period, now - self._period)
        scene = self._scene(self._desk.view())
        assert self._noise is not None  # made together with the stage
        frame = Frame(self._noise.over(scene.image), now, self._index)
        self._index += 1
        return frame

    def _scene(self, view: View) -> Scene:
        if self._kept is not None and view.still and self._shows_the_same(self._kept[0], view):
            return self._kept[1]
        stage = self._stage_for(view.look)
        if view.paper is None:
            scene = stage.empty()
        else:
            speed = view.speed * self._size[1] / 30
            scene = stage.compose(view.paper, view.pose, speed_px=speed, hand=view.state in _HAND_SEEN)
        if view.still:
            scene = Scene(compressed(scene.image, view.look.jpeg_quality), scene.corners)
        self._kept = (view, scene)
        return scene

    @staticmethod
    def _shows_the_same(kept: View, view: View) -> bool:
        return kept.still and (kept.paper, kept.look, kept.pose) == (view.paper, view.look, view.pose)

    def _stage_for(self, look: Look) -> Stage:
        if self._stage is None or self._stage.look != look:
            self._stage = Stage(self._size, self._desk.surface, self._desk.seed, look)
            self._noise = NoiseBank(self._size, look.noise, look.seed)
        return self._stage
