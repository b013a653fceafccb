from __future__ import annotations

import os
import signal
import threading

import fake_readers
import numpy as np
import pytest

from scanner.types import Image
from scanner.worker import ReaderCrashed, ReaderProcess, ReaderState

PATIENCE = 60


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


def test_a_native_crash_costs_one_capture() -> None:
    with ReaderProcess(factory=fake_readers.FakeReader) as process:
        lost, following = process.submit([frame(1)], kind="die"), process.submit([frame(2)])
        with pytest.raises(ReaderCrashed):
            lost.result(PATIENCE)
        assert following.result(PATIENCE).timings_ms["total"] == 2.0


def test_a_capture_that_never_ends_is_given_up() -> None:
    with ReaderProcess(factory=fake_readers.FakeReader, time_limit_s=0.5) as process:
        lost, following = process.submit([frame(1)], kind="hang"), process.submit([frame(2)])
        with pytest.raises(ReaderCrashed):
            lost.result(PATIENCE)
        assert following.result(PATIENCE).timings_ms["total"] == 2.0


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
