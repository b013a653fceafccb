"""The whole page, as large as the window allows: for seals, signatures and whatever else only eyes can judge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kiosk.desk.view import DocumentView
from ui.pictures import PictureCache
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.scrim import DecisionDialog


class PageDialog(DecisionDialog):
    def __init__(self, theme: Theme, document: DocumentView, pictures: PictureCache, window: QWidget) -> None:
        super().__init__(theme, window, width=1400)
        self.setWindowTitle(document.title)
        self.setAccessibleName(document.title)
        head = QHBoxLayout()
        title = ElidedLabel("title")
        title.setText(document.title)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        head.addWidget(title, 1)
        head.addWidget(back)
        self.body.addLayout(head)
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setAccessibleName(self.tr("{title}的照片").format(title=document.title))
        room = QSize(self.width() - 4 * theme.sizes.pad, window.height() - 180)
        picture.setPixmap(pictures.get(document.page_jpeg, room, self.devicePixelRatioF()))
        self.body.addWidget(picture)
