"""Beside the messages: locking, and for supervisors the overrides of the day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView
from ui.theme import Theme
from ui.widgets.key_button import KeyButton


class PeopleBar(QWidget):
    """Signals: ``lock_requested()``, ``overrides_requested()``. The keys live in the window: they work, or explain, for everybody."""

    lock_requested = Signal()
    overrides_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overrides = KeyButton(theme, self.tr("今日改判"), "Ctrl+O", kind="quiet")
        self.overrides.clicked.connect(self.overrides_requested)
        self.overrides.hide()
        self.lock = KeyButton(theme, self.tr("锁屏"), "Ctrl+L", kind="quiet", icon="lock")
        self.lock.clicked.connect(self.lock_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self.overrides)
        row.addWidget(self.lock)

    def set_people(self, people: PeopleView) -> None:
        self.overrides.setVisible("supervisor" in people.roles)
