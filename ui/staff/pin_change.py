"""Changing the own PIN: the old one, the new one, the new one once more. Escape leaves everything as it was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView
from ui.staff.pin_answer import PinAnswer
from ui.staff.pin_form import PinField
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.pin_pad import PinPad
from ui.widgets.scrim import DecisionDialog
from ui.words import Words


class PinChangeDialog(DecisionDialog):
    """Signals: ``asked(old, new)``, ``changed()`` when the desk says that it is done; then it closes by itself."""

    asked = Signal(str, str)
    changed = Signal()

    def __init__(self, theme: Theme, words: Words, people: PeopleView, window: QWidget) -> None:
        super().__init__(theme, window, width=860)
        self.number = people.number
        self._changed_before = people.pins_changed
        title = self.tr("改密码")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.old, self.new, self.again = PinField(), PinField(), PinField()
        self._fields = {
            self.old: self.tr("原来的密码"),
            self.new: self.tr("新密码"),
            self.again: self.tr("新密码再输一次"),
        }
        for field, name in self._fields.items():
            field.setAccessibleName(name)
        self.old.entered.connect(lambda: self._go_to(self.new))
        self.new.entered.connect(lambda: self._go_to(self.again))
        self.again.entered.connect(self._submit)
        self.answer = PinAnswer(theme, words)
        self.answer.known(people)
        self.answer.waiting.connect(lambda _: self._enable())
        self._checking = people.checking
        self.go = KeyButton(theme, title, "Enter", kind="primary")
        self.go.clicked.connect(self._submit)
        self.back = KeyButton(theme, self.tr("返回"), "Esc")
        self.back.clicked.connect(self.reject)
        self.pad = PinPad(theme)
        self.pad.digit.connect(lambda digit: self._typed_into().insert(digit))
        self.pad.erase.connect(lambda: self._typed_into().backspace())
        self._here = self.old
        self._arrange(title, people)
        self._enable()
        self._go_to(self.old)

    def _arrange(self, title: str, people: PeopleView) -> None:
        sizes = self.theme.sizes
        left = QVBoxLayout()
        left.setSpacing(sizes.gap)
        left.addWidget(label("title", f"{title} · {people.number} {people.name}".strip(), wrap=True))
        rules = self.tr("6 到 12 位数字。不要用 123456、111111 这样的，也不要含自己的编号。")
        left.addWidget(label("muted", rules, wrap=True))
        for field, name in self._fields.items():
            left.addWidget(label("caption", name))
            left.addWidget(field)
        left.addWidget(self.answer)
        left.addStretch(1)
        note = self.tr("改好后在本桌马上生效，不联网也一样；其他桌联网更新后生效。")
        left.addWidget(label("muted", note, wrap=True))
        right = QVBoxLayout()
        right.setSpacing(sizes.gap)
        right.addWidget(self.pad)
        right.addStretch(1)
        right.addWidget(self.go)
        right.addWidget(self.back)
        both = QHBoxLayout()
        both.setSpacing(sizes.pad * 2)
        both.addLayout(left, 3)
        both.addLayout(right, 2)
        self.body.addLayout(both)

    def show_people(self, people: PeopleView) -> None:
        """What the desk says of the try."""
        self._checking = people.checking
        if people.pins_changed != self._changed_before:
            self.changed.emit()
            self.accept()
            return
        if self.answer.take(people):
            for field in self._fields:
                field.clear()
            self._go_to(self.old)
        self._enable()

    def done(self, result: int) -> None:
        """No digit stays in a field that is no longer seen."""
        for field in self._fields:
            field.clear()
        super().done(result)

    def _submit(self) -> None:
        empty = next((field for field in self._fields if not field.text()), None)
        if empty is not None:
            self._go_to(empty)
        elif self.new.text() != self.again.text():
            self.new.clear()
            self.again.clear()
            self._go_to(self.new)
            self.answer.say(self.tr("两次输入的新密码不一样，请再输一次"))
        elif self.go.isEnabled():
            self._checking = True
            self._enable()
            self.answer.say("")
            self.asked.emit(self.old.text(), self.new.text())

    def _enable(self) -> None:
        self.go.setEnabled(not self._checking and not self.answer.waits)

    def _go_to(self, field: PinField) -> None:
        self._here = field
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed_into(self) -> PinField:
        """The pad types where the focus is or was."""
        self._here = next((field for field in self._fields if field.hasFocus()), self._here)
        self._here.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._here
