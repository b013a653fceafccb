"""One device on the status page: its light, since when, what happened, what to do, what is safe, and what can be asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.devices import spoken
from kiosk.desk.view import DeviceView, Light
from ui.meanings import LIGHTS
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.words import Words

_TROUBLED = (Light.WARN, Light.BAD)


class DeviceRow(QFrame):
    """Signal: ``asked(device, action)``; actions are those of ``DeviceView.actions`` that a button stands for."""

    asked = Signal(str, str)

    def __init__(self, theme: Theme, words: Words, device: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._words = words
        self._device = device
        sizes = theme.sizes
        self._mark = IconLabel(theme, sizes.icon + 4)
        self._name = label("strong", name)
        self._name.setMinimumWidth(round(sizes.strong * 4.6))
        self._state = label("")
        self._since = label("muted")
        self._said = label("", wrap=True)
        self._facts = label("muted", wrap=True)
        self.buttons = {
            "retry": KeyButton(theme, self.tr("重试")),
            "choose": KeyButton(theme, self.tr("换摄像头")),
            "without": KeyButton(theme, self.tr("先不用它")),
        }
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _=False, action=action: self.asked.emit(device, action))
            button.setAccessibleName(f"{name} {button.title}")
        head = QHBoxLayout()
        head.setSpacing(sizes.gap)
        head.addWidget(self._mark)
        head.addWidget(self._name)
        head.addWidget(self._state)
        head.addWidget(self._since)
        head.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(head)
        left.addWidget(self._said)
        left.addWidget(self._facts)
        row = QGridLayout(self)
        row.setContentsMargins(sizes.pad, sizes.gap, sizes.gap, sizes.gap)
        row.setHorizontalSpacing(sizes.gap)
        row.addLayout(left, 0, 0)
        row.setColumnStretch(0, 1)
        for column, button in enumerate(self.buttons.values(), 1):
            row.addWidget(button, 0, column, Qt.AlignmentFlag.AlignTop)

    def set_device(self, view: DeviceView | None) -> None:
        self.setVisible(view is not None)
        if view is None:
            return
        meaning = LIGHTS[view.light]
        self._mark.show_icon(meaning.icon, meaning.tone)
        set_text(self._state, self._words(view.text))
        set_text(self._since, self.tr("{time} 起").format(time=f"{view.since:%H:%M}") if view.since else "")
        troubled = view.what is not None and (view.light in _TROUBLED or view.light is Light.OFF)
        set_text(self._said, self._words(spoken(view)) if troubled else "")
        self._said.setVisible(troubled)
        facts = self.tr("；").join(self._words(fact) for fact in view.facts)
        set_text(self._facts, facts)
        self._facts.setVisible(bool(facts))
        for action, button in self.buttons.items():
            # "without" and "choose" are ways on when there is trouble; trying again is always possible
            button.setVisible(action in view.actions)
        self.setAccessibleName(f"{self._name.text()} {self._state.text()} ({meaning.word})")
