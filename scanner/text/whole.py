"""All text of a photograph of which nothing is known: no corners, no layout, no direction, any size of print.

A rectified page of a known kind is read faster and is all the judge needs (``scanner.text.page``). This is for the rest:
lines may run level, upwards, downwards or upside down, each by itself; print may be tiny on a large picture or fill a
small one; a seal may cover it or carry text around its rim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from scanner.imaging import as_image
from scanner.text.base import LineReading, Recogniser
from scanner.text.crops import box_size, cut, grow
from scanner.text.page import VOTERS, ReadLine, fitted
from scanner.types import Image, Quad

COARSE = (640, 1280)  # pixels of the longer side at the first look; smaller pictures than this are not blown up further
FINE = (640, 2560)  # … at the second, for pictures with print so small that the first look may have missed some
SMALL_PRINT = 13.0  # pixels of a line's height at the first look below which the second is worth its time
FLAT = 2.0  # times as wide as tall: a picture in which nothing was found may be one line itself
TALL = 1.5  # times as tall as wide: the line runs up or down
WEAK = 0.8  # mean score of a reading below which the line is cut out in other ways too
PLAIN_LETTER = 0.4  # a character read with less certainty speaks against a reading
LOOSER = 0.15  # of a line's height
MARGIN = 0.5  # of the shorter side, around a picture that is filled by its print


@dataclass(frozen=True)
class _Direction:
    """How the page's lines run: unit vectors along them and from one to the next, in pixels of the picture."""

    along: tuple[float, float]
    across: tuple[float, float]


def read_page(image: Image, recogniser: Recogniser) -> list[ReadLine]:
    """Every line of a BGR picture, in reading order; boxes in its pixels, clockwise from each line's own beginning."""
    boxes = _along_their_lines(find_lines(image, recogniser))
    if not boxes:
        return []
    boxes = _upright(image, boxes, recogniser)
    cuts = [fitted(box) for box in boxes]
    readings = recogniser.recognise([cut(image, box, 48) for box in cuts])
    lines = [
        _read_again(image, ReadLine(box, reading), recogniser) for box, reading in zip(cuts, readings, strict=True)
    ]
    return in_reading_order([line for line in lines if line.reading.text])


def find_lines(image: Image, recogniser: Recogniser) -> list[Quad]:
    """Boxes of lines as the detector gives them, looked for once more where print is tiny or fills the picture."""
    boxes = recogniser.detect_lines(image, side=COARSE)
    longer = max(image.shape[:2])
    if not boxes:
        return _in_a_wider_picture(image, recogniser)
    scale = min(1.0, COARSE[1] / longer)
    heights = sorted(min(box_size(box)) * scale for box in boxes)
    if scale < 1 and heights[len(heights) // 4] < SMALL_PRINT:
        boxes = recogniser.detect_lines(image, side=FINE) or boxes
    return boxes


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
    long_ones = [(t, max(box_size(b))) for b, t in zip(boxes, tall, strict=True) if max(box_size(b)) > TALL * min(box_size(b))]
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
    direction = _direction_of(lines)
    centres = np.array([line.quad.mean(axis=0) for line in lines])
    u, v = centres @ np.array(direction.along), centres @ np.array(direction.across)
    heights = [min(box_size(line.quad)) for line in lines]
    rows: list[list[int]] = []
    for i in np.argsort(v, kind="stable").tolist():
        last = rows[-1] if rows else []
        if last and v[i] - np.mean(v[last]) < 0.5 * min(heights[i], *(heights[k] for k in last)):
            last.append(i)
        else:
            rows.append([i])
    return [lines[i] for row in rows for i in sorted(row, key=lambda i: u[i])]


def _direction_of(lines: Sequence[ReadLine]) -> _Direction:
    """The direction of the whole: of each line's run, weighted by its length, the side on which most of them agree."""
    runs = np.array([line.quad[1] - line.quad[0] + line.quad[2] - line.quad[3] for line in lines], float)
    axis = int(np.abs(runs).sum(axis=0).argmax())
    sign = 1.0 if runs[:, axis].sum() >= 0 else -1.0
    own = runs[(np.abs(runs).argmax(axis=1) == axis) & (np.sign(runs[:, axis]) == sign)]
    x, y = own.sum(axis=0) / max(float(np.linalg.norm(own.sum(axis=0))), 1e-6)
    return _Direction((float(x), float(y)), (float(-y), float(x)))
