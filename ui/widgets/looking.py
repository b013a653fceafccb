"""“Being looked at”: three dots that light up one after the other; at rest where nothing may move."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

_STEP_MS = 320
_DOTS = 3


class Looking(QWidget):
    """Decoration beside a sentence that says the same; no meaning of its own for screen readers."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._next)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def moving(self) -> bool:
        return self._timer.isActive()

    def sizeHint(self) -> QSize:
        return QSize(round(self._size * 1.8), self._size)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._theme.motion:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _next(self) -> None:
        self._step = (self._step + 1) % _DOTS
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self._size / 6
        for dot in range(_DOTS):
            lit = not self._timer.isActive() or dot == self._step
            painter.setBrush(self._theme.colour("info" if lit else "edge"))
            centre = QPointF((dot + 0.5) * self.width() / _DOTS, self.height() / 2)
            painter.drawEllipse(centre, radius * (1.3 if lit else 0.9), radius * (1.3 if lit else 0.9))
        painter.end()
