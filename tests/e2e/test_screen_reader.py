"""The window as a screen reader meets it, over the desktop's accessibility bus: names, roles, and a verdict as one sentence."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
LIMIT_S = 90

# one session bus with its accessibility bus, the app, the reader; the app ends when its input does
SESSION = """
"$LAUNCHER" --launch-immediately &
bus=$!
mkfifo "$FOLDER/end"
"$APP_PYTHON" "$HERE/shown_case.py" < "$FOLDER/end" &
app=$!
exec 3> "$FOLDER/end"
"$SYSTEM_PYTHON" "$HERE/reader_of_screens.py" "$LIMIT" > "$FOLDER/found.json"
said=$?
exec 3>&-
wait $app
kill $bus
exit $said
"""


@pytest.fixture
def launcher() -> str:
    """The accessibility bus, or a skip that says what is missing."""
    found = next((path for path in LAUNCHERS if Path(path).exists()), None)
    if found is None or shutil.which("dbus-run-session") is None:
        pytest.skip("at-spi2-core and dbus are not installed")
    probe = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        pytest.skip("python3-pyatspi is not installed")
    return found


def test_a_screen_reader_finds_names_roles_and_the_verdicts(
    screen: dict[str, str], launcher: str, tmp_path: Path
) -> None:
    environment = {
        **screen,
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(HERE.parents[1]),
        "LAUNCHER": launcher,
        "FOLDER": str(tmp_path),
        "HERE": str(HERE),
        "APP_PYTHON": sys.executable,
        "SYSTEM_PYTHON": SYSTEM_PYTHON,
        "LIMIT": str(LIMIT_S),
    }
    run = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", SESSION],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S + 60,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads((tmp_path / "found.json").read_text())
    assert "验核台" in found["windows"]
    names = [name for _, name in found["controls"]]
    assert {"查找", "一致", "不一致", "看不清", "撤销", "退回并注明原因", "显示与声音"} <= set(names)
    assert [role for role, name in found["controls"] if not name] == []
    address = next(row for row in found["rows"] if row.startswith("户口地址"))
    assert address.startswith("户口地址，网上填报 南山区粤海街道")
    assert "原件 广东省深圳市南山区" in address
    assert address.endswith("不一致")
