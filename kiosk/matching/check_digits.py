"""Check characters of the numbers on documents. Each function takes the body and returns the character that must follow it."""

from __future__ import annotations

from stdnum.iso7064 import mod_11_2, mod_11_10

from machine_zone import check_digit

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def resident_id(body: str) -> str:
    """GB 11643-1999, ISO 7064 MOD 11-2, over 17 digits."""
    return mod_11_2.calc_check_digit(body)


def registration_number(body: str) -> str:
    """GS15-2006 business registration number, ISO 7064 MOD 11,10, over 14 digits."""
    return mod_11_10.calc_check_digit(body)


def credit_code(body: str) -> str:
    """GB 32100-2015 unified social credit code over 17 characters; ValueError for a character outside its alphabet."""
    total = sum(_USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def hong_kong_id(body: str) -> str:
    """Hong Kong identity card, one or two letters and six digits; a missing first letter counts 36."""
    values = [36] * (8 - len(body)) + [_letter_value(c) for c in body]
    rest = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
    digit = (11 - rest) % 11
    return "A" if digit == 10 else str(digit)


def machine_readable(body: str) -> str:
    """ICAO Doc 9303: weights 7 3 1, A = 10 … Z = 35, ``<`` = 0, modulo 10."""
    return check_digit(body)


def _letter_value(character: str) -> int:
    return int(character, 36)
