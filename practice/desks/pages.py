"""Pages without meaning: printed, written, ruled, coloured, as cards, receipts, forms, covers. For everything that is no specimen."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from practice.desks.drawing import Canvas, Chance, any_colour, floats, turbulence

_ASPECTS = (
    1.414,
    1.414,
    1.586,
    1.42,
    1.3,
    1.0,
    2.2,
    3.0,
    1.75,
)  # longer side over shorter: A-series, cards, passports, receipts, slips


def any_page(chance: Chance, longest: int) -> Canvas:
    """A flat page of any kind and proportion, its longer side ``longest`` pixels."""
    aspect = _ASPECTS[int(chance.integers(len(_ASPECTS)))] * chance.uniform(0.93, 1.07)
    size = (longest, max(24, round(longest / aspect)))
    if chance.random() < 0.5:
        size = (size[1], size[0])
    page = _blank(chance, size)
    for layer in _MIXES[int(chance.choice(len(_MIXES), p=_MIX_SHARES))]:
        layer(chance, page)
    return np.clip(page, 0, 255)


def _blank(chance: Chance, size: tuple[int, int]) -> Canvas:
    kind = chance.random()
    if kind < 0.62:
        colour = any_colour(chance, (205, 252), 0.06)
    elif kind < 0.85:
        colour = any_colour(chance, (150, 245), 0.35)
    else:
        colour = any_colour(chance, (25, 200), 0.9)
    shade = 1 + chance.uniform(0, 0.03) * turbulence(chance, size, 3)
    return floats(shade[..., None] * colour)


def _ink(chance: Chance, page: Canvas) -> tuple[float, float, float]:
    dark = page[::7, ::7].mean() > 90
    colour = any_colour(chance, (5, 90) if dark else (170, 250), 0.5)
    return float(colour[0]), float(colour[1]), float(colour[2])


def _print(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    ink = _ink(chance, page)
    pitch = int(max(5, chance.uniform(0.022, 0.06) * max(height, width)))
    margin = chance.uniform(0.04, 0.16) * width
    stroke = max(1, pitch // 9)
    y = int(chance.uniform(0.04, 0.3) * height)
    last = chance.uniform(0.3, 0.97) * height
    while y < last:
        x = margin + (chance.uniform(0, 0.1) * width if chance.random() < 0.2 else 0)
        end = width - margin - (chance.uniform(0, 0.5) * width if chance.random() < 0.2 else 0)
        while x < end:
            word = min(end - x, chance.uniform(0.6, 5) * pitch)
            for mark in np.arange(x, x + word, 0.32 * pitch):
                lean = chance.uniform(-0.2, 0.2) * pitch
                cv2.line(
                    page,
                    (int(mark), int(y + chance.uniform(-0.1, 0.1) * pitch)),
                    (int(mark + lean), int(y + 0.5 * pitch)),
                    ink,
                    stroke,
                    cv2.LINE_AA,
                )
            x += word + chance.uniform(0.3, 1.5) * pitch
        y += int(pitch * (1 if chance.random() < 0.85 else chance.uniform(1.5, 4)))


def _heading(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    words = "".join(chr(int(c)) for c in chance.integers(65, 91, int(chance.integers(3, 12))))
    scale = width * chance.uniform(0.4, 0.8) / max(1, cv2.getTextSize(words, cv2.FONT_HERSHEY_DUPLEX, 1, 2)[0][0])
    place = (int(chance.uniform(0.05, 0.3) * width), int(chance.uniform(0.08, 0.3) * height))
    cv2.putText(
        page, words, place, int(chance.integers(0, 5)), scale, _ink(chance, page), max(1, int(3 * scale)), cv2.LINE_AA
    )


def _table(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    ink, thick = _ink(chance, page), int(chance.choice([1, 1, 2, 3]))
    left, right = int(chance.uniform(0.03, 0.15) * width), int(chance.uniform(0.8, 0.97) * width)
    top, bottom = int(chance.uniform(0.03, 0.4) * height), int(chance.uniform(0.55, 0.97) * height)
    for y in np.linspace(top, bottom, int(chance.integers(2, 16))):
        cv2.line(page, (left, int(y)), (right, int(y)), ink, thick)
    for x in (left, right, *chance.uniform(left, right, int(chance.integers(0, 6)))):
        cv2.line(page, (int(x), top), (int(x), bottom), ink, thick)


def _frame(chance: Chance, page: Canvas) -> None:
    """A border line, or a coloured band, as cards and certificates have: the page goes on outside it."""
    height, width = page.shape[:2]
    inset = int(chance.uniform(0.02, 0.1) * min(height, width))
    if chance.random() < 0.5:
        cv2.rectangle(
            page,
            (inset, inset),
            (width - inset, height - inset),
            _ink(chance, page),
            int(chance.integers(1, 5)),
            cv2.LINE_AA,
        )
        return
    middle = any_colour(chance, (60, 250), 0.6)
    page[inset : height - inset, inset : width - inset] = (
        middle * (1 + 0.05 * turbulence(chance, (width - 2 * inset, height - 2 * inset), 4))[..., None]
    )


def _band(chance: Chance, page: Canvas) -> None:
    height = page.shape[0]
    start, end = sorted(chance.uniform(0, 1, 2) * height)
    if chance.random() < 0.5:
        start = 0.0
    page[int(start) : int(end)] = any_colour(chance, (20, 245), 0.9)


def _picture(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    wide, tall = chance.uniform(0.12, 0.9) * width, chance.uniform(0.12, 0.7) * height
    x, y = (
        int(chance.uniform(0.03, max(0.04, 0.97 - wide / width)) * width),
        int(chance.uniform(0.03, max(0.04, 0.97 - tall / height)) * height),
    )
    part = page[y : y + int(tall), x : x + int(wide)]
    if min(part.shape[:2]) < 6:
        return
    shape = (part.shape[1], part.shape[0])
    colour, other = any_colour(chance, (20, 240), 0.9), any_colour(chance, (20, 240), 0.9)
    mix = np.clip(0.5 + turbulence(chance, shape, 3), 0, 1)[..., None]
    part[:] = colour + mix * (other - colour)


def _seal(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    centre = (int(chance.uniform(0.15, 0.85) * width), int(chance.uniform(0.2, 0.9) * height))
    cv2.circle(
        page,
        centre,
        int(chance.uniform(0.06, 0.16) * min(height, width)),
        (60, 60, float(chance.uniform(160, 230))),
        int(chance.integers(1, 5)),
        cv2.LINE_AA,
    )


def _code(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    side = int(chance.uniform(0.1, 0.4) * min(height, width))
    if side < 8:
        return
    x, y = int(chance.uniform(0.02, 0.75) * width), int(chance.uniform(0.02, 0.75) * height)
    cells = chance.integers(0, 2, (21, 21) if chance.random() < 0.6 else (1, 60)).astype(np.uint8) * 225 + 15
    code = cv2.resize(cells, (side, side), interpolation=cv2.INTER_NEAREST)
    part = page[y : y + side, x : x + side]
    part[:] = code[: part.shape[0], : part.shape[1], None]


def _writing(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    ink = _ink(chance, page)
    for _ in range(int(chance.integers(1, 12))):
        steps = int(chance.integers(15, 70))
        x = chance.uniform(0.05, 0.5) * width + np.cumsum(chance.uniform(0, 0.02, steps)) * width
        y = chance.uniform(0.08, 0.9) * height + chance.normal(0, 0.012, steps) * height
        points = np.c_[x, y][x < 0.95 * width]
        cv2.polylines(page, [np.round(points).astype(np.int32)], False, ink, int(chance.choice([1, 1, 2])), cv2.LINE_AA)


def _ruled(chance: Chance, page: Canvas) -> None:
    height, width = page.shape[:2]
    ink = tuple(map(float, page.mean(axis=(0, 1)) * chance.uniform(0.75, 0.95)))
    for y in np.arange(chance.uniform(0.05, 0.2) * height, height, chance.uniform(0.025, 0.06) * height):
        cv2.line(page, (0, int(y)), (width, int(y)), ink, 1)


Layer = Callable[[Chance, Canvas], None]
_MIXES: tuple[tuple[Layer, ...], ...] = (
    (),
    (_print,),
    (_heading, _print),
    (_print, _table),
    (_table, _print, _seal),
    (_frame, _heading, _print),
    (_frame, _picture, _print),
    (_band, _print, _picture),
    (_picture, _heading),
    (_heading, _print, _code),
    (_ruled, _writing),
    (_writing,),
    (_frame, _table, _seal),
    (_picture, _picture, _print),
    (_band, _band, _heading, _code),
)  # fmt: skip
_MIX_SHARES = np.array([3, 12, 12, 9, 7, 8, 8, 8, 5, 8, 5, 4, 5, 4, 4]) / 102
