"""Codes on papers and phones: several libraries behind one interface, text by content, acceptance by content."""

from __future__ import annotations

from functools import lru_cache

from scanner.barcodes.acceptance import CodeGate, ContentCheck
from scanner.barcodes.base import STRONG, Decoder, DecoderMissing
from scanner.barcodes.looks import LiveDecoder, ThoroughDecoder, first_look
from scanner.barcodes.zbar import PyzbarDecoder
from scanner.barcodes.zxing import ZxingDecoder
from scanner.types import Barcode, Image

__all__ = [
    "STRONG",
    "CodeGate",
    "ContentCheck",
    "Decoder",
    "DecoderMissing",
    "LiveDecoder",
    "PyzbarDecoder",
    "ThoroughDecoder",
    "ZxingDecoder",
    "decode",
    "first_look",
]


@lru_cache(maxsize=1)
def _thorough() -> ThoroughDecoder:
    return ThoroughDecoder()


def decode(image: Image) -> tuple[Barcode, ...]:
    """All codes in a captured picture (BGR), with every look we have; corners in its pixels."""
    return _thorough().decode(image)
