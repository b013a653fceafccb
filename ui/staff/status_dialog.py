"""The status page: every device, since when it is as it is, what to do, and the papers that wait for a printer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.devices_port import DevicesPort
from kiosk.desk.view import DeskView
from kiosk.texts import text
from ui.staff.device_row import DeviceRow
from ui.staff.unprinted import UnprintedList
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.scrim import DecisionDialog
from ui.words import Words

DEVICES = ("camera", "printer", "network", "reader", "disk", "clock")


class StatusDialog(DecisionDialog):
    """Signals: ``choose_camera_requested()``, ``check_requested()``: the morning check."""

    choose_camera_requested = Signal()
    check_requested = Signal()

    def __init__(self, theme: Theme, words: Words, devices: DevicesPort, window: QWidget) -> None:
        super().__init__(theme, window, width=1060)
        self._devices = devices
        self._words = words
        title = self.tr("设备状态")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.rows = {
            device: DeviceRow(theme, words, device, words(text(f"devices.name.{device}"))) for device in DEVICES
        }
        for row in self.rows.values():
            row.asked.connect(self._asked)
        self.unprinted = UnprintedList(theme)
        self.unprinted.print_asked.connect(devices.print_waiting)
        self.unprinted.seen_asked.connect(devices.waiting_came_out)
        self.check = KeyButton(theme, self.tr("开工检查"))
        self.check.clicked.connect(self.check_requested)
        self._checked = label("muted")
        back = KeyButton(theme, self.tr("返回"), "Esc", kind="primary")
        back.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(label("title", title), 1)
        head.addWidget(self._checked)
        head.addWidget(self.check)
        head.addWidget(back)
        self.body.addLayout(head)
        self.body.addWidget(self._list())
        back.setFocus()

    def _list(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("look", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2, 0)
        column.setSpacing(self.theme.sizes.gap)
        for row in self.rows.values():
            column.addWidget(row)
        column.addWidget(self.unprinted)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("设备状态"))
        area.setFixedHeight(max(320, self.owner.height() - 150))
        return area

    def set_view(self, view: DeskView) -> None:
        header = view.header
        for device, row in self.rows.items():
            row.set_device(getattr(header, device))
        self.unprinted.set_papers(header.unprinted)
        self.check.setVisible(header.ready is not None)
        ready = header.ready
        set_text(self._checked, self._words(ready.text) if ready is not None else "")
        self.check.setEnabled(view.case is None)
        self.check.setToolTip("" if view.case is None else self.tr("请先办完手上这一家"))

    def _asked(self, device: str, action: str) -> None:
        if action == "choose":
            self.choose_camera_requested.emit()
        elif action == "without":
            self._devices.without_camera()
        else:
            self._devices.retry(device)
