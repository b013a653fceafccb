"""What one small frame says about edges and about what is not desk."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import ArrayLike, NDArray

from scanner.imaging import as_image
from scanner.types import Image

Floats = NDArray[np.float32]

WORKING_SIZE = 480  # longer side in pixels at which sheets are searched; lines survive this, small print does not
_RING = 0.06  # width of the frame's rim that is taken for desk, of the shorter side
_FLOOR = 4.0  # gradient (Lab units a pixel) below which an edge is noise


@dataclass(frozen=True, eq=False)
class Evidence:
    """Maps of one frame at working size, all (H, W).

    ``picture``: the frame itself, BGR. ``lab``: colours, lightly blurred, float32, (H, W, 3). ``unlike_desk``: distance of each pixel's colour from the desk's as far as the frame's
    rim tells, in units of the desk's own variation, 0..255. ``tensor``: Di Zenzo's colour structure (xx, xy, yy), (H, W, 3).
    ``clutter``: mean gradient round about, against which an edge must stand out. ``factor``: working pixels per frame pixel.
    """

    picture: Image
    lab: Floats
    unlike_desk: Image
    tensor: Floats
    clutter: Floats
    factor: float

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the working frame."""
        return self.lab.shape[1], self.lab.shape[0]


def gather(image: Image) -> Evidence:
    """The evidence of a BGR frame."""
    small, factor = working(image)
    lab = as_floats(cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 0.8), cv2.COLOR_BGR2LAB))
    gx = cv2.Sobel(lab, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 4)
    gy = cv2.Sobel(lab, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 4)
    tensor = cv2.merge([_over_channels(gx, gx), _over_channels(gx, gy), _over_channels(gy, gy)])
    magnitude = cv2.sqrt(tensor[..., 0] + tensor[..., 2])
    around = cv2.blur(magnitude, (31, 31))
    return Evidence(small, lab, _unlike_desk(lab), as_floats(tensor), as_floats(around + _FLOOR), factor)


def as_floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float32)


def working(image: Image) -> tuple[Image, float]:
    """The frame at working size. Halving first is an order of magnitude faster than one fractional step and looks the same."""
    half = image
    while max(half.shape[:2]) >= 2 * WORKING_SIZE:
        half = as_image(cv2.resize(half, (half.shape[1] // 2, half.shape[0] // 2), interpolation=cv2.INTER_AREA))
    longest = max(half.shape[:2])
    if longest > WORKING_SIZE:
        size = (round(half.shape[1] * WORKING_SIZE / longest), round(half.shape[0] * WORKING_SIZE / longest))
        half = as_image(cv2.resize(half, size, interpolation=cv2.INTER_LINEAR))
    return half, half.shape[1] / image.shape[1]


def _over_channels(a: MatLike, b: MatLike) -> MatLike:
    """The product of two three-channel pictures, summed over the channels."""
    return cv2.transform(cv2.multiply(a, b), np.ones((1, 3), dtype=np.float32))


def _unlike_desk(lab: Floats) -> Image:
    """Distance from a desk whose colour changes smoothly (light falls off), fitted to the frame's rim; paper in the rim is an outlier."""
    height, width = lab.shape[:2]
    step = 8
    coarse = lab[::step, ::step]
    rows, columns = np.mgrid[0:height:step, 0:width:step].astype(np.float32)
    x, y = columns / width * 2 - 1, rows / height * 2 - 1
    basis = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=2)
    rim = max(2, round(_RING * min(height, width) / step))
    on_rim = np.ones(coarse.shape[:2], dtype=bool)
    on_rim[rim:-rim, rim:-rim] = False
    terms, colours = basis[on_rim], coarse[on_rim]

    weight = _far_from(colours, np.median(colours, axis=0))
    model = np.zeros((6, 3), dtype=np.float32)
    damping = np.diag([1e-3, 0.02, 0.02, 0.05, 0.05, 0.05]).astype(np.float32) * len(terms)
    for _ in range(3):  # iteratively reweighted: colours far from the model lose their say
        weighted = terms * weight[:, None]
        model = np.linalg.solve(terms.T @ weighted + damping * weight.mean(), weighted.T @ colours).astype(np.float32)
        weight = _far_from(colours, terms @ model)
    spread = float(np.average(np.linalg.norm(colours - terms @ model, axis=1), weights=weight))

    desk = cv2.resize((basis @ model).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    difference = cv2.subtract(lab, desk)
    distance = cv2.sqrt(_over_channels(difference, difference))
    return as_image(cv2.convertScaleAbs(distance, alpha=24.0 / (spread + 3.0)))


def _far_from(colours: Floats, centre: Floats) -> Floats:
    """Geman-McClure weights: 1 at the centre, towards 0 beyond about 15 Lab units."""
    off = ((colours - centre) ** 2).sum(1)
    return (1.0 / (1.0 + off / 225.0) ** 2).astype(np.float32)
