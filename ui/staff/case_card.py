"""Whose case this is, and what happened at earlier visits: read first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView
from ui.staff.siblings import SiblingTabs
from ui.staff.visitor import VisitorStrip
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import label, set_text
from ui.words import Words


class CaseCard(QWidget):
    """``siblings`` and ``visitor`` have signals of their own."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._child = label("title", wrap=True)
        self._category = ElidedLabel("")
        self._number = ElidedLabel("muted")
        self._earlier_icon = IconLabel(theme)
        self._earlier_icon.show_icon("attention", "ask")
        self._earlier = label("", wrap=True)
        self.siblings = SiblingTabs(theme, words)
        self.visitor = VisitorStrip(theme, words)
        earlier = QHBoxLayout()
        earlier.setSpacing(theme.sizes.gap)
        earlier.addWidget(self._earlier_icon, 0, Qt.AlignmentFlag.AlignTop)
        earlier.addWidget(self._earlier, 1)
        column = QVBoxLayout(self)
        pad = theme.sizes.pad
        column.setContentsMargins(pad, theme.sizes.gap, pad, theme.sizes.gap)
        column.setSpacing(2)
        column.addWidget(self._child)
        column.addWidget(self._category)
        column.addWidget(self._number)
        column.addLayout(earlier)
        column.addWidget(self.visitor)
        column.addWidget(self.siblings)

    def set_case(self, case: CaseView) -> None:
        set_text(self._child, case.child)
        set_text(self._category, case.category)
        set_text(self._number, case.application_no)
        told = (*case.earlier, *((case.note,) if case.note else ()))
        said = "\n".join(self._words(sentence) for sentence in told)
        self.siblings.set_siblings(case.siblings)
        self.visitor.set_visitor(case.visitor)
        set_text(self._earlier, said)
        self._earlier.setVisible(bool(said))
        self._earlier_icon.setVisible(bool(said))
