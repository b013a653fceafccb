"""After the decision: what became of the paper, and what goes back into the family's hands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView, ReasonView
from ui.staff.siblings import SiblingTabs
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, scrolled, set_text
from ui.words import Words

_PAPER = {
    "none": ("light_off", "off"),
    "making": ("light_busy", "info"),
    "printing": ("light_busy", "info"),
    "printed": ("printer", "ok"),
    "saved": ("page", "ok"),
    "failed": ("light_bad", "bad"),
}
_OUTCOME = {"RECEIPT": ("verified", "ok"), "RETURN": ("returned", "bad"), "REFER": ("attention", "ask")}


class DecidedPage(QWidget):
    """Signals: ``reprint_requested()``."""

    reprint_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.pad)
        row.addWidget(self._result_card(), 3)
        row.addWidget(self._hand_back_card(), 2)

    def _column(self, card: QFrame) -> QVBoxLayout:
        pad = self._theme.sizes.pad * 2
        column = QVBoxLayout(card)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(self._theme.sizes.pad)
        return column

    def _result_card(self) -> QFrame:
        theme = self._theme
        card = panel()
        column = self._column(card)
        self._icon = IconLabel(theme, theme.sizes.hero * 2)
        self._title = label("hero", wrap=True)
        self.siblings = SiblingTabs(theme, self._words, across=True)
        self._child = label("title", wrap=True)
        self._paper_icon = IconLabel(theme, theme.sizes.title + 6)
        self._paper = label("strong", wrap=True)
        self._number = label("", wrap=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._file = ElidedLabel("muted")
        self._reprint = KeyButton(
            theme, self.tr("重印"), "Ctrl+P", icon="printer", shortcut=QKeySequence.StandardKey.Print
        )
        self._reprint.clicked.connect(self.reprint_requested)
        self._reasons = label("", wrap=True)
        self._reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.setSpacing(theme.sizes.pad)
        head.addWidget(self._icon)
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._child)
        head.addLayout(words, 1)
        paper = QHBoxLayout()
        paper.setSpacing(theme.sizes.gap)
        paper.addWidget(self._paper_icon)
        paper.addWidget(self._paper, 1)
        paper.addWidget(self._reprint)
        column.addWidget(self.siblings)
        column.addLayout(head)
        column.addWidget(panel("rule"))
        column.addLayout(paper)
        column.addWidget(self._number)
        column.addWidget(self._file)
        column.addWidget(scrolled(self._reasons), 1)
        return card

    def _hand_back_card(self) -> QFrame:
        theme = self._theme
        card = panel("ask")
        column = self._column(card)
        mark = IconLabel(theme, theme.sizes.hero)
        mark.show_icon("hand_back", "ask", "selected")
        self._count = label("hero", wrap=True)
        self._originals = label("strong", wrap=True)
        self._originals.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(mark)
        column.addWidget(self._count)
        column.addWidget(self._originals, 1)
        self._then = label("", wrap=True)
        column.addWidget(self._then)
        return card

    def set_case(self, case: CaseView) -> None:
        outcome = case.decision.decision
        icon, tone = _OUTCOME.get(outcome, ("info", "info"))
        self._icon.show_icon(icon, tone)
        titles = {
            "RECEIPT": self.tr("材料齐全，已验核"),
            "RETURN": self.tr("材料已退回"),
            "REFER": self.tr("已转待区核定"),
        }
        set_text(self._title, titles.get(outcome, self.tr("已办结")))
        set_text(self._child, f"{case.child} · {case.application_no}")
        self._show_paper(case)
        self.siblings.set_siblings(case.siblings)
        self._show_hand_back(case)
        reasons = [f"{n}. {_reason(r)}" for n, r in enumerate(case.decision.reasons, 1)]
        set_text(self._reasons, "\n".join(reasons) if outcome != "RECEIPT" else "")

    def _show_hand_back(self, case: CaseView) -> None:
        """What goes back into the family's hands; nothing yet while another of its children is still to be served."""
        originals = tuple(d.title for d in case.documents) if case.originals is None else case.originals
        if case.next_child:
            set_text(self._count, self.tr("还有{child}没有办完").format(child=case.next_child))
            set_text(self._then, self.tr("原件先留在桌上，全家办完一起交还。按 F5 接着办。"))
        else:
            set_text(self._count, self.tr("交还 {count} 份原件").format(count=len(originals)))
            set_text(self._then, self.tr("请与家长当面点清，再按 F5 叫下一个家庭。"))
        set_text(self._originals, "\n".join(originals))

    def _show_paper(self, case: CaseView) -> None:
        paper = case.paper
        self._reprint.setEnabled(paper is not None and paper.state in ("printed", "saved", "failed"))
        icon, tone = _PAPER.get(paper.state if paper else "none", ("light_off", "off"))
        self._paper_icon.show_icon(icon, tone)
        set_text(self._paper, self._words(paper.text) if paper else self.tr("还没有打印"))
        set_text(
            self._number, self.tr("编号 {number}").format(number=paper.paper_no) if paper and paper.paper_no else ""
        )
        self._reprint.set_kind("primary" if paper and paper.state == "failed" else "plain")
        set_text(self._file, self.tr("已存为 {path}").format(path=paper.pdf_path) if paper and paper.pdf_path else "")
        self._number.setVisible(bool(self._number.text()))
        self._file.setVisible(bool(self._file.text()))


def _reason(reason: ReasonView) -> str:
    return f"{reason.about} · {reason.text}" if reason.about else reason.text
