"""Papers without a form of their own: contracts, certificates, notices — a title, and text with values in it.

The text is a template: ``{name}`` is a field; a line beginning with ``>`` stands at the right, with ``^`` in the middle,
with ``_`` begins a paragraph; a line all of whose fields are unknown is left out. Margins, size of print and distance of
lines differ from paper to paper, as they do when everybody writes one: whoever reads them must go by the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import lace_border, qr, round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import flatten, year_month_day

A4 = (210.0, 297.0)
_FIELD = re.compile(r"\{([^}]+)\}")
_WORDS = re.compile(r"[A-Za-z0-9./:-]+|.", re.DOTALL)


@dataclass(frozen=True)
class Letter:
    """``text``: the template, or a function of the values that makes it. ``seals``: office and purpose of each. ``when``: the
    raw values of the documents that are printed this way, by key; an empty value stands for any, ``-`` for none.
    """

    material: str
    page: str
    title: str
    text: str | Callable[[Raw], str]
    size_mm: tuple[float, float] = A4
    date: Callable[[str], str] = year_month_day
    seals: tuple[tuple[str, str], ...] = ()
    above: str = ""  # printed over the title: the court, the notary's office
    paper: Colour = (250, 250, 246)
    border: Colour | None = None
    code: str = ""  # text of a QR code in the lower left corner
    when: tuple[tuple[str, str], ...] = ()

    def template(self, raw: Raw) -> str:
        return self.text if isinstance(self.text, str) else self.text(raw)


def letter_kind(letter: Letter) -> Kind:
    """The kind of specimen that ``letter`` describes."""

    def printed(raw: Raw) -> dict[str, str]:
        names = tuple(_FIELD.findall(letter.template(raw)))
        forms = dict.fromkeys((name.rsplit(".", 1)[-1] for name in names), lambda value: _form(letter, value))
        return printed_fields(raw, forms, only=names)

    def paint(sheet: Sheet, raw: Raw) -> None:
        _paint(sheet, letter, raw)

    def leaves(raw: Raw) -> list[tuple[str, Raw]]:
        there = all(
            (key not in raw) if wanted == "-" else key in raw and wanted in ("", str(raw[key]))
            for key, wanted in letter.when
        )
        return [(letter.page, raw)] if there else []

    return Kind(letter.material, letter.page, letter.title, letter.size_mm, printed, paint, leaves)


def _form(letter: Letter, value: str) -> str:
    return letter.date(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


def _paint(sheet: Sheet, letter: Letter, raw: Raw) -> None:
    width, height = letter.size_mm
    rng = sheet.rng(7)
    sheet.box(0, 0, width, height, colour=None, fill=letter.paper)
    if letter.border is not None:
        waves(sheet, (letter.border,), lines=20, strength=0.15)
        lace_border(sheet, width * 0.035, width * 0.022, letter.border)
    small = height < 200
    size = (3.3 if small else 4.1) * float(rng.uniform(0.94, 1.06))
    writer = _Writer(sheet, width * float(rng.uniform(0.11, 0.15)), size, size * float(rng.uniform(1.9, 2.3)))
    y = height * float(rng.uniform(0.1, 0.14))
    if letter.above:
        sheet.text(letter.above, width / 2, y, size * 1.3, face="serif-bold", anchor="centre")
        y += size * 2.4
    title = min(size * 1.75, 0.76 * width / len(letter.title))
    sheet.text(letter.title, width / 2, y, title, face="serif-bold", anchor="centre")
    y += size * (2.6 if small else 3.6)
    present = flatten(raw)
    for line in letter.template(raw).strip("\n").split("\n"):
        names = _FIELD.findall(line)
        if not names or any(name in present for name in names):
            y = writer.line(line, y)
    for i, (office, purpose) in enumerate(letter.seals):
        radius = 12.0 if small else 17.0
        x = width * 0.7 - i * (2.6 * radius)
        round_seal(sheet, office, purpose, x, min(y + radius * 0.9, height - radius - 6.0), radius)
    if letter.code:
        qr(sheet, letter.code, width * 0.11, height * 0.86, 20.0 if not small else 14.0)
    specimen_mark(sheet, width * 0.93, height * 0.955, 2.6)


class _Writer:
    """Writes lines with fields in them. A field is not broken unless it is longer than a line."""

    def __init__(self, sheet: Sheet, margin: float, size: float, step: float) -> None:
        self._sheet = sheet
        self._margin = margin
        self._right = sheet.size_mm[0] - margin
        self._size = size
        self._step = step

    def line(self, template: str, y: float) -> float:
        """Write one template line at ``y``; returns the ``y`` of the next one."""
        where = template[:1] if template[:1] in (">", "^", "_") else ""
        parts = [part for part in re.split(r"(\{[^}]+\})", template[len(where) :]) if part]
        x = self._margin + (2 * self._size if where == "_" else 0.0)
        if where in (">", "^"):
            length = sum(self._width(part) for part in parts)
            x = self._right - length if where == ">" else (self._sheet.size_mm[0] - length) / 2
        for part in parts:
            x, y = self._field(part[1:-1], x, y) if _FIELD.fullmatch(part) else self._text(part, x, y)
        return y + self._step * (1.0 if template.strip() else 0.7)

    def _width(self, part: str) -> float:
        text = self._sheet.fields.get(part[1:-1], "") if _FIELD.fullmatch(part) else part
        return self._sheet.width(text, self._size)

    def _text(self, text: str, x: float, y: float) -> tuple[float, float]:
        run = ""
        for word in _WORDS.findall(text):
            if x + self._sheet.width(run + word, self._size) > self._right and run + word not in ("，", "。", "："):
                self._sheet.text(run, x, y, self._size)
                run, x, y = "", self._margin, y + self._step * 0.85
            run += word
        _, x = self._sheet.text(run, x, y, self._size)
        return x, y

    def _field(self, name: str, x: float, y: float) -> tuple[float, float]:
        text = self._sheet.fields.get(name, "")
        length = self._sheet.width(text, self._size)
        if x + length > self._right and length <= self._right - self._margin:
            x, y = self._margin, y + self._step * 0.85
        room = self._right - x + 0.5  # a rounding must not break a line that just fits
        rows = len(self._sheet.lines(text, room, self._size)) if text else 1
        end = self._sheet.field(name, x, y, self._size, wrap=room, leading=1.6)
        return end, y + (rows - 1) * 1.6 * self._size
