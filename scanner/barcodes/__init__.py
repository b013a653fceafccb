"""Codes on papers and phones: several libraries behind one interface, text by content, acceptance by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from scanner.barcodes.acceptance import CodeGate, ContentCheck
from scanner.barcodes.base import STRONG, Decoder, DecoderMissing
from scanner.barcodes.contents import ContentForm, ContentForms, iso7064_mod11_2
from scanner.barcodes.gather import PartsGatherer
from scanner.barcodes.looks import LiveDecoder, ThoroughDecoder, first_look
from scanner.barcodes.zbar import PyzbarDecoder
from scanner.barcodes.zxing import ZxingDecoder
from scanner.types import Barcode, Image

__all__ = [
    "STRONG",
    "CodeGate",
    "ContentCheck",
    "ContentForm",
    "ContentForms",
    "Decoder",
    "DecoderMissing",
    "LiveDecoder",
    "PartsGatherer",
    "PyzbarDecoder",
    "ThoroughDecoder",
    "ZxingDecoder",
    "decode",
    "decode_burst",
    "first_look",
    "iso7064_mod11_2",
]


@lru_cache(maxsize=1)
def _thorough() -> ThoroughDecoder:
    return ThoroughDecoder()


def decode(image: Image) -> tuple[Barcode, ...]:
    """All codes in a captured picture (BGR or grey), with every look we have; corners in its pixels.

    Weak symbologies (EAN-13, ITF, PDF417, Code 39) and messages in pieces that are not whole come back with ``accepted`` False.
    """
    return _thorough().decode(image)


def decode_burst(images: Sequence[Image], best: int) -> tuple[Barcode, ...]:
    """The codes of ``images[best]``; those of weak symbologies are accepted where another picture of the burst agrees.

    A second picture is searched only when there is a weak code to be settled. Raises IndexError without such a picture.
    """
    codes = decode(images[best])
    if all(code.accepted for code in codes) or len(images) < 2:
        return codes
    other = {(code.format, code.raw) for code in decode(images[best - 1 if best else 1])}
    return tuple(
        replace(code, accepted=True) if code.part is None and (code.format, code.raw) in other else code
        for code in codes
    )
