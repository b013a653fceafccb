"""The machine-readable zone of a page, as a second witness of what the page prints.

The zone is found among the lines read, wherever it stands, whatever the layout says; ``machine_zone`` settles lengths,
positions and check digits. Only a zone whose check digits all hold says anything. It then vouches for number, birth and
expiry, which the digits cover; names and sex stand in it unchecked and can only agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from machine_zone import MachineZone, clean_line, recover
from scanner.text.crops import box_size
from scanner.text.folding import fold_text
from scanner.text.page import ReadLine
from scanner.types import Quad, Verdict

SHORTEST_PIECE = 4  # characters of a piece of a zone's line; runs of fillers are found as boxes of their own
FOREIGN_SHARE = 0.15  # of a line's characters that no zone holds, before cleaning
LEAST_LINE = 24  # characters of a line without two fillers in a row; three lines of 30 are the shortest
FARTHEST_LINES = 4.0  # heights between the middles of neighbouring lines
CENTURY = 100


@dataclass(frozen=True, eq=False)
class ZoneFound:
    """The zone with, for each of its lines top to bottom, the indices of the pieces it was read from, left to right."""

    zone: MachineZone
    pieces: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Witness:
    """What the zone says of one field of class ``cls``. ``forms``: how a record may write it; ``checked``: by check digits."""

    text: str
    forms: frozenset[str]
    checked: bool
    cls: str = "id"


def find_zone(lines: Sequence[ReadLine]) -> ZoneFound | None:
    """The zone among a page's lines: a valid one if there is one, else the most nearly valid; None without one."""
    rows = _rows(lines)
    best: ZoneFound | None = None
    for count in (3, 2):
        for start in range(len(rows) - count + 1):
            chosen = rows[start : start + count]
            if not _stand_together(lines, chosen):
                continue
            zone = recover(["".join(lines[i].reading.text for i in row) for row in chosen])
            if zone is None or "format" in zone.problems:
                continue
            if best is None or len(zone.problems) < len(best.zone.problems):
                best = ZoneFound(zone, tuple(tuple(row) for row in chosen))
    return best


def zone_fields(kind: str | None) -> tuple[str, ...]:
    """The fields that the zone of a document of this kind holds; none for other kinds."""
    return _FIELDS.get(kind or "", ())


def zone_witness(zone: MachineZone | None, name: str, *, today: date | None = None) -> Witness | None:
    """What the zone says of the field ``name`` (``mrz[0]``: its own first line); None when it says nothing of it.

    Nothing unless every check digit holds. ``today`` (default: this day) tells 2018 from 1918.
    """
    if zone is None or not zone.valid:
        return None
    return _of_field(name, zone, today or date.today())


def weigh(
    witness: Witness, forms: Collection[str], verdict: Verdict | None, reason: str = ""
) -> tuple[Verdict | None, str]:
    """The verdict on a value with these ``forms`` when the print alone gave ``verdict`` for ``reason``.

    Reasons: mrz_agrees, mrz_differs, mrz_against_print. A number that is the beginning of the other (permits print the
    count of issues behind it or apart) neither agrees nor differs.
    """
    wanted = {_plain(form) for form in forms} - {""}
    own = {_plain(form) for form in witness.forms}
    if wanted & own:
        against = verdict is Verdict.MISMATCH
        return (Verdict.CANNOT_TELL, "mrz_against_print") if against else (Verdict.MATCH, "mrz_agrees")
    alike = any(a.startswith(b) or b.startswith(a) for a in wanted for b in own)
    if not witness.checked or alike or not wanted:
        return verdict, reason
    against = verdict is Verdict.MATCH
    return (Verdict.CANNOT_TELL, "mrz_against_print") if against else (Verdict.MISMATCH, "mrz_differs")


def _plain(text: str) -> str:
    return fold_text(text).upper().replace(",", "").replace("-", "").replace("<", "")


_NUMBERS = frozenset({"passport_no", "permit_no", "card_no"})
_NAMES = frozenset({"name_latin", "name_en"})
_FIELDS = {
    "A05": ("permit_no", "birth_date", "valid_to", "sex", "name_en"),
    "A08": ("permit_no", "birth_date", "valid_to", "sex", "name_latin"),
    "A10": ("passport_no", "birth_date", "valid_to", "sex", "name_latin"),
    "A11": ("card_no", "birth_date", "valid_to", "sex", "name_latin"),
}
_SEX = {"F": frozenset({"F", "女", "女/F"}), "M": frozenset({"M", "男", "男/M"})}
_DAYS: Mapping[str, Callable[[MachineZone], str]] = {
    "birth_date": lambda zone: zone.birth,
    "valid_to": lambda zone: zone.expiry,
}


def _of_field(name: str, zone: MachineZone, today: date) -> Witness | None:
    if name in _NUMBERS and zone.number:
        return Witness(zone.number, frozenset({zone.number}), checked=True)
    if name in _DAYS:
        day = _day(_DAYS[name](zone), today, past=name == "birth_date")
        return Witness(day.isoformat(), _written(day), checked=True, cls="date") if day is not None else None
    if name in _NAMES and zone.name:
        return Witness(zone.name, frozenset({zone.name}), checked=False, cls="name")
    if name == "sex" and zone.sex in _SEX:
        return Witness(zone.sex, _SEX[zone.sex], checked=False, cls="other")
    if name.startswith("mrz[") and name[4:-1].isdigit() and int(name[4:-1]) < len(zone.lines):
        line = zone.lines[int(name[4:-1])]
        return Witness(line, frozenset({line}), checked=False)
    return None


def _day(digits: str, today: date, *, past: bool) -> date | None:
    """YYMMDD; a birth lies in the past, an expiry within the fifty years before or after today."""
    try:
        day = date(CENTURY * (today.year // CENTURY) + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        if past and day > today:
            return day.replace(year=day.year - CENTURY)
        if not past and day.year > today.year + CENTURY // 2:
            return day.replace(year=day.year - CENTURY)
    except ValueError:
        return None
    return day


def _written(day: date) -> frozenset[str]:
    return frozenset(day.strftime(form) for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y/%m/%d"))


def _rows(lines: Sequence[ReadLine]) -> list[list[int]]:
    """Indices of pieces that may be a zone's lines, those side by side joined, rows from top to bottom."""
    pieces = [i for i, line in enumerate(lines) if _may_be_zone(line.reading.text)]
    pieces.sort(key=lambda i: float(lines[i].quad[:, 1].mean()))
    rows: list[list[int]] = []
    for i in pieces:
        row = next((r for r in reversed(rows) if _side_by_side(lines[r[-1]].quad, lines[i].quad)), None)
        if row is None:
            rows.append([i])
        else:
            row.append(i)
    joined = [sorted(row, key=lambda i: float(lines[i].quad[:, 0].mean())) for row in rows]
    texts = [clean_line("".join(lines[i].reading.text for i in row)) for row in joined]
    return [row for row, text in zip(joined, texts, strict=True) if len(text) >= LEAST_LINE or "<<" in text]


def _may_be_zone(text: str) -> bool:
    cleaned = clean_line(text)
    if len(cleaned) < SHORTEST_PIECE or len(text) - len(cleaned) > FOREIGN_SHARE * len(text) + 1:
        return False
    capital = sum(c.islower() for c in text if c.isascii()) <= FOREIGN_SHARE * len(text) + 1
    return capital and (len(cleaned) >= LEAST_LINE or cleaned.count("<") >= 0.8 * len(cleaned) or "<<" in cleaned)


def _side_by_side(left: Quad, right: Quad) -> bool:
    """Does one box continue the other's line, which may slant?"""
    if left[:, 0].mean() > right[:, 0].mean():
        left, right = right, left
    along = (left[1] - left[0] + left[2] - left[3]) / 2
    unit = along / max(float(np.linalg.norm(along)), 1e-6)
    gap = right.mean(axis=0) - left.mean(axis=0)
    across = abs(float(unit[0] * gap[1] - unit[1] * gap[0]))
    apart = float(gap @ unit) - (box_size(left)[0] + box_size(right)[0]) / 2
    height = min(box_size(left)[1], box_size(right)[1])
    return across < 0.5 * height and apart > -height


def _stand_together(lines: Sequence[ReadLine], rows: Sequence[Sequence[int]]) -> bool:
    """Lines of one zone are alike in height and close to each other."""
    quads = [np.mean([lines[i].quad for i in row], axis=0) for row in rows]
    heights = [float(np.mean([box_size(lines[i].quad)[1] for i in row])) for row in rows]
    if max(heights) > 1.8 * min(heights):
        return False
    middles = [float(quad[:, 1].mean()) for quad in quads]
    steps = [b - a for a, b in pairwise(middles)]
    return all(step < FARTHEST_LINES * min(heights) for step in steps)
