"""What IT sees instead of families: how the devices are, what waits to be sent, and what this role may do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.desk.view import DeskView
from ui.meanings import LIGHTS
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.words import Words


class ItPage(QWidget):
    """Signal: ``status_requested()``: every device, what to do, and the check of the morning."""

    status_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        sizes = theme.sizes
        card = panel()
        self._title = label("hero", wrap=True)
        about = label(
            "",
            self.tr(
                "以信息老师身份登录：可以看设备、改设备设置、做自检，不能打开家庭。要办理，请验核员按 Ctrl+L 登录。"
            ),
            wrap=True,
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(sizes.pad * 2)
        self._grid.setVerticalSpacing(sizes.pad)
        self._grid.setColumnStretch(2, 1)
        names = (self.tr("网络"), self.tr("摄像头"), self.tr("打印机"), self.tr("识读"))
        self._lines = []
        for row, name in enumerate(names):
            icon, said = IconLabel(theme, sizes.icon + 4), label("", wrap=True)
            self._grid.addWidget(icon, row, 0)
            self._grid.addWidget(label("strong", name), row, 1)
            self._grid.addWidget(said, row, 2)
            self._lines.append((icon, said))
        self._waiting = label("", wrap=True)
        self.status = KeyButton(theme, self.tr("设备状态与开工检查"), "F10", kind="primary")
        self.status.clicked.connect(self.status_requested)
        column = QVBoxLayout(card)
        pad = sizes.pad * 3
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(sizes.pad * 2)
        column.addWidget(self._title)
        column.addWidget(about)
        column.addLayout(self._grid)
        column.addWidget(self._waiting)
        column.addWidget(self.status, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def set_view(self, view: DeskView) -> None:
        head = view.header
        set_text(self._title, self.tr("{name} · 设备与自检").format(name=view.people.name))
        for (icon, said), device in zip(
            self._lines, (head.network, head.camera, head.printer, head.reader), strict=True
        ):
            meaning = LIGHTS[device.light]
            icon.show_icon(meaning.icon, meaning.tone)
            set_text(said, self._words(device.text))
        waiting = self.tr("待上传：{events} 条记录，{images} 张图").format(
            events=head.waiting_events, images=head.waiting_images
        )
        set_text(self._waiting, waiting)
