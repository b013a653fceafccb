"""The developers' panel: breaks each simulated device by a button, and mends it. It stands beside the window and takes no key from it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import text
from ui.practice.break_port import BreakPort, Fault
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.words import Words

_LOOK_EVERY_MS = 300
_COLUMNS = 5


class BreakPanel(QWidget):
    def __init__(self, theme: Theme, port: BreakPort, words: Words, window: QWidget | None = None) -> None:
        super().__init__(window, Qt.WindowType.Tool)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "ground")
        self._theme = theme
        self._port = port
        self._words = words
        self.setWindowTitle(self.tr("弄坏设备（练习）"))
        self.buttons: dict[tuple[str, str], KeyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.sizes.pad, theme.sizes.pad, theme.sizes.pad, theme.sizes.pad)
        column.setSpacing(theme.sizes.gap)
        column.addWidget(label("muted", self.tr("只弄坏练习用的设备；窗口里看到的、能做的，和真的一样。"), wrap=True))
        faults = port.faults()
        for device in dict.fromkeys(fault.device for fault in faults):
            column.addWidget(label("caption", self._words(text(f"devices.name.{device}"))))
            column.addLayout(self._grid([fault for fault in faults if fault.device == device]))
        self.heal = KeyButton(theme, self.tr("全部修好"), kind="ok")
        self.heal.clicked.connect(lambda: port.heal())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.heal)
        column.addLayout(foot)
        column.addStretch(1)
        timer = QTimer(self)
        timer.setInterval(_LOOK_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        self.look()

    def _grid(self, faults: list[Fault]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, fault in enumerate(faults):
            button = KeyButton(self._theme, self._words(fault.title), kind="quiet")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, fault=fault: self._pressed(fault))
            self.buttons[fault.device, fault.code] = button
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        return grid

    def _pressed(self, fault: Fault) -> None:
        if self._port.broken().get(fault.device) == fault.code:
            self._port.heal(fault.device)
        else:
            self._port.break_(fault.device, fault.code)
        self.look()

    def look(self) -> None:
        """Show what is broken just now: some faults pass by themselves."""
        broken = self._port.broken()
        for (device, code), button in self.buttons.items():
            on = broken.get(device) == code
            button.setChecked(on)
            button.set_kind("bad" if on else "quiet")
