"""The page inside a booklet's cover: a dark, even band all around light paper is the cover, and the page begins at its inner edge."""

from __future__ import annotations

import numpy as np

from scanner.locate.evidence import Evidence
from scanner.locate.lines import Doubles
from scanner.types import Quad

_DEEPEST = 0.07  # of the sheet's shorter side: covers stand out by a few millimetres
_STATIONS = 32
_STEP = 22.0  # Lab units from cover to paper
_EVEN = 9.0  # Lab units by which cover and paper may vary along a side: a picture in a dark frame is no paper
_AGREE = 30.0  # and from one side to the next: light falls off
_SHARE = 0.7  # of the stations must show the step where their side has it
_SIDES = 3  # one side may be the fold, or under a hand


def without_cover(evidence: Evidence, corners: Quad) -> Quad:
    """The page's corners when ``corners`` (clockwise, working pixels) run around a cover; else as they were."""
    quad = corners.astype(np.float64)
    side = np.roll(quad, -1, axis=0) - quad
    length = np.linalg.norm(side, axis=1)
    normal = np.c_[-side[:, 1], side[:, 0]] / np.maximum(length, 1e-6)[:, None]  # inwards
    deepest = int(max(6, _DEEPEST * length.min()))
    along = np.linspace(0.12, 0.88, _STATIONS)
    depth = np.arange(0, deepest + 5)
    spot = quad[:, None, None] + along[:, None, None] * side[:, None, None] + depth[:, None] * normal[:, None, None]
    colour = _sampled(evidence, spot)  # (4, stations, depths, 3)

    bands = [_band(colour[i], deepest) for i in range(4)]
    found = [band for band in bands if band is not None]
    if len(found) < _SIDES:
        return corners
    for colours in (np.array([cover for _, cover, _ in found]), np.array([paper for _, _, paper in found])):
        if np.linalg.norm(colours - np.median(colours, axis=0), axis=1).max() > _AGREE:
            return corners
    usual = float(np.median([width for width, _, _ in found]))
    width = np.array([usual if band is None else band[0] for band in bands])
    return _inset(quad, side / np.maximum(length, 1e-6)[:, None], normal, width)


def _band(colour: Doubles, deepest: int) -> tuple[float, Doubles, Doubles] | None:
    """(width, its colour, the paper's colour) of the dark band that begins at one side, or None when light paper or desk does."""
    profile = np.median(colour, axis=0)
    rise = np.linalg.norm(profile[3:] - profile[:-3], axis=1)[1 : deepest + 1]
    at = int(rise.argmax()) + 1
    cover, paper = profile[max(1, at - 1)], profile[at + 3]
    if rise[at - 1] < _STEP or paper[0] < 1.3 * cover[0]:
        return None
    inside = colour[:, max(1, at - 1)]
    beyond = colour[:, at + 3]
    if _spread(inside) > _EVEN or _spread(beyond) > 1.5 * _EVEN:
        return None
    each = np.linalg.norm(beyond - inside, axis=1)
    return (at + 1.5, cover, paper) if np.mean(each > 0.5 * _STEP) >= _SHARE else None


def _spread(colours: Doubles) -> float:
    return float(np.median(np.linalg.norm(colours - np.median(colours, axis=0), axis=1)))


def _inset(quad: Doubles, along: Doubles, normal: Doubles, width: Doubles) -> Quad:
    """The quadrilateral with each side moved inwards by its width."""
    point = quad + width[:, None] * normal
    p, u, v = np.roll(point, 1, axis=0), np.roll(along, 1, axis=0), along
    turn = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    w = point - p
    reach = (w[:, 0] * v[:, 1] - w[:, 1] * v[:, 0]) / turn
    return (p + reach[:, None] * u).astype(np.float32)


def _sampled(evidence: Evidence, spot: Doubles) -> Doubles:
    width, height = evidence.size
    x = np.clip(np.rint(spot[..., 0]).astype(np.int64), 0, width - 1)
    y = np.clip(np.rint(spot[..., 1]).astype(np.int64), 0, height - 1)
    return evidence.lab[y, x].astype(np.float64)
