"""A paper laid out for what lies in the printer, as PDF and as pictures for the screen, painted by the same code.

Default is A4 landscape with both copies side by side and a line to cut: what lies in a school's printer is A4, one sheet is one
print job with one outcome, and the two copies cannot differ. ``Sheet.A5`` prints each copy on A5 sheets of its own, the rolls each copy
on a strip of its own.
"""

from __future__ import annotations

from pathlib import Path

import segno
from PySide6.QtGui import QImage

from kiosk.paper.canvas import GREY, Item, Line, Page, Rect, Style, Words, moved, text_width
from kiosk.paper.fonts import missing_characters
from kiosk.paper.layout import HEIGHT, WIDTH, Copy, Modules, lay_out
from kiosk.paper.model import Paper
from kiosk.paper.output import Rendered, picture, printed, write_pdf
from kiosk.paper.roll import lay_out_strip
from kiosk.paper.sizes import Sheet
from kiosk.paper.wording import Wording

__all__ = ["Rendered", "Sheet", "lay_out_sheets", "qr_modules", "render_images", "render_pdf", "unprintable"]

_COPIES: tuple[Copy, ...] = ("family", "school")
_CUT = Style(2.2, colour=GREY)


def qr_modules(code: str) -> Modules:
    """The symbol of a paper's code at level Q (a quarter of it may be covered), without quiet zone."""
    symbol = segno.make(code, error="q", boost_error=False, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)


def lay_out_sheets(paper: Paper, code: str, sheet: Sheet = Sheet.A4_BOTH) -> tuple[Page, ...]:
    """Every sheet with everything on it, in printing order."""
    modules = qr_modules(code)
    roll = sheet.roll
    if roll is not None:
        return tuple(lay_out_strip(paper, modules, copy, roll) for copy in _COPIES)
    copies = [lay_out(paper, modules, copy) for copy in _COPIES]
    if sheet is Sheet.A5:
        return tuple(page for pages in copies for page in pages)
    return tuple(_side_by_side(left, right, Wording(paper).say("cut")) for left, right in zip(*copies, strict=True))


def render_pdf(paper: Paper, code: str, path: Path, sheet: Sheet = Sheet.A4_BOTH) -> Rendered:
    """Write the PDF at ``path``: aside first, then renamed. Needs a QGuiApplication; may run on any one thread.

    The file's metadata name the kind of paper and the program, nobody else. Raises OSError when it cannot be written.
    """
    return write_pdf(lay_out_sheets(paper, code, sheet), paper.title, path)


def render_images(paper: Paper, code: str, dpi: int = 150, sheet: Sheet = Sheet.A4_BOTH) -> list[QImage]:
    """The sheets as pictures, for the preview on screen."""
    return [picture(page, dpi) for page in lay_out_sheets(paper, code, sheet)]


def unprintable(paper: Paper, code: str) -> tuple[str, ...]:
    """Characters of the paper that no installed font can draw, before anything is made."""
    return missing_characters(printed(lay_out_sheets(paper, code)))


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
