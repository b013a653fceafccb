"""Disk and clock of the machine, and what a full disk stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from desk_table import Table

from kiosk.desk.machine import DISK_NEEDED, DISK_WANTED, ClockGuard, DiskGuard, Machine
from kiosk.desk.view import Light, Phase
from kiosk.texts import say

GB = 1 << 30
FIRST, SECOND = "NS2014X01000001", "NS2014X01000002"


class Disk:
    def __init__(self, free: int) -> None:
        self.free = free
        self.now = 0.0
        self.guard = DiskGuard(lambda: self.free, clock=lambda: self.now)

    def later(self, free: int) -> Light:
        self.free = free
        self.now += 10
        return self.guard.device().light


def test_the_disk_warns_below_one_limit_and_refuses_new_cases_below_another() -> None:
    disk = Disk(20 * GB)
    assert disk.guard.device().light is Light.OK
    assert disk.later(DISK_WANTED - 1) is Light.WARN
    assert disk.guard.refusal() is None
    assert disk.later(DISK_NEEDED // 2) is Light.BAD
    refusal = disk.guard.refusal()
    assert refusal is not None
    assert "0.5 GB" in say(refusal)


def test_at_the_limit_the_light_does_not_flicker() -> None:
    disk = Disk(DISK_WANTED - 1)
    assert disk.guard.device().light is Light.WARN
    assert disk.later(DISK_WANTED + 1) is Light.WARN
    assert disk.later(DISK_WANTED * 2) is Light.OK


def test_a_person_who_tidied_up_need_not_wait() -> None:
    disk = Disk(0)
    assert disk.guard.device().light is Light.BAD
    disk.free = 50 * GB
    assert disk.guard.device().light is Light.BAD  # asked every few seconds only
    disk.guard.look()
    assert disk.guard.device().light is Light.OK


def test_with_a_full_disk_the_open_case_is_finished_and_no_new_one_opened(new_table: Callable[..., Table]) -> None:
    disk = Disk(20 * GB)
    now = datetime.now(UTC).astimezone
    table = new_table(machine=Machine(disk.guard, ClockGuard(now)))
    table.open(FIRST)
    disk.later(0)
    table.lay_all("F01")  # the open case goes on
    table.desk.suspend()
    table.until(lambda v: v.case is None)
    table.desk.open_case(SECOND)
    refused = table.until(lambda v: v.notice and v.notice.text.key == "devices.disk.refusal")
    assert refused.phase is Phase.FINDING
    disk.free = 20 * GB
    disk.guard.look()
    table.open(SECOND)


def test_a_case_that_was_open_is_opened_again_after_a_restart_although_the_disk_is_full(
    new_table: Callable[..., Table],
) -> None:
    new_table().open(FIRST)
    disk = Disk(0)
    table = new_table(machine=Machine(disk.guard, ClockGuard(lambda: datetime.now(UTC))))
    assert table.view.case is not None
    assert table.view.case.application_no == FIRST


class Times:
    def __init__(self) -> None:
        self.wall = datetime(2026, 4, 19, 9, tzinfo=UTC)
        self.ticks = 0.0
        self.offset: timedelta | None = None
        self.guard = ClockGuard(lambda: self.wall, lambda: self.offset, lambda: self.ticks)

    def say(self) -> tuple[Light, str, str]:
        view = self.guard.device()
        return view.light, view.state, say(view.what) if view.what else ""


@pytest.mark.parametrize(("minutes", "word"), [(17, "慢 17 分钟"), (-17, "快 17 分钟")])
def test_a_clock_that_is_off_against_the_platforms_is_told_with_its_direction(minutes: int, word: str) -> None:
    times = Times()
    times.offset = timedelta(minutes=minutes)
    light, state, said = times.say()
    assert (light, state) == (Light.WARN, "skewed")
    assert word in said


def test_a_clock_within_two_minutes_is_good_enough() -> None:
    times = Times()
    times.offset = timedelta(seconds=100)
    assert times.say()[1] == "ok"


def test_without_the_platform_a_clock_that_is_moved_is_noticed_until_a_person_says_it_is_right() -> None:
    times = Times()
    assert times.say()[1] == "unchecked"
    times.wall += timedelta(minutes=30)
    times.ticks += 60
    assert times.say()[:2] == (Light.WARN, "jumped")
    times.guard.look()
    assert times.say()[1] == "unchecked"


def test_a_machine_that_slept_is_no_moved_clock_once_the_platform_says_the_time_is_right() -> None:
    times = Times()
    times.wall += timedelta(hours=8)  # monotonic time stands still while a machine sleeps
    times.offset = timedelta(seconds=1)
    assert times.say()[1] == "ok"


def test_a_year_before_the_program_was_made_is_wrong() -> None:
    times = Times()
    times.wall = datetime(2018, 1, 1, tzinfo=UTC)
    assert times.say()[:2] == (Light.BAD, "wrong_year")
