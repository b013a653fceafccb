"""Fonts of the papers, and characters that no font can draw.

Families are named, never left to the system's own choice, which picks Japanese forms and changes with every font installed.
Noto covers ordinary Chinese, HanaMin the extensions B to F, BabelStone Han much of G and H; the Windows families after them are
used where those are not installed. Names may hold any of the 88 000 characters of GB 18030-2022 level 3.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtGui import QFont, QTextLayout

_RARE = ["HanaMinA", "HanaMinB", "BabelStone Han", "SimSun-ExtB", "SimSun-ExtG"]
SANS = ["Noto Sans CJK SC", *_RARE, "Microsoft YaHei"]
SERIF = ["Noto Serif CJK SC", *_RARE, "SimSun"]


def make_font(size: int, *, bold: bool = False, serif: bool = False) -> QFont:
    """A font of ``size`` layout units (pixels), laid out alike on every device."""
    font = QFont()
    font.setFamilies(SERIF if serif else SANS)
    font.setPixelSize(size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def missing_characters(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that would print as an empty box, each once, in code point order.

    Show them to the clerk as ``code_points`` before printing. Needs a QGuiApplication; any thread.
    """
    characters = sorted({character for sentence in texts for character in sentence})
    return tuple(character for character in characters if not _drawable(character))


def code_points(characters: Iterable[str]) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)


@lru_cache(maxsize=20_000)
def _drawable(character: str) -> bool:
    if character.isspace() or unicodedata.category(character) in ("Cf", "Cc", "Mn"):
        return True  # nothing of its own to draw: blanks, joiners, variation selectors
    layout = QTextLayout(character, make_font(40))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return bool(runs) and all(index != 0 for run in runs for index in run.glyphIndexes())
