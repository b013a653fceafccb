"""The devices port over the running parts: what a person asks on the status page goes to whom it concerns."""

from __future__ import annotations

from kiosk.desk.desk import Desk
from kiosk.desk.devices_port import CameraChoice, Glimpse
from kiosk.desk.machine import Machine
from kiosk.desk.papers import PaperDesk
from kiosk.paper.press import PrinterChoice
from kiosk.settings import Settings
from kiosk.sync.worker import SyncWorker
from scanner.worker import ReaderProcess
from yanhe.adapters import LiveCamera
from yanhe.camera_choice import CameraRound
from yanhe.readiness import Readiness


class Devices:
    """Implements kiosk.desk.devices_port.DevicesPort."""

    def __init__(
        self,
        desk: Desk,
        camera: LiveCamera,
        rounds: CameraRound,
        papers: PaperDesk,
        sync: SyncWorker,
        reader: ReaderProcess,
        machine: Machine,
        readiness: Readiness,
    ) -> None:
        self._desk = desk
        self._camera = camera
        self._rounds = rounds
        self._readiness = readiness
        self._retries = {
            "camera": camera.retry,
            "printer": papers.look,
            "network": sync.retry_now,
            "reader": reader.restart,
            "disk": machine.disk.look,
            "clock": machine.clock.look,
        }

    def retry(self, device: str) -> None:
        self._retries[device]()

    def cameras(self) -> tuple[CameraChoice, ...]:
        return self._rounds.choices()

    def look_round(self, on: bool) -> None:
        self._rounds.look(on)

    def glimpse(self, spec: str) -> Glimpse | None:
        return self._rounds.glimpse(spec)

    def choose_camera(self, spec: str) -> None:
        self._rounds.choose(spec)

    def without_camera(self) -> None:
        self._camera.rest()

    def print_waiting(self, paper_no: str) -> None:
        self._desk.print_waiting(paper_no)

    def waiting_came_out(self, paper_no: str) -> None:
        self._desk.waiting_came_out(paper_no)

    def readiness(self) -> Readiness:
        return self._readiness


def remember_camera(settings: Settings, spec: str) -> None:
    """The choice holds after the next start; what only the environment says is not written down."""
    Settings.load(settings.home, environment={}).with_changes(camera=spec).save()


def remember_printer(settings: Settings, choice: PrinterChoice) -> None:
    """As above, for printer and paper. Raises OSError."""
    kept = Settings.load(settings.home, environment={})
    kept.with_changes(printer_uri=choice.uri, paper=choice.paper).save()
