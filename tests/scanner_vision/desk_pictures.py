"""Drawn desks and sheets with known corners."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.types import Image, Quad

FRAME = (1280, 720)


def desk(seed: int = 0, frame: tuple[int, int] = FRAME, colour: tuple[int, int, int] = (86, 122, 158)) -> Image:
    """A grained, unevenly lit desk with sensor noise."""
    random = np.random.default_rng(seed)
    width, height = frame
    grain = cv2.GaussianBlur(random.normal(0, 9, (height, width)).astype(np.float32), (0, 0), sigmaX=18, sigmaY=0.8)
    light = (
        np.linspace(0.85, 1.1, width, dtype=np.float32)[None, :]
        * np.linspace(1.05, 0.9, height, dtype=np.float32)[:, None]
    )
    picture = (np.array(colour, np.float32) + 6 * grain[..., None]) * light[..., None]
    picture += random.normal(0, 2.0, (height, width, 1))
    return np.clip(picture, 0, 255).astype(np.uint8)


def page(seed: int = 0, size: tuple[int, int] = (900, 640)) -> Image:
    """White paper with rows of print, a table and a seal; every seed has other print."""
    random = np.random.default_rng(seed)
    width, height = size
    picture = np.full((height, width, 3), 238, np.uint8)
    cv2.rectangle(picture, (60, 150), (width - 60, height - 60), (40, 40, 40), 2)
    for y in range(80, height - 80, 34):
        x = 80
        while x < width - 140:
            word = int(random.integers(20, 90))
            for stroke in range(x, x + word, 6):
                cv2.line(picture, (stroke, y), (stroke + int(random.integers(-3, 4)), y + 16), (30, 30, 30), 2)
            x += word + int(random.integers(12, 60))
    cv2.circle(picture, (width - 220, height - 160), 70, (60, 60, 200), 4)
    return picture


def laid(on: Image, sheet: Image, corners: Quad | list[list[float]]) -> Image:
    """The sheet seen at ``corners`` (clockwise from its own top-left) on the desk."""
    height, width = sheet.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, np.asarray(corners, np.float32))
    size = (on.shape[1], on.shape[0])
    flat = cv2.GaussianBlur(cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA), (0, 0), 0.7)
    share = (
        cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size).astype(np.float32)[..., None] / 255
    )
    return (flat * share + on * (1 - share)).astype(np.uint8)


LEVEL = [[260.0, 110.0], [1000.0, 130.0], [1010.0, 620.0], [240.0, 600.0]]
TURNED = [[420.0, 60.0], [980.0, 210.0], [860.0, 640.0], [290.0, 470.0]]
