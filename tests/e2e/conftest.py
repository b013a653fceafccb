"""Real processes: the platform, the desk app with its reader process, a virtual screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.settings import Settings
from yanhe.practice_world import PracticeWorld, prepare


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of a program that shows its windows on a virtual screen of its own."""
    for program in ("Xvfb", "openbox"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    told, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(told) as pipe:
        number = pipe.readline().strip()
    assert number, "the virtual screen did not start"
    environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    # keys reach only an active window, and only a window manager makes one active
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield environment
    for process in (manager, server):
        process.terminate()
        process.wait()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    """A practice district with a running platform."""
    made = prepare(tmp_path / "practice", Settings(home=tmp_path), fresh=True)
    yield made
    made.platform.stop()
