"""All text of a photograph of which nothing is known: no corners, no layout, no direction, any size of print.

A rectified page of a known kind is read faster and is all the judge needs (``scanner.text.page``). This is for the rest:
lines may run level, upwards, downwards or upside down, each by itself; print may be tiny on a large picture or fill a
small one; a seal may cover it or carry text around its rim.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image
from scanner.text.base import LineReading, Recogniser
from scanner.text.crops import box_size, cut, grow
from scanner.text.page import VOTERS, ReadLine, fitted
from scanner.text.seals import Seal, find_seals, unrolled, without_red
from scanner.types import Image, Quad

COARSE = (640, 1280)  # pixels of the longer side at the first look; smaller pictures than this are not blown up further
FINE = (640, 2048)  # … at a closer one, for print so small that the first may have missed some
SMALL_PRINT = 18.0  # pixels of a line's height at one look below which a closer one is worth its time
FLAT = 2.0  # times as wide as tall: a picture in which nothing was found may be one line itself
CLOSER_LOOKS = 2
AROUND = 0.3  # of the printed part's longer side, on every side of it
TALL = 1.5  # times as tall as wide: the line runs up or down
WEAK = 0.8  # mean score of a reading below which the line is cut out in other ways too
PLAIN_LETTER = 0.4  # a character read with less certainty speaks against a reading
LOOSER = 0.15  # of a line's height
SAME_ROW = 0.5  # of a line's height: lines of one row lie no further apart
BAND = 1.3  # times the size of a seal: the part of the page looked at once more
STRIP_SIDE = (320, 960)  # pixels of the longer side for the unrolled rim of a seal
LEAST_RIM = 4  # characters; fewer are pieces of an emblem
MARGIN = 0.5  # of the shorter side, around a picture that is filled by its print


Direction = NDArray[np.float64]


def read_page(image: Image, recogniser: Recogniser) -> list[ReadLine]:
    """Every line of a BGR picture, in reading order; boxes in its pixels, clockwise from each line's own beginning."""
    lines = _read(image, find_lines(image, recogniser), recogniser)
    for seal in find_seals(image):
        lines = _with_seal(image, lines, seal, recogniser)
    return in_reading_order(lines)


def _read(image: Image, boxes: Sequence[Quad], recogniser: Recogniser) -> list[ReadLine]:
    cuts = [fitted(box) for box in _upright(image, _along_their_lines(boxes), recogniser)]
    readings = recogniser.recognise([cut(image, box, 48) for box in cuts])
    pairs = zip(cuts, readings, strict=True)
    lines = [_read_again(image, ReadLine(box, reading), recogniser) for box, reading in pairs]
    return [line for line in lines if line.reading.text]


def _with_seal(image: Image, lines: list[ReadLine], seal: Seal, recogniser: Recogniser) -> list[ReadLine]:
    """The lines with those under the seal read without its ink, and the text around its rim."""
    kept = list(lines)
    for line in _under(image, seal, lines, recogniser):
        covered = [old for old in kept if _holds(line.quad, old.quad.mean(axis=0))]
        outside = sum(sense(old.reading) for old in covered if not _holds(seal.box(), old.quad.mean(axis=0)))
        longest = max((sense(old.reading) for old in covered), default=0.0)
        if line.reading.score >= WEAK and sense(line.reading) > max(outside, longest):
            kept = [old for old in kept if all(old is not other for other in covered)] + [line]
    _, down = _direction_of(lines) if lines else (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    strip = unrolled(image, seal, down)
    around = _read(strip, recogniser.detect_lines(strip, side=STRIP_SIDE), recogniser)
    rim = [
        ReadLine(seal.box(), line.reading)
        for line in around
        if line.reading.score >= WEAK and len(line.reading.characters) >= LEAST_RIM
    ]
    return [*kept, *rim]


def _under(image: Image, seal: Seal, lines: Sequence[ReadLine], recogniser: Recogniser) -> list[ReadLine]:
    """What the red channel shows in the band of the page, as its lines run, that the seal lies on."""
    left, top, right, bottom = seal.bounds(BAND, image.shape)
    level = not lines or abs(_direction_of(lines)[0][0]) > 0.5
    x, y, right, bottom = (0, top, image.shape[1], bottom) if level else (left, 0, right, image.shape[0])
    band = without_red(as_image(image[y:bottom, x:right]))
    found = _read(band, recogniser.detect_lines(band, side=COARSE), recogniser)
    moved = [ReadLine((line.quad + np.array([x, y])).astype(np.float32), line.reading) for line in found]
    return [line for line in moved if seal.touches(line.quad)]


def _holds(quad: Quad, point: NDArray[np.float32]) -> bool:
    return cv2.pointPolygonTest(quad, (float(point[0]), float(point[1])), False) >= 0


def find_lines(image: Image, recogniser: Recogniser) -> list[Quad]:
    """Boxes of lines as the detector gives them, looked for closer where print is tiny, from afar where it fills the picture."""
    boxes = recogniser.detect_lines(image, side=COARSE)
    scale = min(1.0, COARSE[1] / max(image.shape[:2]))
    for _ in range(CLOSER_LOOKS):
        if scale >= 1 or (boxes and _print_height(boxes) * scale >= SMALL_PRINT):
            break
        left, top, right, bottom = _printed_part(boxes, image)
        part = as_image(image[top:bottom, left:right])
        nearer = min(1.0, FINE[1] / max(part.shape[:2]))
        if nearer <= scale:
            break
        found = recogniser.detect_lines(part, side=FINE)
        boxes = [(box + np.array([left, top])).astype(np.float32) for box in found] or boxes
        scale = nearer
    return boxes or _in_a_wider_picture(image, recogniser)


def _print_height(boxes: Sequence[Quad]) -> float:
    """Height of the smaller lines, in pixels."""
    heights = sorted(min(box_size(box)) for box in boxes)
    return heights[len(heights) // 4]


def _printed_part(boxes: Sequence[Quad], image: Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the part of a picture in which lines were seen, with room around; all of it without any."""
    height, width = image.shape[:2]
    if not boxes:
        return 0, 0, width, height
    points = np.vstack(boxes)
    room = AROUND * float((points.max(axis=0) - points.min(axis=0)).max())
    left, top = np.maximum(points.min(axis=0) - room, 0).astype(int).tolist()
    right, bottom = np.minimum(points.max(axis=0) + room, (width, height)).astype(int).tolist()
    return left, top, right, bottom


def _in_a_wider_picture(image: Image, recogniser: Recogniser) -> list[Quad]:
    """Print up to the picture's edges is only seen with something around it; a flat picture may be one line."""
    height, width = image.shape[:2]
    margin = round(MARGIN * min(height, width))
    wider = as_image(cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_REPLICATE))
    found = recogniser.detect_lines(wider, side=(320, COARSE[0]))
    if found:
        return [(box - margin).astype(np.float32) for box in found]
    if max(height, width) < FLAT * min(height, width):
        return []
    return [np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)]


def _along_their_lines(boxes: Sequence[Quad]) -> list[Quad]:
    """Each box begun so that its line runs from left to right; nearly square ones go with the page."""
    tall = [box_size(box)[1] > TALL * box_size(box)[0] for box in boxes]
    long_ones = [
        (t, max(box_size(b))) for b, t in zip(boxes, tall, strict=True) if max(box_size(b)) > TALL * min(box_size(b))
    ]
    columns = sum(length for is_tall, length in long_ones if is_tall)
    by_columns = columns > sum(length for is_tall, length in long_ones if not is_tall)
    found: list[Quad] = []
    for box, is_tall in zip(boxes, tall, strict=True):
        wide = box_size(box)[0] > TALL * box_size(box)[1]
        found.append(np.roll(box, -1, axis=0) if is_tall or (by_columns and not wide) else box)
    return found


def _upright(image: Image, boxes: Sequence[Quad], recogniser: Recogniser) -> list[Quad]:
    """Level lines and columns vote apart on whether they stand on their heads, each kind by its longest lines."""
    level = [abs(float((b[1] - b[0])[0])) >= abs(float((b[1] - b[0])[1])) for b in boxes]
    found = list(boxes)
    for kind in (True, False):
        own = [i for i, is_level in enumerate(level) if is_level is kind]
        longest = sorted(own, key=lambda i: -box_size(boxes[i])[0] / max(box_size(boxes[i])[1], 1.0))[:VOTERS]
        if longest and recogniser.upright_votes([cut(image, boxes[i], 48) for i in longest]) < 0.5:
            for i in own:
                found[i] = np.roll(boxes[i], 2, axis=0)
    return found


def _read_again(image: Image, line: ReadLine, recogniser: Recogniser) -> ReadLine:
    """A line that makes little sense, cut out in other ways; the reading that makes most sense stays."""
    if line.reading.score >= WEAK:
        return line
    height = box_size(line.quad)[1]
    others = [np.roll(line.quad, 2, axis=0), grow(line.quad, LOOSER * height, LOOSER * height)]
    if box_size(line.quad)[0] < TALL * height:
        others += [np.roll(line.quad, 1, axis=0), np.roll(line.quad, 3, axis=0)]
    crops = [cut(image, quad, 48) for quad in others]
    plain = cut(image, line.quad, 48)
    quads = [*others, line.quad]
    crops.append(np.repeat(plain[:, :, 2:], 3, axis=2))  # red ink is white in the red channel
    candidates = [line, *(ReadLine(q, r) for q, r in zip(quads, recogniser.recognise(crops), strict=True))]
    return max(candidates, key=lambda candidate: sense(candidate.reading))


def sense(reading: LineReading) -> float:
    """How much of a reading can be relied on: certain characters for it, uncertain ones against it."""
    return sum(c.probability - PLAIN_LETTER for c in reading.characters)


def in_reading_order(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Row after row as most lines run, each from its beginning; columns from right to left."""
    if not lines:
        return []
    along, across = _direction_of(lines)
    begins, ends, depths = [], [], []
    for line in lines:
        places = line.quad @ along
        begins.append(float(places.min()))
        ends.append(float(places.max()))
        depths.append(float((line.quad @ across).mean()))
    heights = [min(box_size(line.quad)) for line in lines]

    def continues(row: list[int], i: int) -> bool:
        level = depths[i] - float(np.mean([depths[k] for k in row])) < SAME_ROW * min(heights[k] for k in (i, *row))
        shared = max(min(ends[i], ends[k]) - max(begins[i], begins[k]) for k in row)
        return level and shared < heights[i]

    rows: list[list[int]] = []
    for i in sorted(range(len(lines)), key=lambda i: depths[i]):
        if rows and continues(rows[-1], i):
            rows[-1].append(i)
        else:
            rows.append([i])
    return [lines[i] for row in rows for i in sorted(row, key=lambda i: begins[i])]


def _direction_of(lines: Sequence[ReadLine]) -> tuple[Direction, Direction]:
    """Unit vectors along most lines, by their length, and from one line to the next."""
    runs = np.array([line.quad[1] - line.quad[0] + line.quad[2] - line.quad[3] for line in lines], float)
    axis = int(np.abs(runs).sum(axis=0).argmax())
    sign = 1.0 if runs[:, axis].sum() >= 0 else -1.0
    own = runs[(np.abs(runs).argmax(axis=1) == axis) & (np.sign(runs[:, axis]) == sign)].sum(axis=0)
    x, y = own / max(float(np.linalg.norm(own)), 1e-6)
    return np.array([x, y]), np.array([-y, x])
