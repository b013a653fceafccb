"""Staff number and PIN: two fields, digits to touch, one sentence for what came of it. Used at sign-in, at the lock and for the second person."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView
from ui.staff.pin_answer import PinAnswer
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.pin_pad import PinPad
from ui.words import Words

_LONGEST = 12
_SCAN_MS = 300  # a scanner's next stroke comes within 20 ms; a person who mistyped a letter may go on after this


class PinField(QLineEdit):
    """Takes digits and never shows them. A hand-held scanner that types here is no try: what has other characters in it is dropped.

    Signal: ``entered()`` when Enter was pressed after nothing but digits.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._foreign = QTimer(self)  # runs while a scanner may still be typing
        self._foreign.setSingleShot(True)
        self._foreign.setInterval(_SCAN_MS)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_LONGEST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._foreign.isActive():
                self.clear()
            elif self.text() and not event.isAutoRepeat():
                self.entered.emit()
            return
        text = event.text()
        if text.isprintable() and text and not (text.isascii() and text.isdigit()):
            self._foreign.start()
            self.clear()
            return
        if text.isdigit() and self._foreign.isActive():
            self._foreign.start()
            return
        super().keyPressEvent(event)


class PinForm(QWidget):
    """Signal: ``submitted(number, pin)``. ``show_people`` draws what the desk says."""

    submitted = Signal(str, str)

    def __init__(self, theme: Theme, words: Words, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.number = QLineEdit()
        self.number.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9A-Za-z_-]{0,20}"), self))
        self.number.setAccessibleName(self.tr("编号"))
        self.number.returnPressed.connect(lambda: self.pin.setFocus())
        self.pin = PinField()
        self.pin.setAccessibleName(self.tr("密码"))
        self.pin.entered.connect(self._submit)
        self.answer = PinAnswer(theme, words)
        self.answer.waiting.connect(lambda waits: self.go.setEnabled(not waits))
        self.go = KeyButton(theme, action, "Enter", kind="primary")
        self.go.clicked.connect(self._submit)
        self.pad = PinPad(theme)
        self.pad.digit.connect(self._digit)
        self.pad.erase.connect(self.pin.backspace)
        self._arrange()

    def _arrange(self) -> None:
        sizes = self._theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.gap)
        column.addWidget(label("caption", self.tr("编号")))
        column.addWidget(self.number)
        column.addWidget(label("caption", self.tr("密码")))
        column.addWidget(self.pin)
        column.addWidget(self.answer)
        column.addWidget(self.pad)
        column.addWidget(self.go)

    def begin(self, number: str = "") -> None:
        """Empty, with the focus where the next key belongs."""
        self.number.setText(number)
        self.pin.clear()
        (self.pin if number else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_people(self, people: PeopleView) -> None:
        self.go.setEnabled(not people.checking and not self.answer.waits)
        if self.answer.take(people):
            self.pin.clear()

    def _digit(self, character: str) -> None:
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pin.insert(character)

    def _submit(self) -> None:
        if not self.number.text():
            self.number.setFocus()
        elif self.pin.text() and self.go.isEnabled():
            pin = self.pin.text()
            self.pin.clear()
            self.submitted.emit(self.number.text(), pin)
