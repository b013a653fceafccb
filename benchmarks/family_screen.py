"""The family's screen over a whole run, checked twice: every text the app painted there, and every frame of a recording of the screen.

No frame may name another family than the one at the desk, nor show anything unmasked of anybody. The texts are exact; the frames are read by
the project's own recogniser, and how much it would catch is measured with slips put on a screen on purpose.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault(
    "QT_QPA_PLATFORM", "offscreen"
)  # pictures for the control are drawn here, the app has a screen of its own

from PySide6.QtGui import QGuiApplication

from benchmarks.person import attend
from benchmarks.visit import privacy
from benchmarks.visit.recording import length_s, recorded
from benchmarks.visit.running_app import FAMILY_AT, FAMILY_SIZE
from benchmarks.visit.screen import screen
from benchmarks.visit.visits import Day
from benchmarks.visit.watched import watched_app
from kiosk.settings import Settings
from yanhe.practice_world import prepare


def run(display: str = "", only: tuple[str, ...] = (), keep: Path | None = None) -> str:
    _app = QGuiApplication.instance() or QGuiApplication([])
    with tempfile.TemporaryDirectory() as temporary, screen(display) as environment:
        folder = Path(temporary)
        world = prepare(folder / "practice", Settings(home=folder), fresh=True)
        try:
            with watched_app(folder / "practice", environment) as app:
                day = Day(app, environment)
                day.ready()
                with recorded(environment, (*FAMILY_AT, *FAMILY_SIZE), (keep or folder) / "family.mkv") as film:
                    attend(day, only)
                report = app.report()
        finally:
            world.platform.stop()
        read = privacy.screen_reader()
        texts = privacy.painted(report, day.visits)
        frames = privacy.filmed(film, day.visits, read)
        seconds = length_s(film)
    found, shown = privacy.caught(read)
    for what, outcome in (("text", texts), ("frame", frames)):
        for at, complaint in outcome.wrong:
            print(f"  {what} at {at - film.began_at:.1f} s: {complaint.what}: {complaint.text}", file=sys.stderr)
    trouble = [v for v in day.visits if v.trouble]
    return (
        "| what was looked at | number | that should name the family there | that do | with another family's or unmasked data |\n"
        "|---|---|---|---|---|\n"
        f"| texts painted by the app ({report['paintings']} paintings) | {texts.seen} | {texts.during} | {texts.named} | **{len(texts.wrong)}** |\n"
        f"| frames of {seconds:.0f} s of recording that differ from the one before | {frames.seen} | {frames.during} | {frames.named} | **{len(frames.wrong)}** |\n\n"
        f"{len(day.visits)} visits{f', {len(trouble)} not ended' if trouble else ''}. Whole names and numbers put on a screen on purpose, in three sizes of type: "
        f"{found} of {shown} caught in the picture."
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--display", default="", help="as :36; a free one when not given")
    parser.add_argument("--keep", type=Path, help="a folder for the recording")
    parser.add_argument("only", nargs="*", help="receipt return confirm refer twins hold")
    chosen = parser.parse_args()
    print(run(chosen.display, tuple(chosen.only), chosen.keep))
