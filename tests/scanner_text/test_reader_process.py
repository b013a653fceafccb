from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import fake_readers
import numpy as np
import pytest

from scanner.memory import resident_bytes
from scanner.types import Image
from scanner.worker import ReaderCrashed, ReaderProcess, ReaderState
from scanner.worker_link import Limits

PATIENCE = 60
SHARED = Path("/dev/shm")


@pytest.fixture(autouse=True)
def nothing_left_in_shared_memory() -> Iterator[None]:
    before = _blocks()
    yield
    assert _blocks() <= before


def _blocks() -> set[str]:
    return {block.name for block in SHARED.glob("psm_*")} if SHARED.is_dir() else set()


def frame(value: int) -> Image:
    return np.full((40, 60, 3), value, np.uint8)


def test_frames_reach_the_worker_and_readings_come_back() -> None:
    with ReaderProcess(factory=fake_readers.FakeReader) as process:
        first = process.submit([frame(3), frame(4)], kind="A03").result(PATIENCE)
        second = process.submit([np.full((400, 600, 3), 9, np.uint8)]).result(PATIENCE)
    assert first.timings_ms["total"] == 7.0
    assert first.document.kind == "A03"
    assert second.timings_ms["total"] == 9.0
    assert process.state is ReaderState.CLOSED


def test_killed_in_the_middle_of_a_capture_it_reads_the_next() -> None:
    busy = threading.Event()
    states: list[ReaderState] = []

    def on_state(state: ReaderState) -> None:
        states.append(state)
        if state is ReaderState.BUSY:
            busy.set()

    with ReaderProcess(factory=fake_readers.FakeReader, on_state=on_state) as process:
        lost = process.submit([frame(1)], kind="hang")
        following = process.submit([frame(2)])
        assert busy.wait(PATIENCE)
        killed = process.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        with pytest.raises(ReaderCrashed):
            lost.result(PATIENCE)
        reading = following.result(PATIENCE)
    assert reading.timings_ms["total"] == 2.0
    assert reading.timings_ms["pid"] != killed
    assert ReaderState.RESTARTING in states


class States:
    """The states of a process, to be waited for."""

    def __init__(self) -> None:
        self.seen: list[ReaderState] = []
        self._news = threading.Condition()

    def __call__(self, state: ReaderState) -> None:
        with self._news:
            self.seen.append(state)
            self._news.notify_all()

    def until(self, *states: ReaderState) -> None:
        """Until these were entered one after the other at the end."""
        with self._news:
            assert self._news.wait_for(lambda: self.seen[-len(states) :] == list(states), PATIENCE), self.seen


def test_killed_while_idle_it_comes_back_by_itself_and_costs_no_capture() -> None:
    states = States()
    with ReaderProcess(factory=fake_readers.FakeReader, on_state=states) as process:
        states.until(ReaderState.READY)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        states.until(ReaderState.RESTARTING, ReaderState.READY)
        assert process.submit([frame(5)]).result(PATIENCE).timings_ms["total"] == 5.0
        assert process.crashes == 0


def test_after_three_crashes_in_a_row_it_is_down_and_refuses_at_once_until_a_person_asks() -> None:
    states = States()
    with ReaderProcess(factory=fake_readers.FakeReader, on_state=states, down_for_s=1000) as process:
        for _ in range(3):
            with pytest.raises(ReaderCrashed):
                process.submit([frame(1)], kind="die").result(PATIENCE)
        states.until(ReaderState.BUSY, ReaderState.DOWN)
        assert process.crashes == 3
        with pytest.raises(ReaderCrashed):
            process.submit([frame(1)]).result(PATIENCE)
        process.restart()
        states.until(ReaderState.DOWN, ReaderState.RESTARTING, ReaderState.READY)
        assert process.submit([frame(2)]).result(PATIENCE).timings_ms["total"] == 2.0


def test_a_reader_that_is_down_is_tried_again_now_and_then() -> None:
    states = States()
    with ReaderProcess(factory=fake_readers.FakeReader, on_state=states, down_for_s=0.05) as process:
        for _ in range(3):
            with pytest.raises(ReaderCrashed):
                process.submit([frame(1)], kind="die").result(PATIENCE)
        states.until(ReaderState.DOWN, ReaderState.READY)


@pytest.mark.parametrize("how", ["die", "segfault"])
def test_a_native_crash_costs_one_capture(how: str) -> None:
    with ReaderProcess(factory=fake_readers.FakeReader) as process:
        lost, following = process.submit([frame(1)], kind=how), process.submit([frame(2)])
        with pytest.raises(ReaderCrashed):
            lost.result(PATIENCE)
        assert following.result(PATIENCE).timings_ms["total"] == 2.0


@pytest.mark.parametrize(
    ("how", "limits"),
    [
        ("hang", Limits(asleep_s=0.6)),  # waits for something that never comes
        ("spin", Limits(silent_s=0.8)),  # native code that holds the interpreter
        ("slow", Limits(total_s=0.5)),  # whatever else
    ],
)
def test_a_capture_that_never_ends_is_given_up(how: str, limits: Limits) -> None:
    with ReaderProcess(factory=fake_readers.FakeReader, limits=limits) as process:
        lost, following = process.submit([frame(1)], kind=how), process.submit([frame(2)])
        with pytest.raises(ReaderCrashed):
            lost.result(PATIENCE)
        assert following.result(PATIENCE).timings_ms["total"] == 2.0


def test_a_capture_that_is_only_slow_is_waited_for() -> None:
    hasty = Limits(stuck_cpu_s=1.0, asleep_s=4.0)
    with ReaderProcess(factory=fake_readers.FakeReader, limits=hasty) as process:
        assert process.submit([frame(1)], kind="slow").result(PATIENCE).timings_ms["total"] == 1.0


@pytest.mark.skipif(resident_bytes() is None, reason="this system does not say how large a process is")
def test_a_process_that_has_grown_is_exchanged_and_no_capture_is_lost() -> None:
    at_most = 300_000_000
    with ReaderProcess(factory=fake_readers.Greedy, largest_resident=at_most) as process:
        pids: list[float] = []
        for value in range(1, 200):
            reading = process.submit([frame(value)]).result(PATIENCE)
            assert reading.timings_ms["total"] == value
            pids.append(reading.timings_ms["pid"])
            if len(set(pids)) == 3:
                break
        assert len(set(pids)) == 3
        assert process.state is ReaderState.READY


def test_what_is_no_picture_is_refused_and_odd_pictures_are_read() -> None:
    with ReaderProcess(factory=fake_readers.FakeReader) as process:
        for wrong in (np.zeros((0, 5, 3), np.uint8), np.zeros((4, 4, 7), np.uint8), np.zeros(9, np.uint8), None):
            with pytest.raises(ValueError, match="picture"):
                process.submit([wrong]).result(PATIENCE)  # type: ignore[list-item]
        grey, deep, see_through = (
            np.full((40, 60), 3, np.uint8), np.full((40, 60, 3), 3 << 8, np.uint16), np.full((40, 60, 4), 3, np.uint8),
        )  # fmt: skip
        for odd in (grey, deep, see_through):
            assert process.submit([odd]).result(PATIENCE).timings_ms["total"] == 3.0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")
def test_a_desk_that_is_killed_leaves_neither_process_nor_memory() -> None:
    before = _blocks()
    desk = subprocess.Popen(
        [sys.executable, "-c", _DESK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=Path(__file__).parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parent)])},
    )  # fmt: skip
    assert desk.stdout is not None
    reader = int(desk.stdout.readline())
    desk.kill()
    desk.wait(PATIENCE)
    desk.stdout.close()
    gone = threading.Event()
    for _ in range(PATIENCE * 10):
        if not Path(f"/proc/{reader}").exists() and _blocks() <= before:
            break
        gone.wait(0.1)
    assert not Path(f"/proc/{reader}").exists()


_DESK = """
import threading
import fake_readers, numpy as np
from scanner.worker import ReaderProcess, ReaderState
if __name__ == "__main__":
    busy = threading.Event()
    process = ReaderProcess(factory=fake_readers.FakeReader, on_state=lambda s: busy.set() if s is ReaderState.BUSY else None)
    process.submit([np.zeros((40, 60, 3), np.uint8)]).result(60)
    busy.clear()
    process.submit([np.zeros((40, 60, 3), np.uint8)], kind="hang")
    busy.wait(60)
    print(process.pid, flush=True)
    threading.Event().wait()
"""


def test_a_failed_reading_says_what_failed_without_what_it_read() -> None:
    with ReaderProcess(factory=fake_readers.FakeReader) as process:
        with pytest.raises(RuntimeError, match="ValueError") as failure:
            process.submit([frame(1)], kind="raise").result(PATIENCE)
        assert "陈试远" not in str(failure.value)
        assert process.submit([frame(2)]).result(PATIENCE).timings_ms["total"] == 2.0


def test_closing_lets_nobody_wait_forever() -> None:
    process = ReaderProcess(factory=fake_readers.FakeReader)
    waiting = [process.submit([frame(1)], kind="hang"), process.submit([frame(2)])]
    process.close()
    process.close()
    for future in waiting:
        with pytest.raises(ReaderCrashed):
            future.result(PATIENCE)
    with pytest.raises(RuntimeError, match="closed"):
        process.submit([frame(1)])
