"""The children of one family: whose case is on the screen, how the others stand, one key for each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from kiosk.desk.flow_view import SiblingView
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.tab_order import keep_place
from ui.words import Words

_MOST_KEYS = 9


class SiblingTabs(QWidget):
    """Signal: ``chosen(application_no)``. Hidden for an only child. ``across``: side by side instead of one below the other."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words, *, across: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._tabs: dict[str, KeyButton] = {}
        self._shown: tuple[SiblingView, ...] = ()
        direction = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        self._row = QBoxLayout(direction, self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(4)
        if across:
            self._row.addStretch(1)
        self.setAccessibleName(self.tr("这个家庭的孩子"))
        self.hide()

    def set_siblings(self, siblings: tuple[SiblingView, ...]) -> None:
        if siblings == self._shown:
            return
        if [s.application_no for s in siblings] != list(self._tabs):
            self._rebuild(siblings)
        self._shown = siblings
        for sibling in siblings:
            tab = self._tabs[sibling.application_no]
            tab.set_title(f"{sibling.child_masked} · {self._words(sibling.text)}")
            tab.set_kind("info" if sibling.active else "quiet")
        self.setVisible(bool(siblings))

    def _rebuild(self, siblings: tuple[SiblingView, ...]) -> None:
        for tab in self._tabs.values():
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs.clear()
        for place, sibling in enumerate(siblings):
            key = f"Ctrl+{place + 1}" if place < _MOST_KEYS else ""
            tab = KeyButton(self._theme, sibling.child_masked, key, shortcut=key or None)
            tab.clicked.connect(lambda _=False, number=sibling.application_no: self.chosen.emit(number))
            self._tabs[sibling.application_no] = tab
            self._row.insertWidget(place, tab)
        keep_place(list(self._tabs.values()), self)
