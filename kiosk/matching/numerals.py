"""Chinese numerals where papers use them: dates, buildings, groups. Never applied to a whole address (五一路 is a name)."""

from __future__ import annotations

_DIGITS = {
    **{c: i for i, c in enumerate("〇一二三四五六七八九")},
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{"○": 0, "两": 2, "貳": 2, "參": 3, "陸": 6, "元": 1},
}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30}
_HUNDREDS = {"百": 100, "佰": 100}
NUMERALS = "".join((*_DIGITS, *_TENS, *_HUNDREDS))


def number_value(text: str) -> int | None:
    """123, 一二三 (digit by digit), 十二, 二十三, 廿一, 一百零三 → int; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _composed(text)


def _composed(text: str) -> int | None:
    total, pending = 0, None
    largest = 1000
    for c in text:
        unit = _TENS.get(c) or _HUNDREDS.get(c)
        if unit:
            weight = 100 if c in _HUNDREDS else 10
            if weight >= largest:
                return None
            largest = weight
            total += unit * (1 if pending is None or unit in (20, 30) else pending)
            pending = None
        elif c in _DIGITS and (pending is None or pending == 0):
            pending = _DIGITS[c]
        else:
            return None
    return None if not text else total + (pending or 0)


def chinese_number(value: int) -> str:
    """1–99 as spoken: 十二, 二十三. ValueError outside."""
    if not 1 <= value <= 99:
        raise ValueError(f"only 1 to 99 are written out, not {value}")
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def chinese_digits(value: str) -> str:
    """2018 → 二〇一八."""
    return "".join("〇一二三四五六七八九"[int(c)] for c in value)
