"""Mandarin readings of characters, without tones (pypinyin). Its tables take a tenth of a second to load: they come with the first question,
or with ``load`` before it.

Character by character: the library's tables of 47 000 words and idioms tell nothing about a person's name, triple the time to load and may
read a name as the idiom that it resembles. They stay away (PYPINYIN_NO_PHRASES, as its manual describes).
"""

from __future__ import annotations

import os


def readings(text: str, *, every: bool = False, umlaut: bool = False) -> list[list[str]]:
    """For each character of ``text`` its reading, or with ``every`` all of them; ``umlaut``: ü as ü instead of v. A character without any
    reading stands for itself."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    return pinyin(text, style=Style.NORMAL, heteronym=every, v_to_u=umlaut)


def load() -> None:
    """Has the tables at hand. Loading them keeps every other thread of the interpreter waiting: a program with a window does it before
    somebody works there."""
    readings("一")
