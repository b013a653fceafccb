"""Numbers of businesses: unified social credit code (18) and the registration number before 2015 (15), domain.md §3.3."""

from __future__ import annotations

import re

from kiosk.matching import check_digits
from kiosk.matching.personal_numbers import normal_number
from kiosk.matching.result import Comparison, Normal, Verdict, judged, missing

_USCC = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_USCC_REPAIR = str.maketrans("OIZSV", "01 5U".replace(" ", "2"))
_DIGIT_REPAIR = str.maketrans("OQDIlZSBG", "000112586")


def business_number_problems(value: str) -> tuple[str, ...]:
    """() for a well-formed number, else codes: format, check. Some genuine credit codes fail the check: ask, never reject."""
    number = normal_number(value).value
    if len(number) == 15 and number.isdigit():
        return () if check_digits.registration_number(number[:14]) == number[14] else ("check",)
    if _USCC.fullmatch(number):
        return () if check_digits.credit_code(number[:17]) == number[17] else ("check",)
    return ("format",)


def compare_business_numbers(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """Equal numbers match; a number of the other kind (15 against 18) is a question, and so is a credit code, or a machine's reading of
    either kind, that fails its own check: a few genuine ones do. (Equal numbers that fail it are for X-CHECKDIGIT.)
    """
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = _repaired(declared), _repaired(printed)
    if left.value == right.value:
        return judged(Verdict.MATCH, left, right, "business.same")
    if len(left.value) != len(right.value) and {len(left.value), len(right.value)} == {15, 18}:
        return judged(Verdict.ASK, left, right, "business.other_kind")
    fails = [len(n.value) for n in (left, right) if business_number_problems(n.value)]
    if 18 in fails or (from_reader and fails):
        return judged(Verdict.ASK, left, right, "business.check_fails")
    return judged(Verdict.MISMATCH, left, right, "business.different")


def _repaired(value: str) -> Normal:
    """Letters that the format excludes become the digits they look like, if the check character then agrees."""
    normal = normal_number(value)
    if not business_number_problems(normal.value):
        return normal
    table = _USCC_REPAIR if len(normal.value) == 18 else _DIGIT_REPAIR
    candidate = normal.value.translate(table)
    if candidate != normal.value and not business_number_problems(candidate):
        return Normal(candidate, normal.steps | {"REPAIRED"})
    return normal
