"""Things one below the other in a column of given width: what strips and the day's tally are put together from."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.paper.canvas import (
    INK,
    WHITE,
    Item,
    Line,
    Mark,
    Panel,
    Rect,
    Shape,
    Style,
    Words,
    moved,
    text_height,
    text_width,
)


@dataclass(frozen=True)
class Block:
    """Something that is never torn apart: items from (0, 0), and the space below it before the next."""

    height: float
    items: tuple[Item, ...]
    space: float = 0.0
    with_next: bool = False  # a heading does not stay alone at the foot of a page


@dataclass
class Column:
    """Grows downwards from ``y``; ``x`` is its left edge. Millimetres."""

    width: float
    x: float = 0.0
    y: float = 0.0
    items: list[Item] = field(default_factory=list)

    def skip(self, height: float) -> None:
        self.y += height

    def put(self, block: Block) -> None:
        self.items += [moved(item, self.x, self.y) for item in block.items]
        self.y += block.height + block.space

    def words(self, text: str, style: Style, *, align: str = "left", indent: float = 0.0) -> None:
        if text:
            self.put(words(text, style, self.width, align=align, indent=indent))

    def rule(self, *, weight: float = 0.25, dashed: bool = False) -> None:
        self.put(Block(0.0, (Line(Rect(0, 0, self.width, 0), colour=INK, weight=weight, dashed=dashed),), space=1.2))

    def band(self, text: str, size: float) -> None:
        """White on black across the column: cannot be overlooked, and survives a printer without greys."""
        style = Style(size, bold=True, colour=WHITE)
        height = text_height(text, style, self.width - 2.0) + 1.6
        self.put(
            Block(
                height,
                (
                    Panel(Rect(0, 0, self.width, height), fill=INK),
                    Words(Rect(1.0, 0.8, self.width - 2.0, height - 1.6), text, style, "center"),
                ),
                space=1.2,
            )
        )


def words(text: str, style: Style, width: float, *, align: str = "left", indent: float = 0.0) -> Block:
    height = text_height(text, style, width - indent)
    box = Rect(indent, 0, width - indent, height)
    return Block(height, (Words(box, text, style, "center" if align == "center" else "left"),))


def pair(label: str, value: str, styles: tuple[Style, Style], width: float, indent: float) -> Block:
    """A label and its value beside it; a value too long for the rest of the line breaks under itself, not under the label."""
    label_style, value_style = styles
    label_height = text_height(label, label_style, indent)
    height = text_height(value, value_style, width - indent)
    down = max(0.0, (value_style.line_height - label_style.line_height) / 2)
    return Block(
        max(height, down + label_height),
        (
            Words(Rect(0, down, indent, label_height), label, label_style),
            Words(Rect(indent, 0, width - indent, height), value, value_style),
        ),
        space=0.3,
    )


def headed(text: str, style: Style, width: float, colour: str) -> Block:
    """A heading with a line to the right edge, where there is room for one; a long heading breaks."""
    natural = text_width(text, style)
    height = text_height(text, style, width)
    items: list[Item] = [Words(Rect(0, 0, min(width, natural + 0.5), height), text, style)]
    if natural + 3.0 < width:
        middle = style.line_height / 2
        items.append(Line(Rect(natural + 1.5, middle, width - natural - 1.5, 0), colour=colour, weight=0.25))
    return Block(height, tuple(items), space=0.8, with_next=True)


def counted(label: str, count: str, styles: tuple[Style, Style], width: float, indent: float = 0.0) -> Block:
    """A label with its number at the right edge."""
    label_style, count_style = styles
    right = max(text_width(count, count_style) + 0.5, 8.0)
    left = width - right - 2.0 - indent
    height = text_height(label, label_style, left)
    line = max(label_style.line_height, count_style.line_height)
    return Block(
        max(height, line),
        (
            Words(Rect(indent, max(0.0, (line - label_style.line_height) / 2), left, height), label, label_style),
            Words(
                Rect(width - right, (line - count_style.line_height) / 2, right, count_style.line_height),
                count,
                count_style,
                "right",
            ),
        ),
    )


def marked(shape: Shape, name: str, state: str, styles: tuple[Style, Style], width: float, size: float = 3.4) -> Block:
    """A sign, a name beside it, and in which state it is below the name."""
    name_style, state_style = styles
    indent = size + 1.4
    top, lower = text_height(name, name_style, width - indent), text_height(state, state_style, width - indent)
    return Block(
        top + lower,
        (
            Mark(Rect(0.1, (name_style.line_height - size) / 2, size, size), shape),
            Words(Rect(indent, 0, width - indent, top), name, name_style),
            Words(Rect(indent, top, width - indent, lower), state, state_style),
        ),
        space=0.7,
    )
