"""Find the sheet in one frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.geometry import clockwise
from scanner.locate.candidates import from_lines
from scanner.locate.contours import from_patches
from scanner.locate.evidence import Evidence, gather
from scanner.locate.lines import find_lines
from scanner.locate.refine import refine
from scanner.locate.scoring import score
from scanner.types import Image, Quad

_LINES = 28
_QUADS = 40
ACCEPT = 0.5  # score from which a quadrilateral is a sheet


@dataclass(frozen=True, eq=False)
class Located:
    """A sheet: ``corners`` clockwise from the one nearest the frame's top-left, frame pixels; ``score`` about 0..1."""

    corners: Quad
    score: float


def locate(image: Image) -> Located | None:
    """The sheet in a BGR frame, its sides fitted on the full frame; None when there is none."""
    evidence = gather(image)
    found = search(evidence)
    return None if found is None else fit(image, evidence, found)


def search(evidence: Evidence) -> Located | None:
    """The best quadrilateral in working pixels, or None."""
    quads = np.concatenate([from_lines(evidence, find_lines(evidence, _LINES), _QUADS), from_patches(evidence)])
    if not len(quads):
        return None
    quads = np.array([clockwise(quad) for quad in quads], dtype=np.float64)
    scores = score(evidence, quads)
    chosen = int(scores.argmax())
    return Located(quads[chosen].astype(np.float32), float(scores[chosen])) if scores[chosen] >= ACCEPT else None


def fit(image: Image, evidence: Evidence, found: Located) -> Located:
    """A find in working pixels with its sides fitted on the full frame, in frame pixels."""
    corners = to_frame(evidence, found.corners)
    return Located(refine(image, corners, reach=2.5 / evidence.factor), found.score)


def to_frame(evidence: Evidence, corners: Quad) -> Quad:
    return ((corners + 0.5) / evidence.factor - 0.5).astype(np.float32)


def to_working(evidence: Evidence, corners: Quad) -> Quad:
    return ((corners + 0.5) * evidence.factor - 0.5).astype(np.float32)
