"""Characters that a picture often cannot tell apart (domain.md §4.7, measured with PP-OCRv6 small)."""

from __future__ import annotations

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
)


def look_alikes(character: str) -> frozenset[str]:
    """Every character of the sets above that shares a set with this one."""
    found = {c for group in LOOK_ALIKE_SETS if character in group for c in group}
    return frozenset(found - {character})


def inseparable_from(character: str) -> frozenset[str]:
    found = {c for group in INSEPARABLE_SETS if character in group for c in group}
    return frozenset(found - {character})
