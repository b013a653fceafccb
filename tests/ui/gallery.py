"""Pictures of the windows in every state: ``python tests/ui/gallery.py FOLDER [--size 1366x768] [--language en] [--only 04]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

sys.path.insert(0, str(Path(__file__).parent))

from fake_desk import FakeDesk, FakePractice, states

from ui.app import FamilyWindow, MainWindow, create_application
from ui.family.window import Shape
from ui.tokens import COLOUR_SETS

FAMILY_SIZES = {Shape.SCREEN: (1366, 768), Shape.STRIP: (1366, 124), Shape.CORNER: (464, 300)}


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def shoot(widget: QWidget, path: Path) -> None:
    settle()
    widget.grab().save(str(path))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--language", default="zh_CN")
    parser.add_argument("--colours", default="light", choices=[c.name for c in COLOUR_SETS])
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    width, height = map(int, args.size.split("x"))
    colours = next(c for c in COLOUR_SETS if c.name == args.colours)
    _, theme = create_application(sys.argv[:1], args.language, colours=colours)
    for name, (view, picture) in states().items():
        if not name.startswith(args.only):
            continue
        desk = FakeDesk(view)
        desk.shown = picture
        window = MainWindow(desk, theme=theme, language=args.language, practice=FakePractice())
        window.resize(width, height)
        window.show()
        settle()
        window.show_view(view)
        for _ in range(12):
            window.preview_feed.poll()
        shoot(window, args.folder / f"{name}-{args.size}.png")
        if name in ("04-ask", "05-mismatch", "08-ready") and view.case is not None:
            _shoot_dialogs(window, name, args.folder, args.size)
        window.close()
        if view.case is not None:
            for shape, size in FAMILY_SIZES.items():
                family = FamilyWindow(desk, theme=theme, language=args.language, shape=shape)
                family.resize(*size)
                family.show()
                settle()
                shoot(family, args.folder / f"{name}-family-{shape}.png")
                family.close()


def _shoot_dialogs(window: MainWindow, name: str, folder: Path, size: str) -> None:
    """The screen with the question that the state leads to."""
    if name == "08-ready":
        window.decision_bar.outcomes["RECEIPT"].click()
    elif name == "04-ask":
        window.decision_bar.outcomes["RETURN"].click()
    else:
        window.case_page.comparison.card.answer("match")
    settle()
    screen = window.grab()
    for dialog in window.findChildren(QDialog):
        painter = QPainter(screen)
        painter.drawPixmap(window.mapFromGlobal(dialog.pos()), dialog.grab())
        painter.end()
        dialog.reject()
    screen.save(str(folder / f"{name}-dialog-{size}.png"))


if __name__ == "__main__":
    main()
