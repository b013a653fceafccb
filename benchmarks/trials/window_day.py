"""A day at the real staff window, in a process of its own: ``python -m benchmarks.trials.window_day WORLD SEED --visits N [--until-sent]``.

Real: the composition of the program with its sync thread, and the staff's window on Qt's offscreen screen, worked by keys. Played: camera and
reader (benchmarks.trials.prompt_reader) and the person. It ends after N families; with ``--until-sent`` families come until what waited at the
start has been sent, and it ends when the platform has everything. It prints one line of JSON: what ``Meter.report`` tells, and how the day went.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

import yanhe.compose as program
from benchmarks.trials.noted_line import NotedLine
from benchmarks.trials.prompt_reader import DarkCamera, PromptReader
from benchmarks.trials.scripted_day import DayAtTheDesk
from benchmarks.trials.window_hand import WindowHand
from benchmarks.watchdog import BEAT_MS, Watchdog
from kiosk.desk.view import DeskView
from kiosk.display import Display
from kiosk.settings import Settings
from kiosk.sync.http import HttpTransport
from offline_cache.store import Store
from ui.app import MainWindow, create_application
from ui.desk_windows import DeskWindows
from yanhe.private_memory import no_core_dumps

SIZE = (1366, 740)
_MAY_SHOW_NOTHING = ("undo",)  # a sheet that nobody needed was forgotten: any view answers
START_S = 3.0  # first paintings, tables that are loaded once: they belong to the start
START_WITHIN_S, SENT_WITHIN_S = 60.0, 1800.0


class Meter(QObject):
    """What the window does, counted, and for each request of the line apart. ``drawn`` hears of every view that shows something new of the
    case or the search, after it was drawn; the header alone (its clock, the line's light) answers nobody."""

    ended = Signal()

    def __init__(self, window: MainWindow, line: NotedLine) -> None:
        super().__init__(window)
        self._line = line
        self._shown: DeskView | None = None
        self._pressed: tuple[str, float, object] | None = None
        self.drawn: Callable[[DeskView], None] = lambda _: None
        self.waits_ms: list[tuple[str, float]] = []
        self.pictures = 0
        self.watchdog = Watchdog(window)
        self._beats = QTimer(self)
        self._beats.timeout.connect(self._beat)
        window.view_shown.connect(self._view_shown)
        window.installEventFilter(self)

    def start(self) -> None:
        self.watchdog.start()
        self._beats.start(BEAT_MS)

    def stop(self) -> None:
        self._beats.stop()
        self.watchdog.stop()

    def pressed(self, what: str) -> None:
        """The person gives an intent now. Any thread."""
        self._pressed = what, time.monotonic(), self._line.now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            self.pictures += 1
            if (request := self._line.now) is not None:
                request.pictures += 1
        return False

    def _beat(self) -> None:
        if (request := self._line.now) is not None:
            request.beats += 1

    def _view_shown(self, view: DeskView) -> None:
        before, self._shown = self._shown, view
        pressed = self._pressed
        told_nothing = pressed is not None and pressed[0] in _MAY_SHOW_NOTHING
        if before is None or told_nothing or not _same_but_for_the_header(before, view):
            QTimer.singleShot(0, self, lambda: self._drawn(view))

    def _drawn(self, view: DeskView) -> None:
        if self._pressed is not None:
            (what, at, during), self._pressed = self._pressed, None
            self.waits_ms.append((what, (time.monotonic() - at) * 1000))
            if (request := self._line.now) is not None and request is during:
                request.answers += 1
        self.drawn(view)

    def report(self) -> dict[str, Any]:
        longest = self._line.longest
        return {
            "waits_ms": self.waits_ms,
            "stalls_ms": self.watchdog.stalls_ms,
            "blamed": self.watchdog.blamed.most_common(5),
            "pictures": self.pictures,
            "requests": self._line.requests,
            "longest": {**asdict(longest), "seconds": longest.seconds} if longest is not None else None,
        }


def _same_but_for_the_header(one: DeskView, other: DeskView) -> bool:
    listed = (one.header.expected_today > 0) == (other.header.expected_today > 0)
    return listed and replace(one, header=other.header) == other


def run_day(world: Path, seed: int, *, visits: int, until_sent: bool) -> dict[str, Any]:
    """``visits`` families at the desk of WORLD/desk, which is enrolled; see the module."""
    program.ReaderProcess = PromptReader  # pyright: ignore[reportAttributeAccessIssue]  # stands in its place
    app, _ = create_application(["desk"])
    settings = Settings(home=world / "desk", camera="trial")
    lines: list[NotedLine] = []

    def noted(line: HttpTransport) -> NotedLine:
        lines.append(NotedLine(line))
        return lines[-1]

    edges = program.Edges(transport=noted)
    staff = program.Staff("T01", "练习员")
    with program.running_desk(settings, DarkCamera(), staff, practice=True, edges=edges) as running:
        windows = DeskWindows(app, running.desk, Display(), devices=running.devices)
        meter = Meter(windows.staff, lines[-1])
        windows.staff.resize(*SIZE)
        windows.show()
        windows.staff.activateWindow()
        _paint_the_start(app, windows.staff)
        hand = WindowHand(windows.staff, running.desk, random.Random(seed), meter.pressed)
        day = DayAtTheDesk(hand, seed)
        meter.drawn = day.seen
        assert windows.staff.view is not None
        day.seen(windows.staff.view)
        meter.ended.connect(app.quit)
        told: dict[str, Any] = {}
        found_here = _Waiting(running.store)

        def work() -> None:
            try:
                day.first_view()
                while day.visits < visits or (until_sent and not found_here.sent):
                    day.go_on()
                told.update(trouble="")
                if until_sent:
                    _await_all_sent(running.store)
            except Exception as trouble:
                told.update(trouble=f"{type(trouble).__name__}: {trouble}")
            meter.ended.emit()

        person = threading.Thread(target=work, name="person", daemon=True)
        meter.start()
        began = time.monotonic()
        person.start()
        app.exec()
        told |= meter.report()
        meter.stop()
        told |= {"seconds": time.monotonic() - began, "visits": day.visits, "intents": day.intents}
        told |= {"papers": len(running.store.events_of_kind("paper.printed")), "link": running.sync.state.link.value}
        windows.close()
    return told


def _paint_the_start(app: QApplication, window: MainWindow) -> None:
    began = time.monotonic()
    while window.view is None or not window.view.header.expected_today or time.monotonic() < began + START_S:
        if time.monotonic() > began + START_WITHIN_S:
            raise RuntimeError("the desk did not start")
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


class _Waiting:
    """What waits for the platform now, whatever comes later."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last, _ = store.head()
        self._images = set(store.waiting_images(1_000_000))

    @property
    def sent(self) -> bool:
        event, image = self._store.waiting_events(1), self._store.waiting_images(1)
        return not (event and event[0].seq <= self._last) and not self._images.intersection(image)


def _all_sent(store: Store) -> bool:
    counts = store.outbox_counts()
    return not (counts.open_events or counts.open_images)


def _await_all_sent(store: Store) -> None:
    until = time.monotonic() + SENT_WITHIN_S
    while not _all_sent(store):
        if time.monotonic() > until:
            raise RuntimeError("not everything was sent")
        time.sleep(0.1)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("--visits", type=int, default=3)
    parser.add_argument("--until-sent", action="store_true")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    no_core_dumps()
    logging.disable(logging.CRITICAL)  # a line that comes and goes would fill the terminal
    report = run_day(options.world, options.seed, visits=options.visits, until_sent=options.until_sent)
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
