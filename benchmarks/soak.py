"""Thousands of captures through one reader process: how much memory it holds, and whether every capture is answered.

So that ten thousand take minutes, most are strips of practice papers, in varied sizes and numbers of frames, and three in a hundred small pages;
bursts of 1080p frames are a row of their own.
`python -m benchmarks.soak --captures 1000 --bursts 20` for a short look.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from kiosk.matching.forms import printed_forms
from practice.camera.stills import burst
from practice.world import papers
from scanner.types import ExpectedSet, Image
from scanner.worker import ReaderProcess

CAPTURES = 10_000
BURSTS = 100
SEED = 20140419
_MARKS = (1, 100, 1000, 2000, 5000, 10_000, 20_000, 50_000)
_SMALL = (640, 360)


@dataclass
class Soak:
    """Memory of the processes over the captures, in MB. ``peak``: the most that any of them ever held."""

    captures: int
    start: float = 0.0
    marks: dict[int, float] = field(default_factory=dict)
    peak: float = 0.0
    processes: int = 0
    answered: int = 0
    failed: int = 0
    seconds: float = 0.0
    cpu_s: float = 0.0
    own: tuple[float, float] = (0.0, 0.0)  # the desk's side, before and after


Captures = Iterator[tuple[list[Image], dict[str, ExpectedSet]]]


def run(captures: int = CAPTURES, bursts: int = BURSTS) -> str:
    small = soak(captures, lambda: _captures(_SMALL, random.Random(SEED), varied=True))
    large = soak(bursts, lambda: _captures((1920, 1080), random.Random(SEED), varied=False))
    blocks = len(list(Path("/dev/shm").glob("psm_*"))) if Path("/dev/shm").is_dir() else 0
    head = (
        "| captures | at start | " + " | ".join(f"after {mark}" for mark in _MARKS[:6]) + " | at the end | peak | processes "
        "| answered | failed | CPU s | desk's side |\n|" + "---|" * 15
    )
    note = f"MB of the reader's process in RAM, shared frames included; budget 600. Blocks of shared memory on this system afterwards: {blocks}."
    return f"{note}\n\n{head}\n{_row('small, 1 to 4 frames', small)}\n{_row('1920×1080, bursts of 4', large)}"


def soak(captures: int, source: Callable[[], Captures]) -> Soak:
    result = Soak(captures)
    began = time.monotonic()
    with ReaderProcess(printed_forms=printed_forms, threads=1) as reader:
        work = source()
        frames, expects = next(work)
        reader.submit(frames, expects=expects).result()
        pid = reader.pid
        result.start, result.processes = _resident(pid), 1
        own = _resident(os.getpid())
        cpu = 0.0
        for number in range(1, captures + 1):
            frames, expects = next(work)
            try:
                reader.submit(frames, expects=expects).result()
                result.answered += 1
            except Exception as error:
                print(f"  capture {number}: {error}", file=sys.stderr)
                result.failed += 1
            if reader.pid != pid:
                result.cpu_s += cpu
                pid = reader.pid
                result.processes += 1
            result.peak = max(result.peak, _resident(pid, "VmHWM"))
            if number in _MARKS or number == captures:
                result.marks[number] = _resident(pid)
                cpu = _cpu(pid)
                print(f"  {number}: {result.marks[number]:.0f} MB, peak {result.peak:.0f} MB", file=sys.stderr, flush=True)
        result.cpu_s += _cpu(pid)
        result.own = own, _resident(os.getpid())
    result.seconds = time.monotonic() - began
    return result


def _captures(size: tuple[int, int], chance: random.Random, *, varied: bool) -> Captures:
    """Practice papers again and again; when ``varied``, each time another part of one, in another size."""
    sheets = [p for f in ("F01", "F04", "F06") for p in papers(f) if p.material != "SLIP"]
    chance.shuffle(sheets)
    sheets = sheets[:8]
    bursts = [
        [image for image, _ in burst(sheet, 4, size=size, seed=k, severity="good")] for k, sheet in enumerate(sheets)
    ]
    while True:
        k = chance.randrange(len(sheets))
        frames = bursts[k]
        if varied:
            frames = frames[: chance.randint(1, 4)]
            if chance.random() < 0.97:
                height, width = frames[0].shape[:2]
                high, wide = chance.randint(20, 36), chance.randint(width * 3 // 4, width)
                top, left = chance.randint(0, height - high), chance.randint(0, width - wide)
                frames = [frame[top : top + high, left : left + wide] for frame in frames]
            else:
                factor = chance.uniform(0.5, 1.0)
                frames = [_scaled(frame, factor) for frame in frames]
        declared = {name: value for name, value in list(sheets[k].records.items())[:4] if value}
        yield frames, {"declared": ExpectedSet(declared)}


def _scaled(image: Image, factor: float) -> Image:
    size = (max(32, round(image.shape[1] * factor)), max(32, round(image.shape[0] * factor)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]  # OpenCV says any array


def _row(name: str, s: Soak) -> str:
    marks = " | ".join(f"{s.marks[mark]:.0f}" if mark in s.marks else "—" for mark in _MARKS[:6])
    end = s.marks.get(s.captures, float("nan"))
    return (
        f"| {s.captures} {name} | {s.start:.0f} | {marks} | {end:.0f} | {s.peak:.0f} | {s.processes} | {s.answered} | {s.failed} "
        f"| {s.cpu_s:.0f} | {s.own[0]:.0f} → {s.own[1]:.0f} |"
    )


def _resident(pid: int | None, what: str = "VmRSS") -> float:
    """MB that a process holds in RAM (``VmRSS``) or held at most (``VmHWM``); nan where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith(what)), float("nan"))


def _cpu(pid: int | None) -> float:
    try:
        values = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captures", type=int, default=CAPTURES)
    parser.add_argument("--bursts", type=int, default=BURSTS)
    options = parser.parse_args()
    print(run(options.captures, options.bursts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
