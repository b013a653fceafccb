"""A paper as PDF for the printer and as pictures for the screen, painted by the same code.

Default is A4 landscape with both copies side by side and a line to cut: what lies in a school's printer is A4, one sheet is one
print job with one outcome, and the two copies cannot differ. ``Sheet.A5`` prints each copy on A5 sheets of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import segno
from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from kiosk.paper.canvas import DPI, GREY, Item, Line, Page, Rect, Style, Words, moved, paint, text_width
from kiosk.paper.fonts import missing_characters
from kiosk.paper.layout import HEIGHT, WIDTH, Copy, Modules, lay_out
from kiosk.paper.model import Paper
from kiosk.paper.wording import Wording

_COPIES: tuple[Copy, ...] = ("family", "school")
_CUT = Style(2.2, colour=GREY)


class Sheet(StrEnum):
    A4_BOTH = "A4"  # A4 landscape, family's copy left, school's copy right
    A5 = "A5"  # one copy a sheet


@dataclass(frozen=True)
class Rendered:
    """What was made: sheets in the file, and the characters that no installed font can draw (tell the clerk before printing)."""

    sheets: int
    missing: tuple[str, ...]


def qr_modules(code: str) -> Modules:
    """The symbol of a paper's code at level Q (a quarter of it may be covered), without quiet zone."""
    symbol = segno.make(code, error="q", boost_error=False, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)


def lay_out_sheets(paper: Paper, code: str, sheet: Sheet = Sheet.A4_BOTH) -> tuple[Page, ...]:
    """Every sheet with everything on it, in printing order."""
    modules = qr_modules(code)
    copies = [lay_out(paper, modules, copy) for copy in _COPIES]
    if sheet is Sheet.A5:
        return tuple(page for pages in copies for page in pages)
    return tuple(_side_by_side(left, right, Wording(paper).say("cut")) for left, right in zip(*copies, strict=True))


def render_pdf(paper: Paper, code: str, path: Path, sheet: Sheet = Sheet.A4_BOTH) -> Rendered:
    """Write the PDF at ``path``: aside first, then renamed. Needs a QGuiApplication; may run on any one thread.

    The file's metadata name the kind of paper and the program, nobody else. Raises OSError when it cannot be written.
    """
    pages = lay_out_sheets(paper, code, sheet)
    aside = path.with_name(path.name + ".part")
    writer = QPdfWriter(str(aside))
    writer.setTitle(paper.title)
    writer.setCreator("Yanhe")
    writer.setResolution(round(DPI))
    size = QPageSize(QSizeF(pages[0].width, pages[0].height), QPageSize.Unit.Millimeter)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"the PDF cannot be written: {path.name}")
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        paint(painter, page)
    painter.end()
    aside.replace(path)
    return Rendered(len(pages), missing_characters(_printed(pages)))


def render_images(paper: Paper, code: str, dpi: int = 150, sheet: Sheet = Sheet.A4_BOTH) -> list[QImage]:
    """The sheets as pictures, for the preview on screen."""
    images: list[QImage] = []
    scale = dpi / DPI
    for page in lay_out_sheets(paper, code, sheet):
        image = QImage(round(page.width * dpi / 25.4), round(page.height * dpi / 25.4), QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(round(dpi / 0.0254))
        image.setDotsPerMeterY(round(dpi / 0.0254))
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(scale, scale)
        paint(painter, page)
        painter.end()
        images.append(image)
    return images


def unprintable(paper: Paper, code: str) -> tuple[str, ...]:
    """Characters of the paper that no installed font can draw, before anything is made."""
    return missing_characters(_printed(lay_out_sheets(paper, code)))


def _printed(pages: tuple[Page, ...]) -> Iterator[str]:
    return (item.text for page in pages for item in page.items if isinstance(item, Words))


def _side_by_side(left: Page, right: Page, cut: str) -> Page:
    gap = 1.0  # A4 is 297 mm wide, two A5 pages 296 mm
    middle = WIDTH + gap / 2
    width = text_width(cut, _CUT) + 0.5
    line: list[Item] = [
        Line(Rect(middle, 0, 0, HEIGHT), colour=GREY, dashed=True),
        Words(Rect(middle - width - 1.0, 2.2, width, _CUT.line_height), cut, _CUT, "right"),
    ]
    shifted = [moved(item, WIDTH + gap, 0) for item in right.items]
    return Page(2 * WIDTH + gap, HEIGHT, (*left.items, *shifted, *line))
