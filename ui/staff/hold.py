"""The family steps aside: why, and with all its children or only the one on the screen. One key a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from kiosk.desk.view import CaseView
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.scrim import DecisionDialog
from ui.words import Words

_WITH_NOTE = "OTHER"


class HoldDialog(DecisionDialog):
    """Signal: ``held(reason, note, everyone)``. Digits choose; the last reason asks for a note, which may stay empty."""

    held = Signal(str, str, bool)

    def __init__(self, theme: Theme, words: Words, case: CaseView, window: QWidget) -> None:
        super().__init__(theme, window, width=560)
        self._choices = case.hold_reasons
        title = self.tr("暂存 {child}：为什么？").format(child=case.child)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body.addWidget(label("title", title, wrap=True))
        self.body.addWidget(label("muted", self.tr("做过的都留着，原件请全部交还家长。回来时接着办。"), wrap=True))
        for number, choice in enumerate(self._choices, 1):
            button = KeyButton(theme, words(choice.text), str(number))
            button.clicked.connect(lambda _=False, code=choice.code: self._choose(code))
            self.body.addWidget(button)
        self._note = QLineEdit()
        self._note.setMaxLength(60)
        self._note.setMinimumHeight(theme.sizes.touch)
        self._note.setPlaceholderText(self.tr("补充一句（不写姓名和证件号），按 Enter"))
        self._note.setAccessibleName(self.tr("补充说明"))
        self._note.setVisible(False)
        self.body.addWidget(self._note)
        self._everyone = QCheckBox(self.tr("几个孩子一起暂存（按 A 更改）"))
        self._everyone.setMinimumHeight(theme.sizes.touch)
        self._everyone.setChecked(True)
        self._everyone.setVisible(len([s for s in case.siblings if s.state == "OPEN"]) > 1)
        self.body.addWidget(self._everyone)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(back)
        self.body.addLayout(line)
        self.setFocus()

    def _choose(self, code: str) -> None:
        if code == _WITH_NOTE and self._note.isHidden():
            self._note.setVisible(True)
            self._note.setFocus()
            self.adjustSize()
            return
        self.held.emit(code, self._note.text().strip(), self._everyone.isChecked())
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self._choices):
            self._choose(self._choices[number - 1].code)
        elif event.key() == Qt.Key.Key_A and self._everyone.isVisible():
            self._everyone.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, KeyButton):
            focused.click()
        elif focused is self._note:
            self._choose(_WITH_NOTE)
