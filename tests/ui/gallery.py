"""Pictures of both windows and every dialog, in every state.

    python tests/ui/gallery.py FOLDER [--size 1366x768] [--language en] [--colours dark] [--large] [--longer] [--only 04,dialog]

QT_SCALE_FACTOR=2 in the environment gives them as a dense screen shows them. What there is to show: gallery_screens.py.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

sys.path.insert(0, str(Path(__file__).parent))

from gallery_screens import Look, screens
from pseudo_locale import pseudo_locale

from kiosk.display import Display, Ground
from ui.app import create_application


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--language", default="zh_CN")
    parser.add_argument("--colours", default="light", choices=[str(ground) for ground in Ground])
    parser.add_argument("--large", action="store_true", help="large type")
    parser.add_argument("--longer", action="store_true", help="every sentence two fifths longer")
    parser.add_argument("--only", default="", help="parts of names, with commas")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    width, height = map(int, args.size.split("x"))
    app, _ = create_application(sys.argv[:1], args.language)
    look = Look(args.language, Display(ground=Ground(args.colours), large_type=args.large), (width, height))
    with pseudo_locale(app) if args.longer else nullcontext():
        for name, widget in screens(look):
            if any(part in name for part in args.only.split(",")):
                picture(widget).save(str(args.folder / f"{name}.png"))


def picture(widget: QWidget) -> QPixmap:
    """The widget; a dialog where it stands over its window."""
    if not isinstance(widget, QDialog) or widget.parentWidget() is None:
        return widget.grab()
    window = widget.parentWidget().window()
    screen = window.grab()
    painter = QPainter(screen)
    painter.drawPixmap(window.mapFromGlobal(widget.pos()), widget.grab())
    painter.end()
    return screen


if __name__ == "__main__":
    main()
