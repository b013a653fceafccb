"""The fake desk in the other languages: its sentences are Chinese, a real desk's come from the catalogues.

A sentence the catalogues know is left to them. Any other Chinese text of a snapshot is put into the language: Traditional by its
characters, English as Pinyin, which is as long as English is and certainly not Chinese on the screen. What belongs to the papers
and to the place (names, addresses, numbers, the school) stays as it is and is what ``own_values`` names.
"""

from __future__ import annotations

import dataclasses
import re
from functools import lru_cache
from typing import Any

import opencc
from pypinyin import lazy_pinyin

from kiosk.texts import Text, catalogue

OWN = frozenset(
    [
        "declared",
        "read",
        "child",
        "child_masked",
        "who",
        "school",
        "desk",
        "staff",
        "staff_name",
        "staff_no",
        "application_no",
        "query",
        "paper_no",
        "pdf_path",
        "pack",
        "crop_jpeg",
        "page_jpeg",
        "visit",
    ]
)
"""Fields of snapshots that hold values of papers, people and places, in whatever script they are written."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKS = str.maketrans("，。：；、（）“”？！《》", ',.:;,()""?!""')


def in_language(node: Any, language: str) -> Any:
    """The snapshot as the desk would give it to a window that speaks ``language``."""
    if language == "zh_CN":
        return node
    if isinstance(node, Text):
        return _text(node, language)
    if isinstance(node, tuple):
        return tuple(_value(part, language) for part in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        changes = {
            field.name: _value(getattr(node, field.name), language)
            for field in dataclasses.fields(node)
            if field.init and not (field.name in OWN and isinstance(getattr(node, field.name), str | bytes))
        }
        return dataclasses.replace(node, **changes)
    return node


def _value(value: Any, language: str) -> Any:
    plain = isinstance(value, str) and type(value) is str
    return translated(value, language) if plain else in_language(value, language)


def _text(sentence: Text, language: str) -> Text:
    if sentence.key in catalogue("zh_CN"):
        return Text(sentence.key, {k: in_language(v, language) for k, v in sentence.params.items()})
    return Text(translated(sentence.key, language).replace("{", "(").replace("}", ")"))


@lru_cache(maxsize=4096)
def translated(sentence: str, language: str) -> str:
    if not _HAN.search(sentence):
        return sentence
    if language == "zh_TW":
        return traditional(sentence)
    syllables = lazy_pinyin(sentence.translate(_MARKS))
    words = ["".join(syllables[place : place + 3]) for place in range(0, len(syllables), 3)]
    return " ".join(words).capitalize()


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")


def traditional(sentence: str) -> str:
    return _converter().convert(sentence)


def own_values(node: Any) -> set[str]:
    """Everything in a snapshot that stays as the paper has it."""
    if isinstance(node, tuple):
        return set().union(*(own_values(part) for part in node))
    if isinstance(node, Text) or not dataclasses.is_dataclass(node) or isinstance(node, type):
        return set()
    found: set[str] = set()
    for field in dataclasses.fields(node):
        value = getattr(node, field.name)
        if isinstance(value, str) and field.name in OWN and value:
            found.add(value)
        else:
            found |= own_values(value)
    return found


def simplified_only(text: str) -> set[str]:
    """Characters that Traditional Chinese does not use: not in its code page, and with a traditional form of their own."""
    return {c for c in text if _HAN.match(c) and not _in_big5(c) and _converter().convert(c) != c}


def _in_big5(character: str) -> bool:
    try:
        character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def han(text: str) -> set[str]:
    return set(_HAN.findall(text))
