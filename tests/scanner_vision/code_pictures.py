"""Codes as a camera sees them, for the tests: drawn by the writers of zxing-cpp and segno, then spoilt as webcams and phones spoil them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import segno
import zxingcpp

from scanner.imaging import as_image
from scanner.types import Image


def drawn(text: str, kind: str, scale: int = 4) -> Image:
    """The symbol in grey with its quiet zone; ``kind``: zxing-cpp's name."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind))
    return as_image(np.array(symbol.to_image(scale=scale, add_quiet_zones=True)))


def qr(code: segno.QRCode, scale: int = 5) -> Image:
    png = io.BytesIO()
    code.save(png, kind="png", scale=scale, border=4)
    image = cv2.imdecode(np.frombuffer(png.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return as_image(image)


def on_desk(
    *symbols: tuple[Image, tuple[int, int]], ground: int = 235, angle: float = 0.0, size: tuple[int, int] = (1280, 720)
) -> Image:
    """A frame (BGR) with each symbol's middle at its place, turned by ``angle`` degrees."""
    frame = np.full(size[::-1], ground, np.uint8)
    for symbol, (x, y) in symbols:
        height, width = symbol.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turn[:, 2] += (x - width / 2, y - height / 2)
        cv2.warpAffine(symbol, turn, size, frame, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    return as_image(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))


def phone(symbol: Image, *, tilt: float = 0.0, glare: bool = False, grid: float = 0.0) -> Image:
    """A bright screen showing the symbol on a dark desk (BGR, 1280 x 720).

    ``tilt``: share of the height by which the far side is shorter; ``glare``: a lamp's reflection over a corner of the screen;
    ``grid``: how dark the gaps between the screen's pixels are, 0 to 1, sampled so that they beat with the sensor's (moiré).
    """
    screen = np.full((560, 420), 250, np.float32)
    height, width = symbol.shape
    top, left = (560 - height) // 2, (420 - width) // 2
    screen[top : top + height, left : left + width] = symbol
    fine = cv2.resize(screen, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
    fine[::3] *= 1 - grid
    fine[:, ::3] *= 1 - grid
    if glare:
        lamp = np.zeros_like(fine)
        cv2.ellipse(lamp, (200, 250), (170, 90), 20, 0, 360, (255,), -1)
        fine = np.minimum(fine + cv2.GaussianBlur(lamp, (0, 0), 25), 255)
    rows, columns = fine.shape
    shorter = tilt * 560 / 2
    target = np.array([[430, 80], [430 + 410, 80 + shorter], [430 + 410, 640 - shorter], [430, 640]], np.float32)
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    frame = cv2.warpPerspective(fine, matrix, (1280, 720), flags=cv2.INTER_LINEAR, borderValue=(22,))
    frame = cv2.GaussianBlur(frame, (0, 0), 0.7) + np.random.default_rng(7).normal(0, 3, frame.shape)
    return as_image(cv2.cvtColor(np.clip(frame, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR))


def sequence(text: str, encoding: str | None, parts: int) -> Sequence[segno.QRCode]:
    return list(segno.make_sequence(text, symbol_count=parts, encoding=encoding, error="m"))
