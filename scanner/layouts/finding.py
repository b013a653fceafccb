"""The one way in: which layout is this page, and where are its values — by stencil where it fits, else by words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scanner.layouts import matching, regions
from scanner.layouts.beside import fill_anywhere, locate_beside
from scanner.layouts.letters import match_freely, titled
from scanner.layouts.matching import LabelFinder, LayoutMatch, PageLine
from scanner.layouts.model import Layout
from scanner.layouts.regions import FieldPlace

MOST = 0.85  # of its labels stand …
LIES_TRUE = 0.01  # … this near to their places, in shares of the diagonal, where a stencil fits
LETTER_FITS = 0.75  # a letter that explains its usual arrangement this well is read by its boxes
MUCH_BETTER = 0.2  # so much more of a page that nearly fits must be explained by its words
FITS = 0.6  # … a page that fits worse than this


def match_layout(layout: Layout, finder: LabelFinder, page: tuple[int, int]) -> LayoutMatch:
    """Lay ``layout`` over a page of (width, height) pixels; the score is the share of its labels that were found, 0..1.

    A letter is known by its words alone, unless they stand exactly where they usually do. So is any page with a title of its
    own that another office arranges differently: its labels are there, but not where the layout file has them.
    """
    if layout.letter and not all(label.placed for label in layout.labels):
        return match_freely(layout, finder, page) or LayoutMatch(layout, 0.0, np.eye(2, 3), free=True)
    match = matching.match_layout(layout, finder, page)
    true = _lies_true(match)
    if true and match.score >= (LETTER_FITS if layout.letter else FITS):
        return titled(match, finder)
    free = match_freely(layout, finder, page)
    if free is None or (not layout.letter and free.score < match.score + (MUCH_BETTER if true else 0.0)):
        return titled(match, finder)
    return replace(free, to_page=match.to_page)


def locate_fields(match: LayoutMatch, lines: Sequence[PageLine]) -> list[FieldPlace]:
    """Every field of the layout, those that could not be found included (no pieces)."""
    if not match.free:
        places = regions.locate_fields(match, lines)
        return fill_anywhere(match, lines, places) if match.layout.letter else places
    beside = locate_beside(match, lines)
    if not all(label.placed for label in match.layout.labels):
        return beside
    # what has no label of its own is looked for where the boxes have it
    boxed = regions.locate_fields(match, lines)
    named = {place.name for place in beside if place.pieces}
    return [p for p in beside if p.name in named] + [p for p in boxed if p.name not in named]


def _lies_true(match: LayoutMatch) -> bool:
    """Do the labels stand where the fitted layout has them, to a fraction of a row?"""
    off = [
        float(np.linalg.norm(match.point(x + w / 2, y + h / 2) - np.array(place.centre)))
        for place in match.places.values()
        for x, y, w, h in (place.label.at,)
        if not place.label.floats
    ]
    diagonal = float(np.hypot(*match.layout.size_mm)) * match.px_per_mm
    return bool(off) and float(np.quantile(off, MOST)) < LIES_TRUE * diagonal
