"""The one field that waits for a person: both values large, the original between them, three answers with their keys."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import ComparisonRow
from ui.meanings import VERDICTS
from ui.pictures import PictureCache
from ui.staff.differences import marked
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.picture import Picture
from ui.words import Words

Answer = Literal["match", "mismatch", "unreadable"]
_SMALL_WINDOW = 768  # above this height the original may be shown larger


class RowCard(QFrame):
    """Signal: ``answered(row, answer)``. After an answer the buttons rest until the desk's next view: nothing counts twice."""

    answered = Signal(object, str)

    def __init__(self, theme: Theme, words: Words, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "ask")
        self._theme = theme
        self._words = words
        self._row: ComparisonRow | None = None
        sizes = theme.sizes
        self._icon = IconLabel(theme, sizes.icon + 4)
        self._name = label("strong")
        self._why = ElidedLabel("muted")
        self._declared = label("strong", wrap=True)
        self._read = label(wrap=True)
        for value in (self._declared, self._read):
            value.setTextFormat(Qt.TextFormat.RichText)  # always escaped by ui.staff.differences
        self._crop = Picture(
            theme, pictures, name=self.tr("原件截图"), instead=self.tr("没有截图，请看纸面"), to_left=True
        )
        self._buttons: dict[Answer, KeyButton] = {
            "match": KeyButton(theme, self.tr("一致"), "Enter", kind="ok", icon="match"),
            "mismatch": KeyButton(theme, self.tr("不一致"), "N", kind="bad", icon="mismatch"),
            "unreadable": KeyButton(theme, self.tr("看不清"), "U", kind="ask", icon="unreadable"),
        }
        self._lay_out()
        for answer, button in self._buttons.items():
            button.clicked.connect(partial(self._pressed, answer))

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        head = QHBoxLayout()
        head.setSpacing(sizes.gap)
        head.addWidget(self._icon)
        head.addWidget(self._name)
        head.addWidget(self._why, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes.pad)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, (caption, value) in enumerate(
            ((self.tr("网上填报"), self._declared), (self.tr("原件"), self._crop), (self.tr("识读"), self._read))
        ):
            grid.addWidget(label("caption", caption), line, 0)
            grid.addWidget(value, line, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(sizes.gap)
        for button in self._buttons.values():
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.pad, sizes.gap, sizes.pad, sizes.pad)
        column.setSpacing(sizes.gap)
        column.addLayout(head)
        column.addLayout(grid)
        column.addLayout(buttons)

    @property
    def row(self) -> ComparisonRow | None:
        return self._row

    def set_row(self, row: ComparisonRow | None) -> None:
        """Show ``row``; None empties and hides the card."""
        self._rest(False)
        if row is None:
            self._row = None
            self.hide()
            return
        if row != self._row:
            self._fill(row)
        self.show()

    def _fill(self, row: ComparisonRow) -> None:
        self._row = row
        meaning = VERDICTS[row.verdict]
        self._icon.show_icon(meaning.icon, meaning.tone, "selected")
        self._name.setText(f"{self._words(row.label)} · {meaning.word}")
        self._why.setText(self._words(row.why))
        declared, read = marked(row.declared, row.read, self._theme.colours.differs)
        self._declared.setText(declared)
        self._read.setText(read or self.tr("没有读出文字"))
        self._crop.set_jpeg(row.crop_jpeg)
        self._fit_crop()

    def _fit_crop(self) -> None:
        """Large where the window is, never so large that large type pushes the words out."""
        usual = 56 + max(0, (self.window().height() - _SMALL_WINDOW) // 6)
        large_type = self._theme.sizes.body >= 18
        self._crop.setFixedHeight(usual - 16 if large_type else max(self._theme.sizes.touch, usual))
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))  # the table above gives way, not the words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_crop()

    def _pressed(self, answer: Answer, _checked: bool = False) -> None:
        self.answer(answer)

    def answer(self, answer: Answer) -> None:
        """As if the button was pressed. Does nothing while an answer is on its way or nothing is asked."""
        if self._row is not None and not self.isHidden() and self._buttons[answer].isEnabled():
            self.answered.emit(self._row, answer)

    def rest(self) -> None:
        """An answer is on its way to the desk."""
        self._rest(True)

    def _rest(self, resting: bool) -> None:
        for button in self._buttons.values():
            button.setEnabled(not resting)
