"""Which camera: what people write in the settings or on the command line, as a frame source."""

from __future__ import annotations

import re

from kiosk.settings import SettingsProblem
from scanner.sources import FrameSource, open_source

_DEVICE = re.compile(r"(?:/dev/video)?(\d+)")


def camera_spec(written: str) -> str:
    """``0`` and ``/dev/video0`` are ``webcam:0``; everything else stands for itself."""
    device = _DEVICE.fullmatch(written.strip())
    return f"webcam:{device[1]}" if device else written


def camera_source(spec: str) -> FrameSource:
    """``0`` or ``/dev/video0`` is the first webcam; ``video:FILE`` and ``folder:DIR`` play pictures. Raises SettingsProblem for anything else."""
    try:
        return open_source(camera_spec(spec))
    except ValueError as problem:
        raise SettingsProblem(f"camera: {problem}") from problem
