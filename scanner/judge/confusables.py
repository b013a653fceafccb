"""Characters that a picture often cannot tell apart.

Three sources: the sets of domain.md §4.7, and ``data/look_alikes.txt``, measured character by character by
``benchmarks/look_alikes.py``: what the recogniser reads where a rare character is printed, and how sure it is of it; and ``data/visual_twins.txt``,
whose blurred pictures are nearly the same (``training/visual_twins.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

DIGITS = "0123456789"

LOOK_ALIKE_SETS: tuple[str, ...] = (
    "0OQD〇",
    "1LI丨7T",
    "2Z",
    "5S",
    "6GB8",
    "8B3",
    "9GQ",
    "UV",
    "CG",
    "MN",
    "己已巳",
    "未末",
    "土士",
    "日曰目",
    "人入八",
    "大太犬",
    "戊戌戍戎",
    "千干于",
    "刀力",
    "王玉主",
    "午牛",
    "天夭",
    "免兔",
    "师帅",
    "一-",
    "昂昴",
    "昇升",
    "晖辉",
    "佰伯",
    "祎袆",
    "泓洪",
    "婷停",
    "彬杉",
    "嵘蝾",
    "玥明",
    "煊喧渲暄",
    "钰玉",
    "菁青",
    "宸晨",
    "淼㵘",
    "喆哲",
    "垚㙓",
    "䶮龚龑",
    "頔𬱖",
    "栋拣陈",
    "座坐",
    "幢憧",
    "室宝",
    "苑范",
    "号吕",
)

# Strokes so alike that a name's reading says nothing about which one is printed.
INSEPARABLE_SETS: tuple[str, ...] = (
    "己已巳",
    "未末",
    "昇升",
    "曰日",
    "戊戌戍",
    "免兔",
    "祎袆",
    "土士",
    "淼㵘",
    "䶮龚",
    "頔𬱖",
    "垚㙓",
    "蘧䕖",
    "蠟𫚭",
    "丰𰀁",
)


# A reading that was this sure of the wrong character once may be so again: no certainty settles it.
NEVER_SURE = 0.97
# Otherwise the reading must be surer than the wrong one ever was: its doubt this many times smaller.
DOUBT_FACTOR = 8.0
CLEAR = 0.999  # no more is asked for against a character that is itself read well as a rule
NEVER = 2.0  # more than any certainty

DATA = Path(__file__).parent / "data" / "look_alikes.txt"
TWINS = Path(__file__).parent / "data" / "visual_twins.txt"


@cache
def look_alikes(character: str) -> frozenset[str]:
    """Every character that shares a set above with this one, or whose blurred picture is nearly the same."""
    found = {c for group in LOOK_ALIKE_SETS if character in group for c in group} | _visual_twins().get(
        character, set()
    )
    return frozenset(found - {character})


@cache
def _visual_twins() -> dict[str, set[str]]:
    """Character → those it is easily taken for, both ways."""
    twins: dict[str, set[str]] = {}
    for line in TWINS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        character, others = line.split(" ", 1)
        for other in others:
            twins.setdefault(character, set()).add(other)
            twins.setdefault(other, set()).add(character)
    return twins


@cache
def inseparable_from(character: str) -> frozenset[str]:
    """Those whose print may be read as this one, or this one's as them, with any certainty."""
    found = {c for group in INSEPARABLE_SETS if character in group for c in group}
    found |= {right for right, certainty in _read_as(character).items() if certainty >= NEVER_SURE}
    found |= _readings_of(character)
    return frozenset(found - {character})


@cache
def least_certainty(character: str, but: str = "") -> float:
    """The certainty below which this character in a name may be another's print, 0 where nothing is known against it.

    ``but``: characters whose print is told apart in another way.
    """
    least = 0.0
    for printed, certainty in _read_as(character).items():
        if printed in but:
            continue
        never = certainty >= NEVER_SURE and not _everyday(printed)
        least = max(least, NEVER if never else min(1 - (1 - certainty) / DOUBT_FACTOR, CLEAR))
    return least


def _read_as(reading: str) -> dict[str, float]:
    """Printed characters that were read as this one, with the greatest certainty."""
    return _measured().get(reading, {})


def _everyday(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _readings_of(printed: str) -> set[str]:
    return _readings().get(printed, set())


@cache
def _measured() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for reading, printed, certainty in measured_pairs():
        found.setdefault(reading, {})[printed] = certainty
    return found


@cache
def _readings() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for reading, printed, _ in measured_pairs():
        found.setdefault(printed, set()).add(reading)
    return found


def measured_pairs() -> Iterator[tuple[str, str, float]]:
    """(what is read, what is printed there, the greatest certainty)."""
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            reading, printed, certainty = line.split()
            yield reading, printed, float(certainty)
