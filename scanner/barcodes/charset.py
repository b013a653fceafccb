"""The text of a code from its bytes.

Generators in the wild disagree: the standard's default for QR codes was first JIS X 0201, then ISO 8859-1; most write UTF-8 without saying
so, Chinese ones often GBK without saying so. So what the symbol declares (ECI, AIM ITS/04-023) holds; undeclared bytes are tried
strictly in the order in which a wrong success is unlikely. Japanese text (QR's Kanji mode is Shift JIS) also succeeds as GB18030, as
hanzi that nobody writes: it is told by its kana.
"""

from __future__ import annotations

import re

_ECI_CODECS = {
    1: "latin-1", 3: "latin-1", 4: "iso8859-2", 5: "iso8859-3", 6: "iso8859-4", 7: "iso8859-5", 8: "iso8859-6", 9: "iso8859-7",
    10: "iso8859-8", 11: "iso8859-9", 12: "iso8859-10", 13: "iso8859-11", 15: "iso8859-13", 16: "iso8859-14", 17: "iso8859-15",
    18: "iso8859-16", 20: "shift_jis", 21: "cp1250", 22: "cp1251", 23: "cp1252", 24: "cp1256", 25: "utf-16-be", 26: "utf-8",
    27: "ascii", 28: "big5", 29: "gb18030", 30: "euc_kr", 31: "gb18030", 32: "gb18030", 33: "utf-16-le",
}  # fmt: skip
_UNDECLARED = ("utf-8", "gb18030", "latin-1")
_KANA = re.compile("[\u3041-\u30fe]")
_VOICED = re.compile("[\uff76-\uff84\uff8a-\uff8e]\uff9e|[\uff8a-\uff8e]\uff9f")  # half-width kana with its mark
_DESIGNATOR = re.compile(rb"\\(\d{6})")


def text_of(raw: bytes) -> str:
    """Undeclared bytes as text: strict UTF-8, else GB18030 (which contains GBK and GB 2312), else Latin-1, which always succeeds.

    Japanese are bytes that are Shift JIS with kana and as GB18030 mostly characters outside GB 2312, or that have two half-width kana
    with voice marks: in Chinese text those bytes meet by chance less than once in ten thousand names.
    """
    for codec in _UNDECLARED:
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        return (_japanese(raw, text) or text) if codec == "gb18030" else text
    raise AssertionError("Latin-1 decodes all bytes")


def _japanese(raw: bytes, chinese: str) -> str | None:
    """The bytes as Japanese, when that is what they are; ``chinese``: what they are as GB18030."""
    try:
        text = raw.decode("shift_jis")
    except UnicodeDecodeError:
        return None
    wide = [character for character in chinese if ord(character) > 0x7F]
    unusual = 2 * sum(_in_gb2312(character) for character in wide) < len(wide)
    return text if len(_VOICED.findall(text)) >= 2 or (unusual and _KANA.search(text)) else None


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def text_of_eci(stream: bytes) -> str:
    r"""The text of an ECI stream: bytes with ``\nnnnnn`` before each change of encoding, a backslash of the data doubled."""
    pieces: list[str] = []
    codec: str | None = None
    start = 0
    for designator in [*_DESIGNATOR.finditer(_hide_doubled(stream)), None]:
        piece = stream[start : designator.start() if designator else len(stream)].replace(b"\\\\", b"\\")
        pieces.append(_declared(piece, codec))
        if designator:
            codec = _ECI_CODECS.get(int(designator.group(1)))
            start = designator.end()
    return "".join(pieces)


def _hide_doubled(stream: bytes) -> bytes:
    """The stream with doubled backslashes blanked, same length, so that only real designators are found in it."""
    return stream.replace(b"\\\\", b"\0\0")


def _declared(piece: bytes, codec: str | None) -> str:
    if codec is None:
        return text_of(piece)
    try:
        return piece.decode(codec)
    except UnicodeDecodeError:  # the symbol declares one encoding and carries another: seen in the wild
        return text_of(piece)
