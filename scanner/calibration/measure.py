"""Measuring a picture of the card: scale, tilt, sharpness, evenness of light, exposure, glare, code. Pure; one frame at a time."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from scanner.barcodes import decode
from scanner.calibration.card import CARD, Box, Card
from scanner.imaging import as_image, grey_of
from scanner.types import Image, Quad

_FLAT_PX_PER_MM = 8.0  # of the flattened card on which light is measured: a white place has 64 × 64 pixels
_BLOWN = 250  # as in scanner.quality: nothing can be read there
_LEAST_MARKS = 3  # three squares have twelve corners: enough for the plane, and one may be under a thumb
_HALF = 80  # samples to either side of an edge's middle: 2 mm
_FEWEST_LINES = 10
_LEAST_CONTRAST = 30.0  # luma
_NEARLY_BLOWN = 235.0  # luma of blank paper from which on light areas clip without any reflection
_LIFTED = 0.45  # a black this light, against the paper, is no longer black
_PATCH_SHARE = 0.3  # of the card, for which the black patches stand
_RISE = (0.1, 0.9)  # of the way from dark to bright (ISO 12233's edge response is told like this in practice)


@dataclass(frozen=True)
class Measured:
    """``px_per_mm`` in the middle of the card. ``taper``: the shorter of two opposite sides over the longer, 1 when seen straight from
    above. ``edge_mm``: how far on the paper an edge takes from a tenth to nine tenths of its way, the median over the middle and the worst corner
    (``corner_edge_mm``); None where no edge could be measured. ``white``: luma of blank paper, the median; ``evenness``: the darkest blank
    place over the brightest. ``grey_steps``: smallest luma difference between neighbouring greys. ``glare_share``: of the card, blown out
    although its surroundings are not. ``code``: whether the code was read."""

    px_per_mm: float
    taper: float
    edge_mm: float | None
    corner_edge_mm: float | None
    white: float
    evenness: float
    grey_steps: float
    glare_share: float
    code: bool
    corners: Quad  # of the card in frame pixels, clockwise from its own top-left


def find_card(frame: Image, card: Card = CARD) -> np.ndarray | None:
    """The 3×3 homography from millimetres of the card to frame pixels, None when fewer than three marks are seen."""
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), _parameters())
    found, numbers, _ = detector.detectMarkers(grey_of(frame))
    if numbers is None:
        return None
    paper: list[tuple[float, float]] = []
    seen: list[np.ndarray] = []
    for corners, number in zip(found, np.asarray(numbers).ravel(), strict=True):
        if 0 <= int(number) < len(card.marks):
            paper += _corners(card.marks[int(number)])
            seen.append(np.asarray(corners, np.float32).reshape(4, 2))
    if len(seen) < _LEAST_MARKS:
        return None
    matrix, _ = cv2.findHomography(np.asarray(paper, np.float32), np.concatenate(seen), cv2.RANSAC, 3.0)
    return None if matrix is None else np.asarray(matrix, np.float64)


def measure(frame: Image, matrix: np.ndarray, card: Card = CARD) -> Measured:
    """``frame`` (H, W, 3) BGR with the card at ``matrix`` (see ``find_card``)."""
    width, height = card.size
    corners = _project(matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64))
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    opposite = np.minimum(sides, np.roll(sides, 2)) / np.maximum(sides, np.roll(sides, 2))
    scale = _scale_at(matrix, (width / 2, height / 2))
    grey = grey_of(frame)
    edges = [_edge_mm(grey, matrix, box, card) for box in card.edges]
    outer = [edge for edge in edges[1:] if edge is not None]
    flat = _flat(frame, matrix, card)
    luma = grey_of(flat)
    whites = [float(np.median(_cut(luma, box))) for box in card.whites]
    greys = [float(np.median(_cut(luma, _inner(box)))) for box, _ in card.greys]
    steps = np.diff([*greys, float(np.median(whites))])
    return Measured(
        px_per_mm=scale,
        taper=float(opposite.min()),
        edge_mm=edges[0],
        corner_edge_mm=max(outer) if outer else None,
        white=float(np.median(whites)),
        evenness=min(whites) / max(max(whites), 1.0),
        grey_steps=float(steps.min()),
        glare_share=_glare(
            flat, float(np.median(whites)), [float(np.median(_cut(luma, _inner(b)))) for b in card.edges]
        ),
        code=any(code.text == card.code_text for code in decode(flat)),
        corners=corners.astype(np.float32),
    )


def _parameters() -> cv2.aruco.DetectorParameters:
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    return parameters


def _corners(box: Box) -> list[tuple[float, float]]:
    x, y, w, h = box
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def _project(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    there = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return there[:, :2] / there[:, 2:]


def _scale_at(matrix: np.ndarray, at: tuple[float, float]) -> float:
    """Pixels for a millimetre at a place of the card: the square root of the area that a square millimetre takes."""
    x, y = at
    square = _project(matrix, np.array([[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]], np.float64)).astype(np.float32)
    return float(np.sqrt(abs(cv2.contourArea(square))))


def _flat(frame: Image, matrix: np.ndarray, card: Card) -> Image:
    to_mm = np.diag([1 / _FLAT_PX_PER_MM, 1 / _FLAT_PX_PER_MM, 1.0])
    size = (round(card.size[0] * _FLAT_PX_PER_MM), round(card.size[1] * _FLAT_PX_PER_MM))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return as_image(cv2.warpPerspective(frame, matrix @ to_mm, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _cut(flat: Image, box: Box) -> Image:
    x, y, w, h = (round(value * _FLAT_PX_PER_MM) for value in box)
    return flat[y : y + h, x : x + w]


def _inner(box: Box) -> Box:
    """Away from the rim of a printed patch."""
    x, y, w, h = box
    return (x + w / 4, y + h / 4, w / 2, h / 2)


def _edge_mm(grey: Image, matrix: np.ndarray, box: Box, card: Card) -> float | None:
    """The rise of the slanted square's left and right edges, the better of the two: lens and focus, not a shadow.

    Sampled across the edge in the frame's own pixels, line by line along it; the lines are laid over one another by their middles.
    """
    x, y, side, _ = box
    centre = np.array([x + side / 2, y + side / 2])
    turn = np.radians(card.slant_deg)
    along, across = np.array([-np.sin(turn), np.cos(turn)]), np.array([np.cos(turn), np.sin(turn)])
    reach, half = 3.0, card.edge_mm / 2
    steps = np.linspace(-reach, reach, 241)
    rises: list[float] = []
    for direction in (-1.0, 1.0):
        curves = []
        for offset in np.linspace(-half * 0.6, half * 0.6, 25):
            middle = centre + direction * half * across + offset * along
            points = _project(matrix, middle + direction * steps[:, None] * across).astype(np.float32)
            values = cv2.remap(grey, points[None, :, 0], points[None, :, 1], cv2.INTER_LINEAR)
            curves.append(np.asarray(values, np.float64).ravel())
        rise = _rise(_aligned(curves), float(steps[1] - steps[0]))
        if rise is not None:
            rises.append(rise)
    return min(rises) if rises else None


def _aligned(curves: list[np.ndarray]) -> list[np.ndarray]:
    """Each curve about its own middle: marks found a tenth of a pixel off must not look like blur. Those without a clear middle are left out."""
    windows: list[np.ndarray] = []
    for curve in curves:
        smooth = np.convolve(curve, np.ones(9) / 9, mode="same")[_HALF // 2 : -_HALF // 2]
        above = smooth > (np.median(curve[:40]) + np.median(curve[-40:])) / 2
        crossing = int(np.count_nonzero(~above)) + _HALF // 2
        if _HALF <= crossing <= len(curve) - _HALF:
            windows.append(curve[crossing - _HALF : crossing + _HALF])
    return windows


def _rise(windows: list[np.ndarray], step: float) -> float | None:
    """From the middle outwards, so that a speck beside the edge does not count as its beginning."""
    if len(windows) < _FEWEST_LINES:
        return None
    curve = np.mean(windows, axis=0)
    dark, bright = float(np.median(curve[:15])), float(np.median(curve[-15:]))
    if bright - dark < _LEAST_CONTRAST:
        return None  # no edge there, or none that could be told from noise
    share = (curve - dark) / (bright - dark)
    middle = int(np.argmin(np.abs(share[_HALF // 2 : -_HALF // 2] - 0.5))) + _HALF // 2
    low, high = _RISE
    start = middle - int(np.argmax(share[middle::-1] <= low))
    end = middle + int(np.argmax(share[middle:] >= high))
    return float((end - start) * step) if start < middle < end else None


def _glare(flat: Image, white: float, blacks: list[float]) -> float:
    """The share of the card that a lamp's reflection has blown out.

    Paper that is white to the limit all over is too bright, which ``white`` tells; print stays legible on it. A reflection also lifts the
    blacks, which plain brightness does not: there the patch counts as hidden.
    """
    small = cv2.resize(flat, None, fx=0.15, fy=0.15, interpolation=cv2.INTER_AREA)
    blown = float((small.min(axis=2) >= _BLOWN).mean()) if white < _NEARLY_BLOWN else 0.0
    hidden = sum(black > _LIFTED * white for black in blacks) / len(blacks)
    return max(blown, hidden * _PATCH_SHARE)
