"""The family's screen: what is settled, what is missing and why, what happens now, where to go next. Large, plain, masked.

Two promises hold by construction. It is told ``FamilyFrame`` and nothing else: no number, no address, no picture of a paper is in one.
And no page outlives a visit: before anything of another family is even laid out, the page of the one before is destroyed and the
neutral page has been painted.
"""

from __future__ import annotations

from enum import StrEnum

import shiboken6
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.desk.for_family_view import FamilyView
from kiosk.desk.view import DeskPort, DeskView
from kiosk.texts import text
from ui.bridge import DeskBridge
from ui.family.case_page import case_pages
from ui.family.feed import FamilyFrame, frame_of
from ui.family.fitting import Candidates, Fitting
from ui.family.other_pages import NeutralPage, notice_pages
from ui.family.small_page import small_pages
from ui.family.type import said
from ui.theme import Theme
from ui.words import Words

NOTICE_MS = 6000
"""How long a notice must have been on the screen before it counts as given. It stays there until the first original is photographed."""


class Shape(StrEnum):
    SCREEN = "screen"
    STRIP = "strip"
    CORNER = "corner"


class FamilyWindow(QWidget):
    """A second window over the same desk, in the parents' language.

    Tells the desk, once a visit, that the notice has stood there long enough to be read. Signal: ``frame_drawn()`` after each change
    of what is shown.
    """

    frame_drawn = Signal()

    def __init__(
        self, port: DeskPort, *, theme: Theme | None = None, language: str = "zh_CN", shape: Shape = Shape.SCREEN
    ) -> None:
        super().__init__()
        self._port = port
        self._theme = theme or Theme()
        self._words = Words(language)
        self._shape = shape
        self._frame = FamilyFrame(False, "", None)
        self._visit: str | None = None
        self._page: QWidget | None = None
        self._notice_again = False
        self._grip: QPoint | None = None
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self._words(text("family.window")))
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)  # the keys belong to the clerk
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        if shape is Shape.SCREEN:
            self.setMinimumSize(640, 480)
        else:
            for flag in (
                Qt.WindowType.Tool,
                Qt.WindowType.FramelessWindowHint,
                Qt.WindowType.WindowStaysOnTopHint,
            ):
                self.setWindowFlag(flag)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._practice = self._practice_line()
        self._column.addWidget(self._practice)
        if shape is not Shape.SCREEN:
            edge = QFrame()
            edge.setProperty("look", "rule")
            self._column.addWidget(edge)
        self._after_blank = QTimer(self)
        self._after_blank.setSingleShot(True)
        self._after_blank.setInterval(0)
        self._after_blank.timeout.connect(self._draw)
        self._read = QTimer(self)
        self._read.setSingleShot(True)
        self._read.setInterval(NOTICE_MS)
        self._read.timeout.connect(self._notice_read)
        self._fitting = Fitting(self)
        self._fitting.found.connect(self._show_page)
        self._draw()
        self._bridge = DeskBridge(port, self)
        self._bridge.view_changed.connect(self.show_view)

    def _practice_line(self) -> QWidget:
        colours, sizes = self._theme.colours, self._theme.sizes
        size = sizes.strong if self._shape is Shape.SCREEN else sizes.small
        line = said(self._theme, self._words(text("family.practice")), size, bold=True, tone="on_practice", wrap=False)
        line.setStyleSheet(f"background: {colours.practice}; color: {colours.on_practice}; padding: 2px;")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.hide()
        return line

    # ── what is told ────────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(object)
    def show_view(self, view: DeskView) -> None:
        self.show_frame(frame_of(view))

    def show_frame(self, frame: FamilyFrame) -> None:
        if frame == self._frame and not self._after_blank.isActive():
            return
        self._frame = frame
        visit = frame.family.visit if frame.family is not None else None
        if visit != self._visit:
            self._visit = visit
            self._notice_again = False
            self._read.stop()
            self._blank()
            if visit is not None:
                self._after_blank.start()
        elif not self._after_blank.isActive():
            self._draw()

    def set_language(self, language: str) -> None:
        """From now on in another language: the same family, the same moment."""
        if language != self._words.language:
            self._words = Words(language)
            self.setWindowTitle(self._words(text("family.window")))
            if not self._after_blank.isActive():
                self._draw()

    @property
    def language(self) -> str:
        return self._words.language

    def show_notice(self, shown: bool) -> None:
        """The notice once more, when the family asks for it; or away with it."""
        self._notice_again = shown
        if not self._after_blank.isActive():
            self._draw()

    @property
    def notice_on_screen(self) -> bool:
        family = self._frame.family
        return family is not None and (self._notice_again or _notice_is_due(family))

    # ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def settled(self) -> bool:
        """Whether the screen shows the newest of what was told; until then it shows what came before it, of the same visit."""
        return not (self._after_blank.isActive() or self._fitting.searching)

    def _blank(self) -> None:
        """The page of the family before is destroyed and the neutral one is on the screen when this returns."""
        self._fitting.stop()
        self._put(self._neutral())
        self.repaint()
        self.frame_drawn.emit()

    def _neutral(self) -> QWidget:
        self._practice.setVisible(self._frame.practice)
        return NeutralPage(self._theme, self._words, self._room())

    def _draw(self) -> None:
        family = self._frame.family
        if family is None:
            self._fitting.stop()
            self._put(self._neutral())
            self.frame_drawn.emit()
        else:
            self._practice.setVisible(self._frame.practice)
            self._fitting.begin(self._family_pages(family), self._room())

    def _show_page(self, page: QWidget) -> None:
        family = self._frame.family
        assert family is not None
        self._put(page)
        if family.notice.given == "" and not self._read.isActive():
            self._read.start()
        self._announce(self._words(family.now))
        self.frame_drawn.emit()

    def _family_pages(self, family: FamilyView) -> Candidates:
        notice = self.notice_on_screen
        if self._shape is not Shape.SCREEN:
            return small_pages(self._theme, self._words, family, wide=self._shape is Shape.STRIP, notice=notice)
        pages = notice_pages if notice else case_pages
        return pages(self._theme, self._words, self._frame, family, self._room())

    def _put(self, page: QWidget) -> None:
        old, self._page = self._page, page
        if old is not None:
            self._column.removeWidget(old)
            shiboken6.delete(old)  # now, not when the event loop finds the time
        self._column.addWidget(page, 1)
        page.show()

    def _room(self) -> QSize:
        used = self._practice.sizeHint().height() if self._frame.practice else 0
        return QSize(self.width(), self.height() - used - 2)

    def _notice_read(self) -> None:
        if self._frame.family is not None and self._frame.family.notice.given == "":
            self._port.notice_given("screen", self._words.language)

    def _announce(self, sentence: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._after_blank.isActive():
            self._draw()

    # ── a small window is moved by hand ─────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._shape is Shape.CORNER:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def closeEvent(self, event: QCloseEvent) -> None:
        self._read.stop()
        self._fitting.stop()
        self._bridge.close()
        super().closeEvent(event)


def _notice_is_due(family: FamilyView) -> bool:
    """Until it has been given and the first original is photographed; a clerk's word ends it at once."""
    if family.outcome or family.notice.given == "clerk":
        return False
    return family.notice.given == "" or family.captures == 0
