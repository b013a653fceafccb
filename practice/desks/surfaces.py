"""Table tops of many kinds. Each is a function of chance and size = (width, height) that gives a canvas."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from practice.desks.drawing import Canvas, Chance, any_colour, cloud, floats, lay_colour, polygon_share, turbulence

Size = tuple[int, int]


def surface(chance: Chance, size: Size) -> Canvas:
    """A table top of any kind; at times two meet at an edge, as where a desk ends and the floor begins."""
    below = _one(chance, size)
    for _ in range(int(chance.choice(3, p=(0.66, 0.27, 0.07)))):
        _edge(chance, size, below, _one(chance, size))
    return below


def _one(chance: Chance, size: Size) -> Canvas:
    kind = KINDS[int(chance.choice(len(KINDS), p=_SHARES))]
    drawn = kind(chance, size)
    return np.clip(drawn, 0, 255).astype(np.float32)


def _edge(chance: Chance, size: Size, canvas: Canvas, other: Canvas) -> None:
    """``other`` on one side of a straight line, with the line's own shade: a desk's rim catches light or throws shadow."""
    width, height = size
    angle = chance.choice([0, np.pi / 2]) + chance.normal(0, 0.25)
    normal = np.array([np.cos(angle), np.sin(angle)]) * chance.choice([-1, 1])
    place = np.array([width, height]) * chance.uniform(0.05, 0.95, 2)
    along = np.array([-normal[1], normal[0]])
    far = 2.0 * max(size)
    half = np.array(
        [
            place + far * along,
            place - far * along,
            place - far * along + far * normal,
            place + far * along + far * normal,
        ]
    )
    lay_colour(canvas, polygon_share(size, half, chance.choice([0, 1.5])), other)
    if chance.random() < 0.6:
        thick = chance.uniform(0.003, 0.03) * max(size)
        strip = np.array(
            [
                place + far * along,
                place - far * along,
                place - far * along + thick * normal,
                place + far * along + thick * normal,
            ]
        )
        lay_colour(canvas, 0.8 * polygon_share(size, strip, 0.6), any_colour(chance, (20, 220)))


def _plain(chance: Chance, size: Size) -> Canvas:
    colour = any_colour(chance, (15, 245))
    shade = 1 + chance.uniform(0, 0.05) * turbulence(chance, size, 3) + _grain(chance, size, chance.uniform(0, 0.02))
    return floats(shade[..., None] * colour)


def _paperlike(chance: Chance, size: Size) -> Canvas:
    """As light as paper: the hardest table."""
    colour = any_colour(chance, (175, 248), 0.1)
    shade = 1 + 0.02 * turbulence(chance, size, 3) + _grain(chance, size, chance.uniform(0.002, 0.02))
    return floats(shade[..., None] * colour)


def _wood(chance: Chance, size: Size) -> Canvas:
    width, height = size
    if chance.random() < 0.5:
        return _wood(chance, (height, width)).transpose(1, 0, 2) if width != height else _planks(chance, size)
    return _planks(chance, size)


def _planks(chance: Chance, size: Size) -> Canvas:
    height = size[1]
    fine = chance.uniform(1.5, 6)
    grain = cloud(chance, size, (chance.uniform(3, 9), height / fine)) + 0.5 * cloud(
        chance, size, (14, height / (2.5 * fine))
    )
    if chance.random() < 0.4:  # rings of the tree
        wave = (
            6 * cloud(chance, size, (3, 3)) + np.linspace(0, chance.uniform(8, 40), height, dtype=np.float32)[:, None]
        )
        grain = 0.5 * grain + 0.8 * np.sin(wave)
    shade = 1 + chance.uniform(0.03, 0.22) * grain + 0.06 * cloud(chance, size, (4, 3))
    if chance.random() < 0.4:
        for y in range(int(chance.integers(10, height // 2)), height, int(chance.integers(height // 6, height))):
            shade[max(0, y - 1) : y + 1] *= chance.uniform(0.55, 0.95)
    tone = chance.choice(5)
    base = np.array([(70, 110, 160), (104, 150, 190), (40, 60, 95), (150, 185, 210), (48, 52, 58)][tone], np.float32)
    return floats(shade[..., None] * base * chance.uniform(0.7, 1.2))


def _cloth(chance: Chance, size: Size) -> Canvas:
    width, height = size
    pitch = chance.uniform(1.5, 6)
    weave = cloud(chance, size, (width / pitch, height / (pitch * 4))) + cloud(
        chance, size, (width / (pitch * 4), height / pitch)
    )
    folds = cloud(chance, size, (chance.uniform(2, 6), chance.uniform(2, 6)))
    shade = 1 + chance.uniform(0.03, 0.3) * weave + chance.uniform(0, 0.15) * folds
    return floats(shade[..., None] * any_colour(chance, (25, 225)))


def _checked(chance: Chance, size: Size) -> Canvas:
    """A chequered or striped cloth, a tiled floor: many straight lines, none of them a sheet's."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, pitch = chance.uniform(-0.6, 0.6), chance.uniform(0.03, 0.4) * max(size)
    u, v = (x * np.cos(angle) + y * np.sin(angle)) / pitch, (y * np.cos(angle) - x * np.sin(angle)) / pitch
    share, lines = chance.uniform(0.02, 0.5), chance.random()
    on_u, on_v = (u % 1 < share), (v % 1 < share)
    pattern = on_u if lines < 0.3 else (on_u | on_v) if lines < 0.65 else (0.5 * on_u + 0.5 * on_v)
    first = any_colour(chance, (30, 240))
    second = (
        np.clip(first + chance.normal(0, 45, 3), 0, 255) if chance.random() < 0.6 else any_colour(chance, (20, 240))
    )
    pattern = floats(cv2.GaussianBlur(floats(np.asarray(pattern, np.float32)), (0, 0), 0.8))
    mixed = first + pattern[..., None] * (second - first)
    return floats(mixed * (1 + 0.06 * turbulence(chance, size, 4))[..., None])


def _stone(chance: Chance, size: Size) -> Canvas:
    clouds = turbulence(chance, size, chance.uniform(2, 6), 5)
    veins = np.exp(-np.abs(turbulence(chance, size, 3)) * chance.uniform(8, 25))
    shade = 1 + chance.uniform(0.02, 0.25) * clouds - chance.uniform(0, 0.5) * veins
    if chance.random() < 0.5:
        shade += chance.uniform(0.05, 0.25) * np.sign(cloud(chance, size, (size[0] / 3, size[1] / 3)))
    return floats(shade[..., None] * any_colour(chance, (40, 225), 0.3))


def _busy(chance: Chance, size: Size) -> Canvas:
    """Like a photograph of anything: patches of colour, blurred and sharp."""
    canvas = np.zeros((size[1], size[0], 3), np.float32) + any_colour(chance, (30, 220))
    for _ in range(int(chance.integers(8, 40))):
        centre, reach = chance.uniform(-0.1, 1.1, 2) * size, chance.uniform(0.02, 0.25) * max(size)
        corners = int(chance.integers(3, 12))
        around = np.sort(chance.uniform(0, 2 * np.pi, corners))
        points = centre + reach * chance.uniform(0.3, 1, (corners, 1)) * np.c_[np.cos(around), np.sin(around)]
        lay_colour(
            canvas, polygon_share(size, points, chance.choice([0, 0, 3, 10])), any_colour(chance, (10, 245), 0.9)
        )
    return floats(canvas * (1 + 0.15 * turbulence(chance, size, 5))[..., None])


def _keys(chance: Chance, size: Size) -> Canvas:
    """A keyboard that fills the view."""
    width, height = size
    body = any_colour(chance, (15, 200), 0.15)
    canvas = np.zeros((height, width, 3), np.float32) + body
    cap = np.clip(body * chance.uniform(0.6, 1.6) + chance.uniform(-10, 25), 5, 250)
    ink = np.array([240.0] * 3) if cap.mean() < 120 else np.array([30.0] * 3)
    pitch = chance.uniform(0.05, 0.13) * max(size)
    gap = chance.uniform(0.06, 0.2) * pitch
    for row, y in enumerate(np.arange(-pitch, height + pitch, pitch)):
        x = -pitch * chance.uniform(0, 1)
        while x < width:
            wide = pitch * (1.0 if chance.random() < 0.85 else chance.uniform(1.3, 6))
            top_left, bottom_right = (int(x + gap), int(y + gap)), (int(x + wide), int(y + pitch))
            cv2.rectangle(
                canvas, top_left, bottom_right, tuple(map(float, cap * (1 + 0.04 * (row % 3)))), -1, cv2.LINE_AA
            )
            mark = (int(x + 0.35 * pitch), int(y + 0.6 * pitch))
            cv2.putText(
                canvas,
                chr(int(chance.integers(65, 91))),
                mark,
                cv2.FONT_HERSHEY_SIMPLEX,
                pitch / 80,
                tuple(map(float, ink)),
                1,
                cv2.LINE_AA,
            )
            x += wide
    angle = chance.uniform(-25, 25) + chance.choice([0, 90])
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, chance.uniform(1.0, 1.6))
    return floats(cv2.warpAffine(canvas, matrix, size, borderMode=cv2.BORDER_REFLECT))


def _grain(chance: Chance, size: Size, strength: float) -> np.ndarray:
    return strength * chance.standard_normal((size[1], size[0]), dtype=np.float32)


KINDS: tuple[Callable[[Chance, Size], Canvas], ...] = (
    _plain,
    _paperlike,
    _wood,
    _cloth,
    _checked,
    _stone,
    _busy,
    _keys,
)
_SHARES = (0.22, 0.14, 0.24, 0.12, 0.07, 0.08, 0.08, 0.05)
