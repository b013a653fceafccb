"""Dates as papers print them (domain.md §4.4). Never a time zone, never a guess at a lunar date."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from kiosk.matching.numerals import number_value
from kiosk.matching.result import RECENT, Comparison, Normal, Verdict, judged, missing

LONG_TERM = "9999-12-31"  # 长期: no expiry; later than every desk day
_MONTHS = {
    m: i
    for i, m in enumerate(["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], start=1)
}
_DIGIT = "0-9〇零○一二三四五六七八九十百廿卅元壹贰叁肆伍陆柒捌玖拾佰貳參陸"
_CHINESE = re.compile(rf"(民[国國])?([{_DIGIT}]+)年([{_DIGIT}]+)月([{_DIGIT}]+)(?:[日号號](?:\d.*|出?生)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]?\d{1,2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_PASSPORT = re.compile(r"(\d{1,2})([A-Z]{3})(?:/[A-ZÀ-ÿÛÉ]{3,4})?(\d{4}|\d{2})")


@lru_cache(maxsize=RECENT)
def parse_date(value: str, *, two_digit_year_up_to: int = 49) -> date | None:
    """The calendar day, or None when the text is not certainly one day (lunar 正月, 30 February, nonsense).

    ``two_digit_year_up_to``: passport years 00…this become 20xx, the others 19xx.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value)).upper().rstrip(".。")
    if text == "长期" or text == "長期":
        return date.fromisoformat(LONG_TERM)
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    found = _CHINESE.fullmatch(text)
    if found:
        parts = [number_value(p) for p in (found[2], found[3], found[4])]
        year, month, day = (p if p is not None else 0 for p in parts)
        return _day(year + 1911 if found[1] else year, month, day)
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return _day(int(found[3]), int(found[2]), int(found[1]))
    found = _PASSPORT.fullmatch(text)
    if found and found[2] in _MONTHS:
        year = int(found[3])
        if len(found[3]) == 2:
            year += 2000 if year <= two_digit_year_up_to else 1900
        return _day(year, _MONTHS[found[2]], int(found[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if year < 1000:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def compare_dates(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """The same calendar day in any writing; what is no certain day is a question."""
    blank = missing(declared, printed)
    if blank:
        return blank
    a, b = parse_date(declared), parse_date(printed)
    left, right = _normal(declared, a), _normal(printed, b)
    if a is None or b is None:
        return judged(Verdict.ASK, left, right, "date.unclear")
    if a == b:
        return judged(Verdict.MATCH, left, right, "date.same")
    return judged(Verdict.MISMATCH, left, right, "date.different")


def _normal(value: str, parsed: date | None) -> Normal:
    if parsed is None:
        return Normal(value.strip())
    iso = parsed.isoformat()
    return Normal(iso, frozenset({"DATE_STYLE"}) if iso != value else frozenset())
