"""The devices of a fake desk: two cameras, nothing wrong, and a record of what was asked."""

from __future__ import annotations

from fake_desk import household
from paper_pictures import desk_frame

from kiosk.desk.devices_port import CameraChoice, Glimpse
from kiosk.doctor.report import Finding, Health
from kiosk.readiness.port import CheckView, ReadinessPort, Step
from kiosk.texts import text


class FakeReadiness:
    """A morning check that stands where a person is asked about the card."""

    def begin(self) -> None: ...

    def act(self, action: str) -> None: ...

    def view(self) -> CheckView | None:
        found = Finding("camera", Health.OK, text("scanner.live.searching"))
        return CheckView(Step.CARD, text("readiness.step.card"), ("skip_card",), (found,))

    def end(self) -> None: ...


class FakeDevices:
    """kiosk.desk.devices_port.DevicesPort that remembers its calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def readiness(self) -> ReadinessPort | None:
        return FakeReadiness()

    def retry(self, device: str) -> None:
        self.calls.append(("retry", device))

    def cameras(self) -> tuple[CameraChoice, ...]:
        return (CameraChoice("webcam:0", "Document Camera", True), CameraChoice("webcam:2", "Integrated Webcam", False))

    def look_round(self, on: bool) -> None:
        self.calls.append(("look_round", on))

    def glimpse(self, spec: str) -> Glimpse | None:
        return Glimpse(desk_frame(household().page_jpeg)) if spec == "webcam:0" else Glimpse(None, "busy")

    def choose_camera(self, spec: str) -> None:
        self.calls.append(("choose_camera", spec))

    def without_camera(self) -> None:
        self.calls.append(("without_camera",))

    def print_waiting(self, paper_no: str) -> None:
        self.calls.append(("print_waiting", paper_no))

    def waiting_came_out(self, paper_no: str) -> None:
        self.calls.append(("waiting_came_out", paper_no))
