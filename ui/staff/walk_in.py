"""Nobody was found: look once more, or tell the parent in plain words why nothing can be checked here, and note that somebody came."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.flow_view import WalkInChoice, WalkInView
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.widgets.tab_order import keep_place
from ui.words import Words


class WalkInPage(QWidget):
    """Signals: ``noted(code)``, ``left()``."""

    noted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._choices: tuple[WalkInChoice, ...] = ()
        pad = theme.sizes.pad
        card = panel()
        column = QVBoxLayout(card)
        column.setContentsMargins(pad * 2, theme.sizes.gap, pad * 2, theme.sizes.gap)
        column.setSpacing(theme.sizes.gap - 2)
        mark = IconLabel(theme, theme.sizes.title)
        mark.show_icon("search", "ask")
        self._title = label("title", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(pad)
        head.addWidget(mark)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        column.addWidget(
            label("strong", self.tr("先再查一次：换一个写法直接打字，扫码，或把身份证放到摄像头下。"), wrap=True)
        )
        column.addWidget(label("", self.tr("确实没有？选一种情况，照下面的话告诉家长："), wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(pad)
        self._grid.setVerticalSpacing(theme.sizes.gap)
        column.addLayout(self._grid, 1)
        self._back = KeyButton(theme, self.tr("返回"), "Esc")
        self._back.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.addWidget(label("muted", self.tr("只记下原因和时间，不记姓名和证件号。"), wrap=True), 1)
        foot.addWidget(self._back)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def set_walk_in(self, view: WalkInView) -> None:
        set_text(self._title, self.tr("没有找到“{query}”").format(query=view.query))
        if view.choices == self._choices:
            return
        self._choices = view.choices
        made: list[KeyButton] = []
        for number, choice in enumerate(view.choices):
            card = self._card(choice, number + 1)
            self._grid.addWidget(card, number // 2, number % 2)
            made += card.findChildren(KeyButton)
            card.show()  # at once, with its key; the layout would do so only when the events have been worked through
        keep_place(made, self._back)

    def _card(self, choice: WalkInChoice, number: int) -> QFrame:
        card = panel("ground")
        column = QVBoxLayout(card)
        pad, gap = self._theme.sizes.pad, self._theme.sizes.gap
        column.setContentsMargins(pad, gap // 2, pad, gap // 2)
        column.setSpacing(gap // 2)
        said = label("", self._words(choice.tell), wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        title = self._words(choice.title)
        button = KeyButton(self._theme, self.tr("记下"), f"Alt+{number}", shortcut=f"Alt+{number}")
        button.setAccessibleDescription(title)
        button.clicked.connect(lambda _=False, code=choice.code: self.noted.emit(code))
        head = QHBoxLayout()
        head.addWidget(label("strong", title, wrap=True), 1)
        head.addWidget(button)
        column.addLayout(head)
        column.addWidget(said, 1)
        return card
