"""Before anything is decided: what exactly will be printed, with all reasons. Enter confirms, Escape leads back."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView, ItemState, ReasonView
from ui.meanings import OUTCOMES
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.scrim import DecisionDialog

Outcome = Literal["RECEIPT", "RETURN", "REFER"]
_SETTLED = (ItemState.VERIFIED, ItemState.VERIFIED_BY_PERSON, ItemState.WAIVED_BY_DATA)


class ConfirmDialog(DecisionDialog):
    """Signal: ``confirmed(outcome)``."""

    confirmed = Signal(str)

    def __init__(self, theme: Theme, case: CaseView, outcome: Outcome, window: QWidget) -> None:
        super().__init__(theme, window)
        self._outcome = outcome
        meaning = OUTCOMES[outcome]
        title = {
            "RECEIPT": self.tr("给 {child} 出回执？"),
            "RETURN": self.tr("退回 {child} 的材料？"),
            "REFER": self.tr("把 {child} 转待区核定？"),
        }[outcome].format(child=case.child)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        icon = IconLabel(theme, theme.sizes.hero)
        icon.show_icon(meaning.icon, meaning.tone, "ground")
        head = QHBoxLayout()
        head.setSpacing(theme.sizes.pad)
        head.addWidget(icon)
        head.addWidget(label("title", title, wrap=True), 1)
        self.body.addLayout(head)
        self.body.addWidget(label("", self._printed(case), wrap=True))
        if case.decision.reasons and outcome != "RECEIPT":
            self.body.addWidget(self._reasons(case.decision.reasons))
        self._confirm = KeyButton(theme, self.tr("确认并打印"), "Enter", kind="primary")
        self._confirm.clicked.connect(self._accept)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self._confirm)
        self.body.addLayout(buttons)
        self._confirm.setFocus()

    def _printed(self, case: CaseView) -> str:
        if self._outcome == "RECEIPT":
            settled = sum(item.state in _SETTLED for item in case.checklist)
            return self.tr("将打印《验核材料回执》，列出 {count} 项材料的验核结果。原件请全部交还家长。").format(
                count=settled
            )
        if self._outcome == "RETURN":
            count = len(case.decision.reasons)
            return self.tr("将打印《退回单》，写明下面 {count} 条原因。原件请全部交还家长。").format(count=count)
        return self.tr("将打印《待区核定单》，写明须由区里核定的事项。原件请全部交还家长。")

    def _reasons(self, reasons: tuple[ReasonView, ...]) -> QWidget:
        inside = QWidget()
        inside.setProperty("look", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2, 0)
        column.setSpacing(self.theme.sizes.gap)
        for number, reason in enumerate(reasons, 1):
            column.addWidget(_reason_card(self.theme, self._about(reason, number), reason.text, self._cure(reason)))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("将要印出的原因"))
        most = self.owner.height() - 320
        inside.adjustSize()
        wanted = (
            inside.heightForWidth(self.width() - 4 * self.theme.sizes.pad)
            if inside.hasHeightForWidth()
            else inside.height()
        )
        area.setFixedHeight(max(120, min(most, wanted + 4)))
        return area

    def _about(self, reason: ReasonView, number: int) -> str:
        return f"{number}. {reason.about}" if reason.about else f"{number}."

    def _cure(self, reason: ReasonView) -> str:
        return self.tr("补验日可以补") if reason.curable else self.tr("今年不能再补")

    def _accept(self) -> None:
        self.confirmed.emit(self._outcome)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return  # the Enter that is still held down from the comparison must not decide
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept() if not self._back_has_focus() else self.reject()
        else:
            super().keyPressEvent(event)

    def _back_has_focus(self) -> bool:
        focused = self.focusWidget()
        return isinstance(focused, KeyButton) and focused is not self._confirm


def _reason_card(theme: Theme, about: str, text: str, cure: str) -> QFrame:
    card = QFrame()
    card.setProperty("look", "panel")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.sizes.pad, theme.sizes.gap, theme.sizes.pad, theme.sizes.gap)
    column.setSpacing(2)
    head = QHBoxLayout()
    head.addWidget(label("caption", about, wrap=True), 1)
    head.addWidget(label("muted", cure))
    column.addLayout(head)
    column.addWidget(label("", text, wrap=True))
    return card
