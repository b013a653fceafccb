"""What the start of a desk leaves alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.settings import Settings
from scanner.types import Frame
from yanhe.compose import NotEnrolled, Staff, running_desk


class WatchedCamera:
    """Tells whether anybody opened it."""

    name = "watched"
    opened = False

    def open(self) -> None:
        self.opened = True

    def read(self, timeout_s: float) -> Frame | None:
        return None

    def close(self) -> None:
        pass


def test_a_machine_that_is_no_desk_does_not_open_its_camera(tmp_path: Path, qapp: object) -> None:
    camera = WatchedCamera()
    with pytest.raises(NotEnrolled), running_desk(Settings(home=tmp_path), camera, Staff("T00", "试")):
        pass
    assert not camera.opened


@pytest.mark.parametrize("heavy", ["onnxruntime", "scanner.reader", "rich", "pypinyin", "escpos"])
def test_the_window_does_not_wait_for_what_others_need(heavy: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, yanhe.compose, ui.desk_windows; print({heavy!r} in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"
