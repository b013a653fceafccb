"""Where frames come from."""

from __future__ import annotations

from scanner.sources.base import FrameSource, SourceError, frames_always_change
from scanner.sources.folder import FolderSource
from scanner.sources.registry import SourceFactory, open_source, register_source
from scanner.sources.system_cameras import CameraName, Presence, list_cameras, presence
from scanner.sources.video import VideoSource
from scanner.sources.webcam import WebcamSource

__all__ = [
    "CameraName",
    "FolderSource",
    "FrameSource",
    "Presence",
    "SourceError",
    "SourceFactory",
    "VideoSource",
    "WebcamSource",
    "frames_always_change",
    "list_cameras",
    "open_source",
    "presence",
    "register_source",
]
