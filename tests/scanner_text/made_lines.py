"""Made-up lines of a page, as if they had been read without a fault: square characters, positions in millimetres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.layouts import Layout, builtin_layouts
from scanner.layouts.finding import locate_fields
from scanner.layouts.matching import LayoutMatch, PageLine
from scanner.text.folding import fold_text

SCALE = 10.0  # pixels a millimetre


def line(text: str, x: float, y: float, height: float = 3.0, *, moved: tuple[float, float] = (0, 0)) -> PageLine:
    """A line of square characters with its upper left corner at (x, y) millimetres."""
    x, y = x + moved[0], y + moved[1]
    width = height * len(text)
    quad = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32) * SCALE
    centres = np.array([[x + (i + 0.5) * height, y + height / 2] for i in range(len(text))], np.float32) * SCALE
    return PageLine(text, centres, quad, 0.99)


def typed(title: str, *rows: str, left: float = 25.0, top: float = 30.0, size: float = 4.0) -> list[PageLine]:
    """A typed A4 page: a large title in the middle, then the rows; ``|`` parts cells that stand well apart on one row."""
    lines = [line(fold_text(title), 105 - len(title) * size * 0.85, top, size * 1.7)]
    for number, row in enumerate(rows):
        x = left
        for cell in row.split("|"):
            if text := fold_text(cell):
                lines.append(line(text, x, top + 25 + number * size * 2.1, size))
            x += size * (len(fold_text(cell)) + 6)
    return lines


def layouts_of(kind: str, page: str) -> list[Layout]:
    """Every edition of a page that ships."""
    return [layout for layout in builtin_layouts() if (layout.kind, layout.page) == (kind, page)]


def layout_of(kind: str, page: str, edition: str = "") -> Layout:
    return next(layout for layout in layouts_of(kind, page) if layout.edition == edition)


def fields_of(match: LayoutMatch, lines: Sequence[PageLine]) -> dict[str, str]:
    """Field → what stands in its place; of repeated fields all slots, with / between them."""
    found: dict[str, list[str]] = {}
    for place in locate_fields(match, lines):
        text = "".join(lines[p.line].text[p.start : p.stop] for p in place.pieces)
        found.setdefault(place.name, []).append(text)
    return {name: "/".join(texts) for name, texts in found.items()}
