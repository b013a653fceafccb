"""Fonts of the papers, and characters that no font can draw.

Families are named, never left to the system's own choice, which picks Japanese forms and changes with every font installed.
Noto covers ordinary Chinese, HanaMin the extensions A to F, BabelStone Han much of G and H; the Windows families after them are
used where those are not installed; what a site put into its own folder (extension I) comes last. Names may hold any of the
88 000 characters of GB 18030-2022 level 3.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QTextLayout

_RARE = ("HanaMinA", "HanaMinB", "BabelStone Han", "SimSun-ExtB", "SimSun-ExtG")
SANS = ("Noto Sans CJK SC", *_RARE, "Microsoft YaHei")
SERIF = ("Noto Serif CJK SC", *_RARE, "SimSun")
_FONT_FILES = (".ttf", ".otf", ".ttc")
_site: list[str] = []

# The blocks of Unicode that names of GB 18030-2022 may use, and a few characters of each by which a desk is examined. (Unicode 15.1, Blocks.txt)
BLOCKS: dict[str, tuple[int, int]] = {
    "URO": (0x4E00, 0x9FFF),
    "A": (0x3400, 0x4DBF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
    "I": (0x2EBF0, 0x2EE5D),
}


def make_font(size: int, *, bold: bool = False, serif: bool = False) -> QFont:
    """A font of ``size`` layout units (pixels), laid out alike on every device."""
    font = QFont()
    font.setFamilies([*(SERIF if serif else SANS), *_site])
    font.setPixelSize(size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def load_site_fonts(folder: Path) -> tuple[str, ...]:
    """Add the font files of ``folder`` and return all families so added, in the order of file names; a missing folder has none.

    Needs a QGuiApplication. A file that is no font is passed over: a broken font must not keep a desk from starting.
    """
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() in _FONT_FILES:
            number = QFontDatabase.addApplicationFont(str(path))
            families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
            _site.extend(family for family in families if family not in (*SANS, *SERIF, *_site))
    _drawable.cache_clear()
    return tuple(_site)


def site_families() -> tuple[str, ...]:
    """What ``load_site_fonts`` has added so far: windows name them after their own."""
    return tuple(_site)


def missing_characters(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that would print as an empty box, each once, in code point order.

    Show them to the clerk as ``code_points`` before printing. Needs a QGuiApplication; any thread.
    """
    characters = sorted({character for sentence in texts for character in sentence})
    return tuple(character for character in characters if not _drawable(character))


def code_points(characters: Iterable[str]) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)


def block_of(character: str) -> str:
    """Which block of ``BLOCKS`` a character is in, "" for none of them."""
    return next((name for name, (first, last) in BLOCKS.items() if first <= ord(character) <= last), "")


def samples(block: str, count: int = 12) -> str:
    """Characters spread evenly over a block, its first and last among them."""
    first, last = BLOCKS[block]
    return "".join(chr(first + round(n * (last - first) / (count - 1))) for n in range(count))


def coverage(block: str, count: int = 48) -> float:
    """Share of a block's samples that an installed font can draw."""
    spread = samples(block, count)
    return 1 - len(missing_characters([spread])) / len(set(spread))


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
