"""The one way in: which layout is this page, and where are its values — by stencil where it fits, else by words alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.layouts import matching, regions
from scanner.layouts.beside import fill_anywhere, locate_beside
from scanner.layouts.letters import match_freely
from scanner.layouts.matching import LabelFinder, LayoutMatch, PageLine
from scanner.layouts.model import Layout
from scanner.layouts.regions import FieldPlace

STENCIL_FITS = 0.6  # a page that explains a layout's boxes this well is read by them
WORDS_BETTER = 0.2  # known by its words, a page must explain this much more than the boxes do
LETTER_FITS = 0.75  # a letter that explains its usual arrangement this well …
LIES_TRUE_MM = 2.0  # … with its labels this near to their places is read by it


def match_layout(layout: Layout, finder: LabelFinder, page: tuple[int, int]) -> LayoutMatch:
    """Lay ``layout`` over a page of (width, height) pixels; the score is the share of its labels that were found, 0..1.

    A letter is known by its words alone, unless they stand exactly where they usually do. So is any page with a title of its
    own that another office arranges differently: its labels are there, but not where the layout file has them.
    """
    if layout.letter and not all(label.placed for label in layout.labels):
        return match_freely(layout, finder, page) or LayoutMatch(layout, 0.0, np.eye(2, 3), free=True)
    match = matching.match_layout(layout, finder, page)
    if layout.letter and not (match.score >= LETTER_FITS and _lies_true(match)):
        return match_freely(layout, finder, page) or match
    if match.score < STENCIL_FITS:
        free = match_freely(layout, finder, page)
        if free is not None and free.score > match.score + WORDS_BETTER:
            return free
    return match


def _lies_true(match: LayoutMatch) -> bool:
    """Do the labels stand where the fitted layout has them, to a fraction of a row?"""
    off = [
        float(np.linalg.norm(match.point(x + w / 2, y + h / 2) - np.array(place.centre)))
        for place in match.places.values()
        for x, y, w, h in (place.label.at,)
        if not place.label.floats
    ]
    return bool(off) and float(np.median(off)) < LIES_TRUE_MM * match.px_per_mm


def locate_fields(match: LayoutMatch, lines: Sequence[PageLine]) -> list[FieldPlace]:
    """Every field of the layout, those that could not be found included (no pieces)."""
    if match.free:
        return locate_beside(match, lines)
    places = regions.locate_fields(match, lines)
    return fill_anywhere(match, lines, places) if match.layout.letter else places
