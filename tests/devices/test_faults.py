"""Every fault of the practice devices leads to the state a person is told of, and healing leads back. Time is the test's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from kiosk.desk.machine import ClockGuard, DiskGuard
from kiosk.desk.printer_watch import state_of
from kiosk.paper.printers import PdfPrinter, Phase
from kiosk.texts import LANGUAGES, catalogue
from practice.camera.desk import PracticeDesk
from practice.camera.room import RoomSource
from practice.camera.source import PracticeSource
from practice.faults import camera, line, machine, printer
from practice.faults.camera import FaultySource
from practice.faults.machine import FaultyClock, FaultyDisk
from practice.faults.printer import FaultyPrinter
from scanner.live.doubt import DOUBTED_AFTER_S, Doubt
from scanner.live.feed import Feed
from scanner.live.outline import Outline
from scanner.live.types import CameraState

_FPS = 5.0
_CAMERA_STATES = {
    "absent": CameraState.LOST,  # it was there when the test began
    "unplugged": CameraState.LOST,
    "busy": CameraState.BUSY,
    "forbidden": CameraState.FORBIDDEN,
    "stalled": CameraState.STALLED,
    "frozen": CameraState.FROZEN,
    "dark": CameraState.DARK,
}


class Watched:
    def __init__(self) -> None:
        self.now = 0.0
        desk = PracticeDesk(clock=lambda: self.now)
        real = PracticeSource(desk, (320, 180), _FPS, clock=lambda: self.now, sleep=self._sleep)
        self.source = FaultySource(real, sleep=self._sleep)
        self.told: list[CameraState] = []
        self.feed = Feed(self.source, lambda: self.now, self._sleep, self.told.append)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def run(self, seconds: float) -> CameraState:
        until = self.now + seconds
        while self.now < until:
            self.feed.next(0.2)
        return self.told[-1]


def test_the_practice_camera_is_alive_by_its_noise() -> None:
    assert Watched().run(20) is CameraState.LIVE


@pytest.mark.parametrize("fault", camera.FAULTS)
def test_a_broken_camera_is_told_as_what_it_is_and_comes_back_by_itself(fault: str) -> None:
    watched = Watched()
    watched.run(2)
    watched.source.fault = fault
    assert watched.run(8) is _CAMERA_STATES[fault]
    watched.source.fault = ""
    assert watched.run(15) is CameraState.LIVE


def test_a_camera_that_looks_at_the_room_raises_doubt_and_one_above_the_desk_does_not() -> None:
    now = 0.0

    def doubts(source: RoomSource | PracticeSource) -> bool:
        nonlocal now
        outline, doubt = Outline(), Doubt()
        source.open()
        until = now + DOUBTED_AFTER_S + 15
        while now < until:
            now += 0.25
            frame = source.read(1.0)
            if frame is not None:
                seen = outline.look(frame)
                doubt.see(frame.at_s, sheet=seen.corners is not None, moved=seen.changed)
        return doubt.doubtful

    def tick() -> float:
        return now

    assert doubts(RoomSource((640, 360), 4, clock=tick, sleep=lambda _: None))
    assert not doubts(PracticeSource(PracticeDesk(clock=tick), (640, 360), 4, clock=tick, sleep=lambda _: None))


@pytest.mark.parametrize("fault", [f for f in printer.FAULTS if f != "stuck"])
def test_a_broken_printer_says_what_is_wrong_and_goes_on_when_mended(tmp_path: Path, fault: str) -> None:
    faulty = FaultyPrinter(PdfPrinter(tmp_path / "papers"), tmp_path / "queue")
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    job = None
    faulty.fault = fault
    assert not faulty.status().ready
    assert state_of(faulty.status()) == fault
    if fault not in ("rejecting", "unreachable"):
        job = faulty.submit(pdf, "paper")
        assert faulty.poll(job).phase is Phase.ATTENTION
    faulty.fault = ""
    assert faulty.status().ready
    if job is not None:
        assert faulty.poll(job).phase is Phase.DONE
        assert [p.name for p in (tmp_path / "papers").iterdir()] == ["paper.pdf"]


def test_a_withdrawn_job_never_prints(tmp_path: Path) -> None:
    faulty = FaultyPrinter(PdfPrinter(tmp_path / "papers"), tmp_path / "queue")
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    faulty.fault = "stuck"
    job = faulty.submit(pdf, "paper")
    assert faulty.poll(job).phase is Phase.PRINTING
    assert faulty.withdraw(job)
    faulty.fault = ""
    assert not (tmp_path / "papers").exists()
    assert not faulty.withdraw(job)


@pytest.mark.parametrize("fault", machine.DISK_FAULTS)
def test_a_disk_is_as_full_as_one_says(tmp_path: Path, fault: str) -> None:
    disk = FaultyDisk(lambda _: 100 << 30)
    guard = DiskGuard(lambda: disk(tmp_path))
    assert guard.device().state == "ok"
    disk.fault = fault
    guard.look()
    assert guard.device().state == fault
    assert (guard.refusal() is not None) is (fault == "full")


@pytest.mark.parametrize("fault", machine.CLOCK_FAULTS)
def test_a_clock_is_as_wrong_as_one_says(fault: str) -> None:
    clock = FaultyClock()
    guard = ClockGuard(clock.now, lambda: datetime.now(UTC) - clock.now())
    assert guard.device().state == "ok"
    clock.fault = fault
    assert guard.device().state == ("wrong_year" if fault == "wrong_year" else "skewed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_a_button_with_words(language: str) -> None:
    words = catalogue(language)
    faults: dict[str, tuple[str, ...]] = {
        "camera": camera.FAULTS, "printer": printer.FAULTS, "network": line.FAULTS, "disk": machine.DISK_FAULTS,
        "reader": machine.READER_FAULTS, "clock": machine.CLOCK_FAULTS,
    }  # fmt: skip
    for device, codes in faults.items():
        for code in codes:
            assert f"devices.break.{device}.{code}" in words


def test_a_frozen_practice_camera_shows_the_very_same_picture(tmp_path: Path) -> None:
    watched = Watched()
    watched.run(1)
    watched.source.fault = "frozen"
    first, second = (_next(watched.source.read, watched) for _ in range(2))
    assert np.array_equal(first, second)


def _next(read: Callable[[float], object], watched: Watched) -> np.ndarray:
    frame = None
    while frame is None:
        frame = read(1.0)
    return frame.image  # type: ignore[attr-defined]
