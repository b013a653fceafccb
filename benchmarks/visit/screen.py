"""A virtual screen with a window manager, and hands on its keyboard and mouse: xdotool, nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SIZE = (2340, 768)  # the staff's window on the left, the family's on the right
PROGRAMS = ("Xvfb", "openbox", "xdotool")


class ProgramMissing(RuntimeError):
    """A program of script/apt-packages-test is not installed."""


@contextmanager
def screen(display: str = "", size: tuple[int, int] = SIZE) -> Iterator[dict[str, str]]:
    """The environment of programs on a screen of their own. ``display`` as ``:36``; "" takes a free one. Raises ProgramMissing."""
    for program in PROGRAMS:
        if shutil.which(program) is None:
            raise ProgramMissing(f"{program} is missing (script/apt-packages-test)")
    told, tell = os.pipe()
    place = [display] if display else []
    server = subprocess.Popen(
        ["Xvfb", *place, "-displayfd", str(tell), "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(told) as pipe:
        number = pipe.readline().strip()
    if not number:
        server.wait()
        raise RuntimeError("the virtual screen did not start")
    environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield environment
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


@dataclass
class Hands:
    """Key strokes and clicks on the screen of ``environment``; each is counted with what it was for."""

    environment: dict[str, str]
    keys: list[tuple[str, str]] = field(default_factory=list)  # (key, what for)
    clicks: list[tuple[str, str]] = field(default_factory=list)  # (control, what for)

    def press(self, key: str, what: str) -> None:
        """``key`` as X names it: Return, n, F9, ctrl+z."""
        self.keys.append((key, what))
        self._do("key", "--clearmodifiers", key)

    def type(self, text: str, what: str) -> None:
        """Type as a practised person does: slower than a hand-held scanner, faster than the machine needs."""
        self.keys.extend((character, what) for character in text)
        self._do("type", "--clearmodifiers", "--delay", "90", text)

    def click(self, x: int, y: int, control: str, what: str) -> None:
        self.clicks.append((control, what))
        self._do("mousemove", str(x), str(y), "click", "1")

    def scroll(self, x: int, y: int, down: bool) -> None:
        self._do("mousemove", str(x), str(y), "click", "5" if down else "4")

    def _do(self, *command: str) -> None:
        subprocess.run(["xdotool", *command], env=self.environment, check=True, timeout=30)
        time.sleep(0.02)  # the X server hands the event on
