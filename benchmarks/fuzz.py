"""Thousands of broken pictures through `yanhe read`'s path and through the live camera's: no crash, no hang, no memory lost.

`python -m benchmarks.fuzz --cases 300 --seed 7` for a short look.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2

from benchmarks.mutations import arrays, files, seeds
from practice.camera.stills import render_still
from practice.world import papers
from scanner.codec import from_bytes
from scanner.live import CameraState, Capture, LiveScanner
from scanner.memory import give_back, resident_bytes
from scanner.types import Frame, Image
from scanner.worker import ReaderCrashed, ReaderProcess
from yanhe.commands.read import Unusable, load_picture

CASES = 5000
SEED = 20140419
LONGEST_S = 5.0


@dataclass
class Outcome:
    """What came of the cases, by what was said; the longest case in seconds; MB in RAM of the desk's side before and after."""

    cases: int
    said: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0
    longest_cpu_s: float = 0.0
    resident: tuple[float, float] = (0.0, 0.0)
    restarts: int = 0


def run(cases: int = CASES, seed: int = SEED) -> str:
    logging.getLogger("scanner").setLevel(logging.CRITICAL)  # what is refused is counted, not told
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    pictures = small_pages()
    read = fuzz_reading(cases, seed, pictures)
    seen = fuzz_live(cases, seed, pictures)
    rows = [
        _row("`yanhe read`: file → picture → reader process", read),
        _row("live: frame → outline, codes, captures", seen),
    ]
    return (
        f"Seed {seed}. A hang is a case over {LONGEST_S:.0f} s; a crash of the reader's process costs its case alone.\n\n"
        "| path | cases | came of it | longest s (CPU s) | crashes | MB before → after |\n|---|---|---|---|---|---|\n"
        + "\n".join(rows)
    )


def small_pages() -> list[Image]:
    """Two small photographs of practice papers."""
    sheets = [next(p for p in papers("F01") if p.material == material) for material in ("A03", "G01")]
    return [render_still(sheet, size=(320, 180), seed=k)[0] for k, sheet in enumerate(sheets)]


def fuzz_reading(cases: int, seed: int, pictures: list[Image], factory: Callable[[], Any] | None = None) -> Outcome:
    """Files through the loading of `yanhe read` and the reader process; ``factory`` replaces the reader."""
    chance = random.Random(seed)
    outcome = Outcome(cases)
    mutated = itertools.islice(files(seeds(pictures), chance), cases)
    before = after = 0.0
    with tempfile.TemporaryDirectory() as folder, ReaderProcess(threads=1, factory=factory) as reader:
        reader.submit([pictures[0]]).result()
        pid = reader.pid
        for number, (extension, contents) in enumerate(mutated):
            path = Path(folder) / f"case{extension}"
            path.write_bytes(contents)
            began, cpu = time.monotonic(), _cpu(reader.pid)
            try:
                reader.submit([load_picture(path)]).result(60)
                said = "read"
            except Unusable as refused:
                said = refused.code
            except ReaderCrashed:
                said = "crashed"
            except Exception as error:
                said = type(error).__name__
            outcome.longest_s = max(outcome.longest_s, time.monotonic() - began)
            outcome.longest_cpu_s = max(outcome.longest_cpu_s, _cpu(reader.pid) - cpu)
            outcome.said[said] += 1
            path.unlink()
            if reader.pid != pid:
                outcome.restarts, pid = outcome.restarts + 1, reader.pid
            if number == cases // 10:  # by then everything lazy is loaded
                before = _megabytes()
            if said not in ("read", "not_a_picture", "too_small", "too_large"):
                print(f"  case {number} ({extension}, {len(contents)} bytes): {said}", file=sys.stderr)
        after = _megabytes()
    outcome.resident = before, after
    return outcome


def fuzz_live(cases: int, seed: int, pictures: list[Image]) -> Outcome:
    """Arrays and mutated pictures as a camera's frames, some of them for long enough to be captured."""
    outcome = Outcome(cases)
    source = _Camera(_frames(pictures, seed), cases, outcome)
    ended = threading.Event()
    scanner = LiveScanner(
        source,
        on_capture=source.captured,
        on_codes=lambda _: None,
        on_state=lambda state: ended.set() if state is CameraState.ENDED else None,
        clock=source.clock,
    )
    scanner.start()
    if not ended.wait(max(600.0, cases)):
        outcome.said["hangs"] += 1
    scanner.stop()
    outcome.resident = source.before, _megabytes()
    return outcome


def _frames(pictures: list[Image], seed: int) -> Iterator[Any]:
    chance = random.Random(seed)
    mutated, odd = files(seeds(pictures), chance), arrays(chance)
    page = cv2.resize(pictures[0], (1280, 720), interpolation=cv2.INTER_CUBIC)
    while True:
        frame = next(odd) if chance.random() < 0.6 else from_bytes(next(mutated)[1])
        yield from [frame] * chance.choice((1, 1, 2, 30))
        if chance.random() < 0.1:
            yield from [page] * 40  # a sheet between them, long enough to be captured


class _Camera:
    """Frames one after the other; time goes on by a thirtieth of a second with each."""

    name = "fuzz"

    def __init__(self, frames: Iterator[Any], cases: int, outcome: Outcome) -> None:
        self._frames = frames
        self._left = cases
        self._outcome = outcome
        self._now = 0.0
        self._asked: tuple[float, float] | None = None  # on the clock, of this thread's CPU
        self._index = 0
        self.before = 0.0

    def clock(self) -> float:
        return self._now

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def captured(self, _: Capture) -> None:
        self._outcome.said["captured"] += 1

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        if self._asked is not None:
            self._outcome.longest_s = max(self._outcome.longest_s, time.monotonic() - self._asked[0])
            self._outcome.longest_cpu_s = max(self._outcome.longest_cpu_s, time.thread_time() - self._asked[1])
        if self._index == self._outcome.cases // 10:
            self.before = _megabytes()
        if self._index >= self._left:
            raise EOFError
        image = next(self._frames)
        while image is None:  # a file that is refused: no frame
            image = next(self._frames)
        self._index += 1
        self._now += 1 / 30
        self._outcome.said["frames"] += 1
        self._asked = time.monotonic(), time.thread_time()
        return Frame(image, self._now, self._index)


def _cpu(reader: int | None) -> float:
    """CPU seconds of this process and of the reader's."""
    try:
        values = Path(f"/proc/{reader}/stat").read_text().rsplit(")", 1)[1].split()
        theirs = (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        theirs = 0.0
    return time.process_time() + theirs


def _megabytes() -> float:
    give_back()
    return (resident_bytes() or 0) / 1e6


def _row(name: str, o: Outcome) -> str:
    said = ", ".join(f"{what} {count}" for what, count in o.said.most_common())
    return f"| {name} | {o.cases} | {said} | {o.longest_s:.1f} ({o.longest_cpu_s:.1f}) | {o.restarts} | {o.resident[0]:.0f} → {o.resident[1]:.0f} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    print(run(options.cases, options.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
