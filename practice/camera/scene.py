"""Putting the picture together: desk, shadow, paper, hand, light. Only what the paper touches is computed anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from practice.camera.geometry import Matrix, Pose, corners, projected, projection, px_per_mm
from practice.camera.look import GAIN_UNIT, Look, gain_map, glare_map
from practice.camera.surfaces import surface
from practice.paper import Paper
from scanner.types import Image, Quad

_RESOLUTIONS = (4.0, 6.0, 8.0, 10.0, 12.0, 16.0)  # px/mm at which papers are drawn for the camera
_SHADOW_PX = 14


@dataclass(frozen=True, eq=False)
class Print:
    """A drawn paper with what shows of its cover, softened as the lens will, and the share of each pixel that is paper."""

    image: Image
    mask: Image
    to_mm: Matrix  # from its pixels to millimetres of the page


@dataclass(frozen=True, eq=False)
class Scene:
    """A composed picture without noise; ``corners`` are the page's, clockwise from its own top-left, or None on an empty desk."""

    image: Image
    corners: Quad | None


def print_for(paper: Paper, frame: tuple[int, int], look: Look, angle: float) -> Print:
    """Draw ``paper`` a little finer than the camera will see it."""
    seen = px_per_mm(paper.size_mm, frame, angle, look.zoom)
    fine = next((r for r in _RESOLUTIONS if r >= 1.5 * seen), _RESOLUTIONS[-1])
    return _print(paper, fine, round(look.softness_px * frame[1] / 1080 * fine / seen, 2))


@lru_cache(maxsize=6)
def _print(paper: Paper, resolution: float, sigma: float) -> Print:
    page = paper.draw(resolution).image
    cover = paper.kind.cover
    margin = round(cover.margin_mm * resolution) if cover else 0
    if cover:
        page = np.asarray(
            cv2.copyMakeBorder(page, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=cover.colour[::-1]),
            np.uint8,
        )
    mask = _rounded(page.shape[1], page.shape[0], round(paper.kind.corner_mm * resolution))
    soft = np.asarray(cv2.GaussianBlur(page, (0, 0), max(0.3, sigma)), np.uint8)
    to_mm = np.array([[1 / resolution, 0, -margin / resolution], [0, 1 / resolution, -margin / resolution], [0, 0, 1]])
    return Print(soft, mask, to_mm)


def _rounded(width: int, height: int, radius: int) -> Image:
    mask = np.zeros((height, width), np.uint8)
    r = max(0, radius)
    cv2.rectangle(mask, (r, 0), (width - r - 1, height - 1), 255, -1)
    cv2.rectangle(mask, (0, r), (width - 1, height - r - 1), 255, -1)
    for x in (r, width - r - 1):
        for y in (r, height - r - 1):
            cv2.circle(mask, (x, y), r, 255, -1, cv2.LINE_AA)
    return mask


class Stage:
    """One desk top under one look of the camera, for one frame size."""

    def __init__(self, frame: tuple[int, int], desk_top: str, desk_seed: int, look: Look) -> None:
        self.frame = frame
        self.look = look
        top = surface(desk_top, frame, desk_seed)
        self._gain = gain_map(frame, look)
        self._glare = glare_map(frame, look)
        softened = cv2.GaussianBlur(top, (0, 0), max(0.4, look.softness_px * frame[1] / 1080))
        self._empty = np.asarray(cv2.multiply(softened, self._gain, scale=1 / GAIN_UNIT), np.uint8)

    def empty(self) -> Scene:
        return Scene(self._empty, None)

    def compose(self, paper: Paper, pose: Pose, *, speed_px: float = 0.0, hand: bool = False) -> Scene:
        """The paper on the desk. ``speed_px``: how far it moves during one frame, which blurs it along its way."""
        homography = projection(paper.size_mm, self.frame, self.look, pose)
        drawn = print_for(paper, self.frame, self.look, round(pose.angle / 90) * 90)
        to_frame = homography @ drawn.to_mm
        h, w = drawn.mask.shape
        outline = projected(np.array([[0, 0], [w, 0], [w, h], [0, h]]), to_frame)
        picture = self._empty.copy()
        area = self._area(outline)
        if area is not None:
            x0, y0, x1, y1 = area
            window = (slice(y0, y1), slice(x0, x1))
            picture[window] = self._paper_over(picture[window], drawn, to_frame, area, speed_px)
        if hand:
            _hand_over(picture, outline)
        return Scene(picture, corners(paper.size_mm, homography))

    def _area(self, outline: Quad) -> tuple[int, int, int, int] | None:
        """The part of the picture that paper and shadow touch, or None outside it."""
        margin = 2 * _SHADOW_PX
        x0, y0 = (max(0, int(v) - margin) for v in outline.min(axis=0))
        x1, y1 = int(outline[:, 0].max()) + margin, int(outline[:, 1].max()) + margin
        x1, y1 = min(self.frame[0], x1), min(self.frame[1], y1)
        return (x0, y0, x1, y1) if x1 - x0 > 8 and y1 - y0 > 8 else None

    def _paper_over(
        self, below: Image, drawn: Print, to_frame: Matrix, area: tuple[int, int, int, int], speed_px: float
    ) -> Image:
        x0, y0, x1, y1 = area
        size = (x1 - x0, y1 - y0)
        matrix = np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1]]) @ to_frame
        paper = cv2.warpPerspective(drawn.image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        share = cv2.warpPerspective(drawn.mask, matrix, size, flags=cv2.INTER_LINEAR)
        trail = int(min(41, speed_px * 0.6))
        if trail > 2:
            paper, share = cv2.blur(paper, (1, trail)), cv2.blur(share, (1, trail))
        paper = cv2.multiply(paper, self._gain[y0:y1, x0:x1], scale=1 / GAIN_UNIT)
        if self._glare is not None:
            paper = cv2.add(paper, self._glare[y0:y1, x0:x1])
        alpha = share.astype(np.float32) * (1 / 255)
        return np.asarray(cv2.blendLinear(paper, _shaded(below, share), alpha, 1 - alpha), np.uint8)


def _shaded(below: Image, share: cv2.typing.MatLike) -> Image:
    """The desk with the paper's soft shadow, a little down and to the right."""
    small = cv2.resize(share, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    shift = np.array([[1, 0, 0.6], [0, 1, 0.9]], np.float32)
    moved = cv2.warpAffine(small, shift, (small.shape[1], small.shape[0]))
    soft = cv2.GaussianBlur(moved, (0, 0), _SHADOW_PX / 16)
    dim = cv2.resize(255 - (soft.astype(np.float32) * 0.42).astype(np.uint8), (share.shape[1], share.shape[0]))
    return np.asarray(cv2.multiply(below, cv2.cvtColor(dim, cv2.COLOR_GRAY2BGR), scale=1 / 255), np.uint8)


@lru_cache(maxsize=2)
def _hand_sprite(height: int) -> tuple[Image, Image]:
    """A hand from below, fingertips at the top edge: colours and mask of about half the picture's height."""
    h = max(16, height // 2)
    w = int(h * 0.8)
    mask = np.zeros((h, w), np.uint8)
    for x, top, thick in ((0.2, 0.22, 0.085), (0.4, 0.06, 0.09), (0.6, 0.04, 0.09), (0.8, 0.14, 0.08)):
        cv2.line(
            mask,
            (int(x * w), int((top + 0.08) * h)),
            (int((0.5 + (x - 0.5) * 0.8) * w), int(0.7 * h)),
            255,
            int(thick * h * 1.3),
            cv2.LINE_AA,
        )
    cv2.ellipse(mask, (w // 2, int(0.82 * h)), (int(0.36 * w), int(0.34 * h)), 0, 0, 360, 255, -1, cv2.LINE_AA)
    soft = cv2.GaussianBlur(mask, (0, 0), h / 90)
    depth = cv2.GaussianBlur(mask, (0, 0), h / 22).astype(np.float32) / 255
    skin = np.array([138, 164, 208], np.float32) * (0.55 + 0.45 * depth[..., None])
    return np.clip(skin, 0, 255).astype(np.uint8), np.asarray(soft, np.uint8)


def _hand_over(picture: Image, outline: Quad) -> None:
    """Lay the hand over the paper's lower edge, in place; what lies outside the picture is cut off."""
    height, width = picture.shape[:2]
    colours, mask = _hand_sprite(height)
    h, w = mask.shape
    bottom = outline[np.argsort(outline[:, 1])[2:]].mean(axis=0)
    left, top = int(bottom[0] - w / 2), int(bottom[1] - h * 0.12)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + w), min(height, top + h)
    if x0 >= x1 or y0 >= y1:
        return
    cut = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    alpha = mask[cut].astype(np.float32) / 255
    window = (slice(y0, y1), slice(x0, x1))
    picture[window] = cv2.blendLinear(
        np.ascontiguousarray(colours[cut]), np.ascontiguousarray(picture[window]), alpha, 1 - alpha
    )
