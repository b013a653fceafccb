"""A whole scene: a table, clutter, one sheet or several or none, hands, shadows, light, lens; and the truth about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from practice.desks.clutter import hand, put_clutter
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
    turbulence,
)
from practice.desks.pages import any_page
from practice.desks.surfaces import surface
from scanner.types import Image, Quad


@dataclass(frozen=True, eq=False)
class DeskScene:
    """``sheets``: corners (4, 2) clockwise in pixels, the one that lies uppermost last; they may lie outside the picture where it is cut off.
    ``sheet``, ``cover``: (H, W), 0..1, what is sheet (also under a hand), and what of the sheets something covers."""

    image: Image
    sheets: tuple[Quad, ...]
    sheet: Share
    cover: Share

    def outline(self, thickness: int) -> Share:
        """(H, W), 0..1: the sides of all sheets as far as no other sheet lies over them."""
        height, width = self.sheet.shape
        drawn = np.zeros((height, width), np.uint8)
        for quad in self.sheets:
            points = [np.round(quad * 16).astype(np.int32)]
            cv2.fillPoly(drawn, points, 0, cv2.LINE_AA, 4)
            cv2.polylines(drawn, points, True, 255, thickness, cv2.LINE_AA, 4)
        return floats(drawn) * (1 / 255)


@dataclass(frozen=True)
class Setting:
    """What a scene may hold: chances of no sheet, of a second one, of a hand over the sheet, of a sheet that the picture cuts."""

    empty: float = 0.2
    several: float = 0.12
    hand: float = 0.3
    cut: float = 0.08


USUAL = Setting()


def compose(chance: Chance, size: tuple[int, int], pages: Sequence[Image] = (), setting: Setting = USUAL) -> DeskScene:
    """A scene of ``size`` = (width, height). ``pages``: flat drawn papers that may be laid there; half of the sheets are made up on the spot."""
    canvas = surface(chance, size)
    put_clutter(chance, canvas)
    sheet, cover = np.zeros((size[1], size[0]), np.float32), np.zeros((size[1], size[0]), np.float32)
    quads: list[Quad] = []
    if chance.random() >= setting.empty:
        count = 1 if chance.random() >= setting.several else int(chance.integers(2, 4))
        for _ in range(count):
            quads.append(
                _lay(
                    chance,
                    canvas,
                    sheet,
                    cover,
                    _page(chance, pages),
                    several=count > 1,
                    cut=chance.random() < setting.cut,
                )
            )
        if chance.random() < setting.hand:
            _cover(chance, canvas, sheet, cover, quads[-1])
    elif chance.random() < 0.2:
        share, skin = hand(chance, size, chance.uniform(0, 1, 2) * size, _direction(chance))
        lay_colour(canvas, share, skin)
    _light(chance, canvas)
    return DeskScene(_camera(chance, canvas), tuple(quads), sheet, cover)


def _page(chance: Chance, pages: Sequence[Image]) -> Canvas:
    """A page; at times with a cover around it, whose corners then do not count."""
    if len(pages) and chance.random() < 0.5:
        page = floats(pages[int(chance.integers(len(pages)))])
        if chance.random() < 0.3:  # drawn again in another tint, as copies and other editions are
            page = floats(page * np.clip(any_colour(chance, (150, 250), 0.3) / 225, 0.3, 1.05))
        return page
    return any_page(chance, int(chance.integers(280, 460)))


def _lay(chance: Chance, canvas: Canvas, sheet: Share, cover: Share, page: Canvas, *, several: bool, cut: bool) -> Quad:
    """Lays the page with shadow, bends and folds on the canvas, in place; gives its corners."""
    height, width = canvas.shape[:2]
    tall, wide = page.shape[:2]
    quad = _seen(chance, wide / tall, (width, height), several, cut)
    page = _worn(chance, page)
    matrix = cv2.getPerspectiveTransform(np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32) - 0.5, quad)
    paper = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = _outlined(chance, quad, (width, height), wide, tall, np.asarray(matrix, np.float64))
    if chance.random() < 0.12:  # a booklet: the page lies in a cover that stands out
        band = quad.mean(axis=0) + (quad - quad.mean(axis=0)) * (1 + chance.uniform(0.015, 0.06))
        under = polygon_share((width, height), band)
        _cast(chance, canvas, under)
        lay_colour(canvas, under, any_colour(chance, (15, 110), 0.9))
    elif chance.random() < 0.06:  # a transparent sleeve
        band = quad.mean(axis=0) + (quad - quad.mean(axis=0)) * (1 + chance.uniform(0.03, 0.15))
        lay_colour(canvas, 0.25 * polygon_share((width, height), band), np.array([240.0] * 3, np.float32))
    if chance.random() < 0.2:
        paper, share = _bent(chance, floats(paper), share)
    _cast(chance, canvas, share)
    lay_colour(canvas, share, floats(paper))
    if chance.random() < 0.25:  # the paper's own thickness: a light or dark line along its sides
        rim = np.zeros((height, width), np.uint8)
        cv2.polylines(rim, [np.round(quad * 16).astype(np.int32)], True, 255, 1, cv2.LINE_AA, 4)
        lay_colour(canvas, floats(rim) * (chance.uniform(0.1, 0.6) / 255), any_colour(chance, (60, 250), 0.05))
    np.maximum(sheet, share, out=sheet)
    cover *= 1 - share
    return quad


def _outlined(
    chance: Chance, quad: Quad, size: tuple[int, int], wide: int, tall: int, matrix: NDArray[np.float64]
) -> Share:
    """The share of each pixel that is this sheet: round corners for cards, torn or perforated sides for tickets."""
    kind = chance.random()
    if kind < 0.65:
        return polygon_share(size, quad)
    mask = np.zeros((tall, wide), np.uint8)
    if kind < 0.92:
        radius = int(chance.uniform(0.02, 0.08) * min(wide, tall))
        cv2.rectangle(mask, (radius, 0), (wide - radius - 1, tall - 1), 255, -1)
        cv2.rectangle(mask, (0, radius), (wide - 1, tall - radius - 1), 255, -1)
        for x in (radius, wide - radius - 1):
            for y in (radius, tall - radius - 1):
                cv2.circle(mask, (x, y), radius, 255, -1)
    else:
        mask[:] = 255
        deep = chance.uniform(0.004, 0.012) * wide
        bite = (
            np.abs(chance.normal(0, deep, tall)) + (deep if chance.random() < 0.5 else 0) * (np.arange(tall) % 9 < 4)
        ).astype(int)
        for y, n in enumerate(bite):
            mask[y, : int(n)] = 0
    return floats(cv2.warpPerspective(mask, matrix, size, flags=cv2.INTER_LINEAR)) * (1 / 255)


def _seen(chance: Chance, aspect: float, size: tuple[int, int], several: bool, cut: bool) -> Quad:
    """The corners of a flat rectangle somewhere under a tilted pinhole camera."""
    width, height = size
    flat = np.array([[-aspect, -1, 0], [aspect, -1, 0], [aspect, 1, 0], [-aspect, 1, 0]]) / max(aspect, 1)
    roll = chance.choice([0, 90, 180, 270]) + chance.normal(0, 7) if chance.random() < 0.7 else chance.uniform(0, 360)
    tilt, pan = np.radians(chance.normal(0, 13)), np.radians(chance.normal(0, 9))
    c, s = np.cos(np.radians(roll)), np.sin(np.radians(roll))
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    lean = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    side = np.array([[np.cos(pan), 0, np.sin(pan)], [0, 1, 0], [-np.sin(pan), 0, np.cos(pan)]])
    seen = flat @ (side @ lean @ turn).T + [0, 0, chance.uniform(2.6, 5)]
    quad = seen[:, :2] / seen[:, 2:]
    extent = quad.max(axis=0) - quad.min(axis=0)
    fits = min(width / extent[0], height / extent[1])
    share = (
        chance.uniform(0.22, 0.6) if several else chance.uniform(0.24, 1.0) if not cut else chance.uniform(0.7, 1.25)
    )
    quad = quad * fits * share
    low, high = quad.min(axis=0), quad.max(axis=0)
    room = np.array([width, height]) - (high - low)
    off = chance.uniform(0, 1, 2) * room if chance.random() < 0.6 else (0.5 + chance.normal(0, 0.1, 2)) * room
    if not cut:
        off = np.clip(off, 0.006 * width, np.maximum(0.006 * width, room - 0.006 * width))
    else:
        off += chance.choice([-1, 1], 2) * chance.uniform(0, 0.25, 2) * [width, height]
    return (quad - low + off).astype(np.float32)


def _worn(chance: Chance, page: Canvas) -> Canvas:
    """Folds, waves and creases as light and shade."""
    tall, wide = page.shape[:2]
    shade = 1 + chance.uniform(0, 0.05) * cloud(chance, (wide, tall), (3, 3))
    if chance.random() < 0.2:
        shade = shade + chance.uniform(0.02, 0.12) * turbulence(chance, (wide, tall), 4)
    for _ in range(int(chance.choice(3, p=(0.7, 0.2, 0.1)))):
        across = chance.random() < 0.5
        at = chance.uniform(0.2, 0.8) * (wide if across else tall)
        off = np.arange(wide if across else tall) - at
        fold = chance.uniform(-0.25, 0.1) * np.exp(-np.abs(off) / chance.uniform(1, 30)) + chance.uniform(
            -0.05, 0.05
        ) * np.sign(off)
        shade = shade + (fold[None, :] if across else fold[:, None]).astype(np.float32)
    return floats(np.clip(page * shade[..., None], 0, 255))


def _bent(chance: Chance, paper: Canvas, share: Share) -> tuple[Canvas, Share]:
    """Sides that are not quite straight."""
    height, width = share.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = chance.uniform(0.002, 0.008) * max(width, height)
    x += reach * cloud(chance, (width, height), (4, 4))
    y += reach * cloud(chance, (width, height), (4, 4))
    return floats(cv2.remap(paper, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)), floats(
        cv2.remap(share, x, y, cv2.INTER_LINEAR)
    )


def _cast(chance: Chance, canvas: Canvas, share: Share) -> None:
    """The sheet's shadow: mostly a thin one, for it lies flat."""
    height, width = share.shape
    long = max(width, height)
    soft = long * chance.choice([0.002, 0.006, 0.015, 0.03])
    shift = chance.normal(0, 0.6, 2) * soft
    small = cv2.resize(share, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    moved = cv2.warpAffine(small, np.array([[1, 0, shift[0] / 2], [0, 1, shift[1] / 2]]), (width // 2, height // 2))
    blurred = cv2.GaussianBlur(moved, (0, 0), max(0.5, soft / 2))
    darken(canvas, floats(cv2.resize(blurred, (width, height))), chance.uniform(0.03, 0.5))


def _direction(chance: Chance) -> NDArray[np.float64]:
    angle = chance.uniform(0, 2 * np.pi)
    return np.array([np.cos(angle), np.sin(angle)])


def _cover(chance: Chance, canvas: Canvas, sheet: Share, cover: Share, quad: Quad) -> None:
    """A hand over a side or a corner of the uppermost sheet, or something lying on it."""
    height, width = sheet.shape
    side = int(chance.integers(4))
    at = quad[side] + chance.uniform(0, 1) * (quad[(side + 1) % 4] - quad[side])
    inwards = quad.mean(axis=0) - at
    inwards = inwards / max(1e-6, float(np.linalg.norm(inwards)))
    lean = chance.normal(0, 0.5)
    towards = np.array(
        [inwards[0] * np.cos(lean) - inwards[1] * np.sin(lean), inwards[0] * np.sin(lean) + inwards[1] * np.cos(lean)]
    )
    reach = (
        chance.uniform(0.0, 0.1) * max(width, height)
        if chance.random() < 0.8
        else chance.uniform(0.1, 0.35) * max(width, height)
    )
    if chance.random() < 0.85:
        share, colours = hand(chance, (width, height), at + reach * towards, towards)
    else:
        long, thick = chance.uniform(0.1, 0.3) * max(width, height), chance.uniform(0.02, 0.1) * max(width, height)
        across = np.array([-towards[1], towards[0]])
        middle = at + (reach - long / 2) * towards
        share = polygon_share(
            (width, height),
            np.array(
                [
                    middle + a * long / 2 * towards + b * thick / 2 * across
                    for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
                ]
            ),
        )
        colours = np.zeros_like(canvas) + any_colour(chance, (10, 240), 0.8)
    _cast(chance, canvas, share)
    lay_colour(canvas, share, colours)
    np.maximum(cover, share * sheet, out=cover)


def _light(chance: Chance, canvas: Canvas) -> None:
    """Uneven light, shadows of persons and things, a lamp's mirror image, and the colour of the light, in place."""
    height, width = canvas.shape[:2]
    x, y = np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    way = _direction(chance)
    fall = chance.uniform(0, 0.45)
    gain = 1 + fall * (way[0] * x + way[1] * y) / 1.4 - chance.uniform(0, 0.3) * (x**2 + y**2) / 2
    for _ in range(int(chance.choice(3, p=(0.6, 0.3, 0.1)))):
        size, count = (width, height), int(chance.integers(3, 7))
        around = np.sort(chance.uniform(0, 2 * np.pi, count))
        points = (
            chance.uniform(-0.2, 1.2, 2) * size
            + chance.uniform(0.15, 0.7) * max(size) * np.c_[np.cos(around), np.sin(around)]
        )
        gain = gain * (1 - chance.uniform(0.1, 0.55) * polygon_share(size, points, chance.choice([1.0, 6.0, 20.0])))
    cast = 1 + chance.normal(0, 0.07, 3)
    canvas *= (gain * (chance.uniform(0.35, 0.8) if chance.random() < 0.3 else chance.uniform(0.8, 1.15)))[
        ..., None
    ] * cast
    if chance.random() < 0.2:
        centre, reach = chance.uniform(0, 1, 2) * [2, 2] - 1, chance.uniform(0.05, 0.35)
        spot = np.exp(-(((x - centre[0]) / reach) ** 2 + ((y - centre[1]) / (reach * chance.uniform(0.5, 1.5))) ** 2))
        canvas += (chance.uniform(40, 220) * spot)[..., None]


def _camera(chance: Chance, canvas: Canvas) -> Image:
    """Lens, sensor, tone curve, compression."""
    long = max(canvas.shape[:2])
    picture = floats(cv2.GaussianBlur(canvas, (0, 0), long * chance.uniform(0.0005, 0.0028)))
    if chance.random() < 0.15:
        grey = picture.mean(axis=2, keepdims=True)
        picture = grey + chance.uniform(0, 1) * (picture - grey)
    curve = (255 * np.linspace(0, 1, 256) ** chance.uniform(0.75, 1.35)).astype(np.uint8)
    seen = np.asarray(cv2.LUT(np.clip(picture, 0, 255).astype(np.uint8), curve), np.uint8)
    noise = chance.standard_normal((97, seen.shape[1], 3), dtype=np.float32) * chance.uniform(0.5, 7)
    noise = np.tile(noise, (seen.shape[0] // 97 + 1, 1, 1))[
        : seen.shape[0]
    ]  # a repeat every 97 lines is none to a sheet
    seen = np.clip(seen + noise, 0, 255).astype(np.uint8)
    if chance.random() < 0.7:
        _, data = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(35, 95))])
        seen = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return seen
