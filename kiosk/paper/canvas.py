"""The few things a paper is drawn of, measured in millimetres, and the one painter that draws them on PDF and screen alike.

A page is a list of items with their boxes: tests and the print preview look at the very boxes that are painted. Text is laid out in
``UNITS_PER_MM`` pixels whatever the device, so a line breaks at the same character on a 600 dpi printer and on a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from kiosk.paper.fonts import make_font

UNITS_PER_MM = 20  # 0.05 mm: a QR module of 0.8 mm is a whole number of units
DPI = UNITS_PER_MM * 25.4

INK = "#1c1c1c"
GREY = "#5f6368"
HAIR = "#b4b7ba"
WASH = "#eef1f3"
ACCENT = "#1d4a5c"
MARK = "#d3d6d8"
WHITE = "#ffffff"

_BASELINE = 0.38  # baseline below the middle of a line, in font sizes: centres Han characters in their line
_HALF = {"left": 0.0, "center": 0.5, "right": 1.0}

Align = Literal["left", "center", "right"]
Shape = Literal["check", "person", "data", "missing", "returned"]


@dataclass(frozen=True)
class Rect:
    """A box on the page: top-left corner and size in millimetres."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def moved(self, dx: float, dy: float) -> Rect:
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True)
class Style:
    """``size`` of the Han square and ``pitch`` from line to line, in millimetres and in sizes."""

    size: float
    bold: bool = False
    serif: bool = False
    colour: str = INK
    pitch: float = 1.36

    @property
    def line_height(self) -> float:
        return self.size * self.pitch


@dataclass(frozen=True)
class Words:
    rect: Rect
    text: str
    style: Style
    align: Align = "left"


@dataclass(frozen=True)
class Line:
    """A straight line along the longer side of its box."""

    rect: Rect
    colour: str = HAIR
    weight: float = 0.15
    dashed: bool = False


@dataclass(frozen=True)
class Panel:
    """A filled or outlined rectangle with round corners; ``radius`` of half its size makes it a circle."""

    rect: Rect
    fill: str = ""
    stroke: str = ""
    radius: float = 0.0
    dashed: bool = False
    turn: float = 0.0  # degrees clockwise about its middle


@dataclass(frozen=True)
class Symbol:
    """A QR symbol: rows of dark (True) and light modules, without quiet zone, filling its box."""

    rect: Rect
    modules: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True)
class Mark:
    """A small sign beside a material, telling its state by shape, not by colour."""

    rect: Rect
    shape: Shape


@dataclass(frozen=True)
class Watermark:
    """Large light characters across the page, under everything else."""

    rect: Rect
    text: str


Item: TypeAlias = Words | Line | Panel | Symbol | Mark | Watermark


@dataclass(frozen=True)
class Page:
    """One page of one copy, ``width`` × ``height`` millimetres, items in painting order."""

    width: float
    height: float
    items: tuple[Item, ...]


def moved(item: Item, dx: float, dy: float) -> Item:
    return replace(item, rect=item.rect.moved(dx, dy))


def text_height(text: str, style: Style, width: float) -> float:
    """Millimetres that ``text`` takes when broken to ``width`` millimetres."""
    return _lay(text, style, width).lineCount() * style.line_height


def text_width(text: str, style: Style) -> float:
    """Millimetres of ``text`` on a single line."""
    layout = _lay(text, style, 10_000)
    return max((layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())), default=0.0) / UNITS_PER_MM


def natural_width(words: Words) -> float:
    """Width of the widest line as it will be painted: more than the box's means that something sticks out."""
    layout = _lay(words.text, words.style, words.rect.w)
    return max((layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())), default=0.0) / UNITS_PER_MM


def paint(painter: QPainter, page: Page) -> None:
    """Draw ``page`` with its top-left at the painter's origin; the painter's unit must be 1/``UNITS_PER_MM`` mm."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in page.items:
        painter.save()
        match item:
            case Words():
                _paint_words(painter, item)
            case Line():
                _paint_line(painter, item)
            case Panel():
                _paint_panel(painter, item)
            case Symbol():
                _paint_symbol(painter, item)
            case Mark():
                _paint_mark(painter, item)
            case Watermark():
                _paint_watermark(painter, item)
        painter.restore()


def _lay(text: str, style: Style, width: float) -> QTextLayout:
    layout = QTextLayout(text, make_font(round(style.size * UNITS_PER_MM), bold=style.bold, serif=style.serif))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    number = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width * UNITS_PER_MM)
        # own pitch instead of the font's: a rare character from another font must not push the lines apart
        baseline = ((number + 0.5) * style.pitch + _BASELINE) * style.size * UNITS_PER_MM
        line.setPosition(QPointF(0, baseline - line.ascent()))
        number += 1
    layout.endLayout()
    return layout


def _paint_words(painter: QPainter, item: Words) -> None:
    painter.setPen(QColor(item.style.colour))
    layout = _lay(item.text, item.style, item.rect.w)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        spare = item.rect.w * UNITS_PER_MM - line.naturalTextWidth()
        line.draw(painter, _units(item.rect).topLeft() + QPointF(spare * _HALF[item.align], 0))


def _paint_line(painter: QPainter, item: Line) -> None:
    box = _units(item.rect)
    painter.setPen(_pen(item.colour, item.weight, dashed=item.dashed))
    painter.drawLine(box.topLeft(), box.topRight() if item.rect.w >= item.rect.h else box.bottomLeft())


def _paint_panel(painter: QPainter, item: Panel) -> None:
    painter.setBrush(QBrush(QColor(item.fill)) if item.fill else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(_pen(item.stroke, 0.2, dashed=item.dashed) if item.stroke else QPen(Qt.PenStyle.NoPen))
    radius = item.radius * UNITS_PER_MM
    box = _units(item.rect)
    if item.turn:
        painter.translate(box.center())
        painter.rotate(item.turn)
        painter.translate(-box.center())
    painter.drawRoundedRect(box, radius, radius)


def _paint_symbol(painter: QPainter, item: Symbol) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    box = _units(item.rect)
    module = box.width() / len(item.modules)
    path = QPainterPath()
    for row, modules in enumerate(item.modules):
        start = 0
        for column in range(len(modules) + 1):
            dark = column < len(modules) and modules[column]
            if not dark:
                if column > start:  # one rectangle a run: no hairlines between neighbouring modules
                    path.addRect(
                        QRectF(box.x() + start * module, box.y() + row * module, (column - start) * module, module)
                    )
                start = column + 1
    painter.fillPath(path, QColor("#000000"))


def _paint_mark(painter: QPainter, item: Mark) -> None:
    box = _units(item.rect)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 20, box.height() / 20)  # shapes are drawn in a 20 × 20 square
    filled = item.shape in ("check", "returned")
    painter.setPen(QPen(QColor(INK), 1.8))
    painter.setBrush(QColor(INK) if filled else QBrush(Qt.BrushStyle.NoBrush))
    match item.shape:
        case "missing":
            painter.setPen(QPen(QColor(INK), 1.8, Qt.PenStyle.DotLine))
            painter.drawEllipse(QRectF(1, 1, 18, 18))
        case "returned":
            painter.drawRect(QRectF(1, 1, 18, 18))
            painter.setPen(QPen(QColor(WHITE), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(6, 6), QPointF(14, 14))
            painter.drawLine(QPointF(14, 6), QPointF(6, 14))
        case "person":
            painter.drawEllipse(QRectF(1, 1, 18, 18))
            painter.setBrush(QColor(INK))
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.drawEllipse(QRectF(7.2, 4, 5.6, 5.6))
            painter.drawChord(QRectF(4.6, 11, 10.8, 10.8), 0, 180 * 16)
        case "check" | "data":
            painter.drawEllipse(QRectF(1, 1, 18, 18))
            tick = QPainterPath(QPointF(5.6, 10.4))
            tick.lineTo(9, 13.8)
            tick.lineTo(14.6, 6.8)
            colour = QColor(WHITE if filled else INK)
            painter.strokePath(tick, QPen(colour, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))


def _paint_watermark(painter: QPainter, item: Watermark) -> None:
    box = _units(item.rect)
    painter.setClipRect(box)
    painter.translate(box.center())
    painter.rotate(-35)
    painter.setPen(QColor(MARK))
    painter.setFont(make_font(round(box.width() * 0.24), bold=True))
    painter.drawText(
        QRectF(-box.width(), -box.height() / 2, box.width() * 2, box.height()), Qt.AlignmentFlag.AlignCenter, item.text
    )


def _units(rect: Rect) -> QRectF:
    return QRectF(rect.x * UNITS_PER_MM, rect.y * UNITS_PER_MM, rect.w * UNITS_PER_MM, rect.h * UNITS_PER_MM)


def _pen(colour: str, weight: float, *, dashed: bool) -> QPen:
    pen = QPen(QColor(colour), weight * UNITS_PER_MM)
    if dashed:
        pen.setDashPattern([6, 5])
    return pen
