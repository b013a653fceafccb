"""Where two short texts differ, as rich text: the differing characters stand on a coloured ground and are bold."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape


def marked(one: str, other: str, ground: str) -> tuple[str, str]:
    """HTML of both texts with what the other lacks marked. Equal texts, or an empty one, are left plain."""
    if not one or not other or one == other:
        return escape(one), escape(other)
    left, right = "", ""
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left += _part(one[a:b], kind, ground)
        right += _part(other[c:d], kind, ground)
    return left, right


def _part(text: str, kind: str, ground: str) -> str:
    if kind == "equal" or not text:
        return escape(text)
    return f'<span style="background-color:{ground}; font-weight:bold">{escape(text)}</span>'
