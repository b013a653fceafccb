"""The check digit of an 18-digit citizen number."""

from __future__ import annotations

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


def check_character(first_17: str) -> str:
    """The 18th character of a GB 11643-1999 number (ISO 7064 MOD 11-2)."""
    return CHECK[sum(w * int(d) for w, d in zip(WEIGHTS, first_17, strict=True)) % 11]


def is_citizen_number(text: str) -> bool:
    """True for 17 digits and the right check character."""
    return len(text) == 18 and text[:17].isascii() and text[:17].isdigit() and check_character(text[:17]) == text[17]
