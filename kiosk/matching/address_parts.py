"""A Chinese address taken apart (domain.md §4.5): province … building, unit, room. Numbers stay what they are: text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kiosk.matching import characters as ch
from kiosk.matching.numerals import NUMERALS, number_value
from kiosk.matching.result import RECENT, Normal

# Numerals are read only before these words: 五一路 and 一方花园 are names.
_COUNTED = re.compile(rf"([{NUMERALS}]+)(?=[号栋幢座期层楼室房巷坊组]|单元)")
# A row of bare digits before these words is as likely a name (五一巷): only composed numerals (十二) and single ones count.
_NAMES_BEFORE = "巷坊组"
_BUILDING = re.compile(r"(?<=[0-9A-Z])(?:号楼|#楼|#栋|#|幢|座)")
_ROOM_WORDS = re.compile(r"(?<=[0-9A-Z])(?:号房|房|户)$")
_ROOM_NUMBER = re.compile(r"(?<=[栋元梯层期])([0-9A-Z-]+)号$")
_BARE_ROOM = re.compile(r"(?<=[栋元梯层期号])([0-9A-Z]+(?:-[0-9A-Z]+)*)$")
_PROVINCE = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,8}?自治区|(?:北京|上海|天津|重庆)市)")
_CITY = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:自治州|地区|盟|市)")
_NOT_A_DISTRICT = r"(?<![小社园校片新厂工业开发东西南北中前后住宅花山])"
_SHENZHEN = ["罗湖", "福田", "南山", "盐田", "宝安", "龙岗", "龙华", "坪山", "光明", "大鹏"]
_DISTRICT = re.compile(
    rf"^(?:(?:{'|'.join(_SHENZHEN)})(?:新区|区)|[\u4e00-\u9fff]{{1,6}}?(?:{_NOT_A_DISTRICT}区|自治县|县|旗|市))"
)
# Without its province a city is told from a district by the district that follows it: 广州市天河区, but 虚构市样本镇.
_CITY_AND_DISTRICT = re.compile(rf"^([\u4e00-\u9fff]{{2,5}}市)(?=[\u4e00-\u9fff]{{1,6}}?{_NOT_A_DISTRICT}(?:区|县))")
_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,8}?(?:街道办事处|街道|镇|乡)(?=.)")
_COMMUNITY = re.compile(r"^[\u4e00-\u9fff]{1,10}?(?:社区|居委会|村委会)(?=.)")
_ROAD = re.compile(r"^(.+?(?:大道|大街|路|街|道|巷|胡同|里弄|弄)(?![\u4e00-\u9fff]*?(?:路|街)\d))((?:\d+(?:-\d+)*)号)?")
_TAIL = re.compile(
    r"^(?P<estate>.*?)(?P<phase>[0-9A-Z]+期)?(?P<building>(?:[0-9A-Z]+栋)+)?(?P<unit>[0-9A-Z]+(?:单元|梯))?"
    r"(?P<floor>[0-9A-Z]+层)?(?P<room>[0-9A-Z]+(?:-[0-9A-Z]+)*室)?$"
)


@dataclass(frozen=True)
class Address:
    """Parts in canonical writing, "" where the text has none. ``text`` is the whole in canonical writing."""

    text: str
    province: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    community: str = ""
    road: str = ""
    number: str = ""
    estate: str = ""
    phase: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""

    @property
    def door(self) -> str:
        """Building to room, as a slip names it: 3栋1502."""
        return f"{self.phase}{self.building}{self.unit}{self.floor}{self.room}".removesuffix("室")


@lru_cache(maxsize=RECENT)
def normal_address(value: str) -> Normal:
    """Canonical writing: widths, simplified characters, digits before counting words, 栋 for every building word, …室."""
    steps: set[str] = set()

    def step(code: str, before: str, after: str) -> str:
        if before != after:
            steps.add(code)
        return after

    out = step("WIDTH", value, unicodedata.normalize("NFKC", value))
    out = step("TRAD_TO_SIMP", out, "".join(ch.simplified(c) for c in out))
    out = step("CASE", out, out.upper())
    out = step("SPACES_REMOVED", out, _drop_punctuation(out))
    out = step("CN_NUMERALS", out, _COUNTED.sub(_as_digits, out))
    out = step("BUILDING_WORD", out, _BUILDING.sub("栋", out))
    out = re.sub(r"(?<=[0-9A-Z])楼(?=[0-9A-Z])", "层", out)
    out = re.sub(r"第(?=[0-9A-Z]+(?:栋|期|单元|层))", "", out)
    out = step("ROOM_WORD", out, _room_word(out))
    out = step("PREFIX_DROPPED", out, _drop_prefix(out))
    return Normal(out, frozenset(steps))


def _as_digits(found: re.Match[str]) -> str:
    text, following = found[1], found.string[found.end() : found.end() + 1]
    value = number_value(text)
    if value is None or (following in _NAMES_BEFORE and len(text) > 1 and not set(text) & set("十拾廿卅百佰")):
        return text
    return str(value)


def _drop_punctuation(value: str) -> str:
    value = re.sub(r"[‐‑–—−－]", "-", value)
    value = re.sub(r"(?<![0-9A-Z])-|-(?![0-9A-Z])", "", value)
    return re.sub(r"[^\w#-]|_", "", value)


def _room_word(value: str) -> str:
    value = _ROOM_WORDS.sub("室", value)
    value = _ROOM_NUMBER.sub(r"\1室", value)
    return _BARE_ROOM.sub(r"\1室", value)


def _drop_prefix(value: str) -> str:
    """广东省 and 深圳市 are optional; the province of another city stays part of its address."""
    return re.sub(r"^广东省(?:深圳市)?|^深圳市", "", value)


@lru_cache(maxsize=RECENT)
def parse_address(value: str) -> Address:
    """The parts of an address. What cannot be told apart stays together in ``estate``; nothing is lost."""
    rest = text = normal_address(value).value
    heads: dict[str, str] = {}
    for name, pattern in (("province", _PROVINCE), ("city", _CITY), ("district", _DISTRICT), ("town", _TOWN)):
        found = pattern.match(rest)
        if found and name == "city" and not heads.get("province"):
            found = _CITY_AND_DISTRICT.match(rest)
        if found:
            heads[name] = found[1] if name == "city" and found.re is _CITY_AND_DISTRICT else found[0]
            rest = rest[len(heads[name]) :]
    found = _COMMUNITY.match(rest)
    if found:
        heads["community"] = found[0]
        rest = rest[found.end() :]
    found = _ROAD.match(rest)
    if found:
        heads["road"], heads["number"] = found[1], found[2] or ""
        rest = rest[found.end() :]
    tail = _TAIL.match(rest)
    parts = {k: v or "" for k, v in tail.groupdict().items()} if tail else {"estate": rest}
    return Address(text, **heads, **parts)
