"""What each frame of a capture shows where a field stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.codec import to_jpeg
from scanner.imaging import as_image
from scanner.judge.ctc import Evidence, evidence_of
from scanner.layouts.matching import LayoutMatch
from scanner.layouts.regions import FieldPlace, Piece
from scanner.text.base import LineReading, Recogniser, StepProbabilities
from scanner.text.crops import box_size, cut, grow, part, transform_points
from scanner.text.page import ReadLine
from scanner.text.seals import Seal, without_red
from scanner.types import Image, Quad

LINE_HEIGHT = 48
CROP_MARGIN = 0.35  # of the line's height, around the piece of the photograph that is shown to a person
CROP_QUALITY = 90
LOOSE_ALONG, LOOSE_ACROSS = 0.3, 0.15  # of the line's height
WIDER, LEAST_WIDER = 8.0, 0.2  # line heights that a line may go on before and after what was found of it
LOST_HEIGHTS = 2.2
SHARPENED_PX, STRETCHED = 1.5, 1.2


@dataclass(frozen=True, eq=False)
class PageInFrames:
    """The page in every frame of the burst.

    ``to_page``: from pixels of frame ``best`` to pixels of the page; ``moves[i]``: from frame ``best`` to frame i.
    """

    frames: Sequence[Image]
    best: int
    to_page: NDArray[np.float64]
    moves: Sequence[NDArray[np.float64]]
    seals: Sequence[Seal] = ()

    def in_frame(self, quad: Quad, index: int) -> Quad:
        """A quadrilateral of the page in pixels of frame ``index``."""
        return transform_points(quad, self.moves[index] @ np.linalg.inv(self.to_page))

    def crop(self, quad: Quad, index: int, height: int | None = LINE_HEIGHT, *, plain: bool = True) -> Image:
        """The quadrilateral cut out of frame ``index``; ``plain``: without the ink of a seal that lies on it."""
        crop = cut(self.frames[index], self.in_frame(quad, index), height)
        if plain and any(seal.touches(quad) for seal in self.seals):
            return without_red(crop)
        return crop


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
        self._burst: dict[int, dict[int, Evidence | None]] = {}
        self._looks: dict[tuple[int, str], Evidence | None] = {}

    def text(self, place: FieldPlace) -> tuple[str, float]:
        """The greedy reading of a field in the sharpest frame, with its score."""
        _, text, score = self._read_first(place)
        return text, score

    def frames(self, place: FieldPlace) -> Iterator[Evidence]:
        """What the frames show, the sharpest first, each read only when it is asked for.

        Nothing for a recogniser that gives no probabilities.
        """
        first = self._read_first(place)[0]
        if first is None:
            return
        yield first
        others = self._burst.setdefault(id(place), {})
        for index in range(len(self._page.frames)):
            if index == self._page.best:
                continue
            if index not in others:
                others[index] = self._read_other(place, index)
            if (evidence := others[index]) is not None:
                yield evidence

    def wider_look(self, place: FieldPlace) -> Evidence | None:
        """The sharpest frame to the ends of the field's room, for a line that was not found from end to end."""
        quads = self._quads(place)
        if len(quads) > 1 or (not quads and place.room is None):
            return None
        whole = self._to_the_ends(quads[0], place.room) if quads else place.room
        assert whole is not None
        return self._look(place, "wider", lambda: [self._page.crop(whole, self._page.best)])

    def longer_look(self, place: FieldPlace) -> Evidence | None:
        """The sharpest frame with a lost character or two before and after a value that was read as too short."""
        quads = self._quads(place)
        if len(quads) != 1:
            return None
        longer = grow(quads[0], LOST_HEIGHTS * box_size(quads[0])[1], 0.0)
        return self._look(place, "longer", lambda: [self._page.crop(longer, self._page.best)])

    def varied_looks(self, place: FieldPlace) -> list[Evidence]:
        """The sharpest frame cut out in several ways, which together have the weight of one look.

        Where a character stands on the verge of two readings, a crop that begins a little elsewhere, is a little wider
        or a little sharper tips it either way; what all of them say together is what the pixels say.
        """
        quads = self._quads(place) or ([place.room] if place.room is not None else [])

        def cut_out(along: float, across: float) -> list[Image]:
            grown = [grow(q, along * box_size(q)[1], across * box_size(q)[1]) for q in quads]
            return [self._page.crop(q, self._page.best) for q in grown]

        ways: dict[str, Callable[[], list[Image]]] = {
            "tight": lambda: cut_out(0.0, 0.0),
            "loose": lambda: cut_out(LOOSE_ALONG, LOOSE_ACROSS),
            "sharp": lambda: [_sharpened(crop) for crop in cut_out(LOOSE_ALONG / 2, LOOSE_ACROSS / 3)],
            "long": lambda: [_stretched(crop) for crop in cut_out(LOOSE_ALONG / 2, LOOSE_ACROSS / 3)],
        }
        looks = [self._read_first(place)[0], *(self._look(place, name, way) for name, way in ways.items())]
        found = [look for look in looks if look is not None and look.text]
        return [replace(look, weight=1 / len(found)) for look in found]

    def _look(self, place: FieldPlace, name: str, cutter: Callable[[], list[Image]]) -> Evidence | None:
        key = (id(place), name)
        if key not in self._looks:
            parts = [r.probabilities for r in self._recogniser.recognise(cutter())]
            self._looks[key] = evidence_of([p for p in parts if p is not None]) if parts and None not in parts else None
        return self._looks[key]

    @staticmethod
    def _to_the_ends(quad: Quad, room: Quad | None) -> Quad:
        width, height = box_size(quad)
        if room is None:  # a value in running text: as far as a lost character or two
            return grow(quad, LOST_HEIGHTS * height, 0.0)
        before, after = np.clip(
            [quad[0][0] - room[0][0], room[1][0] - quad[1][0]], LEAST_WIDER * height, WIDER * height
        )
        return part(quad, -float(before) / max(width, 1.0), 1 + float(after) / max(width, 1.0))

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
        picture = self._page.crop(grow(quad, margin, margin), self._page.best, None, plain=False)
        return to_jpeg(picture, CROP_QUALITY)

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


def _sharpened(crop: Image) -> Image:
    return as_image(cv2.addWeighted(crop, 2.0, cv2.GaussianBlur(crop, (0, 0), SHARPENED_PX), -1.0, 0))


def _stretched(crop: Image) -> Image:
    return as_image(cv2.resize(crop, None, fx=STRETCHED, fy=1.0, interpolation=cv2.INTER_CUBIC))
