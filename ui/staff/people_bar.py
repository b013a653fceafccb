"""Beside the messages: locking, the own PIN, and for supervisors the overrides of the day and what two desks decided differently."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView
from ui.theme import Theme
from ui.widgets.key_button import KeyButton


class PeopleBar(QWidget):
    """Signals: ``lock_requested()``, ``pin_requested()``, ``overrides_requested()``, ``conflicts_requested()``. The keys live in the window: they work, or explain, for everybody."""

    lock_requested = Signal()
    pin_requested = Signal()
    overrides_requested = Signal()
    conflicts_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overrides = KeyButton(theme, self.tr("今日改判"), "Ctrl+O", kind="quiet")
        self.overrides.clicked.connect(self.overrides_requested)
        self.overrides.hide()
        self.conflicts = KeyButton(theme, "", "Ctrl+K", kind="ask")
        self.conflicts.clicked.connect(self.conflicts_requested)
        self.conflicts.hide()
        self.pin = KeyButton(theme, self.tr("改密码"), "Ctrl+Shift+K", kind="quiet")
        self.pin.clicked.connect(self.pin_requested)
        self.pin.hide()
        self._offers_pin = self._message = False
        self.lock = KeyButton(theme, self.tr("锁屏"), "Ctrl+L", kind="quiet", icon="lock")
        self.lock.clicked.connect(self.lock_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self.conflicts)
        row.addWidget(self.overrides)
        row.addWidget(self.pin)
        row.addWidget(self.lock)

    def set_people(self, people: PeopleView, conflicts: int = 0, *, at_case: bool = False) -> None:
        """``conflicts``: how many applications wait for a supervisor's word. ``at_case``: a family is served; then, and while something
        waits for the supervisor, the room belongs to messages, and the own PIN has its key alone."""
        supervisor = "supervisor" in people.roles
        self.overrides.setVisible(supervisor)
        self.conflicts.set_title(self.tr("两桌不一 {count}").format(count=conflicts))
        self.conflicts.setVisible(supervisor and conflicts > 0)
        self._offers_pin = people.may_change_pin and not at_case and not (supervisor and conflicts > 0)
        self.make_room(self._message)

    def make_room(self, message: bool) -> None:
        """``message``: one stands beside."""
        self._message = message
        self.pin.setVisible(self._offers_pin and not message)
