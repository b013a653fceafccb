"""Where frames come from."""

from __future__ import annotations

from scanner.sources.base import FrameSource, SourceError
from scanner.sources.folder import FolderSource
from scanner.sources.registry import SourceFactory, open_source, register_source
from scanner.sources.video import VideoSource
from scanner.sources.webcam import WebcamSource

__all__ = [
    "FolderSource",
    "FrameSource",
    "SourceError",
    "SourceFactory",
    "VideoSource",
    "WebcamSource",
    "open_source",
    "register_source",
]
