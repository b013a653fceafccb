"""Why? One key a reason. Asked when a person says a field differs, or overrules the machine."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kiosk.desk.view import ReasonChoice
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.scrim import DecisionDialog
from ui.words import Words


class ReasonPicker(DecisionDialog):
    """Signal: ``picked(code)``. Digits 1–9 choose; a click does too."""

    picked = Signal(str)

    def __init__(
        self, theme: Theme, words: Words, title: str, choices: tuple[ReasonChoice, ...], window: QWidget
    ) -> None:
        super().__init__(theme, window, width=560)
        self._choices = choices
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body.addWidget(label("title", title, wrap=True))
        for number, choice in enumerate(choices, 1):
            button = QPushButton(f"{number}   {words(choice.text)}")
            button.setMinimumHeight(theme.sizes.touch)
            button.setStyleSheet(_choice_style(theme))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, code=choice.code: self._pick(code))
            self.body.addWidget(button)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(back)
        self.body.addLayout(line)

    def _pick(self, code: str) -> None:
        self.picked.emit(code)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self._choices) and not event.isAutoRepeat():
            self._pick(self._choices[number - 1].code)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton) and not event.isAutoRepeat():
                focused.click()
        else:
            super().keyPressEvent(event)


def _choice_style(theme: Theme) -> str:
    c, s = theme.colours, theme.sizes
    return (
        f"QPushButton {{ text-align: left; padding: 0 {s.pad}px; background: {c.surface}; border: 1px solid {c.edge};"
        f" border-radius: {s.radius}px; }} QPushButton:focus {{ border: 3px solid {c.focus}; }}"
        f" QPushButton:hover {{ background: {c.info_ground}; }}"
    )
