"""A folder of photographs, shown one after the other as if each were laid on the desk."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from scanner.codec import from_bytes
from scanner.sources.base import SourceError
from scanner.sources.pace import Pace
from scanner.types import Frame, Image

_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}
_FPS = 15.0


class FolderSource:
    """Each picture of the folder, by name, for ``hold_s`` seconds. What is no picture is skipped; the end is EOFError unless ``loop``."""

    def __init__(
        self,
        path: Path,
        hold_s: float = 2.0,
        loop: bool = False,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = path
        self._repeats = max(1, round(hold_s * _FPS))
        self._loop = loop
        self._pace = Pace(_FPS, clock, sleep)
        self._files: list[Path] = []
        self._shown: tuple[Path, Image] | None = None
        self._index = 0
        self._open = False

    @property
    def name(self) -> str:
        return self._path.name

    def open(self) -> None:
        if not self._path.is_dir():
            raise SourceError("absent", self._path.name)
        self._files = sorted(file for file in self._path.iterdir() if file.suffix.lower() in _PICTURES)
        if not self._files:
            raise SourceError("unreadable", self._path.name)
        self._index = 0
        self._open = True
        self._pace.start()

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if not self._open:
            raise SourceError("lost", "not open")
        if not self._pace.wait_for(self._index, timeout_s):
            return None
        image = self._picture(self._index // self._repeats)
        frame = Frame(image, self._pace.now(), self._index)
        self._index += 1
        return frame

    def close(self) -> None:
        self._open = False
        self._shown = None

    def _picture(self, number: int) -> Image:
        while self._files:
            if number >= len(self._files) and not self._loop:
                raise EOFError(self._path.name)
            file = self._files[number % len(self._files)]
            if self._shown is not None and self._shown[0] == file:
                return self._shown[1]
            image = _load(file)
            if image is not None:
                self._shown = (file, image)
                return image
            self._files.remove(file)
        raise SourceError("unreadable", self._path.name)


def _load(file: Path) -> Image | None:
    try:
        return from_bytes(file.read_bytes())
    except OSError:
        return None
