"""Pieces of photographs for windows under test: drawn text with the unevenness of a camera, as JPEG."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(_FONT, size, index=2)
    except OSError:
        return ImageFont.load_default(size)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def crop(text: str, *, blur: float = 0.6, seal: bool = False) -> bytes:
    """One printed value as the camera saw it."""
    font = _font(30)
    width = int(font.getlength(text)) + 48
    image = Image.new("RGB", (width, 58), (233, 228, 214))
    draw = ImageDraw.Draw(image)
    draw.text((22, 8), text, font=font, fill=(46, 44, 52))
    if seal:
        draw.ellipse((width - 110, -34, width - 10, 84), outline=(196, 60, 52), width=6)
    return _jpeg(image.rotate(0.6, fillcolor=(233, 228, 214)).filter(ImageFilter.GaussianBlur(blur)))


def page(title: str, lines: list[str]) -> bytes:
    """A whole page, upright."""
    image = Image.new("RGB", (1180, 830), (236, 232, 220))
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, 1156, 806), outline=(120, 112, 100), width=3)
    draw.text((360, 60), title, font=_font(54), fill=(40, 38, 44))
    for number, line in enumerate(lines):
        draw.text((90, 190 + number * 86), line, font=_font(38), fill=(46, 44, 52))
    draw.ellipse((820, 540, 1060, 780), outline=(196, 60, 52), width=10)
    return _jpeg(image.filter(ImageFilter.GaussianBlur(0.8)))


DESK_CORNERS = np.array([[330, 150], [930, 120], [985, 560], [300, 590]], np.float32)


def desk_frame(jpeg: bytes | None) -> np.ndarray:
    """A 1280×720 BGR frame: a wooden desk, with the page lying on it when there is one."""
    rows = np.linspace(0, 1, 720, dtype=np.float32)[:, None, None]
    grain = np.sin(np.arange(1280, dtype=np.float32) / 37)[None, :, None] * 6
    desk = (np.array([70, 104, 138], np.float32) * (1.08 - 0.25 * rows) + grain).clip(0, 255).astype(np.uint8)
    if jpeg is None:
        return desk
    paper = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert paper is not None
    height, width = paper.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, DESK_CORNERS)
    laid = cv2.warpPerspective(paper, matrix, (1280, 720), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (1280, 720))
    desk[mask > 127] = laid[mask > 127]
    return desk
