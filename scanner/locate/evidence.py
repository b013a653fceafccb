"""What one small frame says about edges and about what is not desk."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.imaging import as_image, shrunk
from scanner.types import Image

Floats = NDArray[np.float32]

WORKING_SIZE = 480  # longer side in pixels at which sheets are searched; lines survive this, small print does not
_RING = 0.06  # width of the frame's rim that is taken for desk, of the shorter side
_FLOOR = 4.0  # gradient (Lab units a pixel) below which an edge is noise


@dataclass(frozen=True, eq=False)
class Evidence:
    """Maps of one frame at working size, all (H, W).

    ``lab``: colours, lightly blurred, float32, (H, W, 3). ``unlike_desk``: distance of each pixel's colour from the desk's as far as the frame's
    rim tells, in units of the desk's own variation, 0..255. ``tensor``: Di Zenzo's colour structure (xx, xy, yy), (H, W, 3).
    ``clutter``: mean gradient round about, against which an edge must stand out. ``factor``: working pixels per frame pixel.
    """

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
    small, factor = shrunk(image, WORKING_SIZE)
    lab8 = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 0.8), cv2.COLOR_BGR2LAB)
    lab = lab8.astype(np.float32)
    gx = cv2.Sobel(lab, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 4)
    gy = cv2.Sobel(lab, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 4)
    tensor = np.stack([(gx * gx).sum(2), (gx * gy).sum(2), (gy * gy).sum(2)], axis=2)
    magnitude = np.sqrt(tensor[..., 0] + tensor[..., 2])
    around = cv2.blur(magnitude, (31, 31))
    return Evidence(lab, _unlike_desk(lab), tensor, (_FLOOR + around).astype(np.float32), factor)


def _unlike_desk(lab: Floats) -> Image:
    """Distance from a desk whose colour changes smoothly (light falls off), fitted to the frame's rim; paper in the rim is an outlier."""
    height, width = lab.shape[:2]
    step = 4
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
    difference = lab - desk
    distance = np.sqrt((difference * difference).sum(2))
    return as_image(np.minimum(distance * (24.0 / (spread + 3.0)), 255.0).astype(np.uint8))


def _far_from(colours: Floats, centre: Floats) -> Floats:
    """Geman-McClure weights: 1 at the centre, towards 0 beyond about 15 Lab units."""
    off = ((colours - centre) ** 2).sum(1)
    return (1.0 / (1.0 + off / 225.0) ** 2).astype(np.float32)
