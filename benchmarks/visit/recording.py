"""The screen as a film: ffmpeg grabs it while somebody works."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.visit.screen import ProgramMissing
from scanner.types import Image

FPS = 10
_DIFFERS = 24  # grey levels; a caret or an anti-aliased edge that moves by less changes nothing that can be read
_LEAST_PIXELS = 12


@dataclass
class Recording:
    """``began_at`` (seconds since the epoch) is known once the recording has ended; 0 until then."""

    path: Path
    began_at: float = 0.0


@contextmanager
def recorded(
    environment: dict[str, str], box: tuple[int, int, int, int], path: Path, fps: int = FPS
) -> Iterator[Recording]:
    """Record the part ``box`` = x, y, width, height of the screen without loss until the block ends. Raises ProgramMissing."""
    if shutil.which("ffmpeg") is None:
        raise ProgramMissing("ffmpeg is missing (script/apt-packages-test)")
    x, y, width, height = box
    grab = ["-f", "x11grab", "-draw_mouse", "1", "-framerate", str(fps), "-video_size", f"{width}x{height}"]
    command = ["ffmpeg", "-y", "-nostats", *grab, "-i", f"{environment['DISPLAY']}+{x},{y}"]
    lossless = ["-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", "-g", str(fps)]
    recording = Recording(path)
    log = path.with_suffix(".log")
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, *lossless, str(path)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            yield recording
        finally:
            assert process.stdin is not None
            try:
                process.stdin.write(b"q")
                process.stdin.close()
            except BrokenPipeError:
                pass
            process.wait(60)
    began = re.search(r"start: ([\d.]+)", log.read_text(errors="replace"))
    if began is None or process.returncode:
        raise RuntimeError(f"ffmpeg: {log.read_text(errors='replace')[-400:]}")
    recording.began_at = float(began[1])


def changed_frames(recording: Recording) -> Iterator[tuple[float, Image]]:
    """(seconds since the epoch, picture) of every frame that differs from the one given before."""
    film = cv2.VideoCapture(str(recording.path))
    fps = film.get(cv2.CAP_PROP_FPS) or FPS
    last: Image | None = None
    number = 0
    while True:
        more, frame = film.read()
        if not more:
            break
        part = np.ascontiguousarray(frame, dtype=np.uint8)
        if last is None or _differ(last, part):
            last = part
            yield recording.began_at + number / fps, part
        number += 1
    film.release()


def _differ(one: Image, other: Image) -> bool:
    return int((cv2.absdiff(one, other).max(axis=2) > _DIFFERS).sum()) >= _LEAST_PIXELS


def length_s(recording: Recording) -> float:
    film = cv2.VideoCapture(str(recording.path))
    seconds = film.get(cv2.CAP_PROP_FRAME_COUNT) / (film.get(cv2.CAP_PROP_FPS) or FPS)
    film.release()
    return seconds
