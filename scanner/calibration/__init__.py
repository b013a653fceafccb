"""A printed card of known size: what a camera's picture is worth can be measured on it."""

from __future__ import annotations

from scanner.calibration.card import CARD, Card
from scanner.calibration.measure import Measured, find_card, measure

__all__ = ["CARD", "Card", "Measured", "find_card", "measure"]
