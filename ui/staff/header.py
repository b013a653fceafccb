"""The top line: where and who, how the devices are, how far the day is. And, in training, that nothing here counts."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kiosk.desk.view import HeaderView
from ui.staff.header_tools import HeaderTools
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.light_chip import LightChip
from ui.words import Words

_CLOCK_MS = 1000


class HeaderBar(QFrame):
    """Signal: ``today_requested()``."""

    today_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headerBar")
        self._view: HeaderView | None = None
        self._place = ElidedLabel()
        self._place.setStyleSheet(f"font-weight: bold; font-size: {theme.sizes.body}px;")
        self.today = KeyButton(theme, "", "F4", kind="bar", shortcut="F4")
        self.today.clicked.connect(self.today_requested)
        self._outbox = label()
        self._clock = label("strong")
        self.network = LightChip(theme, words, self.tr("网络"))
        self.camera = LightChip(theme, words, self.tr("摄像头"))
        self.printer = LightChip(theme, words, self.tr("打印机"))
        self.reader = LightChip(theme, words, self.tr("识读"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, 0, theme.sizes.pad, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self._place, 1)
        row.addWidget(self.today)
        row.addWidget(self._outbox)
        row.addSpacing(theme.sizes.gap)
        for chip in (self.network, self.camera, self.printer, self.reader):
            row.addWidget(chip)
        row.addSpacing(theme.sizes.gap)
        self.tools = HeaderTools(theme)
        row.addWidget(self.tools)
        row.addWidget(self._clock)
        self.setFixedHeight(theme.sizes.touch)
        self._tick()
        timer = QTimer(self)
        timer.setInterval(_CLOCK_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def set_view(self, view: HeaderView) -> None:
        if view == self._view:
            return
        self._view = view
        parts = [self.tr("验核台"), view.school, view.desk, view.staff]
        set_text(self._place, " · ".join(part for part in parts if part))
        self.today.set_title(
            self.tr("今日 {seen}/{expected} 已验").format(seen=view.seen_today, expected=view.expected_today)
        )
        set_text(self._outbox, self._waiting(view))
        self._outbox.setVisible(bool(self._outbox.text()))
        self.network.set_device(view.network)
        self.camera.set_device(view.camera)
        self.printer.set_device(view.printer)
        self.reader.set_device(view.reader)

    def _waiting(self, view: HeaderView) -> str:
        if not (view.waiting_events or view.waiting_images):
            return ""
        return self.tr("· 待上传 {events} 条 {images} 图").format(
            events=view.waiting_events, images=view.waiting_images
        )

    def _tick(self) -> None:
        set_text(self._clock, QLocale.c().toString(QTime.currentTime(), "HH:mm"))
        self._clock.setAlignment(Qt.AlignmentFlag.AlignVCenter)
