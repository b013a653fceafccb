"""What surrounds the words: wave patterns, borders, seals, portraits, the specimen mark. All plain drawings, no security feature of a
real paper is imitated."""

from __future__ import annotations

import math

import cv2
import numpy as np
import segno
import zxingcpp
from PIL import Image, ImageDraw

from practice.specimens.fonts import font
from practice.specimens.sheet import Colour, Sheet

SEAL_RED: Colour = (205, 38, 44)


def specimen_mark(sheet: Sheet, x: float, y: float, size: float = 1.9) -> None:
    """The mark that every page carries, at a place without fields; (x, y) is the right end of its line."""
    sheet.text("样本 SPECIMEN", x, y, size, face="sans", colour=(196, 92, 92), anchor="right")


def waves(sheet: Sheet, colours: tuple[Colour, ...], *, lines: int = 34, strength: float = 0.45) -> None:
    """A pale pattern of crossing wave lines over the whole page."""
    rng = sheet.rng(1)
    surface = np.asarray(sheet.image)
    drawn = surface.copy()
    height, width = drawn.shape[:2]
    xs = np.linspace(0, width, 160)
    for colour in colours:
        slope, phase = rng.uniform(-0.35, 0.35), rng.uniform(0, 6.28)
        swing, period = rng.uniform(0.05, 0.13) * height, rng.uniform(0.25, 0.6) * width
        for i in range(lines):
            middle = (i - 0.2 * lines) / (0.6 * lines) * height
            ys = middle + slope * xs + swing * np.sin(6.28 * xs / period + phase + i * 0.16)
            ys += 0.25 * swing * np.sin(6.28 * xs / (period * 0.31) + i * 0.4)
            points = np.stack([xs, ys], axis=1) * 16
            cv2.polylines(drawn, [points.astype(np.int32)], False, colour, 1, cv2.LINE_AA, 4)
    sheet.paint(np.asarray(cv2.addWeighted(drawn, strength, surface, 1 - strength, 0), np.uint8))


def lace_border(sheet: Sheet, margin: float, thickness: float, colour: Colour) -> None:
    """A border band of small interlaced waves between two rules, as certificates have."""
    width, height = sheet.size_mm
    inner = margin + thickness
    sheet.box(margin, margin, width - margin, height - margin, colour=colour, width=0.35)
    sheet.box(inner, inner, width - inner, height - inner, colour=colour, width=0.35)
    surface = np.asarray(sheet.image).copy()
    k, swing, step = sheet.px_per_mm, thickness * 0.38, 2.6
    for phase in (0.0, math.pi / 2, math.pi, 3 * math.pi / 2):
        for (x0, y0), (x1, y1) in (
            ((margin, margin + thickness / 2), (width - margin, margin + thickness / 2)),
            ((margin, height - margin - thickness / 2), (width - margin, height - margin - thickness / 2)),
            ((margin + thickness / 2, margin), (margin + thickness / 2, height - margin)),
            ((width - margin - thickness / 2, margin), (width - margin - thickness / 2, height - margin)),
        ):
            along = np.linspace(0, 1, int(max(x1 - x0, y1 - y0) * 6))
            wave = swing * np.sin(along * max(x1 - x0, y1 - y0) / step * 6.28 + phase)
            xs = x0 + along * (x1 - x0) + (wave if x1 == x0 else 0)
            ys = y0 + along * (y1 - y0) + (wave if y1 == y0 else 0)
            points = (np.stack([xs, ys], axis=1) * k * 16).astype(np.int32)
            cv2.polylines(surface, [points], False, colour, max(1, sheet.px(0.15)), cv2.LINE_AA, 4)
    sheet.paint(surface)


def round_seal(
    sheet: Sheet, around: str, below: str, x: float, y: float, radius: float, *, strength: float = 0.82
) -> None:
    """A red round seal with a star, the office along the rim and its purpose below, unevenly inked, a little turned."""
    rng = sheet.rng(round(x * 31 + y))
    side = sheet.px(radius * 2.1)
    layer = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(layer)
    middle, r = side / 2, sheet.px(radius)
    draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=max(2, round(r * 0.055)))
    _rim_text(layer, around, middle, r)
    _star(draw, middle, middle, r * 0.27)
    size = max(5, round(r * 0.2))
    draw.text((middle, middle + r * 0.52), below, font=font("serif-bold", size), fill=255, anchor="mm")
    layer = layer.rotate(float(rng.uniform(-16, 16)), Image.Resampling.BICUBIC)
    patches = cv2.resize(
        rng.uniform(0.45, 1.25, (12, 12)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC
    )
    alpha = np.asarray(layer, np.float32) * strength * np.clip(patches, 0.35, 1)
    ink = np.zeros((side, side, 4), np.uint8)
    ink[..., :3] = SEAL_RED
    ink[..., 3] = alpha.astype(np.uint8)
    sheet.overlay(Image.fromarray(ink, "RGBA"), x, y)


def _rim_text(layer: Image.Image, text: str, middle: float, r: float) -> None:
    """Characters stand on a circle, upright at the top, over at most 250 degrees."""
    step = min(24.0, 250.0 / max(1, len(text) - 1))
    size = max(5, round(min(r * 0.27, math.radians(step) * r * 0.78)))
    face = font("serif-bold", size)
    for i, character in enumerate(text):
        angle = (i - (len(text) - 1) / 2) * step
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), character, font=face, fill=255, anchor="mm")
        turned = tile.rotate(-angle, Image.Resampling.BICUBIC)
        at = math.radians(angle)
        left, top = middle + 0.76 * r * math.sin(at) - size, middle - 0.76 * r * math.cos(at) - size
        layer.paste(255, (round(left), round(top)), turned)


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    points = []
    for i in range(10):
        reach = r if i % 2 == 0 else r * 0.4
        angle = math.radians(36 * i - 90)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    draw.polygon(points, fill=255)


def name_stamp(sheet: Sheet, name: str, x: float, y: float, size: float = 3.4) -> None:
    """The clerk's small rectangular stamp, its left middle at (x, y)."""
    width = sheet.width(name, size, face="serif-bold")
    sheet.box(x, y - size * 0.72, x + width + 1.2, y + size * 0.72, colour=SEAL_RED, width=0.35)
    sheet.text(name, x + 0.6, y, size, face="serif-bold", colour=SEAL_RED)


def rosette(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """A plain rosette with the word specimen, where a real paper has the national emblem."""
    for share, colour in ((1.0, (190, 28, 34)), (0.84, (236, 190, 60)), (0.78, (190, 28, 34))):
        r = sheet.px(radius * share)
        cx, cy = sheet.px(x), sheet.px(y)
        sheet.draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=colour)
    sheet.text("样本", x, y, radius * 0.46, face="sans", colour=(244, 206, 90), anchor="centre")


def portrait(
    sheet: Sheet, x: float, y: float, width: float, height: float, *, female: bool, backdrop: Colour = (226, 222, 226)
) -> None:
    """A drawn figure in place of a photograph, in the rectangle with top-left corner (x, y)."""
    tile = Image.new("RGB", (sheet.px(width), sheet.px(height)), backdrop)
    draw = ImageDraw.Draw(tile)
    w, h = tile.size
    skin = [(208, 162, 128), (222, 178, 142), (196, 148, 112)][sheet.seed % 3]
    hair, coat = (26, 22, 22), [(44, 44, 52), (70, 36, 46), (40, 58, 80)][sheet.seed // 3 % 3]

    def oval(x0: float, y0: float, x1: float, y1: float, fill: Colour) -> None:
        draw.ellipse((w * x0, h * y0, w * x1, h * y1), fill=fill)

    if female:
        draw.rounded_rectangle((w * 0.24, h * 0.1, w * 0.76, h * 0.72), radius=w * 0.24, fill=hair)
    oval(0.06, 0.7, 0.94, 1.3, coat)
    draw.polygon(
        [(w * 0.4, h * 0.55), (w * 0.6, h * 0.55), (w * 0.62, h * 0.74), (w * 0.5, h * 0.83), (w * 0.38, h * 0.74)],
        fill=skin,
    )
    if not female:
        oval(0.29, 0.11, 0.71, 0.5, hair)
    oval(0.3, 0.18, 0.7, 0.64, skin)
    draw.pieslice((w * 0.29, h * 0.1, w * 0.71, h * 0.44), 180, 360, fill=hair)
    for side in (0.4, 0.6):
        draw.line((w * (side - 0.05), h * 0.37, w * (side + 0.05), h * 0.37), fill=hair, width=max(1, w // 60))
        oval(side - 0.025, 0.4, side + 0.025, 0.43, hair)
    draw.arc((w * 0.44, h * 0.5, w * 0.56, h * 0.56), 10, 170, fill=(160, 60, 60), width=max(1, w // 50))
    sheet.image.paste(tile, (sheet.px(x), sheet.px(y)))
    sheet.text(
        "样本照片",
        x + width / 2,
        y + height * 0.93,
        height * 0.055,
        face="sans",
        colour=(200, 196, 200),
        anchor="centre",
    )


def fold(sheet: Sheet, x: float) -> None:
    """The shaded gutter between two pages of an open booklet."""
    surface = np.asarray(sheet.image, np.float32)
    at = np.arange(surface.shape[1]) / sheet.px_per_mm - x
    shade = 1 - 0.22 * np.exp(-((at / 1.2) ** 2)) - 0.05 * np.exp(-((at / 7) ** 2))
    sheet.paint((surface * shade[None, :, None]).astype(np.uint8))


def qr(sheet: Sheet, text: str, x: float, y: float, side: float) -> None:
    """A QR code (error correction M) without its quiet zone; the page around it must be light."""
    matrix = [[0 if cell else 255 for cell in row] for row in segno.make_qr(text, error="m").matrix]
    sheet.code(Image.fromarray(np.array(matrix, np.uint8)), x, y, side, side)
    sheet.barcodes.append(("QRCode", text))


def code128(sheet: Sheet, text: str, x: float, y: float, width: float, height: float) -> None:
    """A Code 128 without text."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    pixels = np.array(symbol.to_image(scale=1, add_quiet_zones=False))
    sheet.code(Image.fromarray(np.ascontiguousarray(pixels[:1])), x, y, width, height)
    sheet.barcodes.append(("Code128", text))
