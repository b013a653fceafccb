"""Quadrilaterals from the network's map of what is sheet, and how well any quadrilateral agrees with its maps."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.geometry import clockwise
from scanner.imaging import as_image
from scanner.locate.contours import cut_to_four
from scanner.locate.evidence import Floats
from scanner.locate.lines import Doubles
from scanner.locate.net import Maps
from scanner.types import Quad

Box = tuple[int, int, int, int]

_SHEET = 0.5
_SMALLEST = 0.006  # of the picture: a card far away
_SHEETS = 5
_FINER = 2  # the map is enlarged before it is cut: a side then lies within a fraction of its pixels
_SIDE_SEEN = 0.5
_SURELY, _AROUND = 0.7, 1.08  # probability of another sheet; the known one widened by this is left out
_OTHER_LEAST, _OTHER_SHARE = 0.012, 0.12  # of the map, and of the known sheet
_ALONG = np.linspace(0.05, 0.95, 24)
_GRID = np.linspace(0.1, 0.9, 8)
_BAND = 2.5  # map pixels beside a side where sheet must have begun, and ended


def from_maps(maps: Maps) -> Doubles:
    """(k, 4, 2) quadrilaterals, clockwise, pixels of the picture that was looked at; of each patch of sheet, the larger first."""
    height, width = maps.sheet.shape
    size = (width * _FINER, height * _FINER)
    sheet = cv2.resize(maps.sheet, size, interpolation=cv2.INTER_LINEAR)
    whole = as_image(sheet > _SHEET)
    # two sheets that touch are one patch: along their sides they come apart
    apart = as_image((sheet > _SHEET) & (cv2.resize(maps.outline, size, interpolation=cv2.INTER_LINEAR) < _SIDE_SEEN))
    quads: list[Doubles] = []
    for mask, grown in ((whole, 0), (apart, 2 * _FINER)):
        for patch in _patches(mask, grown):
            quads.extend(maps.from_map((np.asarray(quad) + 0.5) / _FINER - 0.5) for quad in cut_to_four(patch))
    return np.array([clockwise(quad) for quad in quads], dtype=np.float64) if quads else np.zeros((0, 4, 2))


def _patches(mask: np.ndarray, grown: int) -> list[np.ndarray]:
    """Hulls of the largest connected patches, each grown by so many pixels."""
    if grown:
        mask = cv2.erode(mask, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hulls = [cv2.convexHull(outline) for outline in outlines if cv2.contourArea(outline) > _SMALLEST * mask.size]
    hulls.sort(key=lambda hull: -cv2.contourArea(hull))
    return [_grown(hull, grown) if grown else hull for hull in hulls[:_SHEETS]]


def _grown(hull: np.ndarray, by: float) -> np.ndarray:
    points = hull.reshape(-1, 2).astype(np.float32)
    centre = points.mean(axis=0)
    out = points - centre
    return (
        (centre + out * (1 + by / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1.0)))
        .reshape(-1, 1, 2)
        .astype(np.float32)
    )


def agreement(maps: Maps, quads: Doubles) -> Doubles:
    """(k, 4) values of 0..1 for (k, 4, 2) clockwise quadrilaterals in pixels of the picture: outline along the sides on average, and along the
    weakest; sheet within them; and how much of it ends at the sides. Sides beyond the picture's rim count as seen where sheet reaches it."""
    corners = maps.to_map(quads)
    side = np.roll(corners, -1, axis=1) - corners
    normal = np.stack([-side[..., 1], side[..., 0]], axis=2) / np.maximum(
        np.linalg.norm(side, axis=2, keepdims=True), 1e-6
    )
    points = corners[:, :, None, :] + _ALONG[:, None] * side[:, :, None, :]
    edge = np.max([_sampled(maps.outline, points + off * normal[:, :, None, :]) for off in (-0.8, 0.0, 0.8)], axis=0)
    inside = _sampled(maps.sheet, points + _BAND * normal[:, :, None, :])
    outside = _sampled(maps.sheet, points - _BAND * normal[:, :, None, :])
    ends = np.clip(inside - outside, 0, 1)
    at_rim = _outside(maps.sheet, points - 1.5 * normal[:, :, None, :])
    edge, ends = np.where(at_rim, np.maximum(edge, 0.6 * inside), edge), np.where(at_rim, inside, ends)
    u, v = np.meshgrid(_GRID, _GRID)
    weights = np.stack([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], axis=-1).reshape(-1, 4)
    within = _sampled(maps.sheet, np.einsum("gc,kcx->kgx", weights, corners)).mean(axis=1)
    sides = edge.mean(axis=2)
    return np.stack([sides.mean(axis=1), sides.min(axis=1), within, ends.mean(axis=(1, 2))], axis=1)


def beside(maps: Maps, corners: Quad, factor: float) -> Box | None:
    """The box (frame pixels) of the largest sheet that lies beside the one inside ``corners`` (frame pixels), or None. ``factor``: how much larger
    than the frame the picture was that was looked at. A sheet under the known one shows too little of itself to be told from clutter."""
    known = maps.to_map((corners.astype(np.float64) + 0.5) * factor - 0.5)
    middle = known.mean(axis=0)
    wider = middle + (known - middle) * _AROUND
    others = as_image(maps.sheet > _SURELY)
    cv2.fillPoly(others, [np.round(wider * 16).astype(np.int32)], 0, cv2.LINE_8, 4)
    outlines, _ = cv2.findContours(others, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    least = max(_OTHER_LEAST * others.size, _OTHER_SHARE * cv2.contourArea(known.astype(np.float32)))
    sheets = [o for o in outlines if cv2.contourArea(o) > least and _fills_its_box(o)]
    if not sheets:
        return None
    x, y, wide, tall = cv2.boundingRect(max(sheets, key=cv2.contourArea))
    spot = (maps.from_map(np.array([[x, y], [x + wide, y + tall]]) - 0.5) + 0.5) / factor
    low, high = np.maximum(np.floor(spot[0]), 0), np.ceil(spot[1])
    return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])


def sheet_at_rim(maps: Maps, ends: np.ndarray, rim: int) -> float:
    """How surely sheet reaches the picture's rim (0 left, 1 right, 2 top, 3 bottom) between two points (2, 2) of the picture near it."""
    start, end = maps.to_map(ends.astype(np.float64))
    points = start + np.linspace(0.15, 0.85, 24)[:, None] * (end - start)
    height, width = maps.sheet.shape
    points[:, rim // 2] = (0, width - 1, 0, height - 1)[rim]
    return float(np.median(_sampled(maps.sheet, points)))


def _fills_its_box(outline: np.ndarray) -> bool:
    """Four-sided: a patch of anything seldom fills its smallest rectangle."""
    _, (wide, tall), _ = cv2.minAreaRect(outline)
    return cv2.contourArea(outline) > 0.75 * wide * tall and min(wide, tall) > 0.25 * max(wide, tall)


def _sampled(plane: Floats, points: Doubles) -> Doubles:
    """Bilinear; beyond the rim as at it."""
    flat = points.reshape(1, -1, 2).astype(np.float32)
    return (
        cv2.remap(plane, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        .reshape(points.shape[:-1])
        .astype(np.float64)
    )


def _outside(plane: Floats, points: Doubles) -> np.ndarray:
    height, width = plane.shape
    x, y = points[..., 0], points[..., 1]
    return (x < -0.5) | (y < -0.5) | (x > width - 0.5) | (y > height - 0.5)
