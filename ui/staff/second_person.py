"""Another person has to agree: who and what, number and PIN. Escape leaves everything as it was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView, SecondAsk
from ui.staff.pin_form import PinForm
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.scrim import DecisionDialog
from ui.words import Words


class SecondPersonDialog(DecisionDialog):
    """Signals: ``agreed(number, pin)``; ``rejected()`` when it was left without."""

    agreed = Signal(str, str)

    def __init__(self, theme: Theme, words: Words, ask: SecondAsk, people: PeopleView, window: QWidget) -> None:
        super().__init__(theme, window, width=820)
        self.ask = ask
        title = self.tr("请{who}确认").format(who=words(ask.who))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        icon = IconLabel(theme, theme.sizes.hero)
        icon.show_icon("verified_by_person", "ask", "ground")
        head = QHBoxLayout()
        head.setSpacing(theme.sizes.pad)
        head.addWidget(icon)
        head.addWidget(label("title", title, wrap=True), 1)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        left = QVBoxLayout()
        left.setSpacing(theme.sizes.pad)
        left.addLayout(head)
        left.addWidget(label("strong", words(ask.what), wrap=True))
        left.addWidget(label("", self.tr("须由另一个人输入自己的编号和密码，会写进记录。"), wrap=True))
        if people.hint is not None:
            left.addWidget(label("", words(people.hint), wrap=True))
        left.addStretch(1)
        left.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = PinForm(theme, words, self.tr("确认"))
        self.form.submitted.connect(self.agreed)
        self.form.show_people(people)
        self.form.setFixedWidth(round(theme.sizes.touch * 7.5))
        both = QHBoxLayout()
        both.setSpacing(theme.sizes.pad * 2)
        both.addLayout(left, 1)
        both.addWidget(self.form)
        self.body.addLayout(both)
        self.form.begin()

    def show_people(self, people: PeopleView) -> None:
        self.form.show_people(people)
