"""A shape that stands for a state. It carries no meaning for screen readers: the word beside it does."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui.icons import icon_pixmap
from ui.theme import Theme


class IconLabel(QLabel):
    def __init__(self, theme: Theme, size: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size or theme.sizes.icon
        self.setFixedSize(self._size, self._size)

    def show_icon(self, name: str, tone: str, ground: str = "surface") -> None:
        """``tone`` and ``ground`` are token names of ui.tokens.Colours."""
        colours = self._theme.colours
        self.setPixmap(
            icon_pixmap(name, getattr(colours, tone), getattr(colours, ground), self._size, self.devicePixelRatioF())
        )
