"""The right column: which document is shown, its fields, and below them the one thing that waits for a person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView, ComparisonRow, DocumentView, RowVerdict
from ui.meanings import VERDICTS
from ui.pictures import PictureCache
from ui.staff.comparison_table import ComparisonTable
from ui.staff.questions import QuestionsPanel
from ui.staff.row_card import RowCard
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.words import Words

_COUNTED: tuple[tuple[RowVerdict, tuple[RowVerdict, ...]], ...] = (
    (RowVerdict.MATCH, (RowVerdict.MATCH, RowVerdict.CONFIRMED)),
    (RowVerdict.MISMATCH, (RowVerdict.MISMATCH, RowVerdict.REFUSED)),
    (RowVerdict.ASK, (RowVerdict.ASK, RowVerdict.UNREADABLE)),
)


class _Counts(QWidget):
    """How many fields agree, differ, are open: shape and number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._parts: dict[RowVerdict, tuple[IconLabel, QWidget]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._numbers = {}
        for verdict, _ in _COUNTED:
            meaning = VERDICTS[verdict]
            icon = IconLabel(theme, theme.sizes.icon - 2)
            icon.show_icon(meaning.icon, meaning.tone)
            number = label("strong")
            row.addWidget(icon)
            row.addWidget(number)
            row.addSpacing(4)
            self._numbers[verdict] = (icon, number)

    def set_rows(self, rows: tuple[ComparisonRow, ...]) -> None:
        said = []
        for verdict, counted in _COUNTED:
            icon, number = self._numbers[verdict]
            count = sum(row.verdict in counted for row in rows)
            icon.setVisible(count > 0)
            number.setVisible(count > 0)
            set_text(number, str(count))
            if count:
                said.append(f"{VERDICTS[verdict].word} {count}")
        self.setAccessibleName(" ".join(said))


class _Empty(QWidget):
    """In place of the table while no document has been read."""

    def __init__(self, theme: Theme, sentence: str) -> None:
        super().__init__()
        mark = IconLabel(theme, theme.sizes.hero * 2)
        mark.show_icon("place_paper", "off")
        said = label("strong", sentence, wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(theme.sizes.pad)
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(said)
        column.addStretch(3)


class ComparisonPanel(QFrame):
    """Signals: ``answered(row, answer)``, ``question_answered(id, yes)``, ``retake_requested(doc_id)``."""

    answered = Signal(object, str)
    question_answered = Signal(str, bool)
    retake_requested = Signal(str)

    def __init__(self, theme: Theme, words: Words, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._words = words
        self._document: DocumentView | None = None
        self._waiting: int | None = None
        self._title = ElidedLabel("strong")
        self._counts = _Counts(theme)
        self._retake = KeyButton(theme, self.tr("重拍这份"), "Del", kind="quiet", shortcut="Delete")
        self._retake.clicked.connect(self._request_retake)
        self.table = ComparisonTable(theme, words, pictures)
        self.table.setMinimumHeight(theme.sizes.touch // 2)  # on the smallest screen the field that waits comes first
        self.table.row_clicked.connect(self._look_at)
        self._empty = _Empty(theme, self.tr("放上一份材料，比对结果会显示在这里"))
        self.card = RowCard(theme, words, pictures)
        self.card.answered.connect(self.answered)
        self.questions = QuestionsPanel(theme, words)
        self.questions.answered.connect(self.question_answered)
        head = QHBoxLayout()
        head.setSpacing(theme.sizes.gap)
        head.addWidget(self._title, 1)
        head.addWidget(self._counts)
        head.addWidget(self._retake)
        column = QVBoxLayout(self)
        pad = theme.sizes.pad
        column.setContentsMargins(pad, theme.sizes.gap, pad, pad)
        column.setSpacing(theme.sizes.gap)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.questions)
        column.addWidget(self.card)

    def set_case(self, case: CaseView) -> None:
        document = next((d for d in case.documents if d.doc_id == case.current_doc), None)
        self._document = document
        self._waiting = case.current_row if document else None
        rows = document.rows if document else ()
        set_text(self._title, self._heading(document))
        carried = document is not None and document.carried is not None
        self._retake.set_title(self.tr("请再出示一次") if carried else self.tr("重拍这份"))
        self._counts.set_rows(rows)
        self._retake.setVisible(document is not None)
        self.table.setVisible(document is not None)
        self._empty.setVisible(document is None)
        self.table.set_rows(rows, self._waiting)
        self.card.set_row(rows[self._waiting] if self._waiting is not None else None)
        self.questions.set_questions(case.questions)
        self.questions.setVisible(bool(case.questions) and self._waiting is None)

    def _heading(self, document: DocumentView | None) -> str:
        if document is None:
            return self.tr("比对")
        return f"{document.title} · {self._words(document.carried)}" if document.carried else document.title

    def _look_at(self, row: int) -> None:
        """A settled field on request; the one that waits comes back with the next view or by clicking it."""
        rows = self.table.rows.rows
        if 0 <= row < len(rows):
            self.table.set_rows(rows, row)
            self.card.set_row(rows[row])
            self.questions.hide()

    def _request_retake(self) -> None:
        if self._document is not None:
            self.retake_requested.emit(self._document.doc_id)
