"""Is this the sheet that was captured? Its flat thumbnail compared place by place, in any of its four turns."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image, grey_of
from scanner.types import Image, Quad

Signature = NDArray[np.float32]

_SIDE = 160
_BLOCK = 16
# noise, passing light and half a pixel of jitter stay below; other names on the same form go above
_CHANGED = 0.14
_FEWEST_BLOCKS = 3
_INNER = slice(_BLOCK, _SIDE - _BLOCK)  # the rim moves with every wobble of the outline


def signature(image: Image, corners: Quad) -> Signature:
    """(160, 160) float32: the page squeezed into a square, light evened out, in units of its own contrast."""
    square = np.array([[0, 0], [_SIDE, 0], [_SIDE, _SIDE], [0, _SIDE]], dtype=np.float32) - 0.5
    twice = square * 3
    flat = cv2.warpPerspective(
        grey_of(image), cv2.getPerspectiveTransform(corners.astype(np.float32), twice), (3 * _SIDE, 3 * _SIDE)
    )
    small = cv2.resize(as_image(flat), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    detail = cv2.GaussianBlur(small, (0, 0), 1.2) - cv2.GaussianBlur(small, (0, 0), 8)
    # the contrast of the print, not of the rim: a booklet's dark cover would make every page inside it look alike
    return (detail / (float(detail[_INNER, _INNER].std()) + 2.0)).astype(np.float32)


def same_sheet(a: Signature, b: Signature) -> bool:
    """True when the two show the same page, whichever way round it lies."""
    return min(difference(a, np.rot90(b, turns)) for turns in range(4)) < _CHANGED


def difference(a: Signature, b: Signature) -> float:
    """How much the third most different block of two signatures differs, as a share of the print in it; 0 for equal ones."""
    gap = _blocks((a[_INNER, _INNER] - b[_INNER, _INNER]) ** 2)
    ink = _blocks(a[_INNER, _INNER] ** 2) + _blocks(np.ascontiguousarray(b[_INNER, _INNER]) ** 2)
    share = gap / (ink + 0.3)
    return float(np.sort(share.ravel())[-_FEWEST_BLOCKS])


def _blocks(values: Signature) -> Signature:
    rows, columns = values.shape[0] // _BLOCK, values.shape[1] // _BLOCK
    return values.reshape(rows, _BLOCK, columns, _BLOCK).mean(axis=(1, 3))
