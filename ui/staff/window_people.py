"""The staff window's people: cover, idle watch, second person, the own PIN, a supervisor's lists. The window itself only hands views on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from kiosk.desk.conflicts_view import ConflictsPort
from kiosk.desk.people_view import Door, PeoplePort
from kiosk.desk.view import DeskView
from ui.staff.conflicts import ConflictsDialog
from ui.staff.lock import WARN_S, Cover, IdleWatch
from ui.staff.overrides import OverridesDialog
from ui.staff.pin_change import PinChangeDialog
from ui.staff.second_person import SecondPersonDialog
from ui.theme import Theme
from ui.words import Words

if TYPE_CHECKING:  # the window imports this module
    from ui.staff.window import MainWindow


class WindowPeople(QObject):
    def __init__(
        self,
        window: MainWindow,
        port: PeoplePort,
        conflicts: ConflictsPort,
        theme: Theme,
        words: Words,
        lock_after_s: float,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._port = port
        self._settling = conflicts
        self._theme = theme
        self._words = words
        self._second: SecondPersonDialog | None = None
        self._left: int | None = None  # the serial of the question that was answered or left
        self._overrides: OverridesDialog | None = None
        self._conflicts: ConflictsDialog | None = None
        self._pin: PinChangeDialog | None = None
        self.cover = Cover(window, port, theme, words)
        self.watch = IdleWatch(lock_after_s, self)
        self.watch.idle.connect(lambda: port.lock(idle=True))
        self.watch.soon.connect(self._warn)
        self.watch.lock_key.connect(lambda: port.lock())
        bar = window.people_bar
        bar.lock_requested.connect(lambda: port.lock())
        bar.overrides_requested.connect(lambda: port.show_overrides(True))
        bar.conflicts_requested.connect(lambda: conflicts.show(True))
        bar.pin_requested.connect(self.change_pin)
        for keys, act in (
            ("Ctrl+O", lambda: port.show_overrides(True)),
            ("Ctrl+K", lambda: conflicts.show(True)),
            ("Ctrl+Shift+K", self.change_pin),
        ):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def cover_takes(self, view: DeskView) -> bool:
        """Nobody works at the desk: the cover shows why, and what lies beneath stays as it was."""
        self.watch.note_view(view)
        if self._pin is not None and (view.people.door is not Door.OPEN or view.people.number != self._pin.number):
            self._pin.reject()  # before the cover keeps it for whoever comes next
        return self.cover.takes(view)

    def show(self, view: DeskView) -> None:
        people = view.people
        self._window.people_bar.set_people(people, view.conflicts_waiting, at_case=view.case is not None)
        if self._second is not None and (people.second is None or people.second.serial != self._second.ask.serial):
            dialog, self._second = self._second, None
            dialog.rejected.disconnect(self._port.cancel_second)
            dialog.reject()
        if people.second is not None:
            if self._second is None and people.second.serial != self._left:
                self._second = SecondPersonDialog(self._theme, self._words, people.second, people, self._window)
                self._second.agreed.connect(self._port.confirm_second)
                self._second.rejected.connect(self._port.cancel_second)
                self._second.finished.connect(self._second_closed)
                self._second.open()
            if self._second is not None:
                self._second.show_people(people)
        if self._pin is not None:
            self._pin.show_people(people)
        self._show_overrides(view)
        self._show_conflicts(view)

    def _second_closed(self) -> None:
        """It deletes itself; the desk's next view may still ask what was just left."""
        if self._second is not None:
            self._left, self._second = self._second.ask.serial, None

    def change_pin(self) -> None:
        """Ctrl+Shift+K, or the button: the dialog, or the desk says why not here."""
        view = self._window.view
        if view is None or self._pin is not None:
            return
        if not view.people.may_change_pin:
            self._port.change_pin("", "")
            return
        self._pin = PinChangeDialog(self._theme, self._words, view.people, self._window)
        self._pin.asked.connect(self._port.change_pin)
        self._pin.changed.connect(self._pin_changed)
        self._pin.finished.connect(self._pin_closed)
        self._pin.open()

    def _pin_changed(self) -> None:
        view = self._window.view
        if view is not None:
            self._window.notice.say(self._words(view.people.said), "info")

    def _pin_closed(self) -> None:
        self._pin = None

    def _show_overrides(self, view: DeskView) -> None:
        lines = view.people.overrides
        if lines is None or self._overrides is not None:
            return
        self._overrides = OverridesDialog(self._theme, self._words, lines, self._window)
        self._overrides.finished.connect(self._overrides_closed)
        self._overrides.open()

    def _overrides_closed(self) -> None:
        self._overrides = None
        self._port.show_overrides(False)

    def _show_conflicts(self, view: DeskView) -> None:
        if view.conflicts is None:
            if self._conflicts is not None:  # somebody else works here now
                self._conflicts.reject()
            return
        if self._conflicts is None:
            self._conflicts = ConflictsDialog(self._theme, self._words, view.conflicts, self._window)
            self._conflicts.settled.connect(self._settling.settle)
            self._conflicts.print_asked.connect(self._settling.print_again)
            self._conflicts.finished.connect(self._conflicts_closed)
            self._conflicts.open()
        self._conflicts.show_conflicts(view.conflicts)

    def _conflicts_closed(self) -> None:
        self._conflicts = None
        self._settling.show(False)

    def _warn(self) -> None:
        if not self.cover.covered:
            seconds = round(WARN_S)
            self._window.notice.say(
                self.tr("再过 {seconds} 秒自动锁屏，碰一下鼠标或键盘就不锁").format(seconds=seconds)
            )
