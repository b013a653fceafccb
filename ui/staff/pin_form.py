"""Staff number and PIN: two fields, digits to touch, one sentence for what came of it. Used at sign-in, at the lock and for the second person."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
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
        self._words = words
        self._serial = 0
        self._wait = 0
        self._text = ""
        self.number = QLineEdit()
        self.number.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9A-Za-z_-]{0,20}"), self))
        self.number.setAccessibleName(self.tr("编号"))
        self.number.returnPressed.connect(lambda: self.pin.setFocus())
        self.pin = PinField()
        self.pin.setAccessibleName(self.tr("密码"))
        self.pin.entered.connect(self._submit)
        self._icon = IconLabel(theme, theme.sizes.icon)
        self._said = label(wrap=True)
        self._said.setMinimumHeight(theme.sizes.touch)
        self.go = KeyButton(theme, action, "Enter", kind="primary")
        self.go.clicked.connect(self._submit)
        self.pad = PinPad(theme)
        self.pad.digit.connect(self._digit)
        self.pad.erase.connect(self.pin.backspace)
        self._second_hand = QTimer(self)
        self._second_hand.setInterval(1000)
        self._second_hand.timeout.connect(self._tick)
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
        said = QHBoxLayout()
        said.setSpacing(sizes.gap)
        said.addWidget(self._icon)
        said.addWidget(self._said, 1)
        column.addLayout(said)
        column.addWidget(self.pad)
        column.addWidget(self.go)

    def begin(self, number: str = "") -> None:
        """Empty, with the focus where the next key belongs."""
        self.number.setText(number)
        self.pin.clear()
        (self.pin if number else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_people(self, people: PeopleView) -> None:
        self.go.setEnabled(not people.checking and not self._wait)
        if people.said_serial == self._serial:
            return
        self._serial, self._wait = people.said_serial, people.wait_s
        self._text = self._words(people.said)
        self.pin.clear()
        if self._wait:
            self._second_hand.start()
        self._draw()

    def _tick(self) -> None:
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._second_hand.stop()
            self._text = ""
        self._draw()

    def _draw(self) -> None:
        self.go.setEnabled(not self._wait)
        if self._wait:
            left = f"{self._wait // 60}:{self._wait % 60:02d}"
            set_text(self._said, self.tr("{said}（还有 {time}）").format(said=self._text, time=left))
        else:
            set_text(self._said, self._text)
        self._icon.setVisible(bool(self._said.text()))
        if self._said.text():
            self._icon.show_icon("light_busy" if self._wait else "warn", "ask", "ground")

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
