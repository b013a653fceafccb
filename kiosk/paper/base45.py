"""Base45 (RFC 9285): bytes in the 45 characters that a QR code packs tightest.

Two bytes become three characters, a last single byte two. Decoding is strict, so that every byte string has exactly one text.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    out: list[str] = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            out.append(ALPHABET[digit])
    return "".join(out)


def decode(text: str) -> bytes:
    """Raises ValueError for a foreign character, an impossible length or a group beyond its bytes."""
    out = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1:
            raise ValueError("a base45 text never ends in a single character")
        try:
            number = sum(_VALUE[character] * 45**power for power, character in enumerate(group))
        except KeyError as error:
            raise ValueError("not a base45 character") from error
        size = len(group) - 1
        if number >= 256**size:
            raise ValueError("a base45 group stands for too large a number")
        out += number.to_bytes(size, "big")
    return bytes(out)
