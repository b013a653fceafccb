"""What else lies on a table: pens, cups, cables, telephones, screens, leaves, plastic film; and hands."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from practice.desks.drawing import (
    Canvas,
    Chance,
    Share,
    any_colour,
    cloud,
    darken,
    floats,
    lay_colour,
    polygon_share,
    softened,
)

Size = tuple[int, int]


def put_clutter(chance: Chance, canvas: Canvas) -> None:
    """A few things anywhere, in place."""
    for _ in range(int(chance.choice(6, p=(0.3, 0.22, 0.18, 0.14, 0.1, 0.06)))):
        THINGS[int(chance.choice(len(THINGS)))](chance, canvas)


def _size(canvas: Canvas) -> Size:
    return canvas.shape[1], canvas.shape[0]


def _anywhere(chance: Chance, canvas: Canvas) -> np.ndarray:
    """More often near the rim: people make room for the paper."""
    place = chance.uniform(-0.05, 1.05, 2)
    if chance.random() < 0.6:
        place[int(chance.integers(2))] = chance.choice([chance.uniform(-0.08, 0.2), chance.uniform(0.8, 1.08)])
    return place * _size(canvas)


def _turned(width: float, height: float, angle: float, centre: np.ndarray) -> np.ndarray:
    box = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return box @ turn.T + centre


def _shadowed(chance: Chance, canvas: Canvas, share: Share, colour: np.ndarray) -> None:
    shift = chance.uniform(-0.012, 0.012, 2) * max(_size(canvas))
    moved = cv2.warpAffine(share, np.array([[1, 0, shift[0]], [0, 1, shift[1]]]), _size(canvas))
    darken(canvas, floats(cv2.GaussianBlur(moved, (0, 0), 0.006 * max(_size(canvas)))), chance.uniform(0, 0.5))
    lay_colour(canvas, share, colour)


def _pen(chance: Chance, canvas: Canvas) -> None:
    long = max(_size(canvas))
    centre, angle = _anywhere(chance, canvas), chance.uniform(0, np.pi)
    length, thick = chance.uniform(0.15, 0.4) * long, chance.uniform(0.008, 0.025) * long
    body = polygon_share(_size(canvas), _turned(length, thick, angle, centre))
    _shadowed(chance, canvas, body, any_colour(chance, (10, 240), 0.9))
    cap = _turned(
        length * chance.uniform(0.1, 0.4),
        thick,
        angle,
        centre + 0.35 * length * np.array([np.cos(angle), np.sin(angle)]),
    )
    lay_colour(canvas, polygon_share(_size(canvas), cap), any_colour(chance, (10, 240), 0.9))
    shine = _turned(length, thick * 0.25, angle, centre + 0.2 * thick * np.array([-np.sin(angle), np.cos(angle)]))
    lay_colour(canvas, 0.5 * polygon_share(_size(canvas), shine, 0.5), np.array([255.0] * 3, np.float32))


def _cup(chance: Chance, canvas: Canvas) -> None:
    mask = np.zeros(canvas.shape[:2], np.uint8)
    centre = tuple(int(v) for v in _anywhere(chance, canvas))
    reach = int(chance.uniform(0.04, 0.14) * max(_size(canvas)))
    axes = (reach, int(reach * chance.uniform(0.75, 1)))
    cv2.ellipse(mask, centre, axes, chance.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)
    _shadowed(chance, canvas, softened(mask, 0), any_colour(chance, (20, 245), 0.7))
    inner = np.zeros(canvas.shape[:2], np.uint8)
    cv2.ellipse(inner, centre, (int(axes[0] * 0.85), int(axes[1] * 0.85)), 0, 0, 360, 255, -1, cv2.LINE_AA)
    lay_colour(canvas, softened(inner, 1), any_colour(chance, (15, 200), 0.7))


def _cable(chance: Chance, canvas: Canvas) -> None:
    width, height = _size(canvas)
    knots = np.cumsum(chance.normal(0, 0.2, (6, 2)), axis=0) * [width, height] + _anywhere(chance, canvas)
    t = np.linspace(0, 5, 80)
    curve = np.c_[np.interp(t, range(6), knots[:, 0]), np.interp(t, range(6), knots[:, 1])].astype(np.float32)
    curve = cv2.GaussianBlur(curve, (1, 31), 0)
    mask = np.zeros(canvas.shape[:2], np.uint8)
    cv2.polylines(
        mask,
        [np.round(curve).astype(np.int32)],
        False,
        255,
        max(1, int(chance.uniform(0.004, 0.014) * max(width, height))),
        cv2.LINE_AA,
    )
    _shadowed(chance, canvas, softened(mask, 0), any_colour(chance, (10, 245), 0.3))


def _device(chance: Chance, canvas: Canvas) -> None:
    """A telephone, a tablet, a screen, a mouse mat: a rectangle that is no paper. Dark, plain or glowing, with a rim or round corners."""
    long = max(_size(canvas))
    tall = chance.uniform(0.15, 0.6) * long
    wide = tall * chance.uniform(0.45, 0.8)
    centre, angle = _anywhere(chance, canvas), chance.uniform(0, np.pi)
    corners = _turned(wide, tall, angle, centre)
    share = _round_cornered(canvas, corners, chance.uniform(0.03, 0.15) * wide)
    dark = any_colour(chance, (8, 70), 0.3)
    _shadowed(chance, canvas, share, dark)
    if chance.random() < 0.6:  # a glass face, dark as well, that mirrors the ceiling
        face = polygon_share(_size(canvas), centre + chance.uniform(0.82, 0.95) * (corners - centre))
        lay_colour(canvas, face, dark * chance.uniform(0.3, 1.3))
        mirror = polygon_share(
            _size(canvas), _turned(tall, wide * chance.uniform(0.1, 0.5), chance.uniform(0, np.pi), centre), 2
        )
        lay_colour(canvas, chance.uniform(0, 0.35) * face * mirror, np.array([235.0] * 3, np.float32))


def _round_cornered(canvas: Canvas, corners: np.ndarray, radius: float) -> Share:
    inner = corners.mean(axis=0) + (corners - corners.mean(axis=0)) * max(
        0.2, 1 - 2.2 * radius / max(1.0, float(np.linalg.norm(corners[0] - corners[2])))
    )
    mask = np.zeros(canvas.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(inner).astype(np.int32)], 255, cv2.LINE_AA)
    cv2.polylines(mask, [np.round(inner).astype(np.int32)], True, 255, max(1, int(2 * radius)), cv2.LINE_AA)
    return softened(mask, 0)


def _block(chance: Chance, canvas: Canvas) -> None:
    """Anything straight-sided that the rim of the view cuts: a stand, a tray, a drawer."""
    long = max(_size(canvas))
    corners = _turned(
        chance.uniform(0.05, 0.6) * long,
        chance.uniform(0.03, 0.3) * long,
        chance.normal(0, 0.4),
        _anywhere(chance, canvas),
    )
    _shadowed(chance, canvas, polygon_share(_size(canvas), corners), any_colour(chance, (8, 180), 0.5))


def _keyboard(chance: Chance, canvas: Canvas) -> None:
    """A keyboard, a calculator, a keypad, the lower half of a laptop: rows of keys in a straight-sided body."""
    rows, columns = int(chance.integers(3, 7)), int(chance.integers(3, 18))
    pitch = 18
    body = any_colour(chance, (10, 60) if chance.random() < 0.6 else (60, 235), 0.2)
    cap = np.clip(body * chance.uniform(0.6, 1.7) + chance.uniform(-8, 20), 4, 250)
    ink = (240.0,) * 3 if cap.mean() < 120 else (30.0,) * 3
    margin, below = int(chance.integers(2, 20)), int(chance.choice([2, 2, 70]))
    flat = np.zeros((rows * pitch + margin + below, columns * pitch + 2 * margin, 3), np.float32) + body
    gap = int(chance.integers(1, 4))
    for row in range(rows):
        column = 0
        while column < columns:
            wide = min(columns - column, 1 if chance.random() < 0.88 else int(chance.integers(2, 7)))
            x, y = margin + column * pitch, margin + row * pitch
            cv2.rectangle(
                flat, (x + gap, y + gap), (x + wide * pitch - gap, y + pitch - gap), tuple(map(float, cap)), -1
            )
            cv2.putText(
                flat,
                chr(int(chance.integers(48, 91))),
                (x + 6, y + 12),
                cv2.FONT_HERSHEY_SIMPLEX,
                0.3,
                ink,
                1,
                cv2.LINE_AA,
            )
            column += wide
    long = chance.uniform(0.25, 1.1) * max(_size(canvas))
    tall = long * flat.shape[0] / flat.shape[1]
    shrink = min(1.0, 1.1 * max(_size(canvas)) / max(long, tall))
    corners = _turned(
        long * shrink, tall * shrink, chance.choice([0, np.pi / 2]) + chance.normal(0, 0.25), _anywhere(chance, canvas)
    )
    corners = corners + chance.normal(0, 0.012 * long, (4, 2))
    height, width = flat.shape[:2]
    matrix = cv2.getPerspectiveTransform(
        np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32), corners.astype(np.float32)
    )
    seen = cv2.warpPerspective(flat, matrix, _size(canvas), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    _shadowed(chance, canvas, polygon_share(_size(canvas), corners), floats(seen))


def _leaves(chance: Chance, canvas: Canvas) -> None:
    place = _anywhere(chance, canvas)
    for _ in range(int(chance.integers(6, 30))):
        reach = chance.uniform(0.02, 0.08) * max(_size(canvas))
        mask = np.zeros(canvas.shape[:2], np.uint8)
        centre = tuple(int(v) for v in place + chance.normal(0, 0.06 * max(_size(canvas)), 2))
        cv2.ellipse(mask, centre, (int(reach), int(reach * 0.4)), chance.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)
        green = np.array([chance.uniform(20, 80), chance.uniform(60, 170), chance.uniform(20, 110)], np.float32)
        lay_colour(canvas, softened(mask, 0), green)


def _film(chance: Chance, canvas: Canvas) -> None:
    """Crumpled transparent plastic: streaks of light."""
    size = _size(canvas)
    region = polygon_share(
        size, _turned(0.8 * size[0], 0.8 * size[1], chance.uniform(0, 3), _anywhere(chance, canvas)), 0.5
    )
    creases = np.exp(-np.abs(cloud(chance, size, (9, 9))) * chance.uniform(10, 40))
    lay_colour(canvas, region * floats(creases) * chance.uniform(0.2, 0.7), np.array([250.0] * 3, np.float32))
    lay_colour(canvas, 0.12 * region, np.array([230.0] * 3, np.float32))


THINGS: tuple[Callable[[Chance, Canvas], None], ...] = (
    _pen,
    _pen,
    _cup,
    _cable,
    _device,
    _device,
    _keyboard,
    _keyboard,
    _block,
    _leaves,
    _film,
)


def hand(chance: Chance, size: Size, tip: np.ndarray, towards: np.ndarray) -> tuple[Share, Canvas]:
    """A hand or some fingers whose tips lie at ``tip`` and that comes from the direction ``-towards`` (unit vector): its share and colours."""
    long = max(size)
    finger = chance.uniform(0.018, 0.05) * long
    across = np.array([-towards[1], towards[0]])
    mask = np.zeros((size[1], size[0]), np.uint8)
    count = int(chance.choice([1, 2, 3, 4], p=(0.4, 0.15, 0.2, 0.25)))
    for k in range(count):
        start = tip + across * finger * 1.25 * (k - (count - 1) / 2) - towards * finger * chance.uniform(0, 1.2)
        knuckle = start - towards * finger * chance.uniform(2.5, 5) + across * finger * chance.normal(0, 0.3)
        _limb(mask, start, knuckle, finger)
        _limb(
            mask, knuckle, knuckle - towards * finger * 3 - across * finger * 0.4 * (k - (count - 1) / 2), finger * 1.2
        )
    palm = tip - towards * finger * chance.uniform(6, 8)
    _limb(mask, palm, palm - towards * long, finger * chance.uniform(2.5, 4.5))
    share = softened(mask, 0.5)
    skin = np.array([[150, 180, 225], [120, 150, 205], [95, 125, 180], [70, 95, 140], [45, 60, 95]], np.float32)[
        int(chance.integers(5))
    ]
    skin = (
        skin
        * chance.uniform(0.8, 1.15)
        * np.array([1, 1 + chance.normal(0, 0.03), 1 + chance.normal(0, 0.04)], np.float32)
    )
    depth = softened(mask, max(1.0, 0.4 * finger))
    shade = 0.45 + 0.55 * np.clip(depth * 1.3, 0, 1) + 0.06 * cloud(chance, size, (20, 20))
    return share, np.clip(shade[..., None] * skin, 0, 255).astype(np.float32)


def _limb(mask: np.ndarray, start: np.ndarray, end: np.ndarray, thick: float) -> None:
    cv2.line(mask, tuple(map(int, start)), tuple(map(int, end)), 255, max(1, int(thick)), cv2.LINE_AA)
