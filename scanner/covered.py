"""Does something lie over the sheet: a finger that holds it, a pen, the rim of a sleeve?

Where something lies over a side, its colour runs on across it, unlike the paper beside it and unlike the desk beside it. A shadow is no such
thing: it darkens paper and desk, and the step between them stays.

Limits: what lies wholly inside the page, is as light as the paper, or covers more than half of a side is not told; nor is the mere tip of a
finger at the rim, which hides nothing.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.geometry import side_lengths
from scanner.imaging import as_image
from scanner.rectify import page_matrix
from scanner.types import Image, Quad

Box = tuple[int, int, int, int]

_LONGEST = 300  # pixels of the flat page that is looked at
_RIM = 22  # and of what lies around it
_NEAR, _FAR = 3, 10  # pixels from the side, either way, where colours are taken
_UNLIKE_PAPER, _UNLIKE_DESK = 16.0, 12.0  # Lab units
_RUNS_ON = 0.5  # share of those differences that may lie between inside and outside: more is an edge
_LIGHTER = 4.0  # Lab units
_LEAST = 6  # pixels along a side: the tip of a finger
_LONGEST_SHARE = 0.5  # of the side: more of it would be the side's own colour
_MOST = 0.25  # of the page: a fill that large ran into the paper


def covered(image: Image, corners: Quad) -> Box | None:
    """The box (frame pixels) around what covers the sheet inside ``corners`` (clockwise, BGR frame), or None."""
    sides = side_lengths(corners)
    across, down = max(sides[0], sides[2]), max(sides[1], sides[3])
    scale = _LONGEST / max(across, down, 1.0)
    wide, tall = max(40, round(across * scale)), max(40, round(down * scale))
    to_page = np.array([[1, 0, _RIM], [0, 1, _RIM], [0, 0, 1]], dtype=np.float64) @ page_matrix(corners, (wide, tall))
    size = (wide + 2 * _RIM, tall + 2 * _RIM)
    flat = cv2.warpPerspective(
        image, to_page, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=(0, 0, 0)
    )
    known = as_image(
        cv2.warpPerspective(np.full(image.shape[:2], 255, np.uint8), to_page, size, flags=cv2.INTER_NEAREST)
    )
    lab = cv2.cvtColor(cv2.GaussianBlur(flat, (0, 0), 1.0), cv2.COLOR_BGR2LAB).astype(np.float32)
    back = np.linalg.inv(to_page)
    found: list[tuple[int, Box]] = []
    for turns in range(4):  # each side in turn is the upper one
        colours, valid = np.rot90(lab, turns), np.rot90(known, turns)
        run = _longest_run(_over_side(colours, valid))
        if run is not None:
            spot = _turned_back(_extent(np.ascontiguousarray(colours), run), turns, size)
            in_frame = cv2.perspectiveTransform(spot[None].astype(np.float32), back)[0]
            found.append((run[1] - run[0], _box(in_frame, (image.shape[1], image.shape[0]))))
    return max(found)[1] if found else None


def _over_side(lab: NDArray[np.float32], known: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Along the upper side of the flat page, with its rim: where the colour runs on across it."""
    inside = np.median(lab[_RIM + _NEAR : _RIM + _FAR, _RIM:-_RIM], axis=0)
    outside = np.median(lab[_RIM - _FAR : _RIM - _NEAR, _RIM:-_RIM], axis=0)
    in_frame = (known[_RIM - _FAR : _RIM + _FAR, _RIM:-_RIM] > 0).all(axis=0)
    if in_frame.sum() < 20:
        return np.zeros(len(inside), dtype=bool)
    paper, desk = np.median(inside[in_frame], axis=0), np.median(outside[in_frame], axis=0)
    off_paper, off_desk = np.linalg.norm(inside - paper, axis=1), np.linalg.norm(outside - desk, axis=1)
    darker = inside[:, 0] < paper[0] + _LIGHTER  # what is lighter than paper is a lamp's mirror image
    runs_on = np.linalg.norm(inside - outside, axis=1) < _RUNS_ON * np.minimum(off_paper, off_desk)
    return in_frame & darker & (off_paper > _UNLIKE_PAPER) & (off_desk > _UNLIKE_DESK) & runs_on


def _longest_run(flags: NDArray[np.bool_]) -> tuple[int, int] | None:
    """(first, past last) of the longest run, small gaps closed, when it is as long as a fingertip is wide."""
    closed = cv2.morphologyEx(flags.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))[0]
    ends = np.flatnonzero(np.diff(np.concatenate([[0], closed, [0]]).astype(np.int8)))
    runs = ends.reshape(-1, 2)
    if not len(runs):
        return None
    first, last = runs[(runs[:, 1] - runs[:, 0]).argmax()]
    return (int(first), int(last)) if _LEAST <= last - first < _LONGEST_SHARE * len(flags) else None


def _extent(lab: NDArray[np.float32], run: tuple[int, int]) -> NDArray[np.float64]:
    """Corners of the box, on the flat page, of what begins at the upper side between the run's ends and is of one colour or shades into it."""
    left, right = run[0] + _RIM, run[1] + _RIM
    reached = np.zeros((lab.shape[0] + 2, lab.shape[1] + 2), np.uint8)
    like = (22.0, 9.0, 9.0)  # Lab units from where it begins: skin shades off, but hardly changes its tint
    for x in range(left + 1, right - 1, 3):
        if not reached[_RIM + _NEAR + 1, x + 1]:
            cv2.floodFill(
                lab,
                reached,
                (x, _RIM + _NEAR),
                0.0,
                like,
                like,
                4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (1 << 8),
            )
    inside = reached[1:-1, 1:-1][_RIM:-_RIM, _RIM:-_RIM]
    low, high, deep = left, right, _FAR
    if 0 < inside.mean() < _MOST:
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        low, high, deep = columns[0] + _RIM, columns[-1] + 1 + _RIM, rows[-1] + 1
    return np.array([[low, _RIM - 2], [high, _RIM - 2], [high, _RIM + deep], [low, _RIM + deep]], dtype=np.float64)


def _turned_back(points: NDArray[np.float64], turns: int, size: tuple[int, int]) -> NDArray[np.float64]:
    """Points of a picture turned by ``turns`` quarters (as numpy.rot90 does) in the picture before."""
    width, height = size
    for k in range(turns, 0, -1):
        wide = width if k % 2 else height  # of the picture before this quarter
        points = np.c_[wide - 1 - points[:, 1], points[:, 0]]
    return points


def _box(points: NDArray[np.floating], size: tuple[int, int]) -> Box:
    """The box of these points inside a frame of ``size`` = (width, height)."""
    low = np.clip(np.floor(points.min(axis=0)), 0, np.array(size) - 1)
    high = np.clip(np.ceil(points.max(axis=0)), low + 1, size)
    return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])
