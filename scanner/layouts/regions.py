"""From a layout laid over the page to the characters of each field.

Values are printed beside or below their labels. What belongs to a label is not value; what is left of each line is cut
into runs, and each run goes to the field whose room it stands in. A room is where the layout says, moved by as much as
the field's own label was found off its place, so that a form with other spacing is still read by its labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanner.layouts.matching import LayoutMatch, PageLine
from scanner.layouts.model import Box, FieldSpec
from scanner.types import Quad

PUNCTUATION = ":;,.·。，：；、 -"
ROOM_ABOVE_BELOW = 0.35  # of the room's height: how far a character's centre may stand outside
SLANT = 8.0  # degrees
TWO_ROWS_MM = 7.8  # a room this tall holds two rows of print
ROOM_LEFT_RIGHT = 1.2  # in line heights


@dataclass(frozen=True)
class Piece:
    """Characters ``start``..``stop`` of line ``line``."""

    line: int
    start: int
    stop: int


@dataclass(frozen=True, eq=False)
class FieldPlace:
    """Where one field (one slot of a repeated field) stands.

    ``pieces`` in reading order; empty when nothing was read there. ``room`` is the quadrilateral on the page where the
    value should be, ``sure`` tells that the field's own label was found (or that it has none and the page fits well).
    """

    name: str
    slot: int
    spec: FieldSpec
    pieces: tuple[Piece, ...]
    room: Quad | None
    sure: bool


def locate_fields(match: LayoutMatch, lines: Sequence[PageLine]) -> list[FieldPlace]:
    """Every field of the layout, those that could not be found included (no pieces, no room)."""
    taken = [np.zeros(len(line.text), bool) for line in lines]
    for place in match.places.values():
        taken[place.line][place.start : place.stop] = True
    rooms = _rooms(match)
    boxed = _fill_rooms(rooms, lines, taken, _angle(match))
    places: list[FieldPlace] = []
    for name, spec in match.layout.fields.items():
        if spec.flow:
            pieces = _take(spec, _flow(match, spec, lines, taken), lines)
            places.append(FieldPlace(name, 0, spec, pieces, None, True))
            continue
        if spec.within:
            host = (spec.within, 0)
            places.append(_place(name, 0, spec, boxed.get(host, ()), rooms.get(host), lines))
            continue
        slots = spec.slots or (None,)
        for slot in range(len(slots)):
            room = rooms.get((name, slot))
            pieces = boxed.get((name, slot), ())
            if spec.split:
                places.extend(_split(name, spec, pieces, lines, room))
            else:
                places.append(_place(name, slot, spec, pieces, room, lines))
    return places


@dataclass(frozen=True, eq=False)
class _Room:
    """A field's room: ``quad`` on the page; ``inside`` takes page points to the unit square of the room."""

    quad: Quad
    box: Box
    to_mm: NDArray[np.float64]
    shift: NDArray[np.float64]
    sure: bool
    pattern: str = ""


def _rooms(match: LayoutMatch) -> dict[tuple[str, int], _Room]:
    matrix = np.vstack([match.to_page, [0, 0, 1]])
    to_mm = np.linalg.inv(matrix)[:2]
    rooms: dict[tuple[str, int], _Room] = {}
    for name, spec in match.layout.fields.items():
        if spec.flow or spec.within:
            continue
        slots = [(slot.box or spec.box, slot.label or spec.label) for slot in spec.slots] or [(spec.box, spec.label)]
        for index, (box, label) in enumerate(slots):
            if box is None:
                continue
            shift, sure = np.zeros(2), match.score > 0.6
            place = match.places.get(label) if label else None
            if place is None and label and match.layout.label(label).floats:
                continue  # its row is not on this page
            if label:
                sure = place is not None and place.likeness > 0.7
            if place is not None and place.likeness > 0.7:
                x, y, w, h = place.label.at
                shift = np.array(place.centre) - match.point(x + w / 2, y + h / 2)
            box = _up_to_next_label(match, label, box, to_mm)
            x, y, w, h = box
            corners = [match.point(px, py) + shift for px, py in ((x, y), (x + w, y), (x + w, y + h), (x, y + h))]
            rooms[name, index] = _Room(np.array(corners, np.float32), box, to_mm, shift, sure, spec.pattern)
    return rooms


def _up_to_next_label(match: LayoutMatch, own: str | None, box: Box, to_mm: NDArray[np.float64]) -> Box:
    """A room ends where another label was found on its rows."""
    x, y, w, h = box
    for place in match.places.values():
        left, middle = to_mm @ np.array([*place.centre, 1.0]) - np.array([place.label.at[2] / 2, 0.0])
        if place.label.key != own and x + 2 < left < x + w and y - 0.5 < middle < y + min(h, TWO_ROWS_MM) + 0.5:
            w = left - 0.5 - x
    return x, y, w, h


def _fill_rooms(
    rooms: dict[tuple[str, int], _Room],
    lines: Sequence[PageLine],
    taken: Sequence[NDArray[np.bool_]],
    match_angle: float,
) -> dict[tuple[str, int], tuple[Piece, ...]]:
    keys = list(rooms)
    pieces: dict[tuple[str, int], list[Piece]] = {key: [] for key in keys}
    for index, line in enumerate(lines):
        if not line.text or not keys or _slanted(line, match_angle):
            continue
        scores = np.stack([_standing(rooms[key], line) for key in keys])
        owner = np.where(scores.max(axis=0) > 0, scores.argmax(axis=0), -1)
        owner[taken[index]] = -2
        _carry_on(owner, line.text)
        for start, stop in _runs(owner):
            piece = _trim(Piece(index, start, stop), line.text)
            if piece is not None:
                pieces[keys[int(owner[start])]].append(piece)
    return {key: _one_row(rooms[key], found, lines) for key, found in pieces.items()}


def _angle(match: LayoutMatch) -> float:
    return float(np.degrees(np.arctan2(match.to_page[1, 0], match.to_page[0, 0])))


def _slanted(line: PageLine, level: float) -> bool:
    """Text of a seal runs around it: a line that is not level with the page is nobody's value."""
    x, y = line.quad[1] - line.quad[0]
    return abs(float(np.degrees(np.arctan2(y, x))) - level) > SLANT


def _one_row(room: _Room, pieces: Sequence[Piece], lines: Sequence[PageLine]) -> tuple[Piece, ...]:
    """Of pieces that stand over each other in a room for one row (a seal's words), the ones that look like the
    value, else the ones nearest to its middle."""
    if room.box[3] > TWO_ROWS_MM:
        return tuple(pieces)

    def fits(piece: Piece) -> bool:
        return bool(room.pattern) and bool(re.search(room.pattern, lines[piece.line].text[piece.start : piece.stop]))

    def extent(piece: Piece) -> tuple[float, float, float]:
        points = (lines[piece.line].centres[piece.start : piece.stop] - room.shift) @ room.to_mm[:, :2].T + room.to_mm[
            :, 2
        ]
        return (
            abs(float(points[:, 1].mean()) - room.box[1] - room.box[3] / 2),
            float(points[0, 0]),
            float(points[-1, 0]),
        )

    kept: list[tuple[Piece, float, float]] = []
    for piece in sorted(pieces, key=lambda p: (not fits(p), extent(p)[0])):
        _, left, right = extent(piece)
        if all(right < other_left or left > other_right for _, other_left, other_right in kept):
            kept.append((piece, left, right))
    return tuple(piece for piece, _, _ in kept)


def _standing(room: _Room, line: PageLine) -> NDArray[np.float64]:
    """How well each character of the line stands in the room: 0 outside, more towards the middle of its height."""
    points = (line.centres - room.shift) @ room.to_mm[:, :2].T + room.to_mm[:, 2]
    x, y, w, h = room.box
    side = ROOM_LEFT_RIGHT * h if h < 8 else 3.0
    across = (points[:, 0] > x - min(side, 2.0)) & (points[:, 0] < x + w + 0.5)
    off = np.abs(points[:, 1] - (y + h / 2)) / (h / 2)
    return np.where(across & (off < 1 + ROOM_ABOVE_BELOW), 2.0 - off, 0.0)


def _carry_on(owner: NDArray[np.int_], text: str) -> None:
    """A value that is longer than its room still belongs to it, up to the next label or field."""
    for i in range(1, len(text)):
        if owner[i] == -1 and owner[i - 1] >= 0:
            owner[i] = owner[i - 1]


def _runs(owner: NDArray[np.int_]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(owner) + 1):
        if i == len(owner) or owner[i] != owner[start]:
            if owner[start] >= 0:
                runs.append((start, i))
            start = i
    return runs


def _trim(piece: Piece, text: str) -> Piece | None:
    start, stop = piece.start, piece.stop
    while start < stop and text[start] in PUNCTUATION:
        start += 1
    while stop > start and text[stop - 1] in PUNCTUATION:
        stop -= 1
    return Piece(piece.line, start, stop) if start < stop else None


def _place(
    name: str, slot: int, spec: FieldSpec, pieces: Sequence[Piece], room: _Room | None, lines: Sequence[PageLine]
) -> FieldPlace:
    ordered = _take(spec, _reading_order(pieces, lines), lines)
    return FieldPlace(name, slot, spec, ordered, room.quad if room else None, bool(room and room.sure))


def _take(spec: FieldSpec, pieces: Sequence[Piece], lines: Sequence[PageLine]) -> tuple[Piece, ...]:
    """The part of the pieces that the ``take`` pattern names; all of them when it does not fit."""
    if not spec.take:
        return tuple(pieces)
    characters = [(piece.line, i) for piece in pieces for i in range(piece.start, piece.stop)]
    found = re.search(spec.take, "".join(lines[line].text[i] for line, i in characters))
    if found is None or found.start(1) == found.end(1):
        return tuple(pieces)
    parts: list[Piece] = []
    for line, i in characters[found.start(1) : found.end(1)]:
        if parts and parts[-1].line == line and parts[-1].stop == i:
            parts[-1] = Piece(line, parts[-1].start, i + 1)
        else:
            parts.append(Piece(line, i, i + 1))
    trimmed = [_trim(part, lines[part.line].text) for part in parts]
    return tuple(part for part in trimmed if part is not None)


def _reading_order(pieces: Sequence[Piece], lines: Sequence[PageLine]) -> list[Piece]:
    """Rows from top to bottom, each from left to right."""

    def centre(piece: Piece) -> NDArray[np.float32]:
        return lines[piece.line].centres[piece.start : piece.stop].mean(axis=0)

    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: float(centre(p)[1])):
        if rows and abs(centre(piece)[1] - centre(rows[-1][0])[1]) < 0.5 * lines[piece.line].height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda p: float(centre(p)[0]))]


def _split(
    name: str, spec: FieldSpec, pieces: Sequence[Piece], lines: Sequence[PageLine], room: _Room | None
) -> list[FieldPlace]:
    """A repeated field printed in one place (names with 、 between them): one place a value."""
    parts: list[Piece] = []
    for piece in _reading_order(pieces, lines):
        text = lines[piece.line].text[piece.start : piece.stop]
        start = 0
        for cut in [*re.finditer(spec.split, text), None]:
            stop = cut.start() if cut else len(text)
            part = _trim(Piece(piece.line, piece.start + start, piece.start + stop), lines[piece.line].text)
            if part is not None:
                parts.append(part)
            start = cut.end() if cut else stop
    sure = bool(room and room.sure)
    quad = room.quad if room else None
    if not parts:
        return [FieldPlace(name, 0, spec, (), quad, sure)]
    return [FieldPlace(name, slot, spec, (part,), quad, sure) for slot, part in enumerate(parts)]


def _flow(
    match: LayoutMatch, spec: FieldSpec, lines: Sequence[PageLine], taken: Sequence[NDArray[np.bool_]]
) -> tuple[Piece, ...]:
    """What follows a label in a sentence: to the next label or full stop, over the end of the line if need be."""
    place = match.places.get(spec.label or "")
    if place is None:
        return ()
    pieces: list[Piece] = []
    line, start = place.line, place.stop
    for _ in range(3):
        text = lines[line].text
        stop = start
        while stop < len(text) and not taken[line][stop] and not _ends_sentence(text, stop):
            stop += 1
        piece = _trim(Piece(line, start, stop), text)
        if piece is not None:
            pieces.append(piece)
        if stop < len(text):
            break
        following = _next_line(lines, line)
        if following is None:
            break
        line, start = following, 0
    return tuple(pieces)


def _ends_sentence(text: str, at: int) -> bool:
    """A comma or full stop, but not the point of a number."""
    if text[at] == ".":
        return not (at and at + 1 < len(text) and text[at - 1].isdigit() and text[at + 1].isdigit())
    return text[at] in ",;"


def _next_line(lines: Sequence[PageLine], current: int) -> int | None:
    """The line right below, beginning at about the left margin of the same paragraph."""
    here = lines[current]
    below = [
        (float(other.quad[0][1] - here.quad[3][1]), index)
        for index, other in enumerate(lines)
        if index != current
        and other.text
        and -0.3 * here.height < other.quad[0][1] - here.quad[3][1] < 1.2 * here.height
        and other.quad[0][0] < here.quad[0][0] + 3 * here.height
    ]
    return min(below)[1] if below else None
