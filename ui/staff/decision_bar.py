"""The bottom line: the next step in words, and what may be decided now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView, DeskView, Phase
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.words import Words

_WEIGHTS = {"RECEIPT": "ok", "RETURN": "bad", "REFER": "ask"}


class DecisionBar(QFrame):
    """Signals: ``decision_requested(outcome)``, ``undo_requested()``, ``suspend_requested()``, ``next_requested()``.

    F7, F8 and F9 live only while the rules allow that outcome; the outcome the rules propose is the filled button.
    """

    decision_requested = Signal(str)
    undo_requested = Signal()
    suspend_requested = Signal()
    next_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decisionBar")
        self._words = words
        self._caption = label("caption", self.tr("下一步"))
        self._next = ElidedLabel("title")
        self._open = ElidedLabel("muted")
        self.undo = KeyButton(theme, self.tr("撤销"), "Ctrl+Z", kind="quiet", shortcut=QKeySequence.StandardKey.Undo)
        self.suspend = KeyButton(theme, self.tr("暂存"), "F6", kind="quiet", shortcut="F6")
        self.outcomes = {
            "RETURN": KeyButton(theme, self.tr("退回并注明原因"), "F8", shortcut="F8"),
            "REFER": KeyButton(theme, self.tr("待区核定"), "F7", shortcut="F7"),
            "RECEIPT": KeyButton(theme, self.tr("出回执"), "F9", shortcut="F9"),
        }
        self.next_family = KeyButton(theme, self.tr("下一个家庭"), "F5", kind="primary", shortcut="F5")
        self.undo.clicked.connect(self.undo_requested)
        self.suspend.clicked.connect(self.suspend_requested)
        self.next_family.clicked.connect(self.next_requested)
        for outcome, button in self.outcomes.items():
            button.setMinimumHeight(theme.sizes.touch + theme.sizes.gap)
            button.clicked.connect(lambda _=False, outcome=outcome: self.decision_requested.emit(outcome))
        self.next_family.setMinimumHeight(theme.sizes.touch + theme.sizes.gap)
        said = QVBoxLayout()
        said.setSpacing(0)
        for part in (self._caption, self._next, self._open):
            said.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, theme.sizes.gap, theme.sizes.pad, theme.sizes.gap)
        row.setSpacing(theme.sizes.gap)
        row.addLayout(said, 1)
        for button in (self.undo, self.suspend, *self.outcomes.values(), self.next_family):
            row.addWidget(button)

    def set_view(self, view: DeskView) -> None:
        case = view.case
        working = case is not None and view.phase is Phase.CHECKING
        decided = case is not None and view.phase is Phase.DECIDED
        for button in (self.suspend, *self.outcomes.values()):
            button.setVisible(working)
        self.undo.setVisible(case is not None or view.walk_in_noted)
        self.next_family.setVisible(decided)
        set_text(self._next, self._words(case.next_step) if case else self._idle(view))
        set_text(self._open, self._outstanding(case) if case and working else "")
        self.setAccessibleName(self.tr("下一步：{step}").format(step=self._next.text()))
        if case is None:
            self.undo.setEnabled(view.walk_in_noted)
            return
        self.next_family.set_title(self.tr("下一个孩子") if case.next_child else self.tr("下一个家庭"))
        self.undo.setEnabled(case.can_undo)
        for outcome, button in self.outcomes.items():
            button.setEnabled(outcome in case.decision.allowed)
            button.set_kind(_kind(case, outcome))

    def _idle(self, view: DeskView) -> str:
        if view.today is not None:
            return self.tr("选一家打开，或按 Esc 返回")
        if view.walk_in is not None:
            return self.tr("再查一次，或选一种情况告诉家长")
        if view.phase is Phase.CANDIDATES:
            return self.tr("与家长核对后，选一份申请打开")
        return self.tr("可以请下一个家庭了")

    def _outstanding(self, case: CaseView) -> str:
        """What is still open; nothing when only the decision is left."""
        items = [self._words(sentence) for sentence in case.decision.outstanding]
        return self.tr("还差：{items}").format(items=self.tr("、").join(items)) if items else ""


def _kind(case: CaseView, outcome: str) -> str:
    if outcome not in case.decision.allowed:
        return "plain"
    return "primary" if outcome == case.decision.decision else _WEIGHTS[outcome]
