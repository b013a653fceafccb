"""Find a family: typed, pasted or scanned. Enter sends it; the desk answers with a case or with candidates."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.theme import Theme
from ui.widgets.key_button import KeyButton


class FindEdit(QLineEdit):
    """Enter stays here: it must not travel on to the window, where it answers a comparison. Arrow down leaves to the list. Ctrl+Z is the
    desk's when nothing was typed that it could take back."""

    submitted = Signal(str)
    left_downwards = Signal()

    def event(self, event: QEvent) -> bool:
        mine = event.type() != QEvent.Type.ShortcutOverride or self.isUndoAvailable()
        if mine or not (isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)):
            return super().event(event)
        event.ignore()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.submitted.emit(self.text().strip())
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QWidget):
    """Signals: ``find_requested(query)``, ``left_downwards()``."""

    find_requested = Signal(str)
    left_downwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = FindEdit()
        self.edit.setPlaceholderText(self.tr("申请号 / 扫码 / 证件号 / 姓名 / 拼音首字母"))
        self.edit.setAccessibleName(self.tr("查找"))
        self.edit.setClearButtonEnabled(True)
        self.edit.submitted.connect(self.find_requested)
        self.edit.left_downwards.connect(self.left_downwards)
        button = KeyButton(theme, self.tr("查找"), "F2", icon="search")
        button.clicked.connect(lambda: self.find_requested.emit(self.edit.text().strip()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self.edit, 1)
        row.addWidget(button)

    def begin(self, text: str = "") -> None:
        """Take the focus; ``text`` is what was typed before the focus was here."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.edit.setText(text)
        else:
            self.edit.selectAll()

    def clear(self) -> None:
        self.edit.clear()
