"""The calibration card as a page for the printer: A4, the card on its upper half, what to do with it below the line to cut."""

from __future__ import annotations

import cv2
from PySide6.QtGui import QImage

from kiosk.paper.canvas import GREY, INK, Item, Line, Page, Panel, Rect, Style, Symbol, Words, text_height
from kiosk.paper.output import picture
from kiosk.paper.render import qr_modules
from kiosk.paper.sizes import A4, Sheet
from kiosk.texts import say, text
from scanner.calibration.card import CARD, MARK_MODULES, Box, Card

_BLACK = "#000000"
_QUIET = 2.0  # millimetres of white around a code; four modules of it are inside the card's layout
_LINE = Style(5.0)
_SMALL = Style(2.6, colour=GREY)
_TITLE = Style(5.0, bold=True)
_BODY = Style(3.6)
_SIDE = 16.0


def card_page(language: str = "zh_CN", card: Card = CARD) -> Page:
    """The card alone. Needs a QGuiApplication."""
    return Page(*card.size, tuple(_card_items(language, card)))


def sheet_page(language: str = "zh_CN", card: Card = CARD) -> Page:
    width = A4[0] - 2 * _SIDE
    items: list[Item] = _card_items(language, card)
    items.append(Line(Rect(0, card.size[1], A4[0], 0), colour=GREY, dashed=True))
    y = card.size[1] + 10
    items.append(Words(Rect(_SIDE, y, width, _TITLE.line_height), say(text("readiness.card.title"), language), _TITLE))
    y += _TITLE.line_height + 3
    for number in range(1, 5):
        sentence = f"{number}. {say(text(f'readiness.card.use{number}'), language)}"
        items.append(Words(Rect(_SIDE, y, width, text_height(sentence, _BODY, width)), sentence, _BODY))
        y += text_height(sentence, _BODY, width) + 1.5
    return Page(*A4, tuple(items))


def trial_pages(sheet: Sheet, language: str = "zh_CN") -> list[Page]:
    """What shows that a printer prints: on sheets the card itself, on a roll, which is too narrow for it, a line of print."""
    if sheet.roll is None:
        return [sheet_page(language)]
    inside = sheet.roll.printable
    words = [say(text("readiness.card.test"), language), CARD.line_text]
    items: list[Item] = []
    y = 4.0
    for sentence in words:
        height = text_height(sentence, _BODY, inside)
        items.append(Words(Rect(sheet.roll.margin, y, inside, height), sentence, _BODY, "center"))
        y += height + 2
    return [Page(sheet.roll.width, y + 8, tuple(items))]


def card_picture(dpi: float) -> QImage:
    """The card as it lies on a desk, for the training mode."""
    return picture(card_page(), dpi)


def _card_items(language: str, card: Card) -> list[Item]:
    items: list[Item] = [Symbol(_rect(box), _mark(number)) for number, box in enumerate(card.marks)]
    for x, y, side, _ in card.edges:
        off = (side - card.edge_mm) / 2
        items.append(Panel(Rect(x + off, y + off, card.edge_mm, card.edge_mm), fill=_BLACK, turn=card.slant_deg))
    items += [Panel(_rect(box), fill=f"#{grey:02x}{grey:02x}{grey:02x}") for box, grey in card.greys]
    items.append(Symbol(_rect(card.code), qr_modules(card.code_text)))
    items.append(Words(_rect(card.line), card.line_text, _LINE))
    x, y, length = card.ruler
    items.append(Line(Rect(x, y, length, 0), colour=INK, weight=0.3))
    items += [Line(Rect(end, y - 2, 0, 4), colour=INK, weight=0.3) for end in (x, x + length)]
    said = say(text("readiness.card.ruler", length=round(length)), language)
    items.append(Words(Rect(x, y + 2.5, length, _SMALL.line_height), said, _SMALL, "center"))
    return items


def _rect(box: Box) -> Rect:
    return Rect(*box)


def _mark(number: int) -> tuple[tuple[bool, ...], ...]:
    marks = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    drawn = cv2.aruco.generateImageMarker(marks, number, MARK_MODULES)
    return tuple(tuple(bool(value == 0) for value in row) for row in drawn)
