"""The coloured edge by which training is told from the real thing, on the screen and in every picture of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

_FRAME = 5  # device-independent pixels


class PracticeFrame(QWidget):
    """Everything stands in this frame; in training mode its edge is painted, so that no picture of the screen can mislead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._practice: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_practice(self, practice: bool) -> None:
        if practice == self._practice:
            return
        self._practice = practice
        edge = _FRAME if practice else 0
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("practice" if self._practice else "ground"))
        edge = _FRAME if self._practice else 0
        painter.fillRect(self.rect().adjusted(edge, edge, -edge, -edge), self._theme.colour("ground"))
        painter.end()
