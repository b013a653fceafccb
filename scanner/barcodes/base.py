"""The one protocol behind which every barcode library stands."""

from __future__ import annotations

from typing import Protocol

from scanner.types import Barcode, Image


class DecoderMissing(Exception):
    """The library of a decoder cannot be loaded on this machine; the message says what to install."""


class Decoder(Protocol):
    """Finds and reads the codes in one picture. Must not keep state between pictures and may be called from any one thread."""

    @property
    def name(self) -> str:
        """How settings and the self-test call this decoder."""
        ...

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        """All codes in a BGR or grey picture, corners in its pixels; ``accepted`` as far as one picture can settle it."""
        ...


# Symbologies whose error correction or check symbol makes a misread practically impossible. The others have a weak check digit or
# none at all and must be seen twice, or be recognised by their content (recognition-notes: accept at once / when two frames agree).
STRONG = frozenset(
    {"QRCode", "QRCodeModel1", "QRCodeModel2", "MicroQRCode", "DataMatrix", "Aztec", "AztecCode", "Code128"}
)
