"""Structured append of QR symbols: the header that says which piece of a message a symbol is (ISO/IEC 18004:2015 §8).

The library decodes the pieces but does not tell their order to Python. It does hand out the modules it saw, and the header stands in the
first three codewords of the first block: no more of the symbol than that is taken apart here. A damaged header is not repaired: the
symbol then counts as a message of its own in this frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from scanner.types import CodePart

_STRUCTURED_APPEND = 0b0011
# blocks of a symbol by level and version (ISO/IEC 18004:2015, Table 9)
_BLOCKS = {
    "L": "1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25",
    "M": "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49",
    "Q": "1 1 2 2 4 4 6 6 8 8 8 10 12 16 12 17 16 18 21 20 23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68",
    "H": "1 1 2 4 4 4 5 6 8 8 11 11 16 16 18 16 19 21 25 25 25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77 81",
}
# whether a data mask turns the module at (row, column) over (§7.8.2)
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)


def part_of(dark: NDArray[np.bool_], level: str, mask: int) -> CodePart | None:
    """The header of a QR symbol (not Micro QR) given by its modules (n, n), True where dark, without quiet zone; None: a message by itself.

    ``level``: L, M, Q or H; ``mask``: 0 to 7, both from the symbol's format information. Modules that are no QR symbol give None.
    """
    size = dark.shape[0]
    version = (size - 17) // 4
    if (
        dark.shape != (size, size)
        or size % 4 != 1
        or not 1 <= version <= 40
        or level not in _BLOCKS
        or not 0 <= mask < 8
    ):
        return None
    blocks = int(_BLOCKS[level].split()[version - 1])
    codewords = _codewords(dark, version, _MASKS[mask], 2 * blocks + 1)
    first, second, third = codewords[0], codewords[blocks], codewords[2 * blocks]  # the blocks' codewords take turns
    if first >> 4 != _STRUCTURED_APPEND:
        return None
    part = CodePart(index=first & 15, of=(second >> 4) + 1, parity=(second & 15) << 4 | third >> 4)
    return part if part.index < part.of and part.of > 1 else None


def _codewords(dark: NDArray[np.bool_], version: int, mask: Callable[[int, int], bool], count: int) -> list[int]:
    words: list[int] = []
    bits = 0
    for done, (row, column) in enumerate(_data_modules(version), 1):
        bits = bits << 1 | (bool(dark[row, column]) ^ mask(row, column))
        if done % 8 == 0:
            words.append(bits)
            bits = 0
            if len(words) == count:
                break
    return words


def _data_modules(version: int) -> Iterator[tuple[int, int]]:
    """The places of the data's bits in order: columns in pairs from the right, upwards and downwards in turn (§7.7.3)."""
    taken = _function_modules(version)
    size = len(taken)
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not taken[row, column]:
                    yield row, column
        upwards = not upwards


def _function_modules(version: int) -> NDArray[np.bool_]:
    size = 17 + 4 * version
    taken = np.zeros((size, size), np.bool_)
    taken[:9, :9] = taken[:9, -8:] = taken[-8:, :9] = True  # finders with the format information
    taken[6, :] = taken[:, 6] = True
    if version >= 7:
        taken[:6, -11:-8] = taken[-11:-8, :6] = True  # version information
    centres = _alignment_centres(version)
    for row in centres:
        for column in centres:
            if (row, column) not in ((6, 6), (6, size - 7), (size - 7, 6)):
                taken[row - 2 : row + 3, column - 2 : column + 3] = True
    return taken


def _alignment_centres(version: int) -> list[int]:
    """Annex E: evenly spaced by an even step counted from the far end, only the first gap may be narrower."""
    if version == 1:
        return []
    count = version // 7 + 2
    last = 10 + 4 * version
    step = 26 if version == 32 else -(-(last - 6) // (2 * (count - 1))) * 2
    return [6, *(last - step * i for i in range(count - 2, -1, -1))]
