"""The day's overruled mismatches: when, who, with whom, which field, why. For supervisors; no values of any family."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.people_view import OverrideLine
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.scrim import DecisionDialog
from ui.words import Words


class OverridesDialog(DecisionDialog):
    def __init__(self, theme: Theme, words: Words, lines: tuple[OverrideLine, ...], window: QWidget) -> None:
        super().__init__(theme, window, width=860)
        self._words = words
        title = self.tr("今日改判：{count} 处").format(count=sum(not line.undone for line in lines))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.addWidget(label("title", title, wrap=True), 1)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        head.addWidget(back)
        self.body.addLayout(head)
        if not lines:
            self.body.addWidget(label("", self.tr("今天在这张桌上没有人改判机器的“不一致”。"), wrap=True))
            return
        inside = QWidget()
        inside.setProperty("look", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2, 0)
        column.setSpacing(theme.sizes.gap)
        for line in lines:
            column.addWidget(self._card(line))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        area.setFixedHeight(max(160, min(window.height() - 220, 84 * len(lines))))
        self.body.addWidget(area)

    def _card(self, line: OverrideLine) -> QFrame:
        sizes = self.theme.sizes
        card = QFrame()
        card.setProperty("look", "panel")
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.pad, sizes.gap, sizes.pad, sizes.gap)
        column.setSpacing(2)
        who = self.tr("{staff} 与 {second}").format(staff=line.staff, second=line.second) if line.second else line.staff
        undone = self.tr("（已撤销）") if line.undone else ""
        head = QHBoxLayout()
        head.addWidget(label("strong", f"{line.document} · {self._words(line.field)}{undone}", wrap=True), 1)
        head.addWidget(label("muted", f"{line.at} · {who}"))
        column.addLayout(head)
        column.addWidget(
            label("", f"{line.child_masked} {line.application_no} · {self._words(line.reason)}", wrap=True)
        )
        return card
