"""Sources by name, as settings and the command line write them: ``webcam:0``, ``video:desk.mp4``, ``folder:photos``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scanner.sources.base import FrameSource
from scanner.sources.folder import FolderSource
from scanner.sources.video import VideoSource
from scanner.sources.webcam import WebcamSource

SourceFactory = Callable[[str], FrameSource]


def _webcam(rest: str) -> FrameSource:
    if not rest.isdecimal():
        raise ValueError(f"a webcam has a number: webcam:0, not webcam:{rest}")
    return WebcamSource(int(rest))


_factories: dict[str, SourceFactory] = {
    "webcam": _webcam,
    "video": lambda rest: VideoSource(Path(rest)),
    "video-loop": lambda rest: VideoSource(Path(rest), loop=True),
    "folder": lambda rest: FolderSource(Path(rest)),
}


def register_source(scheme: str, factory: SourceFactory) -> None:
    """Makes ``scheme:rest`` known; ``factory`` gets the rest. How a source from outside the scanner joins (the practice desk does)."""
    _factories[scheme] = factory


def open_source(spec: str) -> FrameSource:
    """The source that ``spec`` names, not opened yet. Raises ValueError for a spec that names none."""
    scheme, colon, rest = spec.partition(":")
    if not colon or scheme not in _factories:
        raise ValueError(f"no such frame source: {spec} (known: {', '.join(sorted(_factories))})")
    return _factories[scheme](rest)
