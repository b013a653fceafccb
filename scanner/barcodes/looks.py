"""The order of looks at a picture: all of them for a capture, taking turns for a live stream."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scanner.barcodes.base import Decoder
from scanner.barcodes.ean_proof import refuted
from scanner.barcodes.gather import joined_in_picture
from scanner.barcodes.second_look import UprightLinearLook, contrast_look, sharpened_look, softened_look
from scanner.barcodes.zbar import PyzbarDecoder
from scanner.barcodes.zxing import COMMON_FORMATS, COSTLY_FORMATS, ZxingDecoder
from scanner.imaging import grey_of, shrunk
from scanner.types import Barcode, Image

_LIVE_SIDE = 1920  # pixels: a 4K stream is looked at in this size, which costs a quarter of the time


def first_look(name: str = "zxing") -> Decoder:
    """The decoder of this name (zxing or zbar). Raises ValueError for another name, DecoderMissing without its library."""
    if name == "zxing":
        return ZxingDecoder()
    if name == "zbar":
        return PyzbarDecoder()
    raise ValueError(f"no such barcode decoder: {name}")


class ThoroughDecoder:
    """For captured pictures: the first look and, whatever it finds, the second ones; each code once, messages in pieces joined."""

    name = "thorough"

    def __init__(self, first: Decoder | None = None) -> None:
        self._looks: tuple[Decoder, ...] = (
            first or ZxingDecoder(),
            contrast_look(),
            sharpened_look(),
            softened_look(),
            UprightLinearLook(),
        )

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        grey = grey_of(image)
        codes: list[Barcode] = []
        for look in self._looks:
            _add(codes, _believable(grey, look.decode(grey)))
        return joined_in_picture(_without_contradictions(codes))


class LiveDecoder:
    """For a live stream: the common symbologies in every picture; while nothing new is read, one further look each time, in turn.

    A turn looks for the symbologies that take long, or again for the common ones in a picture made easier, so that no single frame costs
    much more than the first look alone. Keeps the last picture's codes: for one stream, from one thread.
    """

    name = "live"

    def __init__(self, first: Decoder | None = None) -> None:
        self._first = first or ZxingDecoder(COMMON_FORMATS)
        self._turns: tuple[tuple[Decoder, ...], ...] = (
            (contrast_look(),),
            (UprightLinearLook(),),
            (sharpened_look(), softened_look()),
            (ZxingDecoder(COSTLY_FORMATS),),
        )
        self._turn = 0
        self._known: frozenset[bytes] = frozenset()

    @property
    def turns(self) -> int:
        """After how many pictures without news every look has had its turn."""
        return len(self._turns)

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        picture, scale = shrunk(grey_of(image), _LIVE_SIDE)
        codes: list[Barcode] = []
        _add(codes, _believable(picture, self._first.decode(picture)))
        seen = frozenset(code.raw for code in codes)
        if seen <= self._known:
            for look in self._turns[self._turn]:
                _add(codes, _believable(picture, look.decode(picture)))
            self._turn = (self._turn + 1) % len(self._turns)
        self._known = seen
        codes = _without_contradictions(codes)
        return tuple(codes if scale == 1.0 else (_enlarged(code, 1 / scale) for code in codes))


def _believable(grey: Image, codes: Iterable[Barcode]) -> list[Barcode]:
    return [code for code in codes if not refuted(grey, code)]


def _add(codes: list[Barcode], found: Iterable[Barcode]) -> None:
    """Appends what is not there yet: the same content elsewhere in the picture is another symbol."""
    for code in found:
        if not any(
            known.raw == code.raw and known.format == code.format and _same_place(known, code) for known in codes
        ):
            codes.append(code)


def _without_contradictions(codes: list[Barcode]) -> list[Barcode]:
    """Weak symbologies read differently in one place are no reading at all."""
    return [
        code
        for code in codes
        if code.accepted
        or not any(
            other.format == code.format and other.raw != code.raw and _same_place(code, other) for other in codes
        )
    ]


def _same_place(one: Barcode, other: Barcode) -> bool:
    if not one.corners or not other.corners:
        return True
    places = [np.array(code.corners) for code in (one, other)]
    size = max(float(np.ptp(place, axis=0).max()) for place in places)
    return float(np.hypot(*(places[0].mean(axis=0) - places[1].mean(axis=0)))) < size / 2


def _enlarged(code: Barcode, factor: float) -> Barcode:
    corners = tuple((x * factor, y * factor) for x, y in code.corners)
    return Barcode(code.format, code.text, corners, code.accepted, code.raw, code.part)
