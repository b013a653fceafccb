"""The simulated desk's devices, each breakable: what the developers' panel presses. Implements ui.practice.break_port.BreakPort."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kiosk.paper.printers import Printer
from kiosk.sync.http import HttpTransport
from kiosk.sync.transport import Transport
from kiosk.texts import text
from practice.camera.room import RoomSource
from practice.faults import camera, line, machine, printer
from practice.faults.camera import FaultySource
from practice.faults.line import FaultyTransport
from practice.faults.machine import FaultyClock, FaultyDisk, ReaderTrouble
from practice.faults.printer import FaultyPrinter
from scanner.sources import CameraName, FrameSource
from ui.practice.break_port import Fault
from yanhe.compose import Edges, RunningDesk

DESK_CAMERA, ROOM_CAMERA = "practice", "practice:room"
_FAULTS = {
    "camera": camera.FAULTS,
    "printer": printer.FAULTS,
    "network": line.FAULTS,
    "disk": machine.DISK_FAULTS,
    "reader": machine.READER_FAULTS,
    "clock": machine.CLOCK_FAULTS,
}


class Breakage:
    """Make it before the desk (``edges`` go into its composition), tell it of the running desk afterwards."""

    def __init__(self, source: FrameSource, folder: Path) -> None:
        self._folder = folder
        self.source = FaultySource(source)
        self._devices: dict[str, Any] = {"camera": self.source, "disk": FaultyDisk(), "clock": FaultyClock()}
        self._look: dict[str, Callable[[], None]] = {}

    def edges(self) -> Edges:
        return Edges(
            printer=self._printer,
            transport=self._transport,
            free_bytes=self._devices["disk"],
            clock=self._devices["clock"],
            cameras=lambda: (CameraName(DESK_CAMERA, self.source.name), CameraName(ROOM_CAMERA, RoomSource.name)),
            camera_source=lambda spec: RoomSource() if spec == ROOM_CAMERA else self.source,
        )

    def attach(self, running: RunningDesk) -> None:
        self._devices["reader"] = ReaderTrouble(lambda: running.reader.pid)
        # what is noticed only now and then is looked at at once, so that a button shows what it does
        self._look = {
            device: lambda device=device: running.devices.retry(device) for device in ("printer", "disk", "network")
        }

    def _printer(self, real: Printer) -> FaultyPrinter:
        made = self._devices["printer"] = FaultyPrinter(real, self._folder / "queue")
        return made

    def _transport(self, real: HttpTransport) -> Transport:
        made = self._devices["network"] = FaultyTransport(real)
        return made

    def faults(self) -> tuple[Fault, ...]:
        return tuple(
            Fault(device, code, text(f"devices.break.{device}.{code}"))
            for device, codes in _FAULTS.items()
            for code in codes
        )

    def broken(self) -> Mapping[str, str]:
        return {device: part.fault for device, part in self._devices.items() if part.fault}

    def break_(self, device: str, code: str) -> None:
        self._devices[device].fault = code
        self._look.get(device, lambda: None)()

    def heal(self, device: str = "") -> None:
        for name in [device] if device else list(self.broken()):
            self._devices[name].fault = ""
            self._look.get(name, lambda: None)()
