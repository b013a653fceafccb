"""The order of looks at a picture: thorough for a capture, taking turns for a live stream."""

from __future__ import annotations

from scanner.barcodes.base import Decoder
from scanner.barcodes.second_look import EvenedQrLook, UprightLinearLook
from scanner.barcodes.zbar import PyzbarDecoder
from scanner.barcodes.zxing import ZxingDecoder
from scanner.types import Barcode, Image


def first_look(name: str = "zxing") -> Decoder:
    """The decoder of this name (zxing or zbar). Raises ValueError for another name, DecoderMissing without its library."""
    if name == "zxing":
        return ZxingDecoder()
    if name == "zbar":
        return PyzbarDecoder()
    raise ValueError(f"no such barcode decoder: {name}")


class ThoroughDecoder:
    """For captured pictures: the first look and, whatever it finds, the second ones; each code once."""

    name = "thorough"

    def __init__(self, first: Decoder | None = None) -> None:
        self._looks: tuple[Decoder, ...] = (first or ZxingDecoder(), UprightLinearLook(), EvenedQrLook())

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        codes: dict[bytes, Barcode] = {}
        for look in self._looks:
            for code in look.decode(image):
                codes.setdefault(code.raw, code)
        return tuple(codes.values())


class LiveDecoder:
    """For a live stream: the first look at every picture; while it reads nothing, one second look each time, in turn."""

    name = "live"

    def __init__(self, first: Decoder | None = None) -> None:
        self._first = first or ZxingDecoder()
        self._second: tuple[Decoder, ...] = (EvenedQrLook(), UprightLinearLook())
        self._turn = 0

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        codes = self._first.decode(image)
        if codes:
            return codes
        look = self._second[self._turn]
        self._turn = (self._turn + 1) % len(self._second)
        return look.decode(image)
