"""Questions only a person can settle: a seal, a cross-check. Keyed rows; the first open one has the keys Y and N."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import QuestionView
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.words import Words


class _QuestionRow(QFrame):
    answered = Signal(str, bool)

    def __init__(self, theme: Theme, words: Words, question_id: str) -> None:
        super().__init__()
        self._words = words
        self._id = question_id
        self._icon = IconLabel(theme, theme.sizes.icon + 2)
        self._text = label(wrap=True)
        self._keys = {True: "Y", False: "N"}
        self._yes = KeyButton(theme, self.tr("是"), kind="ok")
        self._no = KeyButton(theme, self.tr("否"), kind="bad")
        self._yes.clicked.connect(lambda: self.answered.emit(self._id, True))
        self._no.clicked.connect(lambda: self.answered.emit(self._id, False))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, 4, theme.sizes.pad, 4)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._yes)
        row.addWidget(self._no)

    def set_question(self, question: QuestionView, live: bool) -> None:
        sentence = self._words(question.text)
        answers = {True: self.tr("是"), False: self.tr("否")}
        if question.answer is not None:
            sentence = self.tr("{question} 已答：{answer}").format(question=sentence, answer=answers[question.answer])
        set_text(self._text, sentence)
        icon, tone = {None: ("ask", "ask"), True: ("confirmed", "ok"), False: ("refused", "bad")}[question.answer]
        self._icon.show_icon(icon, tone, "selected" if live else "surface")
        for button, answer in ((self._yes, True), (self._no, False)):
            button.setVisible(question.answer is not answer)
            button.set_key(self._keys[answer] if live else "")
            button.set_title(
                answers[answer] if question.answer is None else self.tr("改为{answer}").format(answer=answers[answer])
            )
            button.setAccessibleDescription(sentence)
        look = "ask" if live else ""
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().unpolish(self)
            self.style().polish(self)


class QuestionsPanel(QWidget):
    """Signal: ``answered(question_id, yes)``."""

    answered = Signal(str, bool)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._rows: dict[str, _QuestionRow] = {}
        self._open: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def set_questions(self, questions: tuple[QuestionView, ...]) -> None:
        self._open = next((q.question_id for q in questions if q.answer is None), None)
        for gone in set(self._rows) - {q.question_id for q in questions}:
            row = self._rows.pop(gone)
            self._column.removeWidget(row)
            row.deleteLater()
        for question in questions:
            row = self._rows.get(question.question_id)
            if row is None:
                row = self._rows[question.question_id] = _QuestionRow(self._theme, self._words, question.question_id)
                row.answered.connect(self.answered)
                self._column.addWidget(row)
            row.set_question(question, question.question_id == self._open)

    @property
    def open_question(self) -> str | None:
        return self._open
