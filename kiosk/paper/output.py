"""Laid-out pages on their way out: as PDF for print services, as strips of dots for receipt printers, as pictures for screens.

A strip file is a TIFF with one two-coloured picture a strip: lossless, several in a file, and no other program's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pictures
from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from kiosk.paper.canvas import DPI, UNITS_PER_MM, Page, Words, paint
from kiosk.paper.fonts import missing_characters
from kiosk.paper.sizes import DOTS_PER_MM, Roll

# A head burns or does not. A little above the middle keeps the thin strokes of Han characters whole.
_INK_BELOW = 160


@dataclass(frozen=True)
class Rendered:
    """What was made: sheets in the file, and the characters that no installed font can draw (tell the clerk before printing)."""

    sheets: int
    missing: tuple[str, ...]


def write_pdf(pages: Sequence[Page], title: str, path: Path) -> Rendered:
    """Write the PDF at ``path``: aside first, then renamed. Needs a QGuiApplication; may run on any one thread.

    Every page has its own size (strips have). The file's metadata name ``title`` and the program, nobody else. Raises OSError
    when it cannot be written.
    """
    aside = path.with_name(path.name + ".part")
    writer = QPdfWriter(str(aside))
    writer.setTitle(title)
    writer.setCreator("Yanhe")
    writer.setResolution(round(DPI))
    writer.setPageLayout(_page_layout(pages[0]))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"the PDF cannot be written: {path.name}")
    for number, page in enumerate(pages):
        if number:
            writer.setPageLayout(_page_layout(page))
            writer.newPage()
        paint(painter, page)
    painter.end()
    aside.replace(path)
    return Rendered(len(pages), missing_characters(printed(pages)))


def write_strips(pages: Sequence[Page], roll: Roll, path: Path) -> Rendered:
    """Write the strip file at ``path``: aside first, then renamed. Needs a QGuiApplication. Raises OSError."""
    strips = [dots(page, roll) for page in pages]
    aside = path.with_name(path.name + ".part")
    strips[0].save(aside, "TIFF", save_all=True, append_images=strips[1:], compression="group4")
    aside.replace(path)
    return Rendered(len(pages), missing_characters(printed(pages)))


def read_strips(path: Path) -> list[Pictures.Image]:
    """The strips of a file as pictures of mode "1" (0 is ink), in printing order. Raises OSError when it is no strip file."""
    strips: list[Pictures.Image] = []
    with Pictures.open(path, formats=["TIFF"]) as file:
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            strips.append(file.convert("1", dither=Pictures.Dither.NONE))
    return strips


def dots(page: Page, roll: Roll) -> Pictures.Image:
    """The page as the dots of a print head: mode "1", ``roll.dots`` wide, the blank edges of the paper left out."""
    image = picture(page, DOTS_PER_MM * 25.4).convertToFormat(QImage.Format.Format_Grayscale8)
    height, stride = image.height(), image.bytesPerLine()
    grey = np.frombuffer(image.constBits(), np.uint8).reshape(height, stride)
    left = round(roll.margin * DOTS_PER_MM)
    return Pictures.fromarray(grey[:, left : left + roll.dots] >= _INK_BELOW)


def picture(page: Page, dpi: float) -> QImage:
    """The page on white, RGB."""
    image = QImage(round(page.width * dpi / 25.4), round(page.height * dpi / 25.4), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(dpi / DPI, dpi / DPI)
    paint(painter, page)
    painter.end()
    return image


def printed(pages: Sequence[Page]) -> Iterator[str]:
    """Every text that stands on the pages."""
    return (item.text for page in pages for item in page.items if isinstance(item, Words))


def _page_layout(page: Page) -> QPageLayout:
    # in whole layout units: Qt keeps sizes in points, and rounding must not push the last line off the page
    size = QSizeF(round(page.width * UNITS_PER_MM) / UNITS_PER_MM, round(page.height * UNITS_PER_MM) / UNITS_PER_MM)
    fixed = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return QPageLayout(fixed, QPageLayout.Orientation.Portrait, QMarginsF())
