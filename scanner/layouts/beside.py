"""The values of a page whose arrangement is free: what is printed beside, after or below each label.

Right of its label on the same row first, then below it; an address may run on over the next rows. What no label
introduces is found by its pattern, and then never contradicts anybody: nothing but its form says that it is this value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scanner.layouts.letters import rows_of
from scanner.layouts.matching import LabelPlace, LayoutMatch, PageLine
from scanner.layouts.model import FieldSpec
from scanner.layouts.regions import FieldPlace, Piece, _flow, _reading_order, _split, _take, _trim
from scanner.types import Quad

SURE_LIKENESS = 0.7  # least likeness of a label whose value may contradict
BELOW = 2.2  # line heights: how far below its label a value may begin
ROWS_MORE = 2  # rows over which an address runs on
NEXT_ROW = 1.5  # line heights from one row of it to the next
INTRODUCED = 2  # characters at most between a label and what it introduces
NEXT_CELL = 2.5  # line heights of nothing between one value and the next
UNKNOWN_LABEL = re.compile(r"[^\d:]{2,8}:")
ALIGNED = 1.6  # line heights between the left ends of its rows


def locate_beside(match: LayoutMatch, lines: Sequence[PageLine]) -> list[FieldPlace]:
    """Every field of a freely matched layout, those that could not be found included (no pieces)."""
    return _Values(match, lines).places()


def fill_anywhere(match: LayoutMatch, lines: Sequence[PageLine], places: Sequence[FieldPlace]) -> list[FieldPlace]:
    """Fields of a letter that lies as usual, with those whose room was empty looked for on the whole page."""
    return _Values(match, lines).filled(places)


class _Values:
    def __init__(self, match: LayoutMatch, lines: Sequence[PageLine]) -> None:
        self._match = match
        self._lines = lines
        self._rows = rows_of(lines)
        self._labels = [np.zeros(len(line.text), bool) for line in lines]
        for place in match.places.values():
            self._labels[place.line][place.start : place.stop] = True

    def places(self) -> list[FieldPlace]:
        hosts: dict[str, FieldPlace] = {}
        found: list[FieldPlace] = []
        for name, spec in self._match.layout.fields.items():
            if not spec.within:
                slots = self._slots(name, spec)
                hosts[name] = slots[0]
                found.extend(self._apart(name, spec, slots))
        for name, spec in self._match.layout.fields.items():
            if spec.within:
                host = hosts[spec.within]
                found.append(self._place(name, 0, spec, host.pieces, host.room, sure=host.sure))
        return self.filled(found)

    def filled(self, places: Sequence[FieldPlace]) -> list[FieldPlace]:
        """Fields without a value that looks like one are looked for by their pattern in print that is nobody else's."""
        taken = [mask.copy() for mask in self._labels]
        for place in places:
            for piece in place.pieces:
                taken[piece.line][piece.start : piece.stop] = True
        return [self._anywhere(place, taken) if not self._fits(place) else place for place in places]

    def _slots(self, name: str, spec: FieldSpec) -> list[FieldPlace]:
        """The untrimmed print of each slot (of the one place of a plain field)."""
        labels = [slot.label or spec.label for slot in spec.slots] or [spec.label]
        return [self._of_label(name, slot, spec, label) for slot, label in enumerate(labels)]

    def _of_label(self, name: str, slot: int, spec: FieldSpec, label: str | None) -> FieldPlace:
        place = self._match.places.get(label or "")
        if place is None:
            return FieldPlace(name, slot, spec, (), None, False)
        if spec.flow:
            pieces = _flow(self._match, spec, self._lines, self._labels)
        else:
            pieces = self._beside(place, spec) or self._below(place, spec)
        return FieldPlace(name, slot, spec, tuple(pieces), self._room(place), place.likeness > SURE_LIKENESS)

    def _apart(self, name: str, spec: FieldSpec, slots: Sequence[FieldPlace]) -> list[FieldPlace]:
        if spec.split:
            (host,) = slots[:1]
            parts = _split(name, spec, host.pieces, self._lines, None)
            return [replace(part, room=host.room, sure=host.sure) for part in parts]
        return [self._place(name, s.slot, spec, s.pieces, s.room, sure=s.sure) for s in slots]

    def _place(
        self, name: str, slot: int, spec: FieldSpec, pieces: Sequence[Piece], room: Quad | None, *, sure: bool
    ) -> FieldPlace:
        ordered = pieces if spec.flow else _reading_order(pieces, self._lines)
        kept = self._narrowed(spec, _take(spec, ordered, self._lines))
        return FieldPlace(name, slot, spec, kept, room, sure)

    def _narrowed(self, spec: FieldSpec, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """A sentence goes on after the value: without what the layout says may stand beside it, and down to its pattern."""
        text = self._text(pieces)
        if spec.pattern and (found := re.search(spec.pattern, text)) and not _goes_on(text, *found.span()):
            return _take(spec.model_copy(update={"take": f"({spec.pattern})"}), pieces, self._lines)
        for cut in (
            f"^(?:{spec.before})(.+)$" if spec.before else "",
            f"^(.+?)(?:{spec.after})$" if spec.after else "",
        ):
            if cut:
                pieces = _take(spec.model_copy(update={"take": cut}), pieces, self._lines)
        return pieces

    def _of_another(self, spec: FieldSpec, line: int, start: int) -> bool:
        """Does another label introduce what begins here?"""
        return any(
            place.line == line and 0 <= start - place.stop <= INTRODUCED and place.label.key != spec.label
            for place in self._match.places.values()
        )

    def _text(self, pieces: Sequence[Piece]) -> str:
        return "".join(self._lines[piece.line].text[piece.start : piece.stop] for piece in pieces)

    def _fits(self, place: FieldPlace) -> bool:
        """Is there a value, and does it look like one where the layout says how?"""
        if not place.pieces or place.spec.cls != "address" or not place.spec.anywhere:
            return bool(place.pieces)  # a number that was misread in its place must not be sought in another's
        return bool(re.search(place.spec.pattern, self._text(place.pieces)))

    # ── where a value stands ────────────────────────────────────────────────────────────────────────────────────────

    def _beside(self, label: LabelPlace, spec: FieldSpec) -> list[Piece]:
        """What follows on the label's own row up to the next label."""
        pieces = self._up_to_label(label.line, label.stop)
        if not pieces or self._ends_row(label.line, label.stop):
            right = float(self._lines[label.line].quad[1][0])
            for line in self._to_the_right(label.line, right):
                apart = float(self._lines[line].quad[0][0]) - right > NEXT_CELL * self._lines[label.line].height
                if pieces and apart:
                    break
                right = float(self._lines[line].quad[1][0])
                more = self._up_to_label(line, 0)
                pieces += more
                if not more or not self._ends_row(line, 0):
                    break
        if pieces and spec.cls == "address":
            pieces += self._carried_on(pieces[-1])
        return pieces

    def _below(self, label: LabelPlace, spec: FieldSpec) -> list[Piece]:
        """The nearest print under the label, as cards and the heads of tables have it."""
        here = self._lines[label.line]
        left = float(here.centres[label.start][0]) - here.height
        right = float(here.centres[label.stop - 1][0]) + here.height
        under: list[tuple[float, Piece]] = []
        for i, line in enumerate(self._lines):
            away = float(line.quad[0][1] - here.quad[3][1])
            if i == label.line or not line.text or not -0.5 * here.height < away < BELOW * here.height:
                continue
            if self._rows[i] == self._rows[label.line] or line.quad[1][0] < left or line.quad[0][0] > right:
                continue
            under += [(away, piece) for piece in self._up_to_label(i, 0)]
        if not under:
            return []
        piece = min(under, key=lambda item: item[0])[1]
        return [piece, *(self._carried_on(piece) if spec.cls == "address" else [])]

    def _up_to_label(self, line: int, start: int) -> list[Piece]:
        stop = self._label_from(line, start)
        piece = _trim(Piece(line, start, stop), self._lines[line].text) if start < stop else None
        return [piece] if piece is not None else []

    def _label_from(self, line: int, start: int) -> int:
        """Where the next label of a line begins, its end when there is none."""
        ahead = np.flatnonzero(self._labels[line][start:])
        return start + int(ahead[0]) if len(ahead) else len(self._lines[line].text)

    def _ends_row(self, line: int, start: int) -> bool:
        return self._label_from(line, start) == len(self._lines[line].text)

    def _to_the_right(self, line: int, from_x: float) -> list[int]:
        """Lines of the same row right of ``from_x``, up to the first that begins with a label, of this layout or any."""
        row = [
            i
            for i, other in enumerate(self._lines)
            if i != line and other.text and self._rows[i] == self._rows[line] and other.quad[0][0] > from_x - 1
        ]
        reached: list[int] = []
        for i in sorted(row, key=lambda i: float(self._lines[i].quad[0][0])):
            if self._labels[i][0] or UNKNOWN_LABEL.match(self._lines[i].text):
                break
            reached.append(i)
        return reached

    def _carried_on(self, piece: Piece) -> list[Piece]:
        """The rows over which a long value runs on: right below, beginning at its left end, without a label."""
        left = float(self._lines[piece.line].centres[piece.start][0])
        margin = float(self._lines[piece.line].quad[0][0])
        right = max(float(line.quad[1][0]) for line in self._lines if line.text)
        more: list[Piece] = []
        here = piece
        for _ in range(ROWS_MORE):
            line = self._lines[here.line]
            aligned = (left, margin) if line.quad[1][0] > right - 4 * line.height else (left,)
            below = [
                (float(other.quad[0][1]), i)
                for i, other in enumerate(self._lines)
                if other.text
                and not self._labels[i][0]
                and 0.4 * line.height < other.quad[:, 1].mean() - line.quad[:, 1].mean() < NEXT_ROW * line.height
                and min(abs(float(other.quad[0][0]) - x) for x in aligned) < ALIGNED * line.height
            ]
            pieces = self._up_to_label(min(below)[1], 0) if below else []
            if not pieces:
                break
            here = pieces[0]
            more.append(here)
        return more

    def _room(self, label: LabelPlace) -> Quad:
        """Right of the label to the next label or the end of the page's print, as tall as its line."""
        line = self._lines[label.line]
        edge = line.centres[label.stop - 1] + _half_character(line, label)
        next_labels = [
            float(self._lines[other.line].centres[other.start][0]) - line.height / 2
            for other in self._match.places.values()
            if self._rows[other.line] == self._rows[label.line] and other.centre[0] > edge[0]
        ]
        print_ends = max(float(other.quad[1][0]) for other in self._lines if other.text)
        right = max(min(next_labels, default=print_ends), float(edge[0]) + line.height)
        top, bottom = float(line.quad[:2, 1].mean()), float(line.quad[2:, 1].mean())
        return np.array([[edge[0], top], [right, top], [right, bottom], [edge[0], bottom]], np.float32)

    # ── what no label introduces ────────────────────────────────────────────────────────────────────────────────────

    def _anywhere(self, place: FieldPlace, taken: Sequence[NDArray[np.bool_]]) -> FieldPlace:
        """What fits the field's pattern in print that belongs to nothing else."""
        spec = place.spec
        if not spec.anywhere:
            return place
        found: list[tuple[tuple[int, float], Piece, str]] = []
        for i, line in enumerate(self._lines):
            for hit in re.finditer(spec.pattern, line.text):
                whole = not _goes_on(line.text, hit.start(), hit.end())
                free = not taken[i][hit.start() : hit.end()].any() and not self._of_another(spec, i, hit.start())
                if hit.end() > hit.start() and whole and free:
                    position = (self._rows[i], float(line.centres[hit.start()][0]))
                    found.append((position, Piece(i, hit.start(), hit.end()), hit.group()))
        found.sort(key=lambda item: item[0])
        if not found or (spec.anywhere == "only" and len({text for _, _, text in found}) > 1):
            return place
        piece = found[-1 if spec.anywhere == "last" else 0][1]
        return FieldPlace(place.name, place.slot, spec, (piece,), place.room, False)


def _half_character(line: PageLine, label: LabelPlace) -> NDArray[np.float64]:
    span = line.centres[label.stop - 1] - line.centres[label.start]
    return np.asarray(span / max(2 * (label.stop - label.start - 1), 1), np.float64)


def _goes_on(text: str, start: int, stop: int) -> bool:
    """Is a hit only a piece of a longer number?"""
    before = start > 0 and text[start - 1].isdigit() and text[start].isdigit()
    after = stop < len(text) and text[stop - 1].isdigit() and text[stop].isdigit()
    return before or after
