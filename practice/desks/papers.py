"""The flat pages of the practice families, drawn small: what is laid on made-up desks."""

from __future__ import annotations

import cv2
import numpy as np

from practice.paper import Paper
from practice.world import papers
from scanner.types import Image


def practice_pages(families: tuple[str, ...], longest: int) -> list[Image]:
    """One picture, its longer side ``longest`` pixels, of every kind of page that these families bring; pages of a kind only once a family."""
    return [_small(paper, longest) for family in families for paper in papers(family)]


def _small(paper: Paper, longest: int) -> Image:
    drawn = paper.draw(4.0).image
    factor = longest / max(drawn.shape[:2])
    size = (max(8, round(drawn.shape[1] * factor)), max(8, round(drawn.shape[0] * factor)))
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.uint8)
