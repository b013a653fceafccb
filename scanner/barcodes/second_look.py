"""What to try when the first look at a frame reads nothing, or nothing new: the picture made easier, and linear codes turned upright.

Each look answers one way in which a webcam spoils a code: uneven light and glare (contrast made even), blur (sharpened), noise and the
grid of a screen (softened), a turned or slanted linear code (upright). benchmarks/codes.py measures what they add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.barcodes.linear_places import LinearPlace, linear_places
from scanner.barcodes.zxing import LINEAR_FORMATS, QR_FORMATS, ZxingDecoder
from scanner.imaging import as_image, grey_of
from scanner.types import Barcode, Image

_ENLARGE = 1.5
_ENLARGED_PIXELS = 4.7e6  # 1080p enlarged; beyond it modules are large enough as they are and the time is not

_STRIP_ROWS = 24  # rows to which a linear code's height is averaged: noise goes, the library's time with it
_MOST_ROWS = 96  # read out of the picture before that: bars are the same all the way up
_STRIP_WIDTH = 1000.0  # pixels to which a narrow strip is enlarged, at most threefold
_INSIDE = 0.75  # of the height found: its edges are uncertain, and rows beside the bars spoil the average


def even_contrast(grey: Image) -> Image:
    """Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) on 8 x 8 tiles: shadow, glow and glare lose their hold."""
    return as_image(cv2.createCLAHE(4.0, (8, 8)).apply(grey))


def sharpened(grey: Image) -> Image:
    """Unsharp mask with a box: blur of a pixel or two is undone as far as the noise allows."""
    return as_image(cv2.addWeighted(grey, 3.0, cv2.blur(grey, (7, 7)), -2.0, 0))


def softened(grey: Image) -> Image:
    """Gaussian blur: the grid between a screen's pixels and the sensor's noise go, the modules stay."""
    return as_image(cv2.GaussianBlur(grey, (0, 0), 1.2))


class QrLook:
    """QR codes only, in the picture as ``prepare`` makes it; ``enlarge``: at half its size again, unless it is large already."""

    def __init__(self, name: str, prepare: Callable[[Image], Image], *, enlarge: bool = True) -> None:
        self.name = name
        self._prepare = prepare
        self._enlarge = enlarge
        self._decoder = ZxingDecoder(QR_FORMATS)

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        prepared = self._prepare(grey_of(image))
        factor = (
            float(np.clip((_ENLARGED_PIXELS / max(prepared.size, 1)) ** 0.5, 1.0, _ENLARGE)) if self._enlarge else 1.0
        )
        if factor > 1.0:
            prepared = as_image(cv2.resize(prepared, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR))
        back = np.array([[1 / factor, 0, 0], [0, 1 / factor, 0]])
        return tuple(_moved(code, back) for code in self._decoder.decode(prepared))


def contrast_look() -> QrLook:
    return QrLook("zxing-contrast", even_contrast)


def sharpened_look() -> QrLook:
    return QrLook("zxing-sharpened", sharpened)


def softened_look() -> QrLook:
    return QrLook("zxing-softened", softened, enlarge=False)


class UprightLinearLook:
    """Linear codes at any angle: places with bars are cut out along the code, averaged along the bars, and read as a narrow strip.

    Libraries scan linear codes along rows and columns only, so a code turned by more than a few degrees is invisible to them; the average
    also reads small, blurred and noisy ones. Places are looked for at half size (coarse bars, noise, screens) and at full size (fine ones).
    """

    name = "zxing-upright"

    def __init__(self) -> None:
        self._decoder = ZxingDecoder(LINEAR_FORMATS, invert=False, rotate=False)

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        grey = grey_of(image)
        codes: dict[tuple[str, bytes], Barcode] = {}
        for place in self._places(grey):
            for code in self._read(grey, place):
                codes.setdefault((code.format, code.raw), code)
        return tuple(codes.values())

    def _places(self, grey: Image) -> Iterator[LinearPlace]:
        if min(grey.shape) >= 2:
            half = as_image(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
            yield from (place.scaled(2.0) for place in linear_places(half))
        yield from linear_places(grey)

    def _read(self, grey: Image, place: LinearPlace) -> tuple[Barcode, ...]:
        strip, to_strip, scale = _strip(grey, place)
        evened = _evened_strip(strip, scale)
        sharp = _sharp_strip(evened, scale)
        for picture in (sharp, evened, _sharp_strip(strip, scale), _soft_strip(evened, scale), as_image(255 - sharp)):
            codes = self._decoder.decode(picture)
            if codes:
                back = cv2.invertAffineTransform(to_strip)
                return tuple(_moved(_over_full_height(code, strip.shape[0]), back) for code in codes)
        return ()


def _strip(grey: Image, place: LinearPlace) -> tuple[Image, NDArray[np.float64], float]:
    """The place as a strip with a quiet zone at both ends, the matrix that takes the picture there, and the enlargement along it."""
    centre, along, up = (np.array(vector) for vector in (place.centre, place.along, place.up))
    along = along * 1.14 + along / np.hypot(*along) * 12  # pixels: bars at the ends may have been missed
    up = up * _INSIDE
    length, height = 2 * float(np.hypot(*along)), max(2 * float(np.hypot(*up)), 8.0)
    scale = float(np.clip(_STRIP_WIDTH / length, 1.0, 3.0))
    width, rows = int(length * scale), int(min(height, _MOST_ROWS))
    corners = np.array([centre - along - up, centre + along - up, centre - along + up], np.float32)
    matrix = cv2.getAffineTransform(corners, np.array([[0, 0], [width, 0], [0, rows]], np.float32))
    strip = cv2.warpAffine(grey, matrix, (width, rows), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if rows > _STRIP_ROWS:
        strip = cv2.resize(strip, (width, _STRIP_ROWS), interpolation=cv2.INTER_AREA)
        matrix = np.diag([1.0, _STRIP_ROWS / rows]) @ matrix
    return as_image(strip), matrix, scale


def _evened_strip(strip: Image, scale: float) -> Image:
    """Ink to 0 and ground to 255 wherever along the strip, from the darkest and lightest within some bars' reach."""
    reach = int(40 * scale) | 1, 3
    ground = cv2.blur(cv2.dilate(strip, np.ones(reach[::-1])), reach).astype(np.float32)
    ink = cv2.blur(cv2.erode(strip, np.ones(reach[::-1])), reach).astype(np.float32)
    evened = (strip.astype(np.float32) - ink) * 255 / np.maximum(ground - ink, 12)
    return as_image(np.clip(evened, 0, 255))


def _sharp_strip(strip: Image, scale: float) -> Image:
    return as_image(cv2.addWeighted(strip, 3.0, cv2.blur(strip, (int(5 * scale) | 1, 3)), -2.0, 0))


def _soft_strip(strip: Image, scale: float) -> Image:
    return as_image(cv2.blur(strip, (int(4 * scale) | 1, 3)))


def _over_full_height(code: Barcode, rows: int) -> Barcode:
    """The library says in which rows of the strip it read the code; the bars go from its top to its bottom."""
    top_left, top_right, bottom_right, bottom_left = code.corners
    left, right = (top_left[0] + bottom_left[0]) / 2, (top_right[0] + bottom_right[0]) / 2
    top, bottom = (
        (0.0, float(rows)) if left < right else (float(rows), 0.0)
    )  # upside down: its own top-left corner comes first
    return replace(code, corners=((left, top), (right, top), (right, bottom), (left, bottom)))


def _moved(code: Barcode, matrix: NDArray[np.float64]) -> Barcode:
    """The code with its corners taken through a 2 x 3 matrix, back to the frame's pixels."""
    points = np.c_[np.array(code.corners, dtype=np.float64), np.ones(len(code.corners))] @ matrix.T
    return replace(code, corners=tuple((float(x), float(y)) for x, y in points))
