"""All text of one rectified page: lines found, turned upright, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scanner.text.base import LineReading, Recogniser
from scanner.text.crops import box_size, cut, grow
from scanner.types import Image, Quad

MOST_LINES = 72  # a page of table cells: the widest lines hold the labels and the values
VOTERS = 12
LONGER, FLATTER = 0.1, 0.06  # of a line's height, at each end and on each side


@dataclass(frozen=True, eq=False)
class ReadLine:
    """One line of the page with its reading."""

    quad: Quad
    reading: LineReading


def quarter_turn_of(boxes: Sequence[Quad]) -> int:
    """90 when most of the text runs up or down the page, else 0; long lines count for more than short ones."""
    upright = sideways = 0.0
    for box in boxes:
        width, height = box_size(box)
        if max(width, height) > 1.5 * min(width, height):
            upright, sideways = (upright + width, sideways) if width > height else (upright, sideways + height)
    return 90 if sideways > upright else 0


def turn_boxes(boxes: Sequence[Quad], degrees: int, size: tuple[int, int]) -> list[Quad]:
    """Boxes of a page of (width, height) after the page was turned clockwise by 0, 90, 180 or 270 degrees."""
    width, height = size
    turned: list[Quad] = []
    for box in boxes:
        x, y = box[:, 0], box[:, 1]
        points = {
            0: (x, y),
            90: (height - y, x),
            180: (width - x, height - y),
            270: (y, width - x),
        }[degrees % 360]
        turned.append(np.stack(points, axis=1).astype(np.float32))
    return [_from_top_left(box) for box in turned]


def _from_top_left(box: Quad) -> Quad:
    """The same corners, clockwise, beginning at the one that is top-left as the text now lies."""
    centre = box.mean(axis=0)
    start = int(np.argmin([(p - centre).sum() for p in box]))
    rolled = np.roll(box, -start, axis=0)
    width, height = box_size(rolled)
    # a line much longer than tall begins at its left end even where it slants
    if height > 1.5 * width and abs(rolled[1, 1] - rolled[0, 1]) > abs(rolled[1, 0] - rolled[0, 0]):
        rolled = np.roll(rolled, 1, axis=0)
    return rolled


def upright_share(image: Image, boxes: Sequence[Quad], recogniser: Recogniser) -> float:
    """How surely the page stands the right way up (1) or on its head (0), by its longest lines."""
    longest = sorted(boxes, key=lambda b: -box_size(b)[0] / max(box_size(b)[1], 1.0))[:VOTERS]
    return recogniser.upright_votes([cut(image, box, 48) for box in longest])


def fitted(box: Quad) -> Quad:
    """A detected box as the recogniser reads it best: a little longer, a little flatter than the detector grows it."""
    height = box_size(box)[1]
    return grow(box, LONGER * height, -FLATTER * height)


def widest(boxes: Sequence[Quad]) -> list[Quad]:
    """At most MOST_LINES boxes, in their order, the widest kept."""
    if len(boxes) <= MOST_LINES:
        return list(boxes)
    kept = set(sorted(range(len(boxes)), key=lambda i: -box_size(boxes[i])[0])[:MOST_LINES])
    return [box for i, box in enumerate(boxes) if i in kept]
