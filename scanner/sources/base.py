"""The one protocol behind which every camera stands: webcam, video file, image folder, practice desk."""

from __future__ import annotations

from typing import Protocol

from scanner.types import Frame


class SourceError(Exception):
    """A frame source cannot be opened or has gone away. ``code`` is a text key.

    absent: not there. busy: there, and another program has it. forbidden: there, and this account may not use it.
    lost: was open and is gone. stuck: there, and its driver does not answer. unreadable: holds no picture.
    """

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


def frames_always_change(source: FrameSource) -> bool:
    """Whether two pictures of this source are never equal to the last bit while it works.

    True of a camera: sensor noise changes every frame, so a picture that repeats itself is a frozen one. A video or a folder of
    photographs may repeat. A source says so with an attribute ``frames_always_change``; without it, repeating is nothing strange.
    """
    return bool(getattr(source, "frames_always_change", False))
