"""Whether a screen that others can see showed what it must not: another family's name, or anything unmasked of anybody.

Texts come from the app itself (exact) or from reading pictures of the screen (the project's own recogniser), and go through the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kiosk.desk.masking import mask_name
from practice.specimens.values import flatten
from practice.world import families
from scanner.text.folding import fold_text

_LONG_NUMBER = re.compile(r"[0-9X]{6,}")
_PART_OF_ADDRESS = 7  # characters of an address in a row that give it away
_SECRET = ("name", "id_no", "cert_no", "address", "application_no", "location", "household_no", "name_latin")


@dataclass(frozen=True)
class Complaint:
    what: str
    text: str


@cache
def _secrets() -> frozenset[str]:
    """Every unmasked value of every family of the district, folded as readings are."""
    found: set[str] = set()
    for family in families():
        for record in (*family.applications, *(d["fields"] for d in family.documents)):
            for path, value in flatten(record).items():
                if path.rsplit(".", 1)[-1] in _SECRET and path != "school.name" and len(value) >= 2:
                    found.add(fold_text(value).replace(" ", ""))
    return frozenset(found)


@cache
def _masked() -> Mapping[str, frozenset[str]]:
    """The masked name of each child → the families it may stand for."""
    found: dict[str, set[str]] = {}
    for family in families():
        for application in family.applications:
            found.setdefault(mask_name(application["child"]["name"]), set()).add(family.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def families_in(texts: Iterable[str]) -> list[frozenset[str]]:
    """For each masked name in the texts, the families it may stand for. A reading may take * for another sign, or lose one."""
    found: list[frozenset[str]] = []
    for text in texts:
        plain = fold_text(text).replace(" ", "")
        fits = {name: off for name in _masked() if (off := _signs_off(name, plain)) is not None}
        if fits:
            nearest = min(fits.values())
            found.append(frozenset().union(*(_masked()[name] for name, off in fits.items() if off == nearest)))
    return found


def _signs_off(masked: str, text: str) -> int | None:
    """By how many signs the masked name as it stands in ``text`` differs from what it should be; None when it does not stand there."""
    first, last = masked[0], masked.rstrip("*")[1:].lstrip("*")
    stars = len(masked) - 1 - len(last)
    match = re.search(f"{re.escape(fold_text(first))}([^\\w]{{1,5}}){re.escape(fold_text(last))}", text)
    return abs(len(match[1]) - stars) if match is not None else None


def complaints(texts: Sequence[str], here: str) -> list[Complaint]:
    """What is wrong with these texts while the family ``here`` ("" for none) is at the desk."""
    wrong = [
        Complaint(f"shows {'/'.join(sorted(ids))} while {here or 'nobody'} is there", " ".join(texts)[:80])
        for ids in families_in(texts)
        if here not in ids
    ]
    for text in texts:
        plain = fold_text(text).replace(" ", "")
        if number := _LONG_NUMBER.search(plain):
            wrong.append(Complaint("a long number", number[0]))
        wrong += [Complaint("unmasked", text) for secret in _secrets() if _gives_away(plain, secret)]
    return wrong


def _gives_away(plain: str, secret: str) -> bool:
    if len(secret) <= _PART_OF_ADDRESS:
        return secret in plain
    return any(secret[i : i + _PART_OF_ADDRESS] in plain for i in range(len(secret) - _PART_OF_ADDRESS + 1))


def at_desk(visits: Sequence[Any], moment: float, slack_s: float) -> set[str]:
    """The families that may be on screen at ``moment`` (epoch seconds); clocks and pictures may differ by ``slack_s``."""
    return {v.family_id for v in visits if v.began_at - slack_s <= moment <= v.ended_at + slack_s}
