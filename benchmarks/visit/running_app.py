"""What benchmarks.visit.app runs: the desk app in a practice district, both windows open, watched."""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from benchmarks.visit.family_texts import FamilyTexts
from benchmarks.visit.inspection import Inspection
from benchmarks.visit.waiting import WaitingClock
from benchmarks.watchdog import Watchdog
from kiosk.settings import Settings
from scanner.worker import ReaderProcess
from ui.app import FamilyWindow
from yanhe.platform_process import PlatformProcess
from yanhe.practice_run import PracticeApp, practice_app
from yanhe.practice_world import PracticeWorld, desk_settings

STAFF_SIZE = (1366, 740)  # what a 1366×768 screen leaves below a title bar
FAMILY_AT, FAMILY_SIZE = (1380, 0), (960, 720)


def main(reader: ReaderProcess) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.visit.app", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("address")
    parser.add_argument("--began", type=float, default=time.time(), help="when the program was started, epoch seconds")
    parser.add_argument("--language", default="zh_CN")
    chosen = parser.parse_args()
    settings = desk_settings(chosen.folder, Settings(home=chosen.folder, language=chosen.language))
    world = PracticeWorld(
        settings, PlatformProcess(chosen.folder / "platform")
    )  # runs already, in a process of its own
    with practice_app(world, reader=reader) as practice:
        practice.window.setGeometry(0, 24, *STAFF_SIZE)
        practice.window.show()
        family = FamilyWindow(practice.running.desk, language=chosen.language)
        family.setGeometry(*FAMILY_AT, *FAMILY_SIZE)
        family.move(*FAMILY_AT)
        family.show()
        practice.window.activateWindow()
        _watch(practice, family, chosen.address, chosen.began)
        signal.signal(signal.SIGTERM, lambda *_: practice.app.quit())  # the watchdog's beats let it be heard
        status = practice.app.exec()
        family.close()
    return status


def _watch(practice: PracticeApp, family: FamilyWindow, address: str, began: float) -> None:
    watchdog = Watchdog(practice.window)
    inspection = Inspection(practice, FamilyTexts(family), WaitingClock(practice), watchdog, address)
    _Start(practice, inspection.start_s, began, watchdog.start)


class _Start(QObject):
    """Notes when the window could first be used, showed the family that was at the desk when the program ended last, and when the reader was
    ready, in seconds since the program was started.

    ``usable``: called at the former; what came before, the first painting too, is the start and told as such.
    """

    def __init__(
        self, practice: PracticeApp, start_s: dict[str, float], began: float, usable: Callable[[], None]
    ) -> None:
        super().__init__(practice.window)
        self._practice = practice
        self._start_s = start_s
        self._began = began
        self._usable = usable
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(10)

    def _look(self) -> None:
        view = self._practice.window.view
        preview = self._practice.running.desk.preview()
        now = time.time() - self._began
        if view is not None and view.header.expected_today:
            self._start_s.setdefault("list", now)
        if preview is not None:
            self._start_s.setdefault("picture", now)
        if "usable" not in self._start_s and view is not None and view.header.expected_today and preview is not None:
            self._start_s["usable"] = now
            self._usable()
        if view is not None and view.case is not None:
            self._start_s.setdefault("family", now)
        if self._practice.running.reader.state.value == "ready":
            self._start_s.setdefault("reader ready", now)
            if "usable" in self._start_s:
                self._timer.stop()
