"""Where the elements of a zone stand: TD1 (cards, 3×30), TD2 (2×36), TD3 (passports, 2×44).

ICAO Doc 9303 parts 4 to 6. The permits of Hong Kong, Macao and Taiwan residents are TD1 (GA/T 704.14-2015: three lines
of 30, rules of Doc 9303).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

FILLER = "<"
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``stop`` of line ``line``."""

    line: int
    start: int
    stop: int

    def of(self, lines: Sequence[str]) -> str:
        return lines[self.line][self.start : self.stop]


@dataclass(frozen=True)
class Check:
    """The digit at ``at`` checks the spans ``over``, one after the other; ``blank``: it may be a filler over fillers."""

    over: tuple[Span, ...]
    at: Span
    blank: bool = False

    def holds(self, lines: Sequence[str]) -> bool:
        body, digit = "".join(span.of(lines) for span in self.over), self.at.of(lines)
        return digit == check_digit(body) or (self.blank and digit == FILLER and not body.strip(FILLER))


@dataclass(frozen=True)
class Format:
    """One kind of zone. ``letters``, ``digits``: where nothing else may stand but a filler."""

    name: str
    lines: int
    length: int
    number: Span
    holder: Span
    birth: Span
    sex: Span
    expiry: Span
    nationality: Span
    spare: tuple[Span, ...]  # optional elements: their fillers may be lost or doubled in a reading
    letters: tuple[Span, ...]
    digits: tuple[Span, ...]
    checks: dict[str, Check] = field(default_factory=dict)


def check_digit(body: str) -> str:
    """Doc 9303 part 3: weights 7 3 1, A = 10 … Z = 35, ``<`` = 0, modulo 10. ValueError for any other character."""
    return str(sum((0 if c == FILLER else int(c, 36)) * _WEIGHTS[i % 3] for i, c in enumerate(body)) % 10)


def _two_lines(name: str, length: int) -> Format:
    """TD2 and TD3: names above; number, nationality, birth, sex, expiry and what the state likes below."""
    number, birth, expiry = Span(1, 0, 9), Span(1, 13, 19), Span(1, 21, 27)
    nationality, sex = Span(1, 10, 13), Span(1, 20, 21)
    checked = {"number": Span(1, 9, 10), "birth": Span(1, 19, 20), "expiry": Span(1, 27, 28)}
    last = Span(1, length - 1, length)
    spare = Span(1, 28, length - 2 if name == "TD3" else length - 1)
    checks = {
        key: Check((span,), checked[key]) for key, span in (("number", number), ("birth", birth), ("expiry", expiry))
    }
    if name == "TD3":
        personal = Span(1, length - 2, length - 1)
        checks["personal"] = Check((spare,), personal, blank=True)
    checks["all"] = Check((Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, length - 1)), last)
    return Format(
        name, 2, length, number, Span(0, 5, length), birth, sex, expiry, nationality,
        spare=(spare,),
        letters=(Span(0, 0, length), nationality, sex),
        digits=(birth, expiry, *checked.values(), last),
        checks=checks,
    )  # fmt: skip


def _three_lines() -> Format:
    number, birth, expiry = Span(0, 5, 14), Span(1, 0, 6), Span(1, 8, 14)
    nationality, sex, last = Span(1, 15, 18), Span(1, 7, 8), Span(1, 29, 30)
    checked = {"number": Span(0, 14, 15), "birth": Span(1, 6, 7), "expiry": Span(1, 14, 15)}
    checks = {
        key: Check((span,), checked[key]) for key, span in (("number", number), ("birth", birth), ("expiry", expiry))
    }
    checks["all"] = Check((Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)), last)
    return Format(
        "TD1", 3, 30, number, Span(2, 0, 30), birth, sex, expiry, nationality,
        spare=(Span(0, 15, 30), Span(1, 18, 29)),
        letters=(Span(0, 0, 5), nationality, sex, Span(2, 0, 30)),
        digits=(birth, expiry, *checked.values(), last),
        checks=checks,
    )  # fmt: skip


FORMATS = (_three_lines(), _two_lines("TD2", 36), _two_lines("TD3", 44))
