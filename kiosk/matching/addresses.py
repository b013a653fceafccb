"""Are two addresses the same flat? Judged part by part, never by similarity: 1502 and 1520 are different homes (domain.md §4.5)."""

from __future__ import annotations

import re

from kiosk.matching import characters as ch
from kiosk.matching.address_parts import Address, normal_address, parse_address
from kiosk.matching.result import Comparison, Verdict, judged, missing

_JUDGED = ("province", "city", "district", "road", "number", "estate", "phase", "building", "unit", "floor", "room")
_DOOR = ("phase", "building", "unit", "floor", "room")
# 光明, 龙华, 坪山 and 大鹏 were carved out of these two: an old paper still names the old district.
_CARVED_OUT = {"光明": "宝安", "龙华": "宝安", "坪山": "龙岗", "大鹏": "龙岗"}


def compare_addresses(
    declared: str, printed: str, *, from_reader: bool = False, number_agrees: bool = False
) -> Comparison:
    """``number_agrees``: the unit number or house code of the same flat was compared and is equal. It settles what the text leaves open;
    a text that names another flat all the same is a question.
    """
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = normal_address(declared), normal_address(printed)
    if left.value.removesuffix("室") == right.value.removesuffix("室"):
        return judged(Verdict.MATCH, left, right, "address.same")
    a, b = parse_address(declared), parse_address(printed)
    verdict, rule, part = _judge(a, b, from_reader)
    if verdict is Verdict.MISMATCH and _only_words_differ(left.value, right.value):
        verdict, rule = Verdict.ASK, "address.unclear_part"
    if number_agrees and verdict is Verdict.ASK:
        verdict, rule = Verdict.MATCH, "address.same_code"
    elif number_agrees and verdict is Verdict.MISMATCH:
        verdict, rule = Verdict.ASK, "address.code_against_text"
    return judged(verdict, left, right, rule, left=getattr(a, part, ""), right=getattr(b, part, ""))


_COUNTING_WORDS = re.compile(r"单元|[栋期梯层室号-]")


def _only_words_differ(one: str, other: str) -> bool:
    """The same names and numbers in the same order, only counted by other words: 3栋1502 and 3-1502."""
    return _skeleton(one) == _skeleton(other)


def _skeleton(value: str) -> str:
    return re.sub(r" +", " ", _COUNTING_WORDS.sub(" ", value)).strip()


def _judge(a: Address, b: Address, from_reader: bool) -> tuple[Verdict, str, str]:
    """(verdict, rule, the part it rests on)."""
    unclear: tuple[str, str] | None = None
    lacking: list[str] = []
    for part in _JUDGED:
        one, other = getattr(a, part), getattr(b, part)
        if one == other:
            continue
        if not one or not other:
            lacking.append(part)
        elif _undecidable(part, one, other, from_reader):
            unclear = unclear or ("address.unclear_part", part)
        elif part in _DOOR or part not in ("estate", "road") or _comparable(a, b):
            return Verdict.MISMATCH, "address.different_part", part
        else:
            unclear = unclear or ("address.unclear_part", part)
    if a.town and b.town and a.town != b.town:
        unclear = unclear or ("address.town_renamed", "town")  # sub-districts are renamed and split
    if unclear:
        rule, part = unclear
        return Verdict.ASK, rule, part
    if lacking and not _only_road_missing(a, b, lacking):
        return Verdict.ASK, "address.part_missing", lacking[0]
    return Verdict.MATCH, "address.same_parts", "room"


def _comparable(a: Address, b: Address) -> bool:
    """Road and estate are told apart reliably only when both addresses have the same set of the two."""
    return bool(a.road) == bool(b.road) and bool(a.estate) == bool(b.estate)


def _only_road_missing(a: Address, b: Address, lacking: list[str]) -> bool:
    """Building, room and estate agree, and only the road (with its number) is left out on one side."""
    sides = {bool(getattr(a, part)) for part in lacking}
    return (
        set(lacking) <= {"road", "number"}
        and "road" in lacking
        and len(sides) == 1
        and bool(a.estate and a.building and a.room)
    )


def _undecidable(part: str, one: str, other: str, from_reader: bool) -> bool:
    if part == "district":
        return _carved_out(one, other)
    if part in _DOOR or part == "number":
        return (
            _same_without_zeros(one, other)
            or _letter_for_digit(one, other)
            or _one_has_more_steps(one, other)
            or (from_reader and ch.differ_only_in_look_alikes(one, other))
        )
    return from_reader and (ch.differ_only_in_look_alikes(one, other) or other in one)


def _carved_out(one: str, other: str) -> bool:
    names = {one.removesuffix("区").removesuffix("新"), other.removesuffix("区").removesuffix("新")}
    return any({new, old} == names for new, old in _CARVED_OUT.items())


def _same_without_zeros(one: str, other: str) -> bool:
    return one.lstrip("0") == other.lstrip("0")


def _letter_for_digit(one: str, other: str) -> bool:
    """15B against 158: a letter where the other has the digit it looks like."""
    return ch.differ_only_in_look_alikes(one, other) and any(
        a != b and a.isdigit() != b.isdigit() for a, b in zip(one, other, strict=True)
    )


def _one_has_more_steps(one: str, other: str) -> bool:
    """A栋 against 1栋A栋, 1502 against 3-1502: one says more than the other, and what both say agrees."""
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and shorter.endswith("栋"):
        return True
    return longer.endswith(shorter) and longer[: -len(shorter)].endswith(("栋", "-"))


def difference(one: str, other: str) -> tuple[str, str]:
    """The two addresses from where they begin to differ, as a slip names them: ("3栋1502", "5栋1502")."""
    a, b = parse_address(one), parse_address(other)
    if any(getattr(a, part) != getattr(b, part) for part in _JUDGED if part not in _DOOR):
        return a.text, b.text
    return (a.door, b.door) if a.door and b.door else (a.text, b.text)
