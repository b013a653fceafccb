"""The scanner's vocabulary: frames in, readings out.

Everything here is plain data. Images are ``numpy`` arrays of shape (H, W, 3), dtype uint8, channel order BGR.
Points are (x, y) in pixels of the frame they belong to; ``Quad`` is a (4, 2) float32 array, clockwise, beginning at the
document's *own* top-left corner once the orientation is known (before that: at the corner nearest the frame's top-left).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]
Quad: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture from a frame source.

    ``at_s`` is a monotonic time in seconds, ``index`` counts the source's frames from 0.
    """

    image: Image
    at_s: float
    index: int


class Problem(StrEnum):
    """What is wrong with the paper in view; each has exactly one instruction to the person (resources/texts)."""

    NO_DOCUMENT = "no_document"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    GLARE = "glare"
    BLURRED = "blurred"
    MOVING = "moving"
    TOO_FAR = "too_far"
    CUT_OFF = "cut_off"
    TOO_SLANTED = "too_slanted"
    COVERED = "covered"
    SEVERAL_SHEETS = "several_sheets"


@dataclass(frozen=True)
class QualityFinding:
    """One problem and where it is: ``box`` = (x, y, w, h) in frame pixels, or None for the whole frame."""

    problem: Problem
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class Quality:
    """How well a located document can be read. ``px_per_mm`` needs a known size and is None before the kind is known."""

    sharpness: float  # edge rise over local range, 0..1; comparable across documents
    mean_luma: float  # 0..255 inside the document
    glare_share: float  # share of the document's area that is blown out, 0..1
    px_per_mm: float | None = None
    findings: tuple[QualityFinding, ...] = ()

    @property
    def good(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class CodePart:
    """A QR symbol's place in a message spread over several (structured append, ISO/IEC 18004 §8): ``index`` from 0, ``of`` 2 to 16,
    ``parity`` the exclusive or of all bytes of the whole message."""

    index: int
    of: int
    parity: int


@dataclass(frozen=True)
class Barcode:
    """A decoded symbol. ``accepted`` is false until its content (prefix, length, check digit) or a second frame settles it."""

    format: str  # zxing-cpp names: QRCode, Code128, EAN13, …
    text: str
    corners: tuple[tuple[float, float], ...]
    accepted: bool
    raw: bytes = b""
    part: CodePart | None = None  # set while this is only a piece of a message


@dataclass(frozen=True)
class TextLine:
    """One line of recognised text; ``box`` are its four corners in pixels of the rectified document."""

    text: str
    score: float
    box: tuple[tuple[float, float], ...]


class Verdict(StrEnum):
    """The scanner's own verdict of an expected value against the pixels (design.md §4). NOT_FOUND: no such field on the page."""

    MATCH = "match"
    MISMATCH = "mismatch"
    CANNOT_TELL = "cannot_tell"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class FieldReading:
    """What was read where one field stands, and — when a value was expected — how the pixels judge that value.

    ``margin``: by how much, in natural logarithms, the expected value is ahead of its best rival; None where nothing was
    weighed (no value expected, nothing read, a symbol decided).
    """

    name: str
    text: str
    score: float
    box: tuple[tuple[float, float], ...] = ()
    source: str = "ocr"  # ocr | barcode | mrz
    verdict: Verdict | None = None
    reason: str = ""
    margin: float | None = None
    crop_jpeg: bytes = b""  # the piece of the photograph, upright, for the person at the desk


@dataclass(frozen=True)
class Expectation:
    """One declared value with the forms in which a paper may print it. The declared value itself is always among the forms."""

    value: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class ExpectedSet:
    """Declared values for one document of one holder. ``kind`` None: judge whatever kind the paper turns out to be."""

    values: Mapping[str, str]
    kind: str | None = None


@dataclass(frozen=True)
class DocumentFound:
    """Where and what the document is. ``kind`` is a material code (domain.md §2.3), ``page`` the layout's page name, both None when unknown."""

    corners: Quad | None
    orientation: int  # degrees clockwise that the document is turned in the frame: 0, 90, 180, 270
    kind: str | None
    page: str | None
    kind_score: float = 0.0
    quality: Quality | None = None


@dataclass(frozen=True)
class Reading:
    """One capture (one frame or a burst), read once; ``verdicts`` judges it against each expected set independently."""

    document: DocumentFound
    barcodes: tuple[Barcode, ...] = ()
    lines: tuple[TextLine, ...] = ()
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    verdicts: Mapping[str, Mapping[str, FieldReading]] = field(default_factory=dict)
    page_jpeg: bytes = b""  # the rectified, upright page
    timings_ms: Mapping[str, float] = field(default_factory=dict)
