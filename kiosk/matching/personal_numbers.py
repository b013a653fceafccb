"""Numbers of persons: resident ID (15/18), permits of Hong Kong, Macau and Taiwan residents, HK card, passports (domain.md §3.1, §4.3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kiosk.matching import characters as ch
from kiosk.matching import check_digits
from kiosk.matching.result import RECENT, Comparison, Normal, Verdict, judged, missing

_LETTER_TO_DIGIT = str.maketrans("OQDIlLZSBG", "0001112586")
_PUNCTUATION = re.compile(r"[\s\-‐‑–—−()（）\[\]【】〔〕·.]")
_HK_CARD = re.compile(r"([A-Z]{1,2}\d{6})([0-9A])")
_PERMIT = re.compile(r"([HM]\d{8})(\d{2})?")


@dataclass(frozen=True)
class NumberFacts:
    """What a number says about itself. ``problems`` are codes: format, date, check; ``advice`` what is lawful but worth a note."""

    normal: str
    problems: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    repaired: bool = False
    birth_date: date | None = None
    sex: str = ""  # 男 | 女

    @property
    def valid(self) -> bool:
        return not self.problems


@lru_cache(maxsize=RECENT)
def normal_number(value: str) -> Normal:
    """Half width, upper case, without blanks, hyphens and brackets."""
    steps: set[str] = set()
    out = unicodedata.normalize("NFKC", value)
    if "x" in out:
        steps.add("CASE_X")
    bare = unicodedata.normalize("NFKC", _PUNCTUATION.sub("", out))
    if out != value or bare != out:
        steps.add("WIDTH_OR_PUNCT")
    return Normal(unicodedata.normalize("NFKC", bare.upper()), frozenset(steps))


@lru_cache(maxsize=RECENT)
def resident_id_facts(value: str) -> NumberFacts:
    """Checks an 18- or 15-character resident ID number; a 15-digit one comes back upgraded to 18.

    Letters read for digits are repaired where the format fixes a digit, and only kept when the check character then agrees.
    The area code is not judged: it may be younger than its bearer, who registered late (domain.md §4.3).
    """
    number = normal_number(value).value
    if len(number) == 15 and number.isdigit():
        body = f"{number[:6]}19{number[6:]}"
        return _resident(body + check_digits.resident_id(body))
    if len(number) != 18:
        return NumberFacts(number, ("format",))
    body = number[:17].translate(_LETTER_TO_DIGIT)
    repaired = body != number[:17]
    if not body.isdigit() or not (number[17].isdigit() or number[17] == "X"):
        return NumberFacts(number, ("format",))
    facts = _resident(body + number[17])
    if repaired and not facts.valid:
        return NumberFacts(number, ("format",))
    if repaired:
        return NumberFacts(facts.normal, (), (), True, facts.birth_date, facts.sex)
    return facts


def _resident(number: str) -> NumberFacts:
    problems: list[str] = []
    born: date | None = None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        problems.append("date")
    if check_digits.resident_id(number[:17]) != number[17]:
        problems.append("check")
    sex = "男" if int(number[16]) % 2 else "女"
    return NumberFacts(number, tuple(problems), (), False, born, sex)


def hong_kong_id_valid(value: str) -> bool:
    found = _HK_CARD.fullmatch(normal_number(value).value)
    return bool(found) and check_digits.hong_kong_id(found[1]) == found[2]


def lifetime_number(value: str) -> str | None:
    """The part of a permit number that never changes: H/M and eight digits, or the eight digits of a Taiwan permit; else None."""
    number = normal_number(value).value
    found = _PERMIT.fullmatch(number)
    if found:
        return found[1]
    return number[:8] if number.isdigit() and len(number) in (8, 10) else None


def compare_ids(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """Any personal document number. One altered digit is a mismatch, whatever a similarity score would say."""
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = normal_number(declared), normal_number(printed)
    if left.value == right.value:
        return judged(Verdict.MATCH, left, right, "id.same")
    a, b = resident_id_facts(declared), resident_id_facts(printed)
    if a.valid and b.valid:
        return _compare_residents(a, b, left, right)
    if _is_permit_pair(left.value, right.value):
        if lifetime_number(declared) == lifetime_number(printed):
            return judged(Verdict.MATCH, left, right, "id.lifetime")
        return judged(Verdict.MISMATCH, left, right, "id.different")
    if from_reader and (_misread(right.value, b) or ch.differ_only_in_look_alikes(left.value, right.value)):
        return judged(Verdict.ASK, left, right, "id.misread")
    if "check" in a.problems and b.valid:
        return judged(Verdict.MISMATCH, left, right, "id.typing_error")
    return judged(Verdict.MISMATCH, left, right, "id.different")


def _compare_residents(a: NumberFacts, b: NumberFacts, left: Normal, right: Normal) -> Comparison:
    steps = {"REPAIRED"} if a.repaired or b.repaired else set()
    if 15 in (len(left.value), len(right.value)):
        steps.add("ID_15_TO_18")
    upgraded = Normal(a.normal, left.steps | steps), Normal(b.normal, right.steps)
    if a.normal == b.normal:
        return judged(Verdict.MATCH, *upgraded, "id.upgraded" if "ID_15_TO_18" in steps else "id.repaired")
    return judged(Verdict.MISMATCH, *upgraded, "id.different")


def _is_permit_pair(left: str, right: str) -> bool:
    """Both are permit numbers of one kind, and only one of them carries the issue count."""
    both_hm = _PERMIT.fullmatch(left) and _PERMIT.fullmatch(right)
    both_tw = all(n.isdigit() and len(n) in (8, 10) for n in (left, right))
    return bool(both_hm or both_tw)


def _misread(printed: str, facts: NumberFacts) -> bool:
    """What a machine read cannot stand on any card: wrong length for a number of its kind, or a wrong check character."""
    looks_resident = len(printed) in (16, 17, 18, 19) and sum(c.isdigit() for c in printed) >= 14
    return looks_resident and not facts.valid
