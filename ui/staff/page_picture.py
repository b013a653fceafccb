"""The page that was taken, as small as its place allows."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.desk.view import DocumentView
from ui.pictures import PictureCache


class PagePicture(QWidget):
    """Decodes at the size it is painted; an unchanged page is neither decoded nor painted again."""

    def __init__(self, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._jpeg = b""
        self.setMinimumHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("刚拍的一页"))

    def set_page(self, document: DocumentView | None) -> None:
        jpeg = document.page_jpeg if document is not None else b""
        if jpeg is not self._jpeg:
            self._jpeg = jpeg
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._pictures.get(self._jpeg, self.size(), self.devicePixelRatioF())
        if picture.isNull():
            return
        size = picture.deviceIndependentSize().toSize()
        painter = QPainter(self)
        painter.drawPixmap((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, picture)
        painter.end()
