"""The calibration card as a paper that can be laid on the practice desk."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from kiosk.readiness.card_sheet import card_picture
from practice.paper import Paper
from practice.specimens.base import Kind, Specimen
from scanner.calibration.card import CARD

_MM_PER_INCH = 25.4
CARD_ID = "CARD-p1"
CARD_KIND = Kind("CARD", "p1", "校准卡", CARD.size, lambda _: {}, lambda *_: None)


class CardPaper(Paper):
    """Drawn by the program that prints the card. Needs a QGuiApplication."""

    def __init__(self) -> None:
        super().__init__(CARD_ID, "", "CARD", "CARD:desk", "", "p1", CARD_KIND, {})

    def draw(self, px_per_mm: float = 12.0) -> Specimen:
        return _drawn(px_per_mm)


@lru_cache(maxsize=2)
def _drawn(px_per_mm: float) -> Specimen:
    image = card_picture(px_per_mm * _MM_PER_INCH)
    height, width, stride = image.height(), image.width(), image.bytesPerLine()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, stride // 4, 4)
    return Specimen(np.ascontiguousarray(rows[:, :width, :3]), px_per_mm, CARD.size, {}, {}, ())
