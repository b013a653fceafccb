"""Mandarin readings of characters, without tones (pypinyin). Its tables take a quarter of a second to load: they come with the first question,
or with ``load`` before it."""

from __future__ import annotations


def readings(text: str, *, every: bool = False, umlaut: bool = False) -> list[list[str]]:
    """For each character of ``text`` its reading, or with ``every`` all of them; ``umlaut``: ü as ü instead of v. A character without any
    reading stands for itself."""
    from pypinyin import Style, pinyin

    return pinyin(text, style=Style.NORMAL, heteronym=every, v_to_u=umlaut)


def load() -> None:
    """Has the tables at hand. Parsing them is one call that keeps every other thread of the interpreter waiting for a tenth of a second: a
    program with a window does it before its window is there."""
    readings("一")
