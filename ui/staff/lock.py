"""The cover over the staff window while nobody works at the desk, and the watch that draws it after a while without activity.

Under the cover everything stays as it is, hidden: no pixel, no accessible text and no key reaches it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QDialog, QMainWindow

from kiosk.desk.people_view import Door, PeoplePort
from kiosk.desk.view import DeskView, PreviewView
from ui.staff.sign_in import SignInPage
from ui.theme import Theme
from ui.words import Words

WARN_S = 30.0
_LOOK_MS = 1000
_AT_WORK = ("hold_still", "capturing")  # states of the preview in which somebody is showing a paper
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class Cover(QObject):
    """Gives the window away and takes it back. ``takes(view)`` is true while the cover is drawn: then the window draws nothing."""

    def __init__(self, window: QMainWindow, port: PeoplePort, theme: Theme, words: Words) -> None:
        super().__init__(window)
        self._window = window
        self._port = port
        self._dialogs: list[QDialog] = []
        self._shortcuts: list[QShortcut] = []
        self._focus: QObject | None = None
        self._covered = False
        self.page = SignInPage(theme, words, window)
        self.page.submitted.connect(port.sign_in)
        self.page.resumed.connect(port.resume)
        self.page.hide()
        window.installEventFilter(self)
        lock = QShortcut(QKeySequence("Ctrl+L"), window)
        lock.setAutoRepeat(False)
        lock.activated.connect(lambda: port.lock())

    @property
    def covered(self) -> bool:
        return self._covered

    def takes(self, view: DeskView) -> bool:
        if view.people.door is Door.OPEN:
            if self._covered:
                self.page.arrived(view.people.number)
                self._uncover()
            return False
        if not self._covered:
            self._cover()
        self.page.set_view(view)
        return True

    def _cover(self) -> None:
        self._covered = True
        window = self._window
        self._focus = window.focusWidget()
        self._dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        for dialog in self._dialogs:
            dialog.hide()
        own = Qt.FindChildOption.FindDirectChildrenOnly
        self._shortcuts = [s for s in window.findChildren(QShortcut, options=own) if s.isEnabled()]
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        self.page.setGeometry(window.rect())
        self.page.show()
        self.page.raise_()
        central = window.centralWidget()
        if central is not None:
            central.hide()
        window.activateWindow()

    def _uncover(self) -> None:
        self._covered = False
        central = self._window.centralWidget()
        if central is not None:
            central.show()
        self.page.hide()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(True)
        if isinstance(self._focus, QObject) and hasattr(self._focus, "setFocus"):
            self._focus.setFocus()  # pyright: ignore[reportAttributeAccessIssue]
        for dialog in self._dialogs:
            dialog.open()
        self._dialogs, self._focus = [], None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.page.setGeometry(self._window.rect())
        return False


class IdleWatch(QObject):
    """Tells when nobody has touched anything for ``after_s`` seconds (0: never). Keys, mouse, touch, a paper held before the camera and
    every change of what the desk shows count as activity.

    Signals: ``soon()`` half a minute before, ``idle()`` once; both again after the next activity. ``lock_key()``: Ctrl+L in a dialog,
    which keeps the window's own shortcuts from working.
    """

    soon = Signal()
    idle = Signal()
    lock_key = Signal()

    def __init__(
        self, after_s: float, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._after_s = after_s
        self._clock = clock
        self._last = clock()
        self._told = self._warned = False
        self._pointer = QCursor.pos()
        self._desk: object = None
        self._watched: list[QWindow] = []
        timer = QTimer(self)
        timer.setInterval(_LOOK_MS)
        timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if after_s > 0:
            timer.start()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            self._watch(application.focusWindow())

    def touched(self) -> None:
        self._last = self._clock()
        self._told = self._warned = False

    def note_view(self, view: DeskView) -> None:
        """A view in which anything of the work differs: a key was answered, a page was read, a paper was printed."""
        shows = (view.phase, view.case, view.query, view.candidates, view.people.door, view.people.said_serial)
        if shows != self._desk or (view.case is not None and view.case.reading):
            self._desk = shows
            self.touched()

    def note_preview(self, preview: PreviewView | None) -> None:
        if preview is not None and preview.state in _AT_WORK:
            self.touched()

    def look(self) -> None:
        """Called every second."""
        if QCursor.pos() != self._pointer:
            self._pointer = QCursor.pos()
            self.touched()
        passed = self._clock() - self._last
        if self._after_s <= 0 or self._told:
            return
        if passed >= self._after_s:
            self._told = True
            self.idle.emit()
        elif passed >= self._after_s - WARN_S and not self._warned:
            self._warned = True
            self.soon.emit()

    def _watch(self, window: QWindow | None) -> None:
        """Input reaches a window before its widgets: few events, and none is missed."""
        # always anew: a window that is gone must not be taken for a new one at its place in memory, and twice does no harm
        if window is not None:
            self._watched = [*self._watched[-8:], window]
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.touched()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_lock(event):
            self.lock_key.emit()
            return True
        return False


def _is_lock(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() == Qt.Key.Key_L and not event.isAutoRepeat()
