"""Every picture of the documentation, from the running program: the real windows in the practice district, at the moments that matter.

script/screenshots [FOLDER]      default: docs/pictures
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from kiosk.settings import Settings
from ui.app import FamilyWindow
from ui.practice.tour import Tour
from yanhe.practice_run import practice_app
from yanhe.practice_world import prepare
from yanhe.screenshot_story import Story
from yanhe.tour_memory import TOUR_FAMILY, FileTourMemory

SIZE = (1366, 768)
FAMILY_SIZE = (960, 720)
DPI = 110
PAPERS = {"F01": "receipt", "F06": "return-slip"}  # the papers of these families, each a picture of its first page
_DEFAULT = Path(__file__).parent.parent / "docs" / "pictures"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=_DEFAULT)
    folder: Path = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)  # the windows say where papers are saved: not where this machine has its temporary files
        world = prepare(Path("practice"), Settings(home=Path()), fresh=True)
        try:
            tour = Tour(TOUR_FAMILY, FileTourMemory(Path("tour.json")))
            with practice_app(world, tour=tour) as practice:
                practice.window.resize(*SIZE)
                practice.window.show()
                family = FamilyWindow(practice.running.desk, language=world.settings.language)
                family.resize(*FAMILY_SIZE)
                family.show()
                practice.window.activateWindow()  # keys belong to it
                story = Story(practice, family, world, folder)
                practice.app.exec()
                family.close()
        finally:
            world.platform.stop()
        for family_id, name in PAPERS.items():
            if family_id in story.papers:
                _picture_of(story.papers[family_id], folder / name)
        os.chdir(folder)  # away from what is now deleted
    missing = sorted(set(story.names) - story.taken)
    if missing:
        print(f"not taken: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing or PAPERS.keys() - story.papers.keys() else 0


def _picture_of(pdf: Path, target: Path) -> None:
    if shutil.which("pdftoppm") is None:
        print("pdftoppm is missing (apt-get install poppler-utils): no pictures of the papers", file=sys.stderr)
        return
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-f", "1", str(pdf), str(target)], check=True)


if __name__ == "__main__":
    sys.exit(main())
