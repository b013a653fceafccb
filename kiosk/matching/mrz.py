"""Machine-readable zones: TD3 (passport, 2×44) and TD1 (cards, 3×30), ICAO Doc 9303 parts 4 and 5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.matching.check_digits import machine_readable

_ALLOWED = re.compile(r"[A-Z0-9<]+")


@dataclass(frozen=True)
class MachineZone:
    """What the zone says. Dates are YYMMDD as printed; ``problems`` are codes: format, or check:<field>."""

    number: str = ""
    name: str = ""
    birth: str = ""
    expiry: str = ""
    problems: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.problems


def read_zone(lines: Sequence[str]) -> MachineZone:
    """Takes the zone's lines apart and checks every check digit. Never raises: what is wrong is in ``problems``."""
    clean = [line.upper().replace(" ", "").replace("«", "<<") for line in lines]
    lengths = [len(line) for line in clean]
    if not all(_ALLOWED.fullmatch(line) for line in clean):
        return MachineZone(problems=("format",))
    if lengths == [44, 44]:
        return _passport(clean)
    if lengths == [30, 30, 30]:
        return _card(clean)
    return MachineZone(problems=("format",))


def _passport(lines: Sequence[str]) -> MachineZone:
    first, second = lines
    personal, personal_check = second[28:42], second[42]
    personal_ok = personal_check == machine_readable(personal) or (not personal.strip("<") and personal_check == "<")
    checks = {
        "number": second[9] == machine_readable(second[:9]),
        "birth": second[19] == machine_readable(second[13:19]),
        "expiry": second[27] == machine_readable(second[21:27]),
        "personal": personal_ok,
        "all": second[43] == machine_readable(second[:10] + second[13:20] + second[21:43]),
    }
    return _zone(second[:9], first[5:], second[13:19], second[21:27], checks)


def _card(lines: Sequence[str]) -> MachineZone:
    first, second, third = lines
    checks = {
        "number": first[14] == machine_readable(first[5:14]),
        "birth": second[6] == machine_readable(second[:6]),
        "expiry": second[14] == machine_readable(second[8:14]),
        "all": second[29] == machine_readable(first[5:30] + second[:7] + second[8:15] + second[18:29]),
    }
    return _zone(first[5:14], third, second[:6], second[8:14], checks)


def _zone(number: str, name: str, birth: str, expiry: str, checks: dict[str, bool]) -> MachineZone:
    surname, _, given = name.rstrip("<").partition("<<")
    words = " ".join(part for part in (surname, given) if part).replace("<", " ")
    problems = tuple(f"check:{field}" for field, good in checks.items() if not good)
    return MachineZone(number.rstrip("<"), words, birth, expiry, problems)
