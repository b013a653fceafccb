"""A piece of a photograph, as large as its place allows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pictures import PictureCache
from ui.theme import Theme


class Picture(QWidget):
    """Decodes at the size it is painted; an unchanged picture is neither decoded nor painted again.

    ``name`` is what a screen reader says; ``instead`` is written where there is no picture.
    """

    def __init__(
        self, theme: Theme, pictures: PictureCache, *, name: str, instead: str = "", to_left: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._pictures = pictures
        self._instead = instead
        self._to_left = to_left
        self._jpeg = b""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def set_jpeg(self, jpeg: bytes) -> None:
        if jpeg is not self._jpeg:
            self._jpeg = jpeg
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture = self._pictures.get(self._jpeg, self.size(), self.devicePixelRatioF())
        if picture.isNull():
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(
                self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._instead
            )
        else:
            size = picture.deviceIndependentSize().toSize()
            left = 0 if self._to_left else (self.width() - size.width()) // 2
            painter.drawPixmap(left, (self.height() - size.height()) // 2, picture)
        painter.end()
