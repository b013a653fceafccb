"""Find the sheet in one frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.geometry import clockwise
from scanner.locate.candidates import from_lines
from scanner.locate.contours import from_patches
from scanner.locate.evidence import Evidence, gather
from scanner.locate.lines import Doubles, find_lines
from scanner.locate.refine import refine
from scanner.locate.scoring import score
from scanner.types import Image, Quad

_LINES = 28
_QUADS = 40
_ACCEPT = 0.5
_NESTED_MARGIN = 0.06


@dataclass(frozen=True, eq=False)
class Located:
    """A sheet: ``corners`` clockwise from the one nearest the frame's top-left, frame pixels; ``score`` about 0..1."""

    corners: Quad
    score: float


def locate(image: Image) -> Located | None:
    """The sheet in a BGR frame, its sides fitted on the full frame; None when there is none."""
    evidence = gather(image)
    found = best(evidence)
    if found is None:
        return None
    corners = (found.corners + 0.5) / evidence.factor - 0.5
    return Located(refine(image, corners.astype(np.float32), reach=2.5 / evidence.factor), found.score)


def best(evidence: Evidence) -> Located | None:
    """The best quadrilateral in working pixels, or None."""
    quads = np.concatenate([from_lines(evidence, find_lines(evidence, _LINES), _QUADS), from_patches(evidence)])
    if not len(quads):
        return None
    quads = np.array([clockwise(quad) for quad in quads], dtype=np.float64)
    scores = score(evidence, quads)
    chosen = _outermost(quads, scores)
    return Located(quads[chosen].astype(np.float32), float(scores[chosen])) if scores[chosen] >= _ACCEPT else None


def _outermost(quads: Doubles, scores: Doubles) -> int:
    """The best, or a larger one around it that is nearly as good: pages have frames printed inside, not outside."""
    return int(scores.argmax())
