"""The smallest TrueType font that draws something: a square for each character it is told of (OpenType 1.9, required tables)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

_EM = 1000


def write(path: Path, family: str, characters: str) -> Path:
    """A font of ``family`` in which each of ``characters`` is a filled square."""
    points = sorted(ord(character) for character in characters)
    glyph = _square()
    count = len(points) + 1  # glyph 0 is .notdef
    tables = {
        b"OS/2": struct.pack(">HhHHH", 4, _EM, 400, 5, 0) + bytes(68) + struct.pack(">hhhHH", 800, -200, 0, 800, 200)
        + bytes(8) + struct.pack(">hhHHH", 500, 700, 0, 32, 0),
        b"cmap": _cmap(points),
        b"glyf": glyph,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, 0, _EM, _EM, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, count),
        b"hmtx": struct.pack(">Hh", _EM, 0) * count,
        b"loca": struct.pack(f">{count + 1}I", *[0] * count, len(glyph)),  # all empty but the last
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name(family),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    path.write_bytes(_assembled(tables))
    return path


def _square() -> bytes:
    head = struct.pack(">hhhhh", 1, 100, 0, 900, 800)
    body = struct.pack(">HH", 3, 0) + bytes([1, 1, 1, 1]) + struct.pack(">hhhh", 100, 0, 800, 0)
    body += struct.pack(">hhhh", 0, 800, 0, -800)
    data = head + body
    return data + bytes(-len(data) % 4)


def _cmap(points: Sequence[int]) -> bytes:
    """Format 12. All characters show the last glyph, which has the outline."""
    glyph = len(points)
    groups = b"".join(struct.pack(">III", point, point, glyph) for point in points)
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(points)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _name(family: str) -> bytes:
    texts = [
        (number, said.encode("utf-16-be")) for number, said in ((1, family), (2, "Regular"), (4, family), (6, family))
    ]
    records, strings = b"", b""
    for number, said in texts:
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(said), len(strings))
        strings += said
    return struct.pack(">HHH", 0, len(texts), 6 + 12 * len(texts)) + records + strings


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    at = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, at + len(body), len(data))
        body += padded
    return struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 32) + directory + body
