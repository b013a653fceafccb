"""From captured frames to a reading: where the paper lies, what it is, what it says, and how that fits the record."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from scanner.barcodes import decode_burst
from scanner.codec import to_jpeg
from scanner.fields import FieldEvidence, PageInFrames
from scanner.geometry import is_convex, turned
from scanner.judge.confusables import inseparable_from, least_certainty, look_alikes
from scanner.judge.panel import Panel
from scanner.layouts import Layout, builtin_layouts
from scanner.layouts.finding import locate_fields, match_layout
from scanner.layouts.matching import LabelFinder, LayoutMatch, PageLine
from scanner.layouts.regions import FieldPlace
from scanner.lines import text_lines
from scanner.locate import locate
from scanner.mrz import ZoneFound, find_zone
from scanner.printed_forms import PrintedForms, as_declared
from scanner.quality import assess
from scanner.rectify import page_matrix, rectify, whole_frame
from scanner.text import Recogniser, create_recogniser
from scanner.text.burst import displacement, sharpest, small_size, thumbnail
from scanner.text.crops import cut, transform_points
from scanner.text.page import ReadLine, fitted, quarter_turn_of, turn_boxes, upright_share, widest
from scanner.text.seals import Seal, find_seals, without_seals
from scanner.text.whole import read_page
from scanner.types import Barcode, DocumentFound, ExpectedSet, FieldReading, Image, Quad, Reading

NAMED_FROM = 0.45  # least share of a layout's labels in place for the page to be called by its name
TELL_MARGIN = 0.2  # a kind told apart by one field's form may trail the best layout by this much and still be asked
NAMED_BY_TITLE = 0.1  # … where the title itself was read
LESS_SURE = 0.15  # cut out anew, a page may explain this much less and still be taken
SURE_VOTE = 0.25  # votes this near to one half leave open which way up the page stands …
MAKES_SENSE = 0.7  # … and so does a mean score of its lines below this
FEW_LINES = 6  # fewer that make sense are no page of a document
WORDS_KNOWN = 0.5  # share of a layout's words that makes it worth looking for it without the corners
LONGEST_SIDE = 3200  # pixels of the rectified page
PAGE_JPEG_QUALITY = 88


@dataclass(eq=False)
class _Page:
    """The page of the sharpest frame, upright, with its lines."""

    corners: Quad
    orientation: int
    image: Image
    plain: Image  # without the ink of seals: what is read
    seals: Sequence[Seal] = ()
    lines: list[ReadLine] = field(default_factory=list)

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[1], self.image.shape[0]

    def matching_lines(self) -> list[PageLine]:
        return [_matching_line(line) for line in self.lines]


class Reader:
    """Reads captures, one at a time, in whatever process it lives.

    ``printed_forms``: the forms in which a paper may print a declared value of a field class. Raises
    RecogniserUnavailable when the recogniser cannot be had, LayoutError when a layout file is wrong.
    """

    def __init__(
        self,
        recogniser: Recogniser | None = None,
        *,
        printed_forms: PrintedForms = as_declared,
        layouts: Sequence[Layout] | None = None,
    ) -> None:
        self._recogniser = recogniser or create_recogniser()
        self._forms = printed_forms
        self._layouts = tuple(layouts) if layouts is not None else builtin_layouts()

    def warm_up(self) -> None:
        """Load what is loaded lazily, so that the first paper is not slower than the second."""
        blank = np.full((400, 640, 3), 255, np.uint8)
        self.read([blank], corners=whole_frame(blank))
        self._recogniser.recognise([blank[:48, :320]])
        for table in (look_alikes, inseparable_from, least_certainty):
            table("一")
        for field_class in ("name", "address", "date"):
            self._forms(field_class, "王一")

    def read(
        self,
        frames: Sequence[Image],
        *,
        corners: Quad | None = None,
        kind: str | None = None,
        expects: Mapping[str, ExpectedSet] = {},
    ) -> Reading:
        """Read one capture: one frame, or a burst of the same paper.

        ``corners``: the page in ``frames[0]`` when it is known. ``kind``: a material code when somebody said so.
        ``expects``: sets of declared values by any id; each is judged independently. Raises ValueError for no frames.
        """
        if not frames:
            raise ValueError("a capture has at least one frame")
        clock = _Clock()
        with clock("locate"):
            found = corners
            if found is None:
                located = locate(frames[0])
                found = located.corners if located is not None else None
            quad = found if found is not None else whole_frame(frames[0])
        with clock("rectify"):
            best, moves = _choose_frame(frames, quad)
            page = _page(quad, 0, _rectified(frames[best], quad))
        with clock("lines"):
            self._turn_upright(page)
        with clock("text"):
            self._read_lines(page)
        with clock("layout"):
            match, places = self._recognise_kind(page, frames[best], kind)
        with clock("text"):
            if match is None and not expects:
                page.lines = self._read_everything(page, frames[best])
            zone = find_zone(page.lines)
        with clock("barcodes"):
            barcodes = decode_burst(frames, best)
        with clock("judge"):
            seen = PageInFrames(frames, best, page_matrix(page.corners, page.size), moves, page.seals)
            evidence = FieldEvidence(self._recogniser, page.lines, seen, match)
            layout = match.layout if match else None
            panel = Panel(
                layout, places, evidence, self._forms, self._recogniser.dictionary, barcodes, zone and zone.zone
            )
            fields, verdicts, page_name = panel.report(expects, kind)
        with clock("quality"):
            quality = assess(frames[best], page.corners, layout.size_mm if layout else None)
        with clock("pictures"):
            page_jpeg = to_jpeg(page.image, PAGE_JPEG_QUALITY)
        document = DocumentFound(
            corners=None if found is None else page.corners,
            orientation=page.orientation,
            kind=_kind_name(match, kind),
            page=page_name,
            kind_score=match.score if match else 0.0,
            quality=quality,
        )
        return _reading(document, barcodes, page.lines, zone, fields, verdicts, page_jpeg, clock.timings())

    def _turn_upright(self, page: _Page) -> None:
        """Find the lines and turn the page so that they run level, then the right way up if that can be told."""
        boxes = self._recogniser.detect_lines(page.plain)
        degrees = quarter_turn_of(boxes)
        level = turn_boxes(boxes, -degrees, page.size)
        upright = _turned_page(page, degrees)
        share = upright_share(upright.plain, level, self._recogniser) if level else 1.0
        self._upright = max(share, 1 - share)
        if share < 0.5:
            degrees += 180
        self._boxes = turn_boxes(boxes, -degrees, page.size)
        _become(page, _turned_page(page, degrees))

    def _read_lines(self, page: _Page) -> None:
        boxes = [fitted(box) for box in widest(self._boxes)]
        readings = self._recogniser.recognise([cut(page.plain, box, 48) for box in boxes])
        page.lines = [ReadLine(box, reading) for box, reading in zip(boxes, readings, strict=True)]

    def _read_everything(self, page: _Page, frame: Image) -> list[ReadLine]:
        """All that the whole frame says, in the page's pixels: what is no page we know may be no page at all."""
        to_page = page_matrix(page.corners, page.size)
        lines = read_page(frame, self._recogniser)
        return [ReadLine(transform_points(line.quad, to_page), line.reading) for line in lines]

    def _recognise_kind(
        self, page: _Page, frame: Image, kind: str | None
    ) -> tuple[LayoutMatch | None, list[FieldPlace]]:
        """Name the page; where that fails, the other way up, and then without trusting the corners."""
        match, places = self._named(page, kind)
        if match is None and page.lines and self._doubtful(page):
            match, places = self._other_way_up(page, kind)
        if match is None and (self._hardly_text(page) or self._words_known(page, kind)):
            everything = _page(whole_frame(frame), 0, frame)
            self._turn_upright(everything)
            self._read_lines(everything)
            match, places = self._named(everything, kind)
            if match is not None:
                _become(page, everything)
        if match is not None and match.by_labels:
            match, places = self._by_its_labels(page, frame, match, kind) or (match, places)
        return match, places

    def _doubtful(self, page: _Page) -> bool:
        """Could the page stand on its head? Then the votes were close, or its lines make little sense."""
        return abs(self._upright - 0.5) < SURE_VOTE or bool(
            np.mean([line.reading.score for line in page.lines]) < MAKES_SENSE
        )

    @staticmethod
    def _hardly_text(page: _Page) -> bool:
        """Is this no page at all, but a piece of one?"""
        return sum(line.reading.score > MAKES_SENSE for line in page.lines) < FEW_LINES

    def _words_known(self, page: _Page, kind: str | None) -> bool:
        """Are most words of some layout on the page, though not where they should stand? Then the corners are wrong."""
        finder = LabelFinder(page.matching_lines())
        return any(
            sum(bool(finder.find(label)) for label in layout.labels) >= max(3.0, WORDS_KNOWN * len(layout.labels))
            for layout in self._candidates(kind)
        )

    def _candidates(self, kind: str | None) -> list[Layout]:
        return [layout for layout in self._layouts if kind is None or kind in layout.kinds()]

    def _other_way_up(self, page: _Page, kind: str | None) -> tuple[LayoutMatch | None, list[FieldPlace]]:
        other = _turned_page(page, 180)
        self._boxes = turn_boxes([line.quad for line in page.lines], 180, page.size)
        self._read_lines(other)
        match, places = self._named(other, kind)
        if match is not None:
            _become(page, other)
        return match, places

    def _by_its_labels(
        self, page: _Page, frame: Image, match: LayoutMatch, kind: str | None
    ) -> tuple[LayoutMatch, list[FieldPlace]] | None:
        """The corners were seen wrongly, the labels say where the page lies: cut it out anew and read it there."""
        to_frame = np.linalg.inv(page_matrix(page.corners, page.size))
        corners = transform_points(match.outline(), to_frame)
        if not is_convex(corners):
            return None
        other = _page(corners, _orientation(corners), _rectified(frame, corners))
        self._boxes = self._recogniser.detect_lines(other.plain)
        self._read_lines(other)
        found, places = self._named(other, kind)
        if found is None or found.score < match.score - LESS_SURE:
            return None
        _become(page, other)
        return found, places

    def _named(self, page: _Page, kind: str | None) -> tuple[LayoutMatch | None, list[FieldPlace]]:
        """The layout this page is printed in, with the places of its fields; (None, []) when it is none we know."""
        lines = page.matching_lines()
        finder = LabelFinder(lines)
        ranked = sorted(
            (match_layout(layout, finder, page.size) for layout in self._candidates(kind)), key=lambda m: -m.score
        )
        ranked = [m for m in ranked if m.score >= (NAMED_BY_TITLE if m.title_read else NAMED_FROM)]
        if not ranked:
            return None, []
        near = [match for match in ranked if match.score > ranked[0].score - TELL_MARGIN]
        for match in sorted(near, key=lambda m: (not m.layout.tells, -m.score)):
            places = locate_fields(match, lines)
            if _tells_hold(match.layout, places, lines):
                return match, places
        return None, []


def _tells_hold(layout: Layout, places: Sequence[FieldPlace], lines: Sequence[PageLine]) -> bool:

    for name, pattern in layout.tells.items():
        texts = [
            "".join(lines[p.line].text[p.start : p.stop] for p in place.pieces)
            for place in places
            if place.name == name
        ]
        if not any(re.search(pattern, text) for text in texts):
            return False
    return True


def _kind_name(match: LayoutMatch | None, told: str | None) -> str | None:
    if match is None:
        return None
    return told if told in match.layout.also_kinds else match.layout.kind


def _choose_frame(frames: Sequence[Image], quad: Quad) -> tuple[int, list[np.ndarray]]:
    """The sharpest frame, and for every frame the matrix from the chosen frame's pixels to its own."""
    if len(frames) == 1:
        return 0, [np.eye(3)]
    size = small_size(
        (round(float(np.linalg.norm(quad[1] - quad[0]))), round(float(np.linalg.norm(quad[3] - quad[0]))))
    )
    pictures = [thumbnail(frame, quad, size) for frame in frames]
    to_small = page_matrix(quad, size)
    to_frame = np.linalg.inv(to_small)
    best = sharpest(pictures)
    return best, [to_frame @ displacement(pictures[best], picture) @ to_small for picture in pictures]


def _rectified(frame: Image, corners: Quad) -> Image:
    page = rectify(frame, corners)
    longest = max(page.shape[:2])
    if longest <= LONGEST_SIDE:
        return page
    factor = LONGEST_SIDE / longest
    size = (round(page.shape[1] * factor), round(page.shape[0] * factor))
    corners_px = np.array([[0, 0], [page.shape[1], 0], [page.shape[1], page.shape[0]], [0, page.shape[0]]], np.float32)
    return cut(page, corners_px, size[1])


def _page(corners: Quad, orientation: int, image: Image) -> _Page:
    seals = find_seals(image)
    return _Page(corners, orientation, image, without_seals(image, seals), seals)


def _turned_page(page: _Page, degrees: int) -> _Page:
    """The page as it is read when it lies turned clockwise by ``degrees`` more than was thought."""
    quarter = degrees % 360
    if quarter == 0:
        return page
    image, plain = (np.ascontiguousarray(np.rot90(picture, quarter // 90)) for picture in (page.image, page.plain))
    corners = turned(page.corners, quarter)
    seals = [seal.turned(quarter // 90, page.image.shape) for seal in page.seals]
    return _Page(corners, _orientation(corners), image, plain, seals, page.lines)


def _orientation(corners: Quad) -> int:
    """How far the document is turned clockwise in the frame, to the nearest quarter."""
    x, y = corners[1] - corners[0] + corners[2] - corners[3]
    return int(round(float(np.degrees(np.arctan2(y, x))) / 90) * 90) % 360


def _become(page: _Page, other: _Page) -> None:
    page.corners, page.orientation, page.lines = other.corners, other.orientation, other.lines
    page.image, page.plain, page.seals = other.image, other.plain, other.seals


def _matching_line(line: ReadLine) -> PageLine:
    steps = np.array([c.step + 0.5 for c in line.reading.characters], np.float32) / max(line.reading.steps, 1)
    left, right = (line.quad[0] + line.quad[3]) / 2, (line.quad[1] + line.quad[2]) / 2
    centres = left + steps[:, None] * (right - left) if len(steps) else np.zeros((0, 2), np.float32)
    return PageLine(line.reading.text, centres.astype(np.float32), line.quad, line.reading.score)


def _reading(
    document: DocumentFound,
    barcodes: tuple[Barcode, ...],
    lines: Sequence[ReadLine],
    zone: ZoneFound | None,
    fields: Mapping[str, FieldReading],
    verdicts: Mapping[str, Mapping[str, FieldReading]],
    page_jpeg: bytes,
    timings: dict[str, float],
) -> Reading:
    return Reading(document, barcodes, text_lines(lines, zone), fields, verdicts, page_jpeg, timings)


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._stages[stage] = self._stages.get(stage, 0.0) + (time.perf_counter() - begun) * 1000

    def timings(self) -> dict[str, float]:
        return {**self._stages, "total": (time.perf_counter() - self._start) * 1000}
