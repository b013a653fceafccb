"""What a zone says, letter by letter as it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from machine_zone.formats import FILLER, FORMATS, Format, check_digit

_ALLOWED = re.compile(r"[A-Z0-9<]+")


@dataclass(frozen=True)
class MachineZone:
    """Dates are YYMMDD as printed; ``problems`` are codes: format, or check:<field>. ``format`` is TD1, TD2 or TD3."""

    number: str = ""
    name: str = ""
    birth: str = ""
    expiry: str = ""
    problems: tuple[str, ...] = ()
    sex: str = ""
    nationality: str = ""
    format: str = ""
    lines: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.problems


def read_zone(lines: Sequence[str]) -> MachineZone:
    """Takes the zone's lines apart and checks every check digit. Never raises: what is wrong is in ``problems``."""
    clean = [line.upper().replace(" ", "").replace("«", "<<") for line in lines]
    for layout in FORMATS:
        fits = len(clean) == layout.lines and {len(line) for line in clean} == {layout.length}
        if fits and all(_ALLOWED.fullmatch(line) for line in clean):
            return _taken_apart(layout, clean)
    return MachineZone(problems=("format",))


def _taken_apart(layout: Format, lines: Sequence[str]) -> MachineZone:
    number, checks = layout.number.of(lines), dict(layout.checks)
    holds = {key: check.holds(lines) for key, check in checks.items()}
    if not holds["number"] and (longer := _long_number(layout, lines)):
        number, holds["number"] = longer, True
    surname, _, given = layout.holder.of(lines).rstrip(FILLER).partition(FILLER * 2)
    name = " ".join(part for part in (surname, given) if part).replace(FILLER, " ")
    return MachineZone(
        number.rstrip(FILLER),
        name,
        layout.birth.of(lines),
        layout.expiry.of(lines),
        tuple(f"check:{key}" for key, good in holds.items() if not good),
        layout.sex.of(lines).strip(FILLER),
        layout.nationality.of(lines).strip(FILLER),
        layout.name,
        tuple(lines),
    )


def _long_number(layout: Format, lines: Sequence[str]) -> str:
    """A number of more than nine characters on a card: a filler for the check digit, the rest and its digit after it."""
    rest, _, _ = layout.spare[0].of(lines).partition(FILLER)
    number = layout.number.of(lines)
    if layout.name != "TD1" or lines[0][14] != FILLER or len(rest) < 2:
        return ""
    return number + rest[:-1] if check_digit(number + rest[:-1]) == rest[-1] else ""
