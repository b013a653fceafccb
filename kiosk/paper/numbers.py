"""Numbers of papers and the way document numbers appear on them."""

from __future__ import annotations

import re

_PART = re.compile(r"[0-9A-Z]+")


def paper_no(pack: str, school: str, desk: str, counter: int) -> str:
    """A number that no other desk can make, without asking anybody: ``NS2014-X01-02-000123``.

    Pack, school and desk are unique together by enrolment; ``counter`` is the desk's own, from 1, never reused (also not
    after an undo). Six digits at least; it grows beyond them rather than wrap round. Raises ValueError for parts that are
    not letters and digits; letters become capitals.
    """
    pack, school, desk = pack.upper(), school.upper(), desk.upper()
    for part in (pack, school, desk):
        if not _PART.fullmatch(part):
            raise ValueError(f"a paper number is made of capitals and digits, not {part!r}")
    if counter < 1:
        raise ValueError("the counter of a desk's papers begins at 1")
    return f"{pack}-{school}-{desk}-{counter:06d}"


def mask_document_number(number: str) -> str:
    """The number with its middle starred: first 6 and last 4 of a resident number (GB/T 35273), first and last 2 of a short one.

    A permit of 8 to 11 characters would keep too much with 6 + 4, so numbers under 14 characters show only 2 + 2.
    """
    number = number.strip()
    head, tail = (6, 4) if len(number) >= 14 else (2, 2)
    if len(number) < 6:  # no document has so short a number; never show most of it
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
