"""zbar through pyzbar: selectable, off by default.

It garbles GBK, reads nothing in a frame that shows a piece of a structured-append message, and its Windows library predates the security fixes of 2023.
"""

from __future__ import annotations

from typing import Any

from scanner.barcodes.base import STRONG, DecoderMissing
from scanner.barcodes.charset import text_of
from scanner.imaging import grey_of
from scanner.types import Barcode, Image

_NAMES = {"QRCODE": "QRCode", "CODE128": "Code128", "CODE39": "Code39", "EAN13": "EAN13", "I25": "ITF"}


class PyzbarDecoder:
    """Raises DecoderMissing on construction when the shared library of zbar is not there."""

    name = "zbar"

    def __init__(self) -> None:
        try:
            from pyzbar import pyzbar  # loads a shared library: only when chosen
        except ImportError as error:
            raise DecoderMissing("libzbar0") from error
        self._pyzbar = pyzbar
        self._symbols = [pyzbar.ZBarSymbol[name] for name in _NAMES]

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        try:
            found = self._pyzbar.decode(grey_of(image), symbols=self._symbols)
        except (
            ValueError
        ):  # pyzbar has no name for what zbar says of a piece of a message (structured append): the frame is lost
            return ()
        return tuple(_barcode(symbol) for symbol in found)


def _barcode(symbol: Any) -> Barcode:
    name = _NAMES[symbol.type]
    raw = bytes(symbol.data)  # already recoded to UTF-8 by zbar, after its own guess at the encoding
    corners = tuple((float(point.x), float(point.y)) for point in symbol.polygon)
    return Barcode(format=name, text=text_of(raw), corners=corners, accepted=name in STRONG, raw=raw)
