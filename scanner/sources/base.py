"""The one protocol behind which every camera stands: webcam, video file, image folder, practice desk."""

from __future__ import annotations

from typing import Protocol

from scanner.types import Frame


class SourceError(Exception):
    """A frame source cannot be opened or has gone away. ``code`` is a text key: absent, busy, lost, unreadable."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class FrameSource(Protocol):
    """A stream of frames. Used from one thread only; ``read`` blocks at most ``timeout_s``."""

    @property
    def name(self) -> str:
        """How the source is called on screen."""
        ...

    def open(self) -> None:
        """Start the stream. Raises SourceError."""
        ...

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        """The newest frame, None when none came in time. Raises SourceError when the device is gone, EOFError at the end of a file."""
        ...

    def close(self) -> None:
        """Stop and release the device. Safe to call twice."""
        ...
