"""A sheet of paper to draw on: millimetres in, pixels out, and a note of where every field was printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from practice.specimens.fonts import font, font_for
from practice.specimens.values import glyphs

Colour = tuple[int, int, int]  # red, green, blue
Anchor = Literal["left", "centre", "right"]
INK: Colour = (28, 28, 32)
_BASELINE = (
    0.38  # of the em size, from the middle of an ideograph down to the baseline (Noto CJK: 0.88 above it, 0.12 below)
)


class Sheet:
    """The surface of one page. Positions and sizes are millimetres from the page's top-left corner; ``y`` of a text is the middle of
    its line.

    ``fields`` are the exact printed texts by dotted name; ``field`` draws one and records its box.
    """

    def __init__(
        self,
        size_mm: tuple[float, float],
        px_per_mm: float,
        fields: Mapping[str, str],
        *,
        paper: Colour = (250, 250, 248),
        seed: int = 0,
    ) -> None:
        self.size_mm = size_mm
        self.px_per_mm = px_per_mm
        self.fields = fields
        self.field_boxes: dict[str, NDArray[np.float32]] = {}
        self.barcodes: list[tuple[str, str]] = []
        self.seed = seed
        self.image = Image.new("RGB", (self.px(size_mm[0]), self.px(size_mm[1])), paper)
        self.draw = ImageDraw.Draw(self.image)

    def px(self, millimetres: float) -> int:
        return round(millimetres * self.px_per_mm)

    def rng(self, purpose: int = 0) -> np.random.Generator:
        """Random numbers that are the same each time this page is drawn."""
        return np.random.default_rng((self.seed, purpose))

    def paint(self, pixels: NDArray[np.uint8]) -> None:
        """Replace the whole surface by ``pixels`` (H, W, 3), RGB."""
        self.image.paste(Image.fromarray(pixels))

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        face: str = "serif",
        colour: Colour = INK,
        spacing: float = 0.0,
        anchor: Anchor = "left",
    ) -> tuple[float, float]:
        """Draw one line; ``spacing`` is added between characters. Returns the left and right end in mm."""
        shown = glyphs(text)
        pixels = max(4, self.px(size))
        advances = [font_for(face, pixels, c).getlength(c) / self.px_per_mm + spacing for c in shown]
        width = max(0.0, sum(advances) - spacing)
        left = x - (width if anchor == "right" else width / 2 if anchor == "centre" else 0.0)
        baseline = self.px(y + _BASELINE * size)
        plain = font(face, pixels)
        if spacing == 0 and all(font_for(face, pixels, c) is plain for c in shown):
            self.draw.text((self.px(left), baseline), shown, font=plain, fill=colour, anchor="ls")
            return left, left + width
        at = left
        for character, advance in zip(shown, advances, strict=True):
            chosen = font_for(face, pixels, character)
            self.draw.text((self.px(at), baseline), character, font=chosen, fill=colour, anchor="ls")
            at += advance
        return left, left + width

    def width(self, text: str, size: float, *, face: str = "serif", spacing: float = 0.0) -> float:
        """How wide a line would be, in mm."""
        pixels = max(4, self.px(size))
        shown = glyphs(text)
        advances = sum(font_for(face, pixels, c).getlength(c) / self.px_per_mm + spacing for c in shown)
        return max(0.0, advances - spacing)

    def field(
        self,
        name: str,
        x: float,
        y: float,
        size: float,
        *,
        face: str = "serif",
        colour: Colour = INK,
        spacing: float = 0.0,
        anchor: Anchor = "left",
        wrap: float = 0.0,
        leading: float = 1.35,
    ) -> float:
        """Print the field ``name``, in lines no wider than ``wrap`` mm when given. Returns the right end; a field not known is left out."""
        value = self.fields.get(name)
        if not value:
            return x
        lines = self.lines(value, wrap, size, face=face, spacing=spacing) if wrap else [value]
        ends = [
            self.text(line, x, y + i * leading * size, size, face=face, colour=colour, spacing=spacing, anchor=anchor)
            for i, line in enumerate(lines)
        ]
        left, right = min(e[0] for e in ends), max(e[1] for e in ends)
        top, bottom = y - 0.62 * size, y + (len(lines) - 1) * leading * size + 0.62 * size
        self.field_boxes[name] = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
        return right

    def lines(self, text: str, wrap: float, size: float, *, face: str = "serif", spacing: float = 0.0) -> list[str]:
        """``text`` broken by characters, as forms print addresses, into lines no wider than ``wrap`` mm."""
        broken = [""]
        for character in text:
            if broken[-1] and self.width(broken[-1] + character, size, face=face, spacing=spacing) > wrap:
                broken.append("")
            broken[-1] += character
        return broken

    def line(self, x0: float, y0: float, x1: float, y1: float, *, colour: Colour = INK, width: float = 0.2) -> None:
        points = (self.px(x0), self.px(y0), self.px(x1), self.px(y1))
        self.draw.line(points, fill=colour, width=max(1, self.px(width)))

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        colour: Colour | None = INK,
        fill: Colour | None = None,
        width: float = 0.2,
    ) -> None:
        corners = (self.px(x0), self.px(y0), self.px(x1), self.px(y1))
        self.draw.rectangle(corners, outline=colour, fill=fill, width=max(1, self.px(width)))

    def row(
        self,
        y0: float,
        y1: float,
        edges: Sequence[float],
        labels: Sequence[str],
        *,
        size: float,
        face: str = "serif",
        colour: Colour = INK,
        rule: Colour = INK,
        width: float = 0.2,
        fill: Colour | None = None,
    ) -> None:
        """One row of a table: cells between ``edges``, each with its centred label; an empty label leaves the cell for a value."""
        for x0, x1, label in zip(edges, edges[1:], labels, strict=False):
            self.box(x0, y0, x1, y1, colour=rule, fill=fill if label else None, width=width)
            if label:
                self.text(label, (x0 + x1) / 2, (y0 + y1) / 2, size, face=face, colour=colour, anchor="centre")

    def code(self, symbol: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """Paste a barcode, scaled without smoothing so that its modules stay sharp."""
        self.image.paste(
            symbol.convert("RGB").resize((self.px(width), self.px(height)), Image.Resampling.NEAREST),
            (self.px(x), self.px(y)),
        )

    def overlay(self, layer: Image.Image, x: float, y: float) -> None:
        """Print an RGBA layer over the page with its centre at (x, y): ink on ink, so dark print stays dark under it."""
        left, top = self.px(x) - layer.width // 2, self.px(y) - layer.height // 2
        area = (left, top, left + layer.width, top + layer.height)
        below = np.asarray(self.image.crop(area), np.float32)
        ink = np.asarray(layer, np.float32)
        alpha = ink[..., 3:] / 255.0
        mixed = below * (1 - alpha) + below * ink[..., :3] / 255.0 * alpha
        self.image.paste(Image.fromarray(mixed.astype(np.uint8)), (left, top))
