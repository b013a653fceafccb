"""The empty desk: one large instruction beside the camera picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import DeviceView, PreviewView
from kiosk.texts import text
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import label, panel, set_text
from ui.widgets.preview import PreviewWidget
from ui.words import Words


class WelcomePage(QWidget):
    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._device: DeviceView | None = None
        self._looking = False
        sizes = theme.sizes
        card = panel()
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.pad * 3, sizes.pad, sizes.pad * 3, sizes.pad)
        column.setSpacing(sizes.pad)
        mark = IconLabel(theme, sizes.hero * 3)
        mark.show_icon("code", "primary")
        first = label("hero", self.tr("请家长出示申请表或取号单上的二维码"), wrap=True)
        second = label("title", self.tr("也可以放上身份证，或输入申请号、姓名、拼音首字母"), wrap=True)
        third = label("", self.tr("把二维码放到摄像头下，或用扫码枪扫，会自动打开这一家的申请。"), wrap=True)
        column.addStretch(1)
        column.addWidget(mark)
        column.addSpacing(sizes.pad)
        for part in (first, second, third):
            column.addWidget(part)
        column.addStretch(2)
        self.preview = PreviewWidget(theme)
        self._hint = label("title", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        right = panel()
        pane = QVBoxLayout(right)
        pane.setContentsMargins(sizes.pad, sizes.pad, sizes.pad, sizes.pad)
        pane.setSpacing(sizes.pad * 2)
        pane.addStretch(1)
        pane.addWidget(self.preview)
        pane.addWidget(self._hint)
        pane.addStretch(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.pad)
        row.addWidget(card, 1)
        row.addWidget(right, 1)

    def set_device(self, device: DeviceView) -> None:
        """How the camera is: of a trouble, what happened and what to do stand below the picture's place."""
        self._device = device
        if self._troubled():
            set_text(self._hint, self._words(text("devices.two", what=device.what, do=device.do or "")))

    def _troubled(self) -> bool:
        return self._device is not None and self._device.what is not None and self._device.state != "doubtful"

    def set_looking(self, looking: bool) -> None:
        """A paper that lies there is being read."""
        self._looking = looking

    def set_preview(self, preview: PreviewView | None) -> None:
        if self.isVisible():
            self.preview.set_preview(preview)
            if not self._troubled():
                set_text(self._hint, self._hint_of(preview))

    def _hint_of(self, preview: PreviewView | None) -> str:
        """While nothing lies there, the code is what is wanted; the camera's own hint speaks of originals."""
        if self._looking:
            return self.tr("正在看这张证件是谁的……")
        if preview is None or preview.state == "searching":
            return self.tr("把二维码或身份证放到摄像头下")
        return self._words(preview.hint)
