"""Which page is this, when nothing stands in a fixed place?

Contracts, certificates of communities, courts, notaries: everybody who writes one arranges it differently. Such a page is
known by its title, a line of its own, and by its words, wherever they stand. The same way finds a form that another
office prints in another arrangement than the layout file describes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scanner.layouts.matching import LabelFinder, LabelPlace, LayoutMatch, PageLine
from scanner.layouts.model import Label, Layout

TITLE_LIKENESS = 0.8  # least likeness of a title that names a page
TITLE_COVER = 0.75  # … and the least share of its line: a title is not a word in a sentence
TITLE_ALONE = 1.25  # a title this much taller than the page's lines names it without other words
LABEL_LIKENESS = 0.75
NEEDED_LIKENESS = 0.9
LONGER = 0.02  # a character: 身份证号码 rather than 身份证号
FEWEST_WORDS = 2  # labels beside the title
SAME_ROW = 0.6  # of a line's height: how far apart the middles of one row's lines may stand

Position = tuple[int, float]  # row from the top, x


def match_freely(layout: Layout, finder: LabelFinder, page: tuple[int, int]) -> LayoutMatch | None:
    """The layout known by its words alone on a page of (width, height) pixels; None when its title or a needed label is not
    there. The score is the share of its labels that were found, weighed by how well the title was read, 0..1.
    """
    title = _title(layout, finder)
    if title is None:
        return None
    places = _Words(layout, finder).settle(title)
    if not all(_is_there(label, finder) for label in layout.labels if label.needed):
        return None
    words = [label for label in layout.labels if not label.title]
    found = [places[label.key] for label in words if label.key in places]
    if len(found) < min(FEWEST_WORDS, len(words)) and not _stands_out(title, finder.lines):
        return None
    weight = sum(place.label.weight * place.likeness for place in [*found, title])
    total = sum(label.weight for label in words) + title.label.weight
    width, height = page
    filled = np.array([[width / layout.size_mm[0], 0, 0], [0, height / layout.size_mm[1], 0]], np.float64)
    quality = title.likeness * _cover(title, finder.lines) ** 0.5
    return LayoutMatch(layout, quality * weight / max(total, 1e-9), filled, places, free=True)


def rows_of(lines: Sequence[PageLine]) -> list[int]:
    """The row of each line, counted from the top; lines without text stand in row 0."""
    order = sorted((i for i, line in enumerate(lines) if line.text), key=lambda i: float(lines[i].quad[:, 1].mean()))
    rows = [0] * len(lines)
    row, last = 0, -np.inf
    for i in order:
        middle = float(lines[i].quad[:, 1].mean())
        if middle - last > SAME_ROW * lines[i].height:
            row, last = row + 1, middle
        rows[i] = row
    return rows


def _title(layout: Layout, finder: LabelFinder) -> LabelPlace | None:
    """The title that fills most of its line."""
    best: tuple[float, LabelPlace] | None = None
    for label in (label for label in layout.labels if label.title):
        for place in _candidates(label, finder):
            cover = _cover(place, finder.lines)
            score = place.likeness * cover**0.5
            if place.likeness >= TITLE_LIKENESS and cover >= TITLE_COVER and (best is None or score > best[0]):
                best = (score, place)
    return best[1] if best else None


def _cover(title: LabelPlace, lines: Sequence[PageLine]) -> float:
    """The share of its line that a title fills; what is added in brackets does not count: 商品房买卖合同(预售)."""
    line = lines[title.line].text
    words = line.split("(", 1)[0] or line
    return min(1.0, (title.stop - title.start) / max(len(words), 1))


def _is_there(label: Label, finder: LabelFinder) -> bool:
    return any(place.likeness > NEEDED_LIKENESS for place in _candidates(label, finder))


def _stands_out(title: LabelPlace, lines: Sequence[PageLine]) -> bool:
    heights = [line.height for line in lines if line.text]
    return title.likeness > 0.95 and lines[title.line].height >= TITLE_ALONE * float(np.median(heights))


def _candidates(label: Label, finder: LabelFinder) -> list[LabelPlace]:
    found: list[LabelPlace] = []
    for line, start, stop, likeness in finder.find(label):
        middle = (finder.lines[line].centres[start] + finder.lines[line].centres[stop - 1]) / 2
        found.append(LabelPlace(label, line, start, stop, (float(middle[0]), float(middle[1])), likeness))
    return found


class _Words:
    """The places of one layout's labels on one page, each character taken once."""

    def __init__(self, layout: Layout, finder: LabelFinder) -> None:
        self._layout = layout
        self._finder = finder
        self._rows = rows_of(finder.lines)
        self._anchors = {label.follows for label in layout.labels if label.follows}

    def settle(self, title: LabelPlace) -> dict[str, LabelPlace]:
        """Label key → place. The longest first, so that 承租人 is not taken for a part of 承租人证件号码; labels that follow
        others last."""
        places = {title.label.key: title}
        words = [label for label in self._layout.labels if not label.title]
        for label in sorted(words, key=lambda word: (bool(word.follows), -len(word.text))):
            free = [
                place
                for place in _candidates(label, self._finder)
                if place.likeness >= LABEL_LIKENESS and not any(_overlap(place, taken) for taken in places.values())
            ]
            if label.follows:
                free = self._after_its_anchor(label, free, places)
            if free:
                places[label.key] = min(free, key=lambda place: (-self._likely(place), self._position(place)))
        return places

    def _after_its_anchor(
        self, label: Label, free: Sequence[LabelPlace], places: dict[str, LabelPlace]
    ) -> list[LabelPlace]:
        """Those on the first row that has any, after the label's own anchor and before the next anchor."""
        anchor = places.get(label.follows)
        if anchor is None:
            return []
        begin = self._position(anchor)
        others = (self._position(places[key]) for key in self._anchors if key in places)
        end = min((other for other in others if other > begin), default=None)
        after = [p for p in free if self._position(p) > begin and (end is None or self._position(p) < end)]
        first = min((self._position(place)[0] for place in after), default=0)
        return [place for place in after if self._position(place)[0] == first]

    def _likely(self, place: LabelPlace) -> float:
        """How well words fit a label: its likeness, a little more where they are longer, begin their cell, and where a colon
        follows."""
        text = self._finder.lines[place.line].text
        begins = place.start == 0 or not text[place.start - 1].isalnum()
        colon = text[place.stop : place.stop + 1] == ":"
        return place.likeness + 0.2 * begins + 0.1 * colon + LONGER * (place.stop - place.start)

    def _position(self, place: LabelPlace) -> Position:
        return self._rows[place.line], place.centre[0]


def _overlap(a: LabelPlace, b: LabelPlace) -> bool:
    return a.line == b.line and a.start < b.stop and b.start < a.stop
