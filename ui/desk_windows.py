"""The desk's two windows as one thing: made in the chosen language and look, made anew when the choice changes, the family's placed.

Everything a window shows depends on language, colours and type from its first line on. So a new choice makes new windows over the same
desk, in a fraction of a second and without a restart, instead of asking every widget to change itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from kiosk.desk.devices_port import DevicesPort
from kiosk.desk.view import DeskPort, DeskView
from kiosk.display import Display
from kiosk.texts import LANGUAGES
from ui.announcer import announce, announcement
from ui.app import dress
from ui.display_dialog import DisplayDialog
from ui.family.feed import frame_of
from ui.family.place import Stand, stand
from ui.family.window import FamilyWindow, Shape
from ui.happenings import Happening, happenings
from ui.practice.break_port import BreakPort
from ui.practice.port import PracticePort
from ui.practice.tour import Tour
from ui.sounds.player import SoundPlayer
from ui.staff.window import SMALLEST, MainWindow
from ui.words import Words

SHORT_NAMES = {"zh_CN": "简", "zh_TW": "繁", "en": "EN"}


@dataclass(frozen=True)
class _Visit:
    """The language one family chose. It goes with the visit."""

    visit: str
    language: str


class DeskWindows(QObject):
    """``language``: the desk's own, for what the display leaves open. ``save`` keeps a choice.

    Signal: ``renewed()`` after a new choice made new windows; ``staff`` and ``family`` are then others than before.
    """

    renewed = Signal()

    def __init__(
        self,
        app: QApplication,
        port: DeskPort,
        display: Display,
        *,
        language: str = "zh_CN",
        save: Callable[[Display], None] = lambda _: None,
        practice: PracticePort | None = None,
        family_anyway: bool = False,
        player: SoundPlayer | None = None,
        lock_after_s: float = 0.0,
        tour: Tour | None = None,
        devices: DevicesPort | None = None,
        breaks: BreakPort | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._port = port
        self._display = display
        self._own_language = language
        self._save = save
        self._practice = practice
        self._tour = tour
        self._devices = devices
        self._breaks = breaks
        self._family_anyway = family_anyway
        self._player = player or SoundPlayer()
        self._player.silent = not display.sounds
        self._lock_after_s = lock_after_s
        self._heard: DeskView | None = None
        self._visit = _Visit("", "")
        self._maximised = False
        self.family: FamilyWindow | None = None
        self._make_staff()
        self._make_family()
        app.screenAdded.connect(self._screens_changed)
        app.screenRemoved.connect(self._screens_changed)

    # ── what is chosen ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def display(self) -> Display:
        return self._display

    @property
    def port(self) -> DeskPort:
        return self._port

    @property
    def language(self) -> str:
        """The staff's."""
        return self._display.language or self._own_language

    @property
    def family_language(self) -> str:
        """That of the family at the desk, else the one with which each begins."""
        return self._visit.language or self._display.family_language or self.language

    def apply(self, display: Display) -> None:
        """Keep the choice and make the windows it changes anew."""
        before, self._display = self._display, display
        self._save(display)
        self._player.silent = not display.sounds
        look = ("language", "ground", "large_type", "motion")
        if any(getattr(before, name) != getattr(display, name) for name in look):
            self._renew_staff()
        if before != display:
            self._make_family()
            self.renewed.emit()

    # ── life ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def show(self, *, maximised: bool = False) -> None:
        self._maximised = maximised
        self.staff.showMaximized() if maximised else self.staff.show()
        self._make_family()

    def close(self) -> None:
        self._app.screenAdded.disconnect(self._screens_changed)
        self._app.screenRemoved.disconnect(self._screens_changed)
        self._player.stop()
        if self.family is not None:
            self.family.close()
        self.staff.close()

    def _make_staff(self) -> None:
        self._port.speak(self.language)
        self.theme = dress(self._app, self._display, self.language)
        self._words = Words(self.language)
        self.staff = window = MainWindow(
            self._port,
            theme=self.theme,
            language=self.language,
            practice=self._practice,
            lock_after_s=self._lock_after_s,
            tour=self._tour,
            devices=self._devices,
            breaks=self._breaks,
        )
        window.view_shown.connect(self._view_shown)
        tools = window.header.tools
        tools.display.clicked.connect(self.ask)
        tools.family.clicked.connect(self.next_family_language)
        tools.family.set_letters(SHORT_NAMES[self.family_language])
        for keys, act in (
            ("F12", self.ask),
            ("F11", self.next_family_language),
            ("Ctrl+I", self.notice_key),
            (QKeySequence.StandardKey.ZoomIn, lambda: self.apply(replace(self._display, large_type=True))),
            (QKeySequence.StandardKey.ZoomOut, lambda: self.apply(replace(self._display, large_type=False))),
        ):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _renew_staff(self) -> None:
        old = self.staff
        old.view_shown.disconnect(self._view_shown)
        shown, box = old.isVisible(), old.geometry()
        self._make_staff()
        if old.view is not None:
            self.staff.show_view(old.view)
        if shown:
            self.staff.setGeometry(box)
            self.staff.showMaximized() if old.isMaximized() else self.staff.show()
            self.staff.activateWindow()
        old.hide()
        old.close()
        old.deleteLater()

    # ── the family's window ─────────────────────────────────────────────────────────────────────────────────────────

    def _make_family(self) -> None:
        old, self.family = self.family, None
        where = self._stand() if self.staff.isVisible() else None
        if where is not None:
            self.family = FamilyWindow(self._port, theme=self.theme, language=self.family_language, shape=where.shape)
            if self._heard is not None:
                self.family.show_view(self._heard)
            self.family.setGeometry(where.box)
            if where.full:  # showFullScreen would ask for the keys
                self.family.setWindowState(self.family.windowState() | Qt.WindowState.WindowFullScreen)
            self.family.show()
            self._make_room(where)
            self.staff.activateWindow()
        if old is not None:
            old.close()
            old.deleteLater()

    def _stand(self) -> Stand | None:
        screens = self._app.screens()
        here = screens.index(self.staff.screen()) if self.staff.screen() in screens else 0
        boxes = [screen.availableGeometry() for screen in screens]
        scale = self.theme.sizes.body / 15
        return stand(self._display.family_place, here, boxes, scale=scale, forced=self._family_anyway)

    def _make_room(self, where: Stand) -> None:
        """Below a strip where both fit; on a small screen the strip covers the search line, which a family at the desk does not need."""
        if where.shape is not Shape.STRIP:
            return
        area = self.staff.screen().availableGeometry()
        rest = area.height() - where.box.height()
        if rest >= SMALLEST[1] + 32:  # and its title
            self.staff.showNormal()
            self.staff.setGeometry(QRect(area.left(), where.box.bottom() + 32, area.width(), rest - 32))

    def _screens_changed(self) -> None:
        if self.staff.isVisible():
            self._make_family()

    def next_family_language(self) -> None:
        """F11: this family reads another language. The next family begins with the usual one."""
        if not self._visit.visit:
            return
        following = LANGUAGES[(LANGUAGES.index(self.family_language) + 1) % len(LANGUAGES)]
        self._visit = replace(self._visit, language=following)
        self._show_family_language()

    def _show_family_language(self) -> None:
        self.staff.header.tools.family.set_letters(SHORT_NAMES[self.family_language])
        if self.family is not None:
            self.family.set_language(self.family_language)

    def notice_key(self) -> None:
        """Ctrl+I: the family has been told by word of mouth; later, show it the notice once more and away again."""
        family = frame_of(self._heard).family if self._heard is not None else None
        if family is None:
            return
        if family.notice.given != "clerk" and not family.captures:
            self._port.notice_given("clerk", self.family_language)
            if self.family is not None:
                self.family.show_notice(False)
        elif self.family is not None:
            self.family.show_notice(not self.family.notice_on_screen)

    # ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _view_shown(self, view: DeskView) -> None:
        if not view.people.shows_families:
            return  # the family has not gone: it is only covered
        before, self._heard = self._heard, view
        self._follow_visit(view)
        for happening in happenings(before, view):
            self._player.play(happening.value)
            sentence = announcement(happening, view, self._words)
            announce(self.staff, sentence, urgent=happening in (Happening.WRONG, Happening.NEEDS_YOU))

    def _follow_visit(self, view: DeskView) -> None:
        family = frame_of(view).family
        visit = family.visit if family is not None else ""
        if visit == self._visit.visit:
            return
        self._visit = _Visit(visit, "")
        self._show_family_language()
        if family is not None and self.family is None and not family.notice.given and not family.captures:
            self.staff.notice.say(
                self.tr("请口头告知家长：只看清单上的原件，照片只用于核对，原件当场还。说过后按 Ctrl+I"), "info"
            )

    def ask(self) -> None:
        """F12: the dialog. Over the staff's window, whatever it shows."""
        if self.staff.findChildren(DisplayDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            return
        dialog = DisplayDialog(self.theme, self._display, self.language, self.staff, can_play=self._player.can_play)
        dialog.confirmed.connect(self.apply, Qt.ConnectionType.QueuedConnection)  # after the dialog has gone
        dialog.sound_wanted.connect(lambda: self._hear())
        dialog.open()

    def _hear(self) -> None:
        silent, self._player.silent = self._player.silent, False
        self._player.play(Happening.DONE.value)
        self._player.silent = silent
