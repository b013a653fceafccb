"""The same window on the screens that schools have, dense or not: nothing clipped, nothing tiny, the family's beside it by itself.

Each screen is a program of its own: how dense a screen is, is settled when Qt starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAM = """
import json, sys
sys.path.insert(0, {here!r})
from ui.app import create_application
app, _ = create_application(["yanhe"])
from PySide6.QtWidgets import QLabel
from gallery_screens import Look, show_state, staff_windows
from screen_checks import clipped, outside, overlapping, small_targets, visible
from ui.desk_windows import DeskWindows
first = app.screens()[0].availableGeometry()
look = Look(size=(first.width(), first.height() - 30))
found = {{"wrong": [], "smallest": 99.0}}
with staff_windows(look) as windows:
    for state in ("01-empty", "04-ask", "05-mismatch", "10-return"):
        show_state(windows, state, look)
        for check in (clipped, outside, overlapping, small_targets):
            found["wrong"] += check(windows.staff)
    found["smallest"] = windows.theme.sizes.small / first.height()
    family = windows.family
    box = family.geometry() if family is not None else None
    found["family"] = [box.x(), box.y(), box.width(), box.height()] if box else None
print(json.dumps(found))
"""


def seen_on(tmp_path: Path, *screens: tuple[int, int, float]) -> dict[str, object]:
    """What a program finds whose screens are ``(width, height, density)`` in pixels of the screen, side by side."""
    left, described = 0, []
    for number, (width, height, density) in enumerate(screens):
        described.append(
            {"name": str(number), "x": left, "y": 0, "width": width, "height": height, "dpr": density}
            | {"logicalDpi": 96, "logicalBaseDpi": 96}
        )
        left += width
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": described, "windowFrameMargins": False}))
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(here=str(HERE))],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}", "PYTHONPATH": str(HERE.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "screen", [(1920, 1080, 1.0), (1920, 1080, 1.5), (3840, 2160, 1.0), (3840, 2160, 1.5), (3840, 2160, 2.0)]
)
def test_nothing_is_clipped_or_tiny(tmp_path: Path, screen: tuple[int, int, float]) -> None:
    found = seen_on(tmp_path, screen)
    assert found["wrong"] == []
    assert isinstance(found["smallest"], float)
    assert found["smallest"] >= 0.0135  # the smallest type as a share of the screen's height: 13 of 960
    assert found["family"] is None


def test_the_second_screen_is_the_familys_by_itself(tmp_path: Path) -> None:
    assert seen_on(tmp_path, (1366, 768, 1.0), (1920, 1080, 1.0))["family"] == [1366, 0, 1920, 1080]
