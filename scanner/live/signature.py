"""Is this the sheet that was captured? Its flat picture compared place by place, in any of its four turns.

Pages of a household register differ by a name and a few digits, so what is left after laying one picture over the other is weighed in small
places, against what is left everywhere. What is covered (a hand that points, an arm that reaches across, a lamp's reflection) is left
out: it makes no other sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image, grey_of
from scanner.types import Image, Quad

Floats = NDArray[np.float32]

_SIDE = 480
_BLOCK = 16  # about a printed word of an A4 page
_RIM = 2 * _BLOCK  # moves with every wobble of the outline
_INNER = slice(_RIM, _SIDE - _RIM)
_SHIFTS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))  # a page is never quite flat
_GAIN = (0.6, 1.67)  # by which the print of the same page may be paler or blacker, for light and focus
# noise, half a pixel of jitter and another place on the desk stay below; another name on the same form goes above
_CHANGED = 2.0
_FEWEST_BLOCKS = 3
_FLOOR, _OF_INK = 1.0, 0.08  # what always remains of two pictures of one page: something everywhere, and a share of the print
_COVERED = 14.0  # luma by which the paper of a place is darker or brighter than it was: something lies over it
_BLOWN = 246.0  # luma: nothing can be read there
_MOSTLY = 0.5  # covered to this share it is judged as a whole


@dataclass(frozen=True, eq=False)
class Signature:
    """``detail``: the page squeezed into a (480, 480) square, light evened out. ``luma``: of the paper between the print of its inner part, in (26, 26) blocks."""

    detail: Floats
    luma: Floats

    def turned(self, quarters: int) -> Signature:
        return Signature(*(np.ascontiguousarray(np.rot90(part, quarters)) for part in (self.detail, self.luma)))


def signature(image: Image, corners: Quad) -> Signature:
    """The signature of the sheet inside ``corners`` (clockwise, pixels of the BGR ``image``)."""
    square = np.array([[0, 0], [_SIDE, 0], [_SIDE, _SIDE], [0, _SIDE]], dtype=np.float32) - 0.5
    to_square = cv2.getPerspectiveTransform(corners.astype(np.float32), square)
    # light and cast are factors, so they are evened out in logarithms
    flat = as_image(cv2.warpPerspective(grey_of(image), to_square, (_SIDE, _SIDE))).astype(np.float32)
    tone = cv2.log(flat + 16.0) * 80.0
    around = cv2.resize(tone, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    around = cv2.resize(cv2.GaussianBlur(around, (0, 0), 2.5), (_SIDE, _SIDE), interpolation=cv2.INTER_LINEAR)
    detail = cv2.GaussianBlur(tone, (0, 0), 1.3) - around
    paper = cv2.dilate(flat[_INNER, _INNER], np.ones((9, 9), np.uint8))  # other print on it must not count as a cover
    return Signature(np.asarray(detail, np.float32), _blocks(np.asarray(paper, np.float32)))


def same_sheet(a: Signature, b: Signature) -> bool:
    """True when the two show the same page, whichever way round it lies, though a part of it may be covered in one of them."""
    return difference(a, b) < _CHANGED


def difference(a: Signature, b: Signature) -> float:
    """How much more than elsewhere is left over in the third most different place when ``b`` is laid over ``a`` in its best turn."""
    small = [cv2.resize(part.detail, (60, 60), interpolation=cv2.INTER_AREA) for part in (a, b)]
    quarters = min(range(4), key=lambda k: float(np.abs(small[0] - np.rot90(small[1], k)).mean()))
    turned = b.turned(quarters)
    left, ink = _left_over(a.detail, turned.detail)
    open_ = ~_covered(a.luma, turned.luma)
    if open_.mean() < _MOSTLY:
        open_[:] = True
    weighed = left[open_] / (_FLOOR + float(np.median(left)) + _OF_INK * ink[open_])
    return float(np.sort(weighed)[-_FEWEST_BLOCKS])


def _left_over(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """By block: the energy that remains of ``a`` less ``b``, at the best of small shifts, and the energy of both."""
    inner = np.ascontiguousarray(a[_INNER, _INNER])
    own = _blocks(inner * inner)
    least = np.full(own.shape, np.inf, np.float32)
    energy = np.zeros_like(own)
    for down, right in _SHIFTS:
        other = b[_RIM + down : _SIDE - _RIM + down, _RIM + right : _SIDE - _RIM + right]
        theirs, shared = _blocks(other * other), _blocks(inner * other)
        gain = np.clip((shared + 1) / (theirs + 1), *_GAIN)
        theirs *= gain * gain
        left = own + theirs - 2 * gain * shared
        better = left < least
        least[better], energy[better] = left[better], (own + theirs)[better]
    return np.maximum(least, 0.0), energy


def _covered(a: Floats, b: Floats) -> NDArray[np.bool_]:
    """Blocks with something over them in one of the two, and those next to them: what covers has a rim, and throws a shadow."""
    rows, columns = np.mgrid[-1 : 1 : a.shape[0] * 1j, -1 : 1 : a.shape[1] * 1j]
    plane = np.stack([np.ones(a.size), rows.ravel(), columns.ravel()], axis=1)
    change = (b - a).ravel().astype(np.float64)
    weight = np.ones(a.size)
    off = change
    for _ in range(3):  # a sheet elsewhere on the desk lies in other light: that is a slope, and what covers it an outlier
        terms = plane * weight[:, None]
        off = change - plane @ np.linalg.lstsq(terms.T @ plane, terms.T @ change, rcond=None)[0]
        weight = 1.0 / (1.0 + (off / 12.0) ** 2)
    over = ((np.abs(off) > _COVERED).reshape(a.shape) | (np.maximum(a, b) > _BLOWN)).astype(np.uint8)
    return cv2.dilate(over, np.ones((3, 3), np.uint8)).astype(bool)


def _blocks(values: Floats) -> Floats:
    size = (values.shape[1] // _BLOCK, values.shape[0] // _BLOCK)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
