"""The lines of a page for people and programs: the signs that are printed, a valid zone as its check digits settled it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.mrz import ZoneFound
from scanner.text.page import ReadLine
from scanner.types import Quad, TextLine


def text_lines(lines: Sequence[ReadLine], zone: ZoneFound | None = None) -> tuple[TextLine, ...]:
    """``lines`` in their order without the empty ones; the pieces of a valid zone's line become one line."""
    settled: dict[int, TextLine] = {}
    taken: set[int] = set()
    if zone is not None and zone.zone.valid:
        for text, pieces in zip(zone.zone.lines, zone.pieces, strict=True):
            quad = np.stack([lines[pieces[0]].quad[0], *lines[pieces[-1]].quad[1:3], lines[pieces[0]].quad[3]])
            settled[pieces[0]] = TextLine(text, min(lines[i].reading.score for i in pieces), _corners(quad))
            taken.update(pieces)
    shown: list[TextLine] = []
    for index, line in enumerate(lines):
        if index in settled:
            shown.append(settled[index])
        elif index not in taken and line.reading.text:
            shown.append(TextLine(line.reading.printed, line.reading.score, _corners(line.quad)))
    return tuple(shown)


def _corners(quad: Quad) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in quad)
