"""The forms in which a paper may print a declared value: the hypotheses a reader scores (recognition by hypothesis, design.md §4).

Every form is a ``match`` of the value under the comparator of its field class, which is checked here before it is given away; so one
altered digit or a look-alike character can never be among them. The value itself is always first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product

from kiosk.matching import characters as ch
from kiosk.matching.address_parts import normal_address
from kiosk.matching.certificates import normal_certificate, parse_certificate
from kiosk.matching.compare import BY_FIELD_CLASS, compare
from kiosk.matching.dates import LONG_TERM, parse_date
from kiosk.matching.latin import normal_latin
from kiosk.matching.numerals import chinese_digits, chinese_number
from kiosk.matching.personal_numbers import lifetime_number, normal_number, resident_id_facts
from kiosk.matching.result import Verdict

MOST_FORMS = 24
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_SHENZHEN_DISTRICTS = re.compile(r"(?:罗湖|福田|南山|盐田|宝安|龙岗|龙华|坪山|光明|大鹏)新?区")
_LATIN_NAME = re.compile(r"[A-ZÀ-ÿ][A-ZÀ-ÿ ,.'’-]*", re.IGNORECASE)
_FULL_WIDTH_BRACKETS = str.maketrans("()", "（）")


@lru_cache(maxsize=4096)
def printed_forms(field_class: str, value: str) -> tuple[str, ...]:
    """At most MOST_FORMS forms of ``value``, likeliest first after the value itself.

    ``field_class``: id | cert | name | address | date | other. Raises KeyError for another class.
    """
    comparator = BY_FIELD_CLASS[field_class]
    if comparator == "name" and _LATIN_NAME.fullmatch(value):
        comparator = "latin_name"
    forms = {value: None}
    for form in _MAKERS[field_class](value):
        if len(forms) == MOST_FORMS:
            break
        if form and form not in forms and compare(comparator, value, form).verdict is Verdict.MATCH:
            forms[form] = None
    return tuple(forms)


def _of_number(value: str) -> Iterator[str]:
    normal = normal_number(value).value
    facts = resident_id_facts(value)
    if facts.valid:
        yield facts.normal
        if facts.normal[6:8] == "19":
            yield facts.normal[:6] + facts.normal[8:17]  # first-generation cards and papers made from them
        return
    lifetime = lifetime_number(value)
    if lifetime:
        yield lifetime  # the issue count is printed apart
    yield normal
    yield value.translate(_FULL_WIDTH_BRACKETS)


def _of_certificate(value: str) -> Iterator[str]:
    normal = normal_certificate(value).value
    yield normal
    yield normal.translate(_FULL_WIDTH_BRACKETS)
    parsed = parse_certificate(value)
    if parsed.kind == "contract":
        other = normal.replace(")第", ")") if ")第" in normal else re.sub(r"\)(?=\d+号?$)", ")第", normal)
        yield other
        yield other.translate(_FULL_WIDTH_BRACKETS)
    elif parsed.kind == "marriage":
        head, area, year = parsed.parts
        yield f"{head}{area}-{year}-{parsed.serial}"
        yield f"{head}{area}{year}{parsed.serial}"


def _of_name(value: str) -> Iterator[str]:
    if _LATIN_NAME.fullmatch(value):
        yield from _of_latin_name(value)
        return
    standard = ch.unify_separator(ch.drop_spaces(ch.from_private_use(value)))
    yield standard
    yield from (standard.replace(ch.MIDDLE_DOT, dot) for dot in "•．・" if ch.MIDDLE_DOT in standard)
    traditional = ch.traditional_one_to_one(standard)
    yield traditional
    yield from (traditional.replace(ch.MIDDLE_DOT, dot) for dot in "•．・" if ch.MIDDLE_DOT in traditional)
    if len(standard) == 2:
        yield f"{standard[0]}　{standard[1]}"
        yield f"{traditional[0]}　{traditional[1]}"


def _of_latin_name(value: str) -> Iterator[str]:
    """Hong Kong cards set a comma behind the surname, which may have two words (AU YEUNG)."""
    words = normal_latin(value).value.split()
    yield " ".join(words)
    for surname in range(1, min(len(words), 3)):
        yield f"{' '.join(words[:surname])}, {' '.join(words[surname:])}"


def _of_address(value: str) -> Iterator[str]:
    """The ways an address may differ: who it begins with, how its numbers and counting words are written, how it ends.

    The fewer of these differ from canonical writing, and the more usual the difference, the earlier the form.
    """
    canonical = normal_address(value).value
    prefixes = ("", "深圳市", "广东省深圳市") if _SHENZHEN_DISTRICTS.match(canonical) else ("",)
    if value.startswith("广东省") and not _SHENZHEN_DISTRICTS.match(canonical):
        prefixes = ("广东省", "")
    bare = canonical.removesuffix("室")
    ends = ("", "室", "房") if bare != canonical else ("",)
    named = _with_numerals(bare, "组|坊|巷")
    chinese = _with_numerals(named, "栋|单元")
    styles = dict.fromkeys(
        (
            named,  # 西一坊12栋: a lane's number is part of its name …
            bare,  # … yet it is also written 西1坊12栋
            named.replace("栋", "幢"),
            named.replace("号", "號"),
            chinese,
            named.replace("栋", "座"),
            bare.replace("栋", "幢"),
            chinese.replace("栋", "幢"),
        )
    )
    ways = product(enumerate(styles), enumerate(prefixes), enumerate(ends))
    for (_, style), (_, prefix), (_, end) in sorted(ways, key=lambda way: sum(rank for rank, _ in way)):
        yield f"{prefix}{style}{end}"


def _with_numerals(address: str, words: str) -> str:
    """Numbers up to 99 before these counting words in Chinese numerals."""
    return re.sub(rf"(?<![0-9])([1-9]\d?)(?={words})", lambda found: chinese_number(int(found[1])), address)


def _of_date(value: str) -> Iterator[str]:
    day = parse_date(value)
    if day is None:
        return
    if day.isoformat() == LONG_TERM:
        yield "长期"
        return
    yield from _styles_of_day(day)


def _styles_of_day(day: date) -> Iterator[str]:
    y, m, d = day.year, day.month, day.day
    yield f"{y}年{m}月{d}日"
    yield f"{y}年{m:02}月{d:02}日"
    yield f"{y}.{m:02}.{d:02}"
    yield f"{y}-{m:02}-{d:02}"
    yield f"{y} 年 {m} 月 {d} 日"
    yield f"{y} 年 {m:02} 月 {d:02} 日"
    yield f"{y}/{m:02}/{d:02}"
    yield f"{y}.{m}.{d}"
    yield f"{y}-{m}-{d}"
    yield f"{y}/{m}/{d}"
    yield f"{y}{m:02}{d:02}"
    for year in (
        chinese_digits(str(y)),
        chinese_digits(str(y)).replace("〇", "○"),
        chinese_digits(str(y)).replace("〇", "零"),
    ):
        yield f"{year}年{chinese_number(m)}月{chinese_number(d)}日"
    yield f"{d:02}-{m:02}-{y}"
    yield f"{d:02}.{m:02}.{y}"
    yield f"{d:02} {_MONTHS[m - 1]} {y}"
    if 1950 <= y <= 2049:
        yield f"{d:02} {_MONTHS[m - 1]} {y % 100:02}"


def _of_text(value: str) -> Iterator[str]:
    yield ch.drop_spaces(value)
    yield value.translate(_FULL_WIDTH_BRACKETS)
    yield ch.fold_width(value)
    yield ch.traditional_one_to_one(value)


_MAKERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "id": _of_number,
    "cert": _of_certificate,
    "name": _of_name,
    "address": _of_address,
    "date": _of_date,
    "other": _of_text,
}
