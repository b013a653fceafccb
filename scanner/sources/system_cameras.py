"""Which cameras this machine has, without opening any: opening one takes it from whoever uses it, and wakes its lamp."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_NODES = Path("/sys/class/video4linux")
_DEVICES = Path("/dev")


class Presence(StrEnum):
    THERE = "there"
    GONE = "gone"
    FORBIDDEN = "forbidden"  # there, but this account may not use it (on Linux: group video)
    UNKNOWN = "unknown"  # the system does not say without opening it


@dataclass(frozen=True)
class CameraName:
    """``spec`` as settings and the command line write it; ``name`` as the system calls the device."""

    spec: str
    name: str


def list_cameras(nodes: Path = _NODES) -> tuple[CameraName, ...]:
    """The cameras that the system names, by number; empty where it does not tell (anything but Linux), which is not "none"."""
    if not nodes.is_dir():
        return ()
    found: list[tuple[int, str]] = []
    for node in nodes.glob("video*"):
        number = node.name.removeprefix("video")
        # one device has several nodes; those after the first carry metadata, not pictures (UVC)
        if number.isdecimal() and _read(node / "index", "0") == "0":
            found.append((int(number), _read(node / "name", node.name)))
    return tuple(CameraName(f"webcam:{number}", name) for number, name in sorted(found))


def presence(index: int, nodes: Path = _NODES, devices: Path = _DEVICES) -> Presence:
    """Whether camera number ``index`` is plugged in, by the system's word: a second witness beside the driver's."""
    if not sys.platform.startswith("linux"):
        return Presence.UNKNOWN
    device = devices / f"video{index}"
    if not device.exists():
        return Presence.GONE if not (nodes / device.name).exists() else Presence.FORBIDDEN
    return Presence.THERE if os.access(device, os.R_OK | os.W_OK) else Presence.FORBIDDEN


def _read(path: Path, otherwise: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or otherwise
    except OSError:
        return otherwise
