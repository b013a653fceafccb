"""A paper as a strip of a receipt printer's roll: one narrow column, black on white, as long as it needs to be.

The head of such a printer knows no grey and dots of an eighth of a millimetre, so everything is ink or nothing, no Han character is smaller than
22 dots, and the code's modules are whole dots. What an A5 page says in grey (this is a specimen) a strip says in black bands at its
head, before the code and at its end, so that no piece torn off it can mislead.
"""

from __future__ import annotations

import re

from kiosk.paper.canvas import INK, Item, Line, Page, Panel, Rect, Style, Symbol, Words, text_height, text_width
from kiosk.paper.column import Block, Column, headed, marked, pair
from kiosk.paper.layout import SHAPES, UNSETTLED, Copy, Modules
from kiosk.paper.model import MaterialLine, Paper, PaperKind, ReasonLine
from kiosk.paper.sizes import DOTS_PER_MM, Roll
from kiosk.paper.wording import Wording

_INSET = 0.25  # two dots, so that a frame keeps its sides
_TOP, _BOTTOM = 2.0, 4.0  # the cutter is behind the head: the last lines are pushed past it by the printer
_DOT = 1 / DOTS_PER_MM
_LARGEST_MODULE = 7  # dots; more makes the strip longer and no webcam reads it better
_SEAL = 38.0

_COLON = re.compile(r"(：|:) ?")

_TITLE = Style(4.2, bold=True, pitch=1.3)
_HEADLINE = Style(5.0, bold=True, pitch=1.25)
_NAME = Style(4.4, bold=True, pitch=1.25)
_DAY = Style(4.0, bold=True, pitch=1.3)
_BODY = Style(3.3, pitch=1.32)
_STRONG = Style(3.3, bold=True, pitch=1.32)
_LABEL = Style(2.9)
_SMALL = Style(2.9)
_FINE = Style(2.75)
_SECTION = Style(3.5, bold=True)


def lay_out_strip(paper: Paper, modules: Modules, copy: Copy, roll: Roll) -> Page:
    """One copy. ``modules``: the QR symbol of the paper's code. Needs a QGuiApplication; any thread."""
    wording = Wording(paper)
    column = Column(roll.printable - 2 * _INSET, x=roll.margin + _INSET, y=_TOP)
    _head(column, wording, copy)
    _outcome(column, wording)
    _facts(column, wording)
    if paper.reasons:
        section = "refer_reasons" if paper.kind is PaperKind.REFER else "reasons"
        _heading(column, wording.say(f"section.{section}"))
        for number, reason in enumerate(paper.reasons, start=1):
            column.put(_reason(wording, number, reason, column.width))
    _heading(column, wording.say("section.materials"))
    for line in paper.materials:
        column.put(_material(wording, line, column.width))
    _heading(column, wording.say("section.notes"))
    for index, sentence in enumerate(paper.notes):
        column.put(_note(sentence, column.width, strong=index == 0))
    _code(column, wording, modules, roll)
    _signatures(column, wording)
    _foot(column, wording)
    return Page(roll.width, column.y + _BOTTOM, tuple(column.items))


def module_dots(modules: int, roll: Roll) -> int:
    """Dots of one side of a module: as large as the line and its quiet zone allow. The blank edges of the roll belong to the quiet zone."""
    quiet = 4  # light modules on each side, ISO/IEC 18004
    return min(_LARGEST_MODULE, roll.dots // modules, round(roll.width * DOTS_PER_MM) // (modules + 2 * quiet))


def _practice(column: Column, wording: Wording) -> None:
    if wording.paper.practice:
        column.band(wording.say("practice"), 3.6)


def _head(column: Column, wording: Wording, copy: Copy) -> None:
    paper = wording.paper
    _practice(column, wording)
    tags = [wording.say(f"copy.{copy}")]
    if paper.copy_no > 1:
        tags.append(wording.say("reprint", copy_no=paper.copy_no))
    x, height = 0.0, _SMALL.line_height + 1.2
    items: list[Item] = []
    for tag in tags:
        width = text_width(tag, _SMALL) + 3.0
        if x + width > column.width:
            column.put(Block(height, tuple(items), space=1.0))
            x, items = 0.0, []
        items += [
            Panel(Rect(x, 0, width, height), stroke=INK, radius=0.6),
            Words(Rect(x + 1.4, 0.6, width - 1.4, _SMALL.line_height), tag, _SMALL),
        ]
        x += width + 1.4
    column.put(Block(height, tuple(items), space=1.6))
    column.words(paper.title, _TITLE, align="center")
    column.skip(1.0)
    column.rule(weight=0.5)


def _outcome(column: Column, wording: Wording) -> None:
    headline, subline = wording.outcome()
    under = _DAY if wording.paper.kind is PaperKind.SLIP else _BODY
    inner = column.width - 3.0
    if text_width(subline, under) > inner:  # a day with its hours is read as one: better below its label than torn
        subline = _COLON.sub(lambda colon: f"{colon[1]}\u2028", subline, count=1)
    top, lower = text_height(headline, _HEADLINE, inner), text_height(subline, under, inner)
    height = top + lower + 2.4
    column.put(
        Block(
            height,
            (
                Panel(Rect(0, 0, column.width, height), stroke=INK, radius=0.8),
                Words(Rect(1.5, 1.0, inner, top), headline, _HEADLINE),
                Words(Rect(1.5, 1.4 + top, inner, lower), subline, under),
            ),
            space=1.8,
        )
    )


def _facts(column: Column, wording: Wording) -> None:
    rows = [fact for row in wording.facts() for fact in row]
    rows.append((wording.say("label.paper_no"), wording.paper.paper_no, False))
    indent = max(text_width(label, _LABEL) for label, _, _ in rows) + 2.0
    for label, value, important in rows:
        style = _NAME if important else _BODY
        natural = text_width(value, style)
        if indent + natural > column.width and natural <= column.width - 2.0:
            column.words(label, _LABEL)  # below its label it keeps one line: numbers and times are not torn
            column.words(value, style, indent=2.0)
        else:
            column.put(pair(label, value, (_LABEL, style), column.width, indent))


def _heading(column: Column, text: str) -> None:
    column.skip(1.6)
    column.put(headed(text, _SECTION, column.width, INK))


def _reason(wording: Wording, number: int, reason: ReasonLine, width: float) -> Block:
    indent = 5.4
    inner = Column(width)
    inner.words(reason.text, _STRONG, indent=indent)
    for line in wording.reason_lines(reason):
        inner.words(line, _BODY, indent=indent)
    inner.words(reason.code, _FINE, indent=indent)
    badge = (
        Panel(Rect(0.1, 0.3, 4.2, 4.2), fill=INK, radius=2.1),
        Words(Rect(0, 0.5, 4.4, 3.9), str(number), Style(2.9, bold=True, colour="#ffffff"), "center"),
    )
    return Block(max(inner.y, 4.6), (*badge, *inner.items), space=1.2)


def _material(wording: Wording, line: MaterialLine, width: float) -> Block:
    state = " · ".join(part for part in (wording.state(line), wording.detail(line)) if part)
    bold = line.state in UNSETTLED
    styles = (_STRONG if bold else _BODY, Style(_SMALL.size, bold=bold))
    return marked(SHAPES[line.state], line.name, state, styles, width)


def _note(sentence: str, width: float, *, strong: bool) -> Block:
    style = Style(_SMALL.size, bold=strong)
    height = text_height(sentence, style, width - 3.0)
    dot = Panel(Rect(0.4, style.line_height / 2 - 0.5, 1.0, 1.0), fill=INK, radius=0.5)
    return Block(height, (dot, Words(Rect(3.0, 0, width - 3.0, height), sentence, style)), space=0.6)


def _code(column: Column, wording: Wording, modules: Modules, roll: Roll) -> None:
    column.skip(2.0)
    _practice(column, wording)
    dots = module_dots(len(modules), roll)
    side = len(modules) * dots * _DOT
    quiet = 4 * dots * _DOT
    column.y = _whole_dots(column.y + quiet)
    left = _whole_dots((roll.printable - side) / 2) - _INSET
    column.put(Block(side, (Symbol(Rect(left, 0, side, side), modules),), space=quiet))
    column.words(wording.say("code_caption"), _FINE, align="center")
    column.skip(1.6)


def _signatures(column: Column, wording: Wording) -> None:
    for label in wording.signatures():
        height = text_height(label, _SMALL, column.width)
        line = Line(Rect(0, height + 7.5, column.width, 0), colour=INK, weight=0.25)
        column.put(Block(height + 7.5, (Words(Rect(0, 0, column.width, height), label, _SMALL), line), space=1.6))
    seal = wording.say("seal")
    left = (column.width - _SEAL) / 2
    height = text_height(seal, _SMALL, _SEAL - 8)
    column.put(
        Block(
            _SEAL,
            (
                Panel(Rect(left, 0, _SEAL, _SEAL), stroke=INK, radius=_SEAL / 2, dashed=True),
                Words(Rect(left + 4, (_SEAL - height) / 2, _SEAL - 8, height), seal, _SMALL, "center"),
            ),
            space=2.0,
        )
    )


def _foot(column: Column, wording: Wording) -> None:
    column.rule()
    column.words(wording.audit().replace(" · ", "\u2028"), _FINE)
    column.skip(0.8)
    column.words(wording.say("strip_end"), _FINE, align="center")
    column.skip(0.8)
    _practice(column, wording)


def _whole_dots(mm: float) -> float:
    return round(mm * DOTS_PER_MM) / DOTS_PER_MM
