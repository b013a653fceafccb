"""Where everything stands on a paper: one copy as A5 portrait pages, flowing to a second page rather than shrinking or cutting.

A parent reads from the top: what the paper is, how it went, whose it is, what is wrong and what to bring (slip), what was
checked, what to know; at the foot the code, the signatures and the place for the seal. Materials stand one a line as long as the
paper stays on one page, otherwise two a line; when that does not help either, the paper takes as many pages as it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.paper.canvas import (
    ACCENT,
    GREY,
    INK,
    WASH,
    WHITE,
    Item,
    Line,
    Mark,
    Page,
    Panel,
    Rect,
    Shape,
    Style,
    Symbol,
    Watermark,
    Words,
    moved,
    text_height,
    text_width,
)
from kiosk.paper.model import MaterialLine, MaterialState, Paper, PaperKind, ReasonLine
from kiosk.paper.wording import Fact, Wording

Copy = Literal["family", "school"]
Modules = tuple[tuple[bool, ...], ...]

WIDTH, HEIGHT = 148.0, 210.0  # A5 portrait (ISO 216)
MODULE = 0.8  # millimetres; smaller modules are lost by ordinary webcams at reading distance
_SIDE, _TOP, _BOTTOM = 11.0, 8.0, 11.0
_INNER = WIDTH - 2 * _SIDE
_GAP = 2.6
_QUIET = 4 * MODULE  # ISO/IEC 18004 asks for four light modules around the symbol
_BLANK = 14.0  # millimetres left empty above the foot from which on the paper says that nothing follows
_SEAL = 38.0  # diameter of a school's round seal

_TITLE = Style(5.4, bold=True, serif=True, pitch=1.3)
_HEADLINE = Style(4.7, bold=True, colour=ACCENT, pitch=1.3)
_BODY = Style(3.3)
_STRONG = Style(3.3, bold=True)
_NAME = Style(4.0, bold=True, pitch=1.25)
_DAY = Style(3.8, bold=True, pitch=1.3)
_SECTION = Style(3.2, bold=True, colour=ACCENT)
_LABEL = Style(2.8, colour=GREY)
_SMALL = Style(2.7, colour=GREY)
_NOTE = Style(2.85)
_FINE = Style(2.3, colour=GREY)
_BAND = Style(3.4, bold=True, colour=WHITE)

SHAPES: dict[MaterialState, Shape] = {
    MaterialState.VERIFIED: "check",
    MaterialState.VERIFIED_BY_PERSON: "person",
    MaterialState.WAIVED_BY_DATA: "data",
    MaterialState.MISSING: "missing",
    MaterialState.RETURNED: "returned",
}
UNSETTLED = (MaterialState.MISSING, MaterialState.RETURNED)


@dataclass(frozen=True)
class _Block:
    """Something that is never torn apart: items from (0, 0) of the text area, and the space below it before the next."""

    height: float
    items: tuple[Item, ...]
    space: float = _GAP
    with_next: bool = False  # a heading does not stay alone at the foot of a page


def lay_out(paper: Paper, modules: Modules, copy: Copy) -> tuple[Page, ...]:
    """The A5 pages of one copy. ``modules``: the QR symbol of the paper's code. Needs a QGuiApplication; any thread."""
    wording = Wording(paper)
    closing = [_heading(wording.say("section.notes"))]
    closing += [_note(sentence, strong=index == 0) for index, sentence in enumerate(paper.notes)]
    foot = _foot(wording, modules)
    one_a_line = _flow(_blocks(paper, wording, columns=1), closing, foot, wording, copy)
    if len(one_a_line) == 1:
        return one_a_line
    return _flow(_blocks(paper, wording, columns=2), closing, foot, wording, copy)


def _flow(
    blocks: Sequence[_Block], closing: Sequence[_Block], foot: _Block, wording: Wording, copy: Copy
) -> tuple[Page, ...]:
    """Blocks one below the other, a new page where the next does not fit; ``closing`` and ``foot`` stay together on the last page.

    They do so because nobody should sign and seal a page that says nothing.
    """
    limit = HEIGHT - _BOTTOM
    pages: list[list[Item]] = []
    y = limit  # as if a page were full, so that the first block opens one

    def put(block: _Block, needed: float) -> None:
        nonlocal y
        if y + needed > limit:
            head = _head(wording, copy, first=not pages)
            pages.append([moved(item, _SIDE, _TOP) for item in head.items])
            y = _TOP + head.height + head.space
        pages[-1] += [moved(item, _SIDE, y) for item in block.items]
        y += block.height + block.space

    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        kept = block.space + following.height if block.with_next and following else 0.0
        put(block, block.height + kept)
    remaining = sum(block.height + block.space for block in closing) + foot.height
    for block in closing:
        put(block, remaining)
        remaining -= block.height + block.space
    foot_y = limit - foot.height
    if foot_y - y > _BLANK:
        blank = Words(Rect(_SIDE, y + 3.0, _INNER, _SMALL.line_height), wording.say("blank_below"), _SMALL, "center")
        pages[-1].append(blank)
    pages[-1] += [moved(item, _SIDE, foot_y) for item in foot.items]
    return tuple(_finish(items, wording, number, len(pages)) for number, items in enumerate(pages, start=1))


def _finish(items: list[Item], wording: Wording, number: int, of: int) -> Page:
    y = HEIGHT - _BOTTOM + 2.0
    fine = [
        Line(Rect(_SIDE, y, _INNER, 0.0)),
        Words(Rect(_SIDE, y + 0.6, _INNER * 0.7, _FINE.line_height), wording.audit(), _FINE),
        Words(
            Rect(_SIDE + _INNER * 0.7, y + 0.6, _INNER * 0.3, _FINE.line_height),
            wording.page(number, of),
            _FINE,
            "right",
        ),
    ]
    under: list[Item] = []
    if wording.paper.practice:
        half = HEIGHT / 2
        under = [Watermark(Rect(0, top, WIDTH, half), wording.say("practice_mark")) for top in (0.0, half)]
    return Page(WIDTH, HEIGHT, (*under, *items, *fine))


def _blocks(paper: Paper, wording: Wording, columns: int) -> list[_Block]:
    blocks = [_outcome(wording), _facts(wording)]
    if paper.reasons:
        section = "refer_reasons" if paper.kind is PaperKind.REFER else "reasons"
        blocks += [_heading(wording.say(f"section.{section}"))]
        blocks += [_reason(wording, number, reason) for number, reason in enumerate(paper.reasons, start=1)]
    blocks += [_heading(wording.say("section.materials"))]
    rows = [paper.materials[i : i + columns] for i in range(0, len(paper.materials), columns)]
    blocks += [_one_material(wording, row[0]) if columns == 1 else _two_materials(wording, row) for row in rows]
    return blocks


def _head(wording: Wording, copy: Copy, *, first: bool) -> _Block:
    paper = wording.paper
    items: list[Item] = []
    y = 0.0
    if paper.practice:
        items += [Panel(Rect(0, 0, _INNER, 5.6), fill=INK, radius=0.8)]
        items += [Words(Rect(0, 0.5, _INNER, _BAND.line_height), wording.say("practice"), _BAND, "center")]
        y = 7.2
    tags = [wording.say(f"copy.{copy}")]
    if paper.copy_no > 1:
        tags.append(wording.say("reprint", copy_no=paper.copy_no))
    x = 0.0
    for tag in tags:
        width = text_width(tag, _SMALL) + 3.0
        items += [Panel(Rect(x, y, width, 4.8), stroke=GREY, radius=0.8)]
        items += [Words(Rect(x + 1.4, y + 0.55, width - 1.4, _SMALL.line_height), tag, _SMALL)]
        x += width + 1.6
    number = f"{wording.say('label.paper_no')} {paper.paper_no}"
    items += [Words(Rect(x, y + 0.3, _INNER - x, _BODY.line_height), number, _STRONG, "right")]
    y += 6.4
    style = _TITLE if first else _SECTION
    height = text_height(paper.title, style, _INNER)
    items += [Words(Rect(0, y, _INNER, height), paper.title, style, "center")]
    y += height + 1.0
    if not first:  # a loose page must be found back to its family
        whose = wording.belongs_to()
        height = text_height(whose, _SMALL, _INNER)
        items += [Words(Rect(0, y - 0.6, _INNER, height), whose, _SMALL, "center")]
        y += height
    items += [Line(Rect(0, y, _INNER, 0), colour=ACCENT, weight=0.5), Line(Rect(0, y + 0.8, _INNER, 0), colour=ACCENT)]
    return _Block(y + 0.8, tuple(items))


def _outcome(wording: Wording) -> _Block:
    headline, subline = wording.outcome()
    under = _DAY if wording.paper.kind is PaperKind.SLIP else _BODY
    width = _INNER - 6.0
    top, lower = text_height(headline, _HEADLINE, width), text_height(subline, under, width)
    height = top + lower + 2.6
    return _Block(
        height,
        (
            Panel(Rect(0, 0, _INNER, height), fill=WASH),
            Panel(Rect(0, 0, 1.4, height), fill=ACCENT),
            Words(Rect(4.0, 1.2, width, top), headline, _HEADLINE),
            Words(Rect(4.0, 1.2 + top, width, lower), subline, under),
        ),
    )


def _facts(wording: Wording) -> _Block:
    """Label and value, two a line; a pair of which one does not fit half a line stands one below the other."""
    half = _INNER / 2
    rows = wording.facts()
    indents = [max(text_width(row[c][0], _LABEL) for row in rows if len(row) > c) + 2.0 for c in (0, 1)]

    def fits(column: int, fact: Fact) -> bool:
        return text_width(fact[1], _NAME if fact[2] else _BODY) <= half - indents[column] - 1.0

    items: list[Item] = []
    y = 0.0
    for row in rows:
        paired = len(row) == 2 and all(fits(column, fact) for column, fact in enumerate(row))
        for line in [row] if paired else [[fact] for fact in row]:
            tallest = 0.0
            for column, (label, value, important) in enumerate(line):
                style = _NAME if important else _BODY
                x, indent = column * half, indents[column]
                width = (half if paired else _INNER) - indent
                height = text_height(value, style, width)
                down = (style.line_height - _LABEL.line_height) / 2
                items += [Words(Rect(x, y + down, indent, _LABEL.line_height), label, _LABEL)]
                items += [Words(Rect(x + indent, y, width, height), value, style)]
                tallest = max(tallest, height)
            y += tallest + 0.7
    return _Block(y, tuple(items), space=0.4)


def _heading(text: str) -> _Block:
    width = text_width(text, _SECTION)
    above = 1.2
    middle = above + _SECTION.line_height / 2
    return _Block(
        above + _SECTION.line_height,
        (
            Words(Rect(0, above, width + 1.0, _SECTION.line_height), text, _SECTION),
            Line(Rect(width + 2.0, middle, _INNER - width - 2.0, 0)),
        ),
        space=0.8,
        with_next=True,
    )


def _reason(wording: Wording, number: int, reason: ReasonLine) -> _Block:
    lines: list[tuple[str, Style]] = [(reason.text, _STRONG), *((line, _BODY) for line in wording.reason_lines(reason))]
    items: list[Item] = [
        Panel(Rect(0, 0.35, 4.4, 4.4), fill=INK, radius=2.2),
        Words(Rect(0, 0.6, 4.4, 3.9), str(number), Style(2.9, bold=True, colour=WHITE), "center"),
    ]
    code_width = text_width(reason.code, _FINE) + 0.5
    items += [Words(Rect(_INNER - code_width, 0.6, code_width, _FINE.line_height), reason.code, _FINE, "right")]
    y = 0.0
    for index, (line, style) in enumerate(lines):
        width = _INNER - 6.4 - (code_width + 2.0 if index == 0 else 0.0)
        height = text_height(line, style, width)
        items += [Words(Rect(6.4, y, width, height), line, style)]
        y += height
    return _Block(y, tuple(items), space=1.6)


def _one_material(wording: Wording, line: MaterialLine) -> _Block:
    split = 72.0
    state = wording.state(line)
    detail = wording.detail(line)
    style = _STRONG if line.state in UNSETTLED else _BODY
    left = text_height(line.name, style, split - 8.0)
    state_height = text_height(state, style, _INNER - split)
    right = state_height + (text_height(detail, _SMALL, _INNER - split) if detail else 0.0)
    height = max(left, right) + 1.2
    items: list[Item] = [
        Mark(Rect(0.4, 1.2, 3.2, 3.2), SHAPES[line.state]),
        Words(Rect(5.6, 0.6, split - 8.0, left), line.name, style),
        Words(Rect(split, 0.6, _INNER - split, state_height), state, style),
        Line(Rect(5.6, height, _INNER - 5.6, 0)),
    ]
    if detail:
        items += [Words(Rect(split, 0.6 + state_height, _INNER - split, right - state_height), detail, _SMALL)]
    return _Block(height, tuple(items), space=0.0)


def _two_materials(wording: Wording, lines: Sequence[MaterialLine]) -> _Block:
    items: list[Item] = []
    width = _INNER / 2 - 2.0
    inner = width - 5.6
    height = 0.0
    for column, line in enumerate(lines):
        x = column * (_INNER / 2 + 1.0)
        style = _STRONG if line.state in UNSETTLED else _BODY
        under = " · ".join(part for part in (wording.state(line), wording.detail(line)) if part)
        under_style = Style(2.8, bold=line.state in UNSETTLED, colour=INK if line.state in UNSETTLED else GREY)
        top, lower = text_height(line.name, style, inner), text_height(under, under_style, inner)
        items += [
            Mark(Rect(x + 0.4, 1.0, 3.2, 3.2), SHAPES[line.state]),
            Words(Rect(x + 5.6, 0.4, inner, top), line.name, style),
            Words(Rect(x + 5.6, 0.4 + top, inner, lower), under, under_style),
        ]
        height = max(height, top + lower + 1.0)
    rules = [Line(Rect(c * (_INNER / 2 + 1.0) + 5.6, height, inner, 0)) for c in range(len(lines))]
    return _Block(height, (*items, *rules), space=0.0)


def _note(sentence: str, *, strong: bool) -> _Block:
    style = Style(_NOTE.size, bold=strong)
    height = text_height(sentence, style, _INNER - 4.0)
    dot = Panel(Rect(1.0, style.line_height / 2 - 0.5, 1.0, 1.0), fill=ACCENT, radius=0.5)
    return _Block(height, (dot, Words(Rect(4.0, 0, _INNER - 4.0, height), sentence, style)), space=0.3)


def _foot(wording: Wording, modules: Modules) -> _Block:
    side = len(modules) * MODULE
    caption = wording.say("code_caption")
    caption_height = text_height(caption, _FINE, side)
    top = _QUIET  # the light margin of the symbol reaches up to here
    seal_x, seal_y = _INNER - _SEAL, top + (side - _SEAL) / 2
    seal_words = wording.say("seal")
    items: list[Item] = [
        Panel(Rect(-_QUIET, top - _QUIET, side + 2 * _QUIET, side + 2 * _QUIET), fill=WHITE),
        Symbol(Rect(0, top, side, side), modules),
        Words(Rect(0, top + side + 1.0, side, caption_height), caption, _FINE, "center"),
        Panel(Rect(seal_x, seal_y, _SEAL, _SEAL), stroke=GREY, radius=_SEAL / 2, dashed=True),
        Words(Rect(seal_x + 4, seal_y + _SEAL / 2 - 2, _SEAL - 8, _SMALL.line_height), seal_words, _SMALL, "center"),
    ]
    left = side + 5.0
    width = seal_x - left - 3.0
    step = side / 3
    for index, label in enumerate(wording.signatures()):
        y = top + step * (index + 1)
        height = text_height(label, _SMALL, width)
        items += [
            Words(Rect(left, y - step + 0.2, width, height), label, _SMALL),
            Line(Rect(left, y - 0.4, width, 0), colour=INK),
        ]
    return _Block(top + side + 1.0 + caption_height, tuple(items))
