"""The top line: where and who, how the devices are, how far the day is. And, in training, that nothing here counts."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from kiosk.desk.view import HeaderView, Light
from ui.staff.header_tools import HeaderTools
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.light_chip import LightChip
from ui.words import Words

_CLOCK_MS = 1000


class HeaderBar(QFrame):
    """Signals: ``status_requested()``: a light was clicked; ``today_requested()``: the day's list."""

    status_requested = Signal()
    today_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headerBar")
        self._view: HeaderView | None = None
        self._place = ElidedLabel()
        self._place.setStyleSheet(f"font-weight: bold; font-size: {theme.sizes.body}px;")
        self.today = KeyButton(theme, "", "F4", kind="bar", shortcut="F4")
        self.today.clicked.connect(self.today_requested)
        self._outbox = ElidedLabel()
        self._outbox.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # whole where there is room
        self._time = label("strong")
        self.network = LightChip(theme, words, self.tr("网络"))
        self.camera = LightChip(theme, words, self.tr("摄像头"))
        self.printer = LightChip(theme, words, self.tr("打印机"))
        self.reader = LightChip(theme, words, self.tr("识读"))
        # disk and clock are shown only when there is something the matter with them
        self.disk = LightChip(theme, words, self.tr("磁盘"))
        self.clock = LightChip(theme, words, self.tr("时钟"))
        self._unprinted = label("strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, 0, theme.sizes.pad, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self._place, 1)
        row.addWidget(self.today)
        row.addWidget(self._outbox)
        row.addWidget(self._unprinted)
        row.addSpacing(theme.sizes.gap)
        for chip in (self.network, self.camera, self.printer, self.reader, self.disk, self.clock):
            chip.clicked.connect(self.status_requested)
            row.addWidget(chip)
        row.addSpacing(theme.sizes.gap)
        self.tools = HeaderTools(theme)
        row.addWidget(self.tools)
        row.addWidget(self._time)
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
        for chip, device in ((self.disk, view.disk), (self.clock, view.clock)):
            troubled = device is not None and device.light in (Light.WARN, Light.BAD)
            chip.setVisible(troubled)
            if device is not None:
                chip.set_device(device)
        set_text(
            self._unprinted, self.tr("· 待打印 {count}").format(count=len(view.unprinted)) if view.unprinted else ""
        )
        self._unprinted.setVisible(bool(view.unprinted))

    def _waiting(self, view: HeaderView) -> str:
        if not (view.waiting_events or view.waiting_images):
            return ""
        return self.tr("· 待上传 {events} 条 {images} 图").format(
            events=view.waiting_events, images=view.waiting_images
        )

    def _tick(self) -> None:
        set_text(self._time, QLocale.c().toString(QTime.currentTime(), "HH:mm"))
        self._time.setAlignment(Qt.AlignmentFlag.AlignVCenter)
