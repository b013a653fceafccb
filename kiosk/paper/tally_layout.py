"""The day's tally on A4, A5 and the rolls: where and when, whether all agrees, the numbers, the head of the chain, two signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.paper.canvas import (
    ACCENT,
    GREY,
    INK,
    Item,
    Line,
    Page,
    Panel,
    Rect,
    Style,
    Watermark,
    Words,
    text_height,
    text_width,
)
from kiosk.paper.column import Block, Column, counted, headed, pair
from kiosk.paper.sizes import A4, A5, Roll, Sheet
from kiosk.paper.tally_model import TallyLine, TallyPaper, TallySection
from kiosk.texts import say, text

_GAP = 2.4


@dataclass(frozen=True)
class _Look:
    """Type sizes in millimetres; a roll's are all ink."""

    title: Style
    verdict: Style
    body: Style
    strong: Style
    label: Style
    section: Style
    small: Style

    @classmethod
    def of(cls, size: float, *, grey: str, accent: str) -> _Look:
        return cls(
            title=Style(size * 1.5, bold=True, pitch=1.3),
            verdict=Style(size * 1.2, bold=True),
            body=Style(size),
            strong=Style(size, bold=True),
            label=Style(size * 0.9, colour=grey),
            section=Style(size, bold=True, colour=accent),
            small=Style(size * 0.85, colour=grey),
        )


def lay_out_tally(paper: TallyPaper, sheet: Sheet) -> tuple[Page, ...]:
    """The pages of one copy, A4 and A5 upright; one strip on a roll. Needs a QGuiApplication; any thread."""
    roll = sheet.roll
    if roll is not None:
        return (_strip(paper, roll),)
    if sheet is Sheet.A5:
        return _pages(paper, A5, side=11.0, look=_Look.of(3.2, grey=GREY, accent=ACCENT))
    return _pages(paper, A4, side=20.0, look=_Look.of(3.9, grey=GREY, accent=ACCENT))


def _strip(paper: TallyPaper, roll: Roll) -> Page:
    inset = 0.25
    look = _Look.of(3.2, grey=INK, accent=INK)
    look = replace(look, title=Style(4.6, bold=True, pitch=1.3), small=Style(2.8))
    column = Column(roll.printable - 2 * inset, x=roll.margin + inset, y=2.0)
    for block in _blocks(paper, look, column.width):
        column.put(block)
    column.words(_say("strip_end", paper, area="paper"), look.small, align="center")
    if paper.practice:
        column.skip(1.0)
        column.band(_say("practice", paper, area="paper"), 3.6)
    return Page(roll.width, column.y + 4.0, tuple(column.items))


def _pages(paper: TallyPaper, size: tuple[float, float], *, side: float, look: _Look) -> tuple[Page, ...]:
    width, height = size
    inner, top, bottom = width - 2 * side, side * 0.8, height - side
    blocks = _blocks(paper, look, inner)
    columns = [Column(inner, x=side, y=top)]
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        needed = block.height + (block.space + following.height if block.with_next and following else 0.0)
        if columns[-1].y + needed > bottom and columns[-1].items:
            columns.append(Column(inner, x=side, y=top))
            columns[-1].words(paper.title, look.small)
            columns[-1].rule()
        columns[-1].put(block)
    foot = Rect(side, bottom + 2.0, inner, look.small.line_height)
    return tuple(
        Page(
            width,
            height,
            (
                *_watermarks(paper, width, height),
                *column.items,
                Words(foot, _say("page", paper, area="paper", page=number, pages=len(columns)), look.small, "right"),
            ),
        )
        for number, column in enumerate(columns, start=1)
    )


def _watermarks(paper: TallyPaper, width: float, height: float) -> tuple[Item, ...]:
    if not paper.practice:
        return ()
    mark = _say("practice_mark", paper, area="paper")
    return tuple(Watermark(Rect(0, top, width, height / 2), mark) for top in (0.0, height / 2))


def _blocks(paper: TallyPaper, look: _Look, width: float) -> list[Block]:
    blocks = [*_head(paper, look, width), *_verdict(paper, look, width)]
    for section in paper.sections:
        blocks += _section(section, look, width)
    return [*blocks, *_chain(paper, look, width), *_signatures(paper, look, width)]


def _head(paper: TallyPaper, look: _Look, width: float) -> list[Block]:
    column = Column(width)
    if paper.practice:
        column.band(_say("practice", paper, area="paper"), 3.6)
    if paper.copy_no > 1:
        tag = _say("reprint", paper, area="paper", copy_no=paper.copy_no)
        tag_width, height = text_width(tag, look.small) + 3.0, look.small.line_height + 1.2
        column.put(
            Block(
                height,
                (
                    Panel(Rect(0, 0, tag_width, height), stroke=look.small.colour, radius=0.6),
                    Words(Rect(1.4, 0.6, tag_width - 1.4, look.small.line_height), tag, look.small),
                ),
                space=1.4,
            )
        )
    column.words(paper.title, look.title, align="center")
    column.skip(1.0)
    column.rule(weight=0.5)
    indent = max(text_width(label, look.label) for label, _ in paper.facts) + 2.5
    for label, value in paper.facts:
        column.put(pair(label, value, (look.label, look.body), width, indent))
    return [Block(column.y, tuple(column.items), space=_GAP)]


def _verdict(paper: TallyPaper, look: _Look, width: float) -> list[Block]:
    """Whether all agrees, in a frame; what does not is listed right below, before any number."""
    inner = Column(width - 5.0, x=2.5, y=1.6)
    inner.words(paper.verdict, look.verdict)
    indent = text_width(f"{len(paper.differences)}.", look.strong) + 2.0
    for number, sentence in enumerate(paper.differences, start=1):
        inner.skip(0.8)
        mark = f"{number}."
        height = text_height(sentence, look.body, inner.width - indent)
        inner.put(
            Block(
                height,
                (
                    Words(Rect(0, 0, indent - 0.5, look.strong.line_height), mark, look.strong),
                    Words(Rect(indent, 0, inner.width - indent, height), sentence, look.body),
                ),
            )
        )
    height = inner.y + 1.6
    frame = Panel(Rect(0, 0, width, height), stroke=INK, radius=0.8)
    thick = Panel(Rect(0, 0, 1.2, height), fill=INK)
    return [Block(height, (frame, *([thick] if paper.differences else []), *inner.items), space=_GAP)]


def _section(section: TallySection, look: _Look, width: float) -> list[Block]:
    heading = headed(section.heading, look.section, width, look.small.colour)
    lines = [_line(line, look, width) for line in section.lines]
    lines[-1] = replace(lines[-1], space=_GAP)
    return [heading, *lines]


def _line(line: TallyLine, look: _Look, width: float) -> Block:
    indent = 5.0 if line.part else 0.0
    styles = (look.body, look.body) if line.part else (look.strong, look.strong)
    if text_width(line.value, styles[1]) > width * 0.4:  # numbers of papers: below, so that they stay whole
        column = Column(width)
        column.words(line.label, styles[0], indent=indent)
        column.words(line.value, styles[1], indent=indent)
        return Block(column.y, tuple(column.items), space=0.4)
    return replace(counted(line.label, line.value, styles, width, indent), space=0.4)


def _chain(paper: TallyPaper, look: _Look, width: float) -> list[Block]:
    column = Column(width)
    column.rule()
    for sentence in paper.chain:
        column.words(sentence, look.small)
    column.skip(0.8)
    column.words(paper.note, look.small)
    return [Block(column.y, tuple(column.items), space=_GAP)]


def _signatures(paper: TallyPaper, look: _Look, width: float) -> list[Block]:
    labels = [_say("sign.clerk", paper), _say("sign.second", paper)]
    narrow = width < 90
    half = width if narrow else width / 2 - 3.0
    items: list[Item] = []
    y = 0.0
    for number, label in enumerate(labels):
        x = 0.0 if narrow else number * (width / 2 + 3.0)
        height = text_height(label, look.small, half)
        items += [
            Words(Rect(x, y, half, height), label, look.small),
            Line(Rect(x, y + height + 8.0, half, 0), colour=INK, weight=0.25),
        ]
        y += height + 10.0 if narrow else 0.0
    return [Block(y if narrow else 14.0, tuple(items), space=_GAP)]


def _say(key: str, paper: TallyPaper, *, area: str = "tally", **params: object) -> str:
    return say(text(f"{area}.{key}", **params), paper.language)
