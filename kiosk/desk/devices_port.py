"""What a window may ask about devices, beside the desk itself. The composition root gives an object that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.readiness.port import ReadinessPort
from scanner.types import Image


@dataclass(frozen=True)
class CameraChoice:
    """One camera of this machine. ``spec`` chooses it, ``name`` is what the system calls it."""

    spec: str
    name: str
    chosen: bool


@dataclass(frozen=True, eq=False)
class Glimpse:
    """What a camera that is not in use shows just now; ``image`` None with ``trouble`` (a state of devices.camera.*) when it shows nothing."""

    image: Image | None
    trouble: str = ""


class DevicesPort(Protocol):
    """Every call returns at once; what comes of it shows in the next DeskView. Callable from any thread."""

    def retry(self, device: str) -> None:
        """Try again now: camera, printer, network, reader, disk, clock."""
        ...

    def cameras(self) -> tuple[CameraChoice, ...]:
        """The cameras that the system names, the chosen one among them."""
        ...

    def look_round(self, on: bool) -> None:
        """Look through the cameras that are not in use, one after the other, while ``on``."""
        ...

    def glimpse(self, spec: str) -> Glimpse | None:
        """The newest picture of such a camera; None before it was its turn."""
        ...

    def choose_camera(self, spec: str) -> None:
        """Use this camera from now on, also after the next start."""
        ...

    def without_camera(self) -> None:
        """Go on without one until ``retry`` or ``choose_camera``."""
        ...

    def print_waiting(self, paper_no: str) -> None: ...

    def waiting_came_out(self, paper_no: str) -> None: ...

    def readiness(self) -> ReadinessPort | None:
        """The morning check; None where none can be made."""
        ...
