"""Red seals: the text around their rim unrolled, and the page below them without their ink.

Chinese official seals are round or oval, in red, with a star or emblem in the middle, the owner's name around the upper
rim, the letters' heads outwards, and a purpose written level below (GB/T 33481-2016 for institutions). A detector of
straight lines sees only pieces of the rim, and under a seal black print is hard to find: on the red channel alone red
ink is as bright as paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image
from scanner.types import Image, Quad

WORKING_SIDE = 640  # pixels of the longer side at which seals are looked for
RED = 40  # excess of red over the other channels, above the page's own tint
LEAST_SIZE, MOST_SIZE = 0.07, 1.1  # of the picture's shorter and longer side
OVALEST = 1.7  # ratio of a seal's axes
LEAST_INK, MOST_INK = 0.06, 0.6  # share of red pixels within a seal
RIM_SHARE = 0.5  # of the directions from the middle in which red ink lies near the rim
MOST_SEALS = 4
OUTER, INNER = 1.0, 0.52  # the ring that may hold letters, in radii
RIM_REACH = 1.06  # radii that a seal's ink may reach
STRIP_HEIGHT = 96  # pixels of the unrolled ring


@dataclass(frozen=True)
class Seal:
    """An ellipse in pixels of the picture: middle, half axes along its own directions, and their angle in degrees."""

    centre: tuple[float, float]
    radii: tuple[float, float]
    angle: float

    def box(self, reach: float = 1.0) -> Quad:
        """The upright rectangle around it, ``reach`` times as large."""
        cos, sin = np.cos(np.radians(self.angle)), np.sin(np.radians(self.angle))
        half = np.array(
            [np.hypot(self.radii[0] * cos, self.radii[1] * sin), np.hypot(self.radii[0] * sin, self.radii[1] * cos)]
        )
        (x, y), (w, h) = self.centre, half * reach
        return np.array([[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h]], np.float32)

    def touches(self, quad: Quad) -> bool:
        """Does the upright rectangle around a quadrilateral overlap the one around the seal?"""
        own = self.box()
        return bool(np.all(own.min(axis=0) < quad.max(axis=0)) and np.all(quad.min(axis=0) < own.max(axis=0)))

    def turned(self, quarters: int, shape: tuple[int, ...]) -> Seal:
        """The same seal after a picture of ``shape`` was turned counter-clockwise by quarters, as ``numpy.rot90`` does."""
        (x, y), (height, width) = self.centre, shape[:2]
        centre = ((x, y), (y, width - 1 - x), (width - 1 - x, height - 1 - y), (height - 1 - y, x))[quarters % 4]
        return Seal(centre, self.radii, self.angle - 90.0 * (quarters % 4))

    def bounds(self, reach: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of that rectangle within a picture of ``shape``."""
        box = self.box(reach)
        left, top = np.maximum(box.min(axis=0), 0).astype(int).tolist()
        right, bottom = np.minimum(box.max(axis=0) + 1, (shape[1], shape[0])).astype(int).tolist()
        return left, top, right, bottom


def redness(image: Image) -> NDArray[np.uint8]:
    """How much redder than anything else each pixel is than the page itself, 0..255."""
    excess = image[:, :, 2].astype(np.int16) - np.maximum(image[:, :, 0], image[:, :, 1])
    return np.clip(excess - max(int(np.median(excess)), 0), 0, 255).astype(np.uint8)


def find_seals(image: Image) -> list[Seal]:
    """Red rings in a BGR picture, the largest first."""
    scale = min(1.0, WORKING_SIDE / max(image.shape[:2]))
    small = as_image(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)) if scale < 1 else image
    ink = (redness(small) > RED).astype(np.uint8)
    if not ink.any():
        return []
    reach = max(3, round(0.02 * max(small.shape[:2]))) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Seal] = []
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[: 2 * MOST_SEALS]:
        hull = cv2.convexHull(contour)
        if len(hull) < 5:  # cv2.fitEllipse asks for five points
            continue
        (x, y), axes, angle = cv2.fitEllipse(hull)
        seal = Seal((x, y), (axes[0] / 2, axes[1] / 2), float(angle))
        if _is_ring(seal, ink):
            found.append(Seal((x / scale, y / scale), (axes[0] / 2 / scale, axes[1] / 2 / scale), float(angle)))
    return found[:MOST_SEALS]


def _is_ring(seal: Seal, ink: NDArray[np.uint8]) -> bool:
    small, large = sorted(seal.radii)
    if 2 * small < LEAST_SIZE * min(ink.shape) or 2 * large > MOST_SIZE * max(ink.shape) or large > OVALEST * small:
        return False
    unrolled = _polar(ink * 255, seal, (1.08, 0.0), (180, 48), 0.0)
    share = float((unrolled > 127).mean())
    rim = (unrolled[:16] > 127).any(axis=0).mean()
    return LEAST_INK < share < MOST_INK and float(rim) > RIM_SHARE


def _polar(
    image: NDArray[np.uint8], seal: Seal, ring: tuple[float, float], size: tuple[int, int], start: float
) -> NDArray[np.uint8]:
    """The ring between an outer and an inner radius as a strip: clockwise from ``start`` (radians), outer edge on top."""
    width, height = size
    theta = np.linspace(0, 2 * np.pi, width, endpoint=False, dtype=np.float32) + np.float32(start)
    radius = np.linspace(*ring, height, dtype=np.float32)
    own = theta - np.float32(np.radians(seal.angle))
    reach = 1.0 / np.sqrt((np.cos(own) / seal.radii[0]) ** 2 + (np.sin(own) / seal.radii[1]) ** 2)
    x = seal.centre[0] + radius[:, None] * (reach * np.cos(theta))[None, :]
    y = seal.centre[1] + radius[:, None] * (reach * np.sin(theta))[None, :]
    return np.asarray(
        cv2.remap(image, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def unrolled(image: Image, seal: Seal, down: NDArray[np.float64]) -> Image:
    """The text around the rim as a level strip, dark on white, only the red ink of it.

    ``down``: unit vector from the head to the foot of the page; the strip begins and ends at the foot of the seal.
    """
    width = round(STRIP_HEIGHT * np.pi * (OUTER + INNER) / (OUTER - INNER))
    strip = _polar(image, seal, (OUTER, INNER), (width, STRIP_HEIGHT), float(np.arctan2(down[1], down[0])))
    ink = redness(as_image(strip)).astype(np.float32)
    paper = 255 - np.clip(ink * (255 / max(float(np.percentile(ink, 98)), 1.0)), 0, 255)
    return as_image(np.repeat(paper[:, :, None], 3, axis=2))


def without_red(image: Image) -> Image:
    """The red channel alone: red ink as bright as the paper, black print as dark as before."""
    return as_image(np.repeat(image[:, :, 2:3], 3, axis=2))


def without_seals(image: Image, seals: Sequence[Seal]) -> Image:
    """The picture with the red channel alone where seals lie; the picture itself when there are none."""
    if not seals:
        return image
    inside = np.zeros(image.shape[:2], np.uint8)
    for seal in seals:
        axes = (round(seal.radii[0] * RIM_REACH), round(seal.radii[1] * RIM_REACH))
        centre = (round(seal.centre[0]), round(seal.centre[1]))
        cv2.ellipse(inside, centre, axes, seal.angle, 0, 360, 1, cv2.FILLED)
    return np.where(inside[:, :, None] == 1, image[:, :, 2:3], image).astype(np.uint8)
