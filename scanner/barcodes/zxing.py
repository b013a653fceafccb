"""zxing-cpp: the default decoder."""

from __future__ import annotations

import numpy as np
import zxingcpp

from scanner.barcodes.base import STRONG
from scanner.barcodes.charset import text_of, text_of_eci
from scanner.barcodes.qr_header import part_of
from scanner.types import Barcode, CodePart, Image

# what a family's papers, our own slips and phones carry; each further symbology costs time on every frame
COMMON_FORMATS = "QRCode|MicroQRCode|Aztec|Code128|Code39|EAN13|ITF"
COSTLY_FORMATS = "DataMatrix|PDF417"  # searching a frame for these two takes longer than for all the others
DOCUMENT_FORMATS = f"{COMMON_FORMATS}|{COSTLY_FORMATS}"
QR_FORMATS = "QRCode|MicroQRCode"
LINEAR_FORMATS = "Code128|Code39|EAN13|ITF"
_LATIN_FORMATS = frozenset({"Code128", "Code39", "EAN13", "ITF"})  # ISO/IEC 15417: bytes above ASCII are ISO 8859-1


class ZxingDecoder:
    """One look at the whole picture. ``formats``: zxing-cpp's names, joined by ``|``; ``invert``: also light codes on dark ground;
    ``rotate``: also linear codes whose bars lie level."""

    name = "zxing"

    def __init__(self, formats: str = DOCUMENT_FORMATS, *, invert: bool = True, rotate: bool = True) -> None:
        self._formats = formats  # a name: the library complains at exit about objects of its own that are still held
        self._invert = invert
        self._rotate = rotate

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        # HexECI keeps the declared encodings apart from the bytes; the library's own guess at undeclared ones garbles GBK
        found = zxingcpp.read_barcodes(
            image,
            formats=zxingcpp.barcode_formats_from_str(self._formats),
            try_invert=self._invert,
            try_rotate=self._rotate,
            text_mode=zxingcpp.TextMode.HexECI,
        )
        return tuple(_barcode(symbol) for symbol in found)


def _barcode(symbol: zxingcpp.Barcode) -> Barcode:
    place = symbol.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    name = symbol.format.name
    return Barcode(
        format=name,
        text=_text(symbol),
        corners=tuple((float(point.x), float(point.y)) for point in points),
        accepted=name in STRONG,
        raw=bytes(symbol.bytes),
        part=_part(symbol),
    )


def _part(symbol: zxingcpp.Barcode) -> CodePart | None:
    if not symbol.format.name.startswith("QRCode"):
        return None
    modules = np.array(symbol.to_image(scale=1, add_quiet_zones=False))
    return part_of(modules < 128, str(symbol.extra.get("ECLevel", "")), int(symbol.extra.get("DataMask", -1)))


def _text(symbol: zxingcpp.Barcode) -> str:
    raw = bytes(symbol.bytes)
    if symbol.format.name in _LATIN_FORMATS:
        return raw.decode("latin-1")
    with_eci = bytes.fromhex(symbol.text)
    identifier, stream = with_eci[:3], with_eci[3:]  # AIM symbology identifier, e.g. ]Q2
    return text_of(raw) if stream == raw or not identifier.startswith(b"]") else text_of_eci(stream)
