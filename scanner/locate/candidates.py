"""Quadrilaterals that two pairs of opposite lines form, ranked by how much of their sides is edge.

The idea of pairing opposite lines and weighing edge and colour along the sides follows the ISPL-CVML entry of the SmartDoc 2015 competition
(Burie et al., "ICDAR2015 competition on smartphone document capture and OCR", challenge 1).
"""

from __future__ import annotations

import numpy as np

from scanner.locate.evidence import Evidence
from scanner.locate.lines import Doubles, Lines

_OPPOSITE_COS = np.cos(np.radians(35.0))
_ACROSS_COS = np.cos(np.radians(50.0))
_SMALLEST_AREA = 0.012  # of the frame: an ID card seen by a camera hung too high
_OUTSIDE = 0.04  # corners may lie this far outside the frame, of its diagonal
_BEYOND_PX = 14  # how far past a corner a side must have ended
_SIDE_MIN = 0.22
_MEAN_MIN = 0.42


def from_lines(evidence: Evidence, lines: Lines, most: int) -> Doubles:
    """The ``most`` best (k, 4, 2) quadrilaterals, clockwise, working pixels."""
    n = len(lines)
    if n < 4:
        return np.zeros((0, 4, 2))
    width, height = evidence.size
    scale = float(np.hypot(width, height))
    cross, along = _meetings(lines)
    first, second = _opposite(lines, scale)
    if not len(first):
        return np.zeros((0, 4, 2))
    angle = np.abs(np.einsum("pk,qk->pq", lines.direction[first], lines.direction[first]))
    a, b = np.nonzero(np.triu(angle < _ACROSS_COS, 1))
    p, q, r, s = first[a], second[a], first[b], second[b]  # sides p, q face each other; r, s face each other
    corners = np.stack([cross[p, r], cross[p, s], cross[q, s], cross[q, r]], axis=1)
    fit = _plausible(corners, width, height, scale)
    corners, p, q, r, s = corners[fit], p[fit], q[fit], r[fit], s[fit]
    if not len(corners):
        return np.zeros((0, 4, 2))

    coverage = _Coverage(evidence, lines, scale)
    sides, beyond = zip(
        coverage.between(p, along[p, r], along[p, s]),
        coverage.between(s, along[s, p], along[s, q]),
        coverage.between(q, along[q, s], along[q, r]),
        coverage.between(r, along[r, q], along[r, p]),
        strict=True,
    )
    cover, past = np.stack(sides, axis=1), np.stack(beyond, axis=1)
    rank = cover.mean(1) + 0.5 * cover.min(1) - 0.35 * past.mean(1)
    good = np.nonzero((cover.min(1) > _SIDE_MIN) & (cover.mean(1) > _MEAN_MIN))[0]
    return corners[good[np.argsort(-rank[good])[:most]]]


def _meetings(lines: Lines) -> tuple[Doubles, Doubles]:
    """(n, n, 2) points where two lines meet, and (n, n) where that is along the first of them; parallels meet far away."""
    u = lines.direction
    offset = lines.point[None, :, :] - lines.point[:, None, :]
    turn = u[:, None, 0] * u[None, :, 1] - u[:, None, 1] * u[None, :, 0]
    turn = np.where(np.abs(turn) < 1e-6, 1e-6, turn)
    along = (offset[..., 0] * u[None, :, 1] - offset[..., 1] * u[None, :, 0]) / turn
    return lines.point[:, None, :] + along[..., None] * u[:, None, :], along


def _opposite(lines: Lines, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Index pairs of lines that could face each other across a sheet."""
    i, j = np.triu_indices(len(lines), 1)
    parallel = np.abs((lines.direction[i] * lines.direction[j]).sum(1)) > _OPPOSITE_COS
    normal = np.c_[-lines.direction[i][:, 1], lines.direction[i][:, 0]]
    apart = np.abs(((lines.point[j] - lines.point[i]) * normal).sum(1)) > 0.06 * scale
    keep = parallel & apart
    return i[keep], j[keep]


def _plausible(corners: Doubles, width: int, height: int, scale: float) -> np.ndarray:
    """Convex, inside the frame (nearly), large enough, no corner sharper than a sheet seen from the side would show."""
    step = np.roll(corners, -1, axis=1) - corners
    length = np.linalg.norm(step, axis=2)
    unit = step / np.maximum(length, 1e-6)[..., None]
    after = np.roll(unit, -1, axis=1)
    turn = unit[..., 0] * after[..., 1] - unit[..., 1] * after[..., 0]
    convex = (turn > 0.5).all(1) | (turn < -0.5).all(1)
    x, y = corners[..., 0], corners[..., 1]
    area = 0.5 * np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(1))
    out = _OUTSIDE * scale
    inside = ((x > -out) & (x < width + out) & (y > -out) & (y < height + out)).all(1)
    opposite = np.minimum(length, np.roll(length, -2, axis=1)) / np.maximum(length, np.roll(length, -2, axis=1))
    return convex & inside & (area > _SMALLEST_AREA * width * height) & (opposite.min(1) > 0.45)


class _Coverage:
    """How much of a stretch of a line is edge, from running sums along each line: thousands of sides cost two look-ups each."""

    def __init__(self, evidence: Evidence, lines: Lines, scale: float) -> None:
        self._reach = int(scale * 1.1)
        t = np.arange(-self._reach, self._reach + 1)
        best = np.zeros((len(lines), len(t)), dtype=np.float32)
        normal = np.c_[-lines.direction[:, 1], lines.direction[:, 0]]
        nx, ny = normal[:, :1], normal[:, 1:]
        for off in (-1.0, 0.0, 1.0):
            place = lines.point + off * normal
            x = np.rint(place[:, :1] + t * lines.direction[:, :1]).astype(np.int32)
            y = np.rint(place[:, 1:] + t * lines.direction[:, 1:]).astype(np.int32)
            width, height = evidence.size
            seen = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            index = np.where(seen, y * width + x, 0)
            tensor = evidence.tensor.reshape(-1, 3)[index]
            across = tensor[..., 0] * (nx * nx) + 2 * tensor[..., 1] * (nx * ny) + tensor[..., 2] * (ny * ny)
            strength = np.sqrt(np.maximum(across, 0.0)) / evidence.clutter.reshape(-1)[index]
            best = np.maximum(best, np.where(seen, strength / (strength + 0.7), 0.0))
        self._sum = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(best, axis=1)], axis=1)

    def between(self, line: np.ndarray, start: Doubles, end: Doubles) -> tuple[Doubles, Doubles]:
        """Share of edge on the stretch of each line, and on a short piece past either end of it."""
        low, high = np.minimum(start, end), np.maximum(start, end)
        cover = self._mean(line, low, high)
        past = np.maximum(self._mean(line, low - _BEYOND_PX, low - 3), self._mean(line, high + 3, high + _BEYOND_PX))
        return cover, past

    def _mean(self, line: np.ndarray, low: Doubles, high: Doubles) -> Doubles:
        top = 2 * self._reach + 1
        a = np.clip(np.rint(low).astype(np.int64) + self._reach, 0, top)
        b = np.clip(np.rint(high).astype(np.int64) + self._reach, 0, top)
        return (self._sum[line, b] - self._sum[line, a]) / np.maximum(b - a, 1)
