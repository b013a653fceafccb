"""Pictures of the running program for the documentation: the real window in the practice district, at the moments that matter.

script/screenshots [FOLDER]      default: docs/pictures
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from kiosk.desk.view import DeskView, Phase, RowVerdict
from kiosk.settings import Settings
from yanhe.by_itself import Account, Done, Families
from yanhe.practice_run import PracticeApp, practice_app
from yanhe.practice_world import prepare

SIZE = (1366, 768)
DPI = 110
_DEFAULT = Path(__file__).parent.parent / "docs" / "pictures"


class Photographer(QObject):
    """Takes each picture once, when the window first shows what it is about."""

    def __init__(self, practice: PracticeApp, folder: Path) -> None:
        super().__init__(practice.window)
        self._practice = practice
        self._folder = folder
        self._taken: set[str] = set()
        self._timer = QTimer(practice.window)
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        view = self._practice.window.view
        if view is None:
            return
        name = self._worth_a_picture(view)
        if name is not None and name not in self._taken:
            self._taken.add(name)
            self._picture().save(str(self._folder / f"{name}.png"))

    def _picture(self) -> QPixmap:
        """The window with an open dialog where it stands."""
        window = self._practice.window
        picture = window.grab()
        painter = QPainter(picture)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                painter.drawPixmap(window.mapFromGlobal(dialog.mapToGlobal(QPoint())), dialog.grab())
        painter.end()
        return picture

    def _worth_a_picture(self, view: DeskView) -> str | None:
        if view.phase is Phase.FINDING:
            ready = view.header.expected_today and self._practice.running.reader.state.value == "ready"
            return "empty-desk" if ready else None
        if view.case is None:
            return None
        if any(d.isVisible() for d in self._practice.window.findChildren(QDialog)):
            return "decision" if view.case.decision.allowed == ("RETURN",) else None
        if view.phase is Phase.DECIDED:
            saved = view.case.paper is not None and view.case.paper.state == "saved"
            return f"decided-{view.case.decision.decision.lower()}" if saved else None
        rows = [row for d in view.case.documents if d.doc_id == view.case.current_doc for row in d.rows]
        if any(row.verdict is RowVerdict.MISMATCH for row in rows):
            return "comparison-mismatch"
        preview = self._practice.running.desk.preview()
        outlined = preview is not None and preview.outline is not None and preview.state in ("hold_still", "capturing")
        return "preview-outline" if outlined and len(view.case.documents) >= 2 else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=_DEFAULT)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        world = prepare(Path(temporary) / "practice", Settings(home=Path(temporary)), fresh=True)
        ended: list[Done] = []
        try:
            with practice_app(world) as practice:
                practice.window.resize(*SIZE)
                practice.window.show()
                Photographer(practice, folder)
                Families(practice, ["F01", "F06"], Account(), lambda done: (ended.extend(done), practice.app.quit()))
                practice.app.exec()
        finally:
            world.platform.stop()
        for done, name in zip(ended, ("receipt", "return-slip"), strict=False):
            paper = done.view.case.paper if done.view.case else None
            if paper is not None:
                _picture_of(Path(paper.pdf_path), folder / name)
    return 0 if len(ended) == 2 else 1


def _picture_of(pdf: Path, target: Path) -> None:
    if shutil.which("pdftoppm") is None:
        print("pdftoppm is missing (apt-get install poppler-utils): no pictures of the papers", file=sys.stderr)
        return
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-f", "1", str(pdf), str(target)], check=True)


if __name__ == "__main__":
    sys.exit(main())
