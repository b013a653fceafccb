"""What may be shown of a person on a screen that others can see."""

from __future__ import annotations

_SEPARATORS = "\u00b7\u2022\u30fb\uff0e"  # the middle dots and points found in name fields


def mask_name(name: str) -> str:
    """陈试远 → 陈*远, 陈远 → 陈*; a name with a separator keeps its first part's first character. Never the whole name."""
    name = name.strip()
    if not name or "*" in name:
        return name
    first = name.split()[0]
    for separator in _SEPARATORS:
        first = first.split(separator)[0]
    if len(first) < len(name):
        return f"{first[0]}***"
    if len(name) <= 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
