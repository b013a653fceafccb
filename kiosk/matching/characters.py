"""Characters that are one another, might be one another, or only look like one another (domain.md §4.2, §4.7)."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

import opencc

_SEPARATORS = "·•・‧∙⋅．･●"
MIDDLE_DOT = "\u00b7"  # GB 18030 A1A4, the form ordered by the notice of 2016 (domain.md P17)
_SPACES = dict.fromkeys(map(ord, " \u3000\u00a0\t\r\n\u2002\u2003\u2009\u200b\ufeff"))

# Private-use codes that Python's gb18030 codec (2005 mapping) does not translate; GB 18030-2022 gives them standard characters.
_PRIVATE_USE = {
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE832: 0x9FB8,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE864: 0x9FBB,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE831: 0x215D7,
    0xE83B: 0x2298F,
    0xE855: 0x241FE,
}

# Rare spellings of a syllable that nobody is named with: they do not make 蘇/苏 and the like ambiguous.
_NOT_IN_NAMES = frozenset("囌箇剷嚐糰襬")

# Groups that a reader confuses (domain.md §4.7). A pair in one group is never told apart by a reading alone.
_LOOK_ALIKE_GROUPS = (
    "0OoQD〇○", "1lIi｜丨", "2Z", "5S", "6Gb", "7⁊", "8B", "9gq", "UV", "CG", "<K«", "38", "17",
    "己已巳", "未末", "土士", "日曰", "人入八", "大太犬", "戊戌戍戎", "千干于", "刀力", "王玉主", "午牛", "天夭", "免兔",
    "师帅", "一-—", "昂昴", "昇升", "晖辉", "佰伯", "祎袆", "泓洪", "婷停", "彬杉", "嵘蝾", "玥明", "煊喧渲暄", "钰玉", "菁青",
    "宸晨", "淼㵘", "喆哲", "垚㙓", "䶮龚龑", "栋拣陈", "座坐", "幢憧", "室宝", "苑范", "号吕",
)  # fmt: skip
_LOOK_ALIKE = frozenset(frozenset(pair) for group in _LOOK_ALIKE_GROUPS for pair in combinations(group, 2))


def fold_width(value: str) -> str:
    """Full-width Latin letters, digits and punctuation (U+FF01–FF5E) to half width; nothing else is touched."""
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in value)


def drop_spaces(value: str) -> str:
    return value.translate(_SPACES)


def unify_separator(value: str) -> str:
    """Every way of printing the dot inside a name becomes U+00B7."""
    return "".join(MIDDLE_DOT if c in _SEPARATORS else c for c in value)


def is_private_use(character: str) -> bool:
    return unicodedata.category(character) == "Co"


def from_private_use(value: str) -> str:
    """Codes U+E815–E864 (GBK FE50–FEA0) as the standard characters they stood for; other private-use codes stay."""
    return "".join(_standard(c) for c in value)


def _standard(character: str) -> str:
    code = ord(character)
    if code in _PRIVATE_USE:
        return chr(_PRIVATE_USE[code])
    if 0xE815 <= code <= 0xE864:
        byte = 0x50 + (code - 0xE815)
        byte += byte >= 0x7F  # the second byte of GBK skips 7F
        found = bytes([0xFE, byte]).decode("gb18030", errors="ignore")
        return found if len(found) == 1 and not is_private_use(found) else character
    return character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def simplified(character: str) -> str:
    """The simplified form of one character, one-to-many pairs included; good for addresses, too generous for names."""
    found = _converter().convert(character)
    return found if len(found) == 1 else character


def _in_traditional_use(character: str) -> bool:
    try:
        return len(character.encode("big5")) == 2
    except UnicodeEncodeError:
        return False


@cache
def _one_to_one() -> dict[str, str]:
    """Traditional → simplified where the simplified form has exactly one traditional form and is not itself an old character.

    陳→陈 and 蘇→苏 are in it; 於→于, 範→范 (old characters and surnames themselves), 鍾/鐘→钟 (two forms) are not.
    """
    sources: dict[str, list[str]] = {}
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        character = chr(code)
        target = simplified(character)
        if target != character and (_in_traditional_use(character)) and character not in _NOT_IN_NAMES:
            sources.setdefault(target, []).append(character)
    return {
        found[0]: target for target, found in sources.items() if len(found) == 1 and not _in_traditional_use(target)
    }


def simplify_one_to_one(value: str) -> str:
    """Only unambiguous traditional characters are simplified; the rest stay, for a person to judge."""
    table = _one_to_one()
    return "".join(table.get(c, c) for c in value)


@cache
def _traditional() -> dict[str, str]:
    return {target: source for source, target in _one_to_one().items()}


def traditional_one_to_one(value: str) -> str:
    """The inverse of ``simplify_one_to_one``: 陈试兰 → 陳試蘭."""
    table = _traditional()
    return "".join(table.get(c, c) for c in value)


def look_alike(left: str, right: str) -> bool:
    """True for two different characters of one confusion group."""
    return left != right and frozenset((left, right)) in _LOOK_ALIKE


def differ_only_in_look_alikes(left: str, right: str) -> bool:
    """Same length, different, and every difference is a pair that readers confuse."""
    return (
        len(left) == len(right)
        and left != right
        and all(a == b or look_alike(a, b) for a, b in zip(left, right, strict=True))
    )


def is_han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x33480 or character == "〇"


@cache
def _repertoire() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "reader_characters.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#"))) | {"〇"}


def unreadable_characters(value: str) -> str:
    """The Han characters of ``value`` for which the default recogniser has no class; it always reads something else there."""
    return "".join(c for c in value if is_han(c) and c not in _repertoire())
