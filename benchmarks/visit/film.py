"""`python -m benchmarks.visit.film FILE.webm`: one family at the running program, both screens, as a short film for the documentation.

A person at the keyboard (key strokes of the X server), the practice camera, no cuts. A slow machine's film is shown faster, so that it
stays below a minute; the speed is printed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.person import attend
from benchmarks.visit.recording import length_s, recorded
from benchmarks.visit.running_app import FAMILY_AT, FAMILY_SIZE
from benchmarks.visit.screen import screen
from benchmarks.visit.visits import Day
from benchmarks.visit.watched import watched_app
from kiosk.settings import Settings
from yanhe.practice_world import prepare

LONGEST_S, LARGEST_BYTES = 58.0, 3_000_000
_SIZE = (FAMILY_AT[0] + FAMILY_SIZE[0], 768)
_WIDTH = 1280


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--display", default="")
    parser.add_argument("--kind", default="return", help="which visit of the benchmark `person`")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, screen(chosen.display, _SIZE) as environment:
        folder = Path(temporary)
        world = prepare(folder / "practice", Settings(home=folder), fresh=True)
        try:
            with watched_app(folder / "practice", environment) as app:
                day = Day(app, environment)
                day.ready()
                with recorded(environment, (0, 0, *_SIZE), folder / "screen.mkv") as film:
                    attend(day, (chosen.kind,))
        finally:
            world.platform.stop()
        for stumble in day.stumbles:
            print(f"stumbled: {stumble}", file=sys.stderr)
        if day.stumbles:
            return 1
        faster = max(1.0, length_s(film) / LONGEST_S)
        _write(film.path, chosen.target, faster)
    size = chosen.target.stat().st_size
    print(f"{chosen.target}: {size} bytes, {faster:.2f} times as fast as it was")
    return 0 if size <= LARGEST_BYTES else 1


def _write(film: Path, target: Path, faster: float) -> None:
    picture = f"setpts=PTS/{faster:.4f},fps=8,scale={_WIDTH}:-2:flags=lanczos"
    subprocess.run(
        ["ffmpeg", "-y", "-loglevel", "error", "-i", str(film), "-vf", picture, "-c:v", "libvpx-vp9", "-crf", "40", "-b:v", "0",
         "-row-mt", "1", "-an", str(target)],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
