"""How well a located sheet can be read, and the one thing a person should do about it.

Sharpness is the edge rise over the local range: how much of the way from dark to bright a step covers within one pixel. Unlike
the variance of the Laplacian it does not depend on how much is printed or how bright the room is.
"""

from __future__ import annotations

import cv2
import numpy as np

from scanner.covered import Box, covered
from scanner.geometry import as_quad, side_lengths
from scanner.imaging import as_image, grey_of
from scanner.locate.evidence import working
from scanner.locate.net import Maps, look
from scanner.locate.sheets import beside, sheet_at_rim
from scanner.rectify import page_matrix, page_size
from scanner.types import Image, Problem, Quad, Quality, QualityFinding

# which instruction comes first when several things are wrong
PRIORITY = (
    Problem.NO_DOCUMENT, Problem.SEVERAL_SHEETS, Problem.CUT_OFF, Problem.TOO_DARK, Problem.TOO_BRIGHT, Problem.TOO_FAR, Problem.TOO_SLANTED,
    Problem.MOVING, Problem.COVERED, Problem.GLARE, Problem.BLURRED,
)  # fmt: skip

_PAGE_SIDE = 900  # the rectified page is judged at this many pixels at most on its longer side
_LIGHT_SIDE = 240  # light is judged on a smaller one
_MIN_RANGE = 24  # a place counts as printed when luma varies by this within 9 x 9 pixels
_SHARP = 0.40
_DARK = 55.0  # luma of the paper itself
_BLOWN = 250  # all three channels: nothing can be read in it
_GLARE_SPOT = (0.004, 0.3)  # of the page: smaller hides no print, larger is white paper in bright light
_WHITE, _PRINTED = (
    247,
    25.0,
)  # luma of paper so light that it blows out by itself; spread of luma where something is printed
_BLOWN_PAGE = 0.6
_LEAST_SIDE_PX = 420  # an ID card's small print has 12 px a line at this width
_LEAST_PX_PER_MM = 4.8
_MOST_TAPER = 0.62  # opposite sides' ratio of a sheet seen from about 45 degrees
_NEAR_RIM, _GOES_ON = 0.015, 0.6  # of the frame: a side this near the rim, at which the network still sees sheet
_MARGIN = 0.0015  # of the frame: a corner this near the rim may continue beyond it


def assess(image: Image, corners: Quad, size_mm: tuple[float, float] | None = None) -> Quality:
    """The quality of the sheet inside ``corners`` (clockwise, pixels of ``image``, BGR). ``size_mm`` (width, height) when it is known."""
    quad = as_quad(corners)
    page, to_page = _flat(image, quad, _PAGE_SIDE)
    scale = _LIGHT_SIDE / max(page.shape[:2])
    small = as_image(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)) if scale < 1 else page
    luma = grey_of(small)
    glare_share, glare_at = _glare(
        small, np.linalg.inv(to_page) @ np.diag([1 / min(scale, 1.0), 1 / min(scale, 1.0), 1.0])
    )
    sharp = sharpness(grey_of(page))
    sides = side_lengths(quad)
    px_per_mm = float(sides.max() / max(size_mm)) if size_mm else None

    findings = [*_geometry(quad, sides, px_per_mm), *_place(image, quad)]
    paper = float(np.percentile(luma, 75))
    if paper < _DARK:
        findings.append(QualityFinding(Problem.TOO_DARK))
    if glare_share > _BLOWN_PAGE:
        findings.append(QualityFinding(Problem.TOO_BRIGHT))
    elif glare_at is not None:
        findings.append(QualityFinding(Problem.GLARE, glare_at))
    if sharp is not None and sharp < _SHARP:
        findings.append(QualityFinding(Problem.BLURRED))
    findings.sort(key=lambda finding: PRIORITY.index(finding.problem))
    return Quality(
        sharpness=1.0 if sharp is None else sharp,
        mean_luma=float(luma.mean()),
        glare_share=glare_share,
        px_per_mm=px_per_mm,
        findings=tuple(findings),
    )


def sharpness(grey: Image) -> float | None:
    """0..1 from a flat grey page; about 0.6 and more is crisp, below 0.4 blurred. None when too little is printed to say."""
    smooth = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 0.7)  # sensor noise is no sharpness
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    around = np.ones((9, 9), np.uint8)
    span = cv2.subtract(cv2.dilate(smooth, around), cv2.erode(smooth, around))
    printed = span > _MIN_RANGE
    if np.count_nonzero(printed) < 200:
        return None
    rise = cv2.magnitude(across, down)[printed] / span[printed]
    return float(min(1.0, 2.0 * np.percentile(rise, 90)))


def _flat(image: Image, quad: Quad, longest: int) -> tuple[Image, np.ndarray]:
    """The page seen from above, at most ``longest`` pixels, and the matrix from frame to page."""
    width, height = page_size(image, quad)
    shrink = min(1.0, longest / max(width, height))
    size = (max(8, round(width * shrink)), max(8, round(height * shrink)))
    matrix = page_matrix(quad, size)
    flat = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return as_image(flat), matrix


def _glare(page: Image, to_frame: np.ndarray) -> tuple[float, Box | None]:
    """Blown-out share of the page, and the frame's box around the largest blown-out spot that is large enough to hide print."""
    blown = (page.min(axis=2) >= _BLOWN).astype(np.uint8)
    blown = cv2.morphologyEx(blown, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    share = float(blown.mean())
    count, _, stats, _ = cv2.connectedComponentsWithStats(blown)
    if count < 2 or blown.all():  # nothing blown out, or nothing left to compare with
        return share, None
    largest = stats[1:][stats[1:, cv2.CC_STAT_AREA].argmax()]
    luma = grey_of(page)
    around = as_image(cv2.dilate(blown, np.ones((25, 25), np.uint8))) > blown
    if np.percentile(luma[blown == 0], 75) > _WHITE and luma[around].std() < _PRINTED:
        return share, None  # a margin of bright paper, nothing printed near it
    if not _GLARE_SPOT[0] <= largest[cv2.CC_STAT_AREA] / blown.size <= _GLARE_SPOT[1]:
        return share, None
    x, y, width, height = (int(value) for value in largest[:4])
    spot = np.array([[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]], dtype=np.float32)
    box = cv2.boundingRect(cv2.perspectiveTransform(spot, to_frame).astype(np.float32))
    return share, (int(box[0]), int(box[1]), int(box[2]), int(box[3]))


def _geometry(quad: Quad, sides: np.ndarray, px_per_mm: float | None) -> list[QualityFinding]:
    findings: list[QualityFinding] = []
    too_small = px_per_mm < _LEAST_PX_PER_MM if px_per_mm is not None else sides.max() < _LEAST_SIDE_PX
    if too_small:
        findings.append(QualityFinding(Problem.TOO_FAR))
    opposite = np.minimum(sides, np.roll(sides, 2)) / np.maximum(sides, np.roll(sides, 2))
    if opposite.min() < _MOST_TAPER:
        findings.append(QualityFinding(Problem.TOO_SLANTED))
    return findings


def _place(image: Image, quad: Quad) -> list[QualityFinding]:
    """Whether all of the sheet is in view, nothing lies over it and no other beside it."""
    picture, factor = working(image)
    maps = look(picture)
    found = (
        (Problem.CUT_OFF, _cut_off(image, quad, maps, factor)),
        (Problem.COVERED, covered(image, quad)),
        (Problem.SEVERAL_SHEETS, beside(maps, quad, factor) if maps is not None else None),
    )
    return [QualityFinding(problem, box) for problem, box in found if box is not None]


def _cut_off(image: Image, quad: Quad, maps: Maps | None, factor: float) -> Box | None:
    """The box about a corner at the frame's rim, or along a side that runs so near to it that the sheet goes on beyond, as the network sees it."""
    height, width = image.shape[:2]
    longer = max(width, height)
    to_rim = np.c_[quad[:, 0], width - 1 - quad[:, 0], quad[:, 1], height - 1 - quad[:, 1]]
    if to_rim.min() < _MARGIN * longer:
        x, y = quad[int(to_rim.min(axis=1).argmin())]
        return _around(float(x), float(y), width, height)
    for side in range(4) if maps is not None else ():
        ends = quad[[side, (side + 1) % 4]]
        rims = np.flatnonzero(to_rim[[side, (side + 1) % 4]].max(axis=0) < _NEAR_RIM * longer)
        if maps is not None and len(rims) and sheet_at_rim(maps, (ends + 0.5) * factor - 0.5, int(rims[0])) > _GOES_ON:
            x, y, wide, tall = cv2.boundingRect(ends)
            return x, y, max(8, min(wide, width - x)), max(8, min(tall, height - y))
    return None


def _around(x: float, y: float, width: int, height: int) -> Box:
    """A box about a corner, inside the frame."""
    half = max(8, max(width, height) // 24)
    left, top = int(np.clip(x - half, 0, width - 1)), int(np.clip(y - half, 0, height - 1))
    return left, top, min(2 * half, width - left), min(2 * half, height - top)
