"""Type on the family's screen: as large as the screen allows, made smaller only where everything must fit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.family.feed import without_numbers
from ui.theme import Theme

_BASE = QSize(1366, 768)  # the sizes below are for a screen of this size


@dataclass(frozen=True)
class FamilyType:
    """Pixel sizes of type and distances for one window size; ``fit`` below 1 makes room for a long list."""

    hero: int
    big: int
    mid: int
    small: int
    gap: int

    @classmethod
    def for_window(cls, size: QSize, fit: float = 1.0) -> FamilyType:
        unit = min(size.width() / _BASE.width(), size.height() / _BASE.height()) * fit
        return cls(
            *(max(least, round(length * unit)) for length, least in ((44, 20), (34, 17), (27, 15), (20, 13), (12, 4)))
        )


def said(
    theme: Theme, sentence: str, size: int, *, bold: bool = False, tone: str = "text", wrap: bool = True
) -> QLabel:
    """A label of the family's screen. Every sentence there goes through here, and no number comes through whole."""
    made = QLabel(without_numbers(sentence))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size, bold=bold))
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made
