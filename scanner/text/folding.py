"""Characters that are one and the same on paper.

Full- and half-width forms, the many middle dots (domain.md §4.2 rule 2) and dashes differ only in their codes. Folding
never touches Han characters (NFKC would change compatibility ideographs) and never joins look-alikes such as 0 and O.
"""

from __future__ import annotations

import unicodedata

MIDDLE_DOTS = "·•・‧∙⋅．･●"
DASHES = "-‐‑‒–—―－─"
SPACES = " \t\u3000\u00a0"
_EXTRA = {"，": ",", "、": ",", "。": ".", "：": ":", "；": ";", "〇": "〇", "○": "〇", "◯": "〇", "【": "[", "】": "]"}
_EXTRA |= dict.fromkeys(MIDDLE_DOTS, "·") | dict.fromkeys(DASHES, "-") | {"．": ".", "＊": "*", "〔": "(", "〕": ")"}


def fold_character(character: str) -> str:
    """The one code that stands for all codes of the same printed sign; '' for spaces."""
    if character in SPACES:
        return ""
    if character in _EXTRA:
        return _EXTRA[character]
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 and wide.isascii() else character


def fold_text(text: str) -> str:
    return "".join(fold_character(c) for c in unicodedata.normalize("NFC", text))
