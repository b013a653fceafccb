"""What each frame of a capture shows where a field stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scanner.codec import to_jpeg
from scanner.judge.ctc import Evidence, evidence_of
from scanner.layouts.matching import LayoutMatch
from scanner.layouts.regions import FieldPlace, Piece
from scanner.text.base import LineReading, Recogniser, StepProbabilities
from scanner.text.crops import box_size, cut, grow, part, transform_points
from scanner.text.page import ReadLine
from scanner.types import Image, Quad

LINE_HEIGHT = 48
CROP_MARGIN = 0.35  # of the line's height, around the piece of the photograph that is shown to a person
CROP_QUALITY = 90
LOOSE_ALONG, LOOSE_ACROSS = 0.3, 0.15  # of the line's height
WIDER = 8.0  # line heights that a line may go on after the end that was found
RED_INK = 45  # grey levels of red above the other colours
RED_SHARE = 0.01  # of a crop


@dataclass(frozen=True, eq=False)
class PageInFrames:
    """The page in every frame of the burst.

    ``to_page``: from pixels of frame ``best`` to pixels of the page; ``moves[i]``: from frame ``best`` to frame i.
    """

    frames: Sequence[Image]
    best: int
    to_page: NDArray[np.float64]
    moves: Sequence[NDArray[np.float64]]
    corners: Quad
    image: Image
    _to_frame: list[NDArray[np.float64]] = field(default_factory=list)

    def in_frame(self, quad: Quad, index: int) -> Quad:
        """A quadrilateral of the page in pixels of frame ``index``."""
        return transform_points(quad, self.moves[index] @ np.linalg.inv(self.to_page))

    def crop(self, quad: Quad, index: int, height: int | None = LINE_HEIGHT) -> Image:
        return cut(self.frames[index], self.in_frame(quad, index), height)


class FieldEvidence:
    """Reads fields in the frames, each piece once."""

    def __init__(
        self, recogniser: Recogniser, lines: Sequence[ReadLine], page: PageInFrames, match: LayoutMatch | None
    ) -> None:
        self._recogniser = recogniser
        self._lines = lines
        self._page = page
        self._match = match
        self._first: dict[int, tuple[Evidence | None, str, float]] = {}
        self._burst: dict[int, list[Evidence]] = {}
        self._looks: dict[int, list[Evidence | None]] = {}

    def text(self, place: FieldPlace) -> tuple[str, float]:
        """The greedy reading of a field in the sharpest frame, with its score."""
        _, text, score = self._read_first(place)
        return text, score

    def frames(self, place: FieldPlace) -> list[Evidence]:
        """What every frame shows, the sharpest first. Empty for a recogniser that gives no probabilities."""
        if id(place) not in self._burst:
            first = self._read_first(place)[0]
            others = [i for i in range(len(self._page.frames)) if i != self._page.best]
            found = [first] if first is not None else []
            if first is not None:
                found += [e for i in others if (e := self._read_other(place, i)) is not None]
            self._burst[id(place)] = found
        return self._burst[id(place)]

    def second_looks(self, place: FieldPlace) -> Iterator[Evidence]:
        """The sharpest frame cut out differently, one after the other as they are asked for.

        Wider, up to the end of the field's room, for a line that was not found to its end; looser, for strokes at the
        edge; and without the red of a seal.
        """
        made = self._looks.setdefault(id(place), [])
        kinds = self._look_cutters(place)
        for index, cutter in enumerate(kinds):
            if index == len(made):
                crops = cutter()
                parts = [r.probabilities for r in self._recogniser.recognise(crops)]
                made.append(evidence_of([p for p in parts if p is not None]) if crops and None not in parts else None)
            if (look := made[index]) is not None:
                yield look

    def _look_cutters(self, place: FieldPlace) -> list[Callable[[], list[Image]]]:
        quads = self._quads(place) or ([place.room] if place.room is not None else [])
        loose = [grow(q, LOOSE_ALONG * box_size(q)[1], LOOSE_ACROSS * box_size(q)[1]) for q in quads]
        wide = [self._to_room_end(quads[0], place.room)] if len(quads) == 1 and place.room is not None else []

        def cut_out(shapes: Sequence[Quad]) -> list[Image]:
            return [self._page.crop(shape, self._page.best) for shape in shapes]

        def without_red() -> list[Image]:
            crops = cut_out(wide or loose)
            return [np.repeat(c[:, :, 2:], 3, axis=2) for c in crops] if any(_has_red_ink(c) for c in crops) else []

        return [lambda: cut_out(wide), lambda: cut_out(loose), without_red]

    @staticmethod
    def _to_room_end(quad: Quad, room: Quad) -> Quad:
        width, height = box_size(quad)
        missing = float(np.clip(room[1][0] - quad[1][0], 0.0, WIDER * height))
        return part(quad, -0.2 * height / max(width, 1.0), 1 + missing / max(width, 1.0))

    def box(self, place: FieldPlace) -> Quad | None:
        """The quadrilateral on the page that holds the field's value (or should hold it)."""
        quads = self._quads(place)
        if not quads:
            return place.room
        if len(quads) == 1:
            return quads[0]
        points = np.vstack(quads)
        left, top = points.min(axis=0)
        right, bottom = points.max(axis=0)
        return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)

    def crop_jpeg(self, place: FieldPlace) -> bytes:
        """The piece of the photograph, upright, with a little of what is around it."""
        quad = self.box(place)
        if quad is None:
            return b""
        margin = CROP_MARGIN * min(box_size(quad)[1], 60.0)
        return to_jpeg(self._page.crop(grow(quad, margin, margin), self._page.best, None), CROP_QUALITY)

    def _quads(self, place: FieldPlace) -> list[Quad]:
        return [self._piece_quad(piece) for piece in place.pieces]

    def _piece_quad(self, piece: Piece) -> Quad:
        line = self._lines[piece.line]
        start, stop = self._span(piece)
        return part(line.quad, start / line.reading.steps, stop / line.reading.steps)

    def _span(self, piece: Piece) -> tuple[int, int]:
        """The steps of a piece: halfway to its neighbours on the line, or to the line's end."""
        characters = self._lines[piece.line].reading.characters
        steps = self._lines[piece.line].reading.steps
        start = 0 if piece.start == 0 else (characters[piece.start - 1].step + characters[piece.start].step + 1) // 2
        last = piece.stop
        stop = steps if last == len(characters) else (characters[last - 1].step + characters[last].step + 1) // 2
        return start, max(stop, start + 1)

    def _read_first(self, place: FieldPlace) -> tuple[Evidence | None, str, float]:
        if id(place) not in self._first:
            if place.pieces:
                self._first[id(place)] = self._from_pieces(place)
            elif place.room is not None:
                self._first[id(place)] = self._from_room(place)
            else:
                self._first[id(place)] = (None, "", 0.0)
        return self._first[id(place)]

    def _from_pieces(self, place: FieldPlace) -> tuple[Evidence | None, str, float]:
        parts: list[StepProbabilities] = []
        text, scores = "", []
        for piece in place.pieces:
            reading = self._lines[piece.line].reading
            text += reading.text[piece.start : piece.stop]
            scores += [c.probability for c in reading.characters[piece.start : piece.stop]]
            if reading.probabilities is not None:
                parts.append(reading.probabilities.slice(*self._span(piece)))
        evidence = evidence_of(parts) if len(parts) == len(place.pieces) else None
        return evidence, text, float(np.mean(scores)) if scores else 0.0

    def _from_room(self, place: FieldPlace) -> tuple[Evidence | None, str, float]:
        """No line was found where the value should stand: look there once more, at the room itself."""
        reading = self._room_reading(place, self._page.best)
        evidence = evidence_of([reading.probabilities]) if reading.probabilities is not None and reading.text else None
        return evidence, reading.text, reading.score

    def _room_reading(self, place: FieldPlace, index: int) -> LineReading:
        assert place.room is not None
        (reading,) = self._recogniser.recognise([self._page.crop(place.room, index)])
        return reading

    def _read_other(self, place: FieldPlace, index: int) -> Evidence | None:
        if not place.pieces:
            probabilities = self._room_reading(place, index).probabilities
            return evidence_of([probabilities]) if probabilities is not None else None
        crops = [self._page.crop(quad, index) for quad in self._quads(place)]
        parts = [r.probabilities for r in self._recogniser.recognise(crops)]
        return evidence_of([p for p in parts if p is not None]) if None not in parts else None


def _has_red_ink(crop: Image) -> bool:
    """Is there a seal in the picture? Judged against the paper's own tint."""
    excess = crop[:, :, 2].astype(np.int16) - np.maximum(crop[:, :, 0], crop[:, :, 1])
    return bool(np.mean(excess > np.median(excess) + RED_INK) > RED_SHARE)
