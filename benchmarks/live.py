"""The live preview over a long time: age of what is drawn, cost of the outline, CPU, captures, codes.

A video file plays as a camera would, through the program's own path: source, live scanner, camera port, preview feed, preview widget,
painted off screen. `python -m benchmarks.live --minutes 1` for a short look.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.desk_video import FPS, DeskVideo, make
from scanner.live import CameraState, Capture, LiveScanner, Outline
from scanner.live.outline import Seen
from scanner.sources import VideoSource
from scanner.types import Barcode, Frame

MINUTES = 10.0
OLDEST_MS = 100.0


class Repeated:
    """A video again and again. ``began``: clock time at which the present run began."""

    name = "video"

    def __init__(self, path: Path) -> None:
        self._video = VideoSource(path)
        self.began = 0.0
        self.runs = 0
        self.frames = 0

    def open(self) -> None:
        self._video.open()
        self.began = time.monotonic()
        self.runs += 1

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        try:
            frame = self._video.read(timeout_s)
        except EOFError:
            self._video.close()
            self.open()
            return None
        if frame is None:
            return None
        self.frames += 1
        return Frame(frame.image, frame.at_s, self.frames)

    def close(self) -> None:
        self._video.close()


class TimedOutline(Outline):
    """The scanner's own, with the CPU time of each frame."""

    def __init__(self) -> None:
        super().__init__()
        self.spent_ms: list[float] = []
        self.searched_ms: list[float] = []

    def look(self, frame: Frame, calm: bool = False) -> Seen:
        began = time.thread_time()
        seen = super().look(frame, calm)
        spent = (time.thread_time() - began) * 1000
        self.spent_ms.append(spent)
        if seen.looked:
            self.searched_ms.append(spent)
        return seen


@dataclass
class Log:
    """What the scanner told, in seconds of the video. Appended to from its threads."""

    source: Repeated
    captures: list[tuple[int, float]] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)

    def capture(self, _: Capture) -> None:
        self.captures.append((self.source.runs, time.monotonic() - self.source.began))

    def code(self, found: tuple[Barcode, ...]) -> None:
        self.codes.extend((self.source.runs, code.text) for code in found)


def run(minutes: float = MINUTES) -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        video = make(Path(folder) / "desk.avi")
        return _measure(video, minutes * 60)


def _measure(video: DeskVideo, seconds: float) -> str:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication

    from kiosk.desk.view import PreviewView
    from kiosk.texts import text
    from ui.app import create_application
    from ui.bridge import PreviewFeed
    from ui.widgets.preview import PreviewWidget

    app, theme = create_application(["live"], "zh_CN")
    ages: list[float] = []
    drawn: list[int] = []

    class Watched(PreviewWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if self._preview is not None and (not drawn or drawn[-1] != self._preview.frame.index):
                ages.append((time.monotonic() - self._preview.frame.at_s) * 1000)
                drawn.append(self._preview.frame.index)

    source, outline = Repeated(video.path), TimedOutline()
    log = Log(source)
    scanner = LiveScanner(source, on_capture=log.capture, on_codes=log.code, outline=outline)

    class Port:
        """The part of the desk that a preview feed asks."""

        def preview(self) -> PreviewView | None:
            newest = scanner.preview()
            if newest is None:
                return None
            return PreviewView(newest.frame, newest.outline, newest.state.value, text(f"scanner.live.{newest.state.value}"))

    widget = Watched(theme)
    widget.resize(560, 315)
    widget.show()
    feed = PreviewFeed(Port())  # type: ignore[arg-type]
    feed.preview_changed.connect(widget.set_preview)
    scanner.start()
    feed.start()
    while scanner.camera is not CameraState.LIVE:
        app.processEvents()
    cpu, began, threads = time.process_time(), time.monotonic(), _threads()
    QTimer.singleShot(round(seconds * 1000), app.quit)
    app.exec()
    wall, used = time.monotonic() - began, time.process_time() - cpu
    by_thread = {name: (spent - threads.get(name, 0.0)) / wall for name, spent in _threads().items()}
    feed.stop()
    scanner.stop()
    widget.close()
    QApplication.processEvents()
    return _table(video, source, log, outline, ages, len(set(drawn)), wall, used, by_thread)


def _threads() -> dict[str, float]:
    """CPU seconds by Python thread so far, and of all others together. Empty where the system does not say."""
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    tick = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
    spent: dict[str, float] = {}
    for task in Path("/proc/self/task").glob("*"):
        try:
            values = (task / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        name = {"MainThread": "window"}.get(names.get(int(task.name), "others"), names.get(int(task.name), "others"))
        spent[name] = spent.get(name, 0.0) + (int(values[11]) + int(values[12])) / tick
    return spent


def _table(
    video: DeskVideo,
    source: Repeated,
    log: Log,
    outline: TimedOutline,
    ages: list[float],
    drawn: int,
    wall: float,
    used: float,
    by_thread: dict[str, float],
) -> str:
    old = sum(age > OLDEST_MS for age in ages)
    parts = ", ".join(f"{name} {100 * share:.0f}" for name, share in sorted(by_thread.items(), key=lambda i: -i[1]))
    expected, once, twice, missed, waits = _captures(video, log, source)
    coded, codes = _codes(video, log, source)
    rows = [
        ("preview", f"{wall / 60:.1f} min of 1280×720 at {FPS} frames/s, Motion JPEG file, {source.runs} runs through the script", ""),
        ("frames drawn", f"{drawn / wall:.1f} a second ({100 * drawn / max(1, FPS * wall):.0f} % of the camera's)", "30"),
        ("age when painted", f"median {_at(ages, 50):.0f} ms, p99 {_at(ages, 99):.0f} ms, oldest {max(ages):.0f} ms", ""),
        ("drawn older than 100 ms", f"{old} of {len(ages)}", "0"),
        ("outline, CPU a frame", f"median {_at(outline.spent_ms, 50):.1f} ms, p95 {_at(outline.spent_ms, 95):.1f} ms", "median ≤ 15 ms"),
        ("… of frames in which something changed", f"median {_at(outline.searched_ms, 50):.1f} ms, p95 {_at(outline.searched_ms, 95):.1f} ms ({100 * len(outline.searched_ms) / max(1, len(outline.spent_ms)):.0f} % of frames)", ""),
        ("CPU of the whole preview", f"{100 * used / wall:.0f} % of a core ({parts})", "≤ 60 %"),
        ("sheets laid down / captured once / more than once / not", f"{expected} / {once} / {twice} / {missed}", "all once"),
        ("at rest → captured", f"median {_at(waits, 50):.2f} s, p95 {_at(waits, 95):.2f} s, longest {max(waits, default=0):.2f} s", "≤ 0.8 s"),
        ("sheets with a code / read", f"{coded} / {codes}", "all"),
    ]  # fmt: skip
    return "| what | measured | budget |\n|---|---|---|\n" + "\n".join(f"| {a} | {b} | {c} |" for a, b, c in rows)


def _captures(video: DeskVideo, log: Log, source: Repeated) -> tuple[int, int, int, int, list[float]]:
    """Whole runs only: sheets, captured once, more often, never; and seconds from rest to the capture."""
    expected = once = twice = missed = 0
    waits: list[float] = []
    for run in range(1, source.runs):
        for sheet in video.sheets:
            taken = [at for r, at in log.captures if r == run and sheet.rests_s - 0.7 < at < sheet.gone_s + 0.45]
            expected += 1
            once += len(taken) == 1
            twice += len(taken) > 1
            missed += not taken
            waits += [at - sheet.rests_s for at in taken[:1]]
            if len(taken) != 1:
                print(f"  run {run}: {sheet.name} captured {len(taken)} times at {taken}", file=sys.stderr)
    return expected, once, twice, missed, waits


def _codes(video: DeskVideo, log: Log, source: Repeated) -> tuple[int, int]:
    wanted = [(run, sheet.code) for run in range(1, source.runs) for sheet in video.sheets if sheet.code]
    return len(wanted), sum(any(r == run and code in text for r, text in log.codes) for run, code in wanted)


def _at(values: list[float], percent: float) -> float:
    return float(np.percentile(values, percent)) if values else float("nan")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    print(run(parser.parse_args().minutes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
