"""Shares of a title, counts of months, and plain text."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from kiosk.matching import characters as ch
from kiosk.matching.numerals import NUMERALS, number_value
from kiosk.matching.result import Comparison, Normal, Verdict, judged, missing


def parse_share(value: str | float | int) -> Fraction | None:
    """Per cent as a Fraction: "51", "51%", "1/2" and 二分之一 → 50, 百分之五十一. None when it is no share of 0–100, and for a bare
    decimal below one, which may mean either.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value)))
    spoken = re.fullmatch(rf"([0-9{NUMERALS}]+)分之([0-9{NUMERALS}]+)", text)
    if spoken:
        parts = number_value(spoken[2]), number_value("100" if spoken[1] == "百" else spoken[1])
        text = f"{parts[0]}/{parts[1]}"
    if re.fullmatch(r"0?\.\d+", text):
        return None
    found = re.fullmatch(r"(\d+)[/⁄](\d+)", text)
    try:
        share = Fraction(int(found[1]) * 100, int(found[2])) if found else Fraction(text.rstrip("%"))
    except (ValueError, ZeroDivisionError):
        return None
    return share if 0 <= share <= 100 else None


def compare_shares(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    blank = missing(declared, printed)
    if blank:
        return blank
    a, b = parse_share(declared), parse_share(printed)
    left, right = Normal(declared if a is None else str(a)), Normal(printed if b is None else str(b))
    if a is None or b is None:
        return judged(Verdict.ASK, left, right, "share.unclear")
    return judged(
        Verdict.MATCH if a == b else Verdict.MISMATCH, left, right, "share.same" if a == b else "share.different"
    )


def compare_months(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """Counts of months, with or without 个月."""
    blank = missing(declared, printed)
    if blank:
        return blank
    a, b = _months(declared), _months(printed)
    left, right = Normal(declared if a is None else str(a)), Normal(printed if b is None else str(b))
    if a is None or b is None:
        return judged(Verdict.ASK, left, right, "months.unclear")
    return judged(
        Verdict.MATCH if a == b else Verdict.MISMATCH, left, right, "months.same" if a == b else "months.different"
    )


def _months(value: str) -> int | None:
    found = re.fullmatch(r"(\d+)(?:个?月)?", re.sub(r"\s", "", unicodedata.normalize("NFKC", value)))
    return int(found[1]) if found else None


def normal_text(value: str) -> Normal:
    out = unicodedata.normalize("NFKC", re.sub(r"[\s\u3000]", "", unicodedata.normalize("NFKC", value)))
    steps = {"WIDTH_OR_PUNCT"} if out != value else set()
    simple = ch.simplify_one_to_one(out)
    if simple != out:
        steps.add("TRAD_TO_SIMP")
    return Normal(unicodedata.normalize("NFKC", simple.upper()), frozenset(steps))


def compare_texts(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """Names of businesses and other short texts: equal after widths, blanks and unambiguous traditional characters."""
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = normal_text(declared), normal_text(printed)
    if left.value == right.value:
        return judged(Verdict.MATCH, left, right, "text.same")
    if "".join(map(ch.simplified, left.value)) == "".join(map(ch.simplified, right.value)):
        return judged(Verdict.ASK, left, right, "name.one_to_many")
    if from_reader and ch.differ_only_in_look_alikes(left.value, right.value):
        return judged(Verdict.ASK, left, right, "name.look_alike")
    return judged(Verdict.MISMATCH, left, right, "text.different")


def compare_numbers(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """Opaque numbers (insurance number, house code): the same characters, or not."""
    blank = missing(declared, printed)
    if blank:
        return blank
    left = Normal(re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", declared)).upper())
    right = Normal(re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", printed)).upper())
    if left.value == right.value:
        return judged(Verdict.MATCH, left, right, "number.same")
    if from_reader and (ch.differ_only_in_look_alikes(left.value, right.value) or len(left.value) != len(right.value)):
        return judged(Verdict.ASK, left, right, "number.misread")
    return judged(Verdict.MISMATCH, left, right, "number.different")
