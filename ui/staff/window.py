"""The staff window: lays out the parts, routes keys and intents. It knows the desk only through DeskPort."""

from __future__ import annotations

from typing import Literal, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from kiosk.desk.devices_port import DevicesPort
from kiosk.desk.view import CaseView, ComparisonRow, DeskPort, DeskView, Phase, PreviewView, ReasonChoice, RowVerdict
from ui.bridge import DeskBridge, PreviewFeed
from ui.pictures import PictureCache
from ui.practice.break_port import BreakPort
from ui.practice.panel import PracticeBar
from ui.practice.port import PracticePort
from ui.practice.tour import Tour
from ui.practice.tour_place import add_tour
from ui.staff.confirm import ConfirmDialog
from ui.staff.decision_bar import DecisionBar
from ui.staff.device_pages import DevicePages
from ui.staff.findbar import FindBar
from ui.staff.header import HeaderBar
from ui.staff.hold import HoldDialog
from ui.staff.keys import KeyGate
from ui.staff.notice import NoticeBar
from ui.staff.page_dialog import PageDialog
from ui.staff.pages import DeskPages
from ui.staff.people_bar import PeopleBar
from ui.staff.practice_frame import PracticeFrame
from ui.staff.reasons import ReasonPicker
from ui.staff.row_card import Answer
from ui.staff.rows import forget_texts
from ui.staff.window_people import WindowPeople
from ui.theme import Theme
from ui.words import Words

SMALLEST = (1280, 680)
"""Device-independent pixels: fits 1366×768 with a title bar and a task bar."""

_ANSWERS: dict[str, Answer] = {"enter": "match", "n": "mismatch", "u": "unreadable"}
Outcome = Literal["RECEIPT", "RETURN", "REFER"]


class MainWindow(QMainWindow):
    """The window of the person at the desk.

    ``port``: the desk. ``practice``: what drives the simulated desk in training mode, None otherwise.
    ``tour``: the guided tour of the training mode.
    Signals: ``view_shown(DeskView)`` after a view was drawn (tests, watchdogs, screenshots).
    """

    view_shown = Signal(object)

    def __init__(
        self,
        port: DeskPort,
        *,
        theme: Theme | None = None,
        language: str = "zh_CN",
        practice: PracticePort | None = None,
        lock_after_s: float = 0.0,
        devices: DevicesPort | None = None,
        breaks: BreakPort | None = None,
        tour: Tour | None = None,
    ) -> None:
        super().__init__()
        self._port = port
        self._theme = theme or Theme()
        self._words = Words(language)
        self._pictures = PictureCache()
        self._view: DeskView | None = None
        self._newest: DeskView | None = None  # differs from the one before while the window is covered
        self.setWindowTitle(self.tr("验核台"))
        self.setMinimumSize(*SMALLEST)
        self._build(practice, breaks)
        add_tour(self, self._theme, tour if practice is not None else None)
        self._connect_intents()
        self.people = WindowPeople(self, port.people, port.conflicts, self._theme, self._words, lock_after_s)
        self.device_pages = DevicePages(self._theme, self._words, port, devices, self) if devices is not None else None
        self._keys = KeyGate(self)
        self._keys.pressed.connect(self._key)
        self._keys.scanned.connect(self._scanned)
        self._bridge = DeskBridge(port, self)
        self._bridge.view_changed.connect(self.show_view)
        self.preview_feed = PreviewFeed(port, self)
        self.preview_feed.preview_changed.connect(self._show_preview)
        self.preview_feed.start()

    @property
    def view(self) -> DeskView | None:
        """The newest view. While nobody works at the desk the window is covered, and what lies under the cover is an older one."""
        return self._newest

    # ── building ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _build(self, practice: PracticePort | None, breaks: BreakPort | None) -> None:
        theme, words = self._theme, self._words
        self.practice_bar = PracticeBar(theme, practice, breaks)
        self.header = HeaderBar(theme, words)
        self.find_bar = FindBar(theme)
        self.notice = NoticeBar(theme, words)
        self._pages = DeskPages(theme, words, self._pictures)
        self.welcome, self.candidates = self._pages.welcome, self._pages.candidates
        self.today, self.walk_in = self._pages.today, self._pages.walk_in
        self.case_page, self.decided = self._pages.case_page, self._pages.decided
        self.decision_bar = DecisionBar(theme, words)
        self.people_bar = PeopleBar(theme)
        self.notice.shown.connect(self.people_bar.make_room)
        self.it_page = self._pages.it_page
        self.setCentralWidget(self._arrange())

    def _arrange(self) -> QWidget:
        gap = self._theme.sizes.gap
        second = QHBoxLayout()
        second.setContentsMargins(gap, gap, gap, 0)
        second.setSpacing(gap)
        second.addWidget(self.find_bar, 5)
        second.addWidget(self.notice, 7)
        second.addWidget(self.people_bar)
        middle = QVBoxLayout()
        middle.setContentsMargins(gap, gap, gap, gap)
        middle.addWidget(self._pages)
        self._frame = PracticeFrame(self._theme)
        column = QVBoxLayout(self._frame)
        column.setSpacing(0)
        column.addWidget(self.practice_bar)
        column.addWidget(self.header)
        column.addLayout(second)
        column.addLayout(middle, 1)
        column.addWidget(self.decision_bar)
        self._frame.set_practice(False)
        return self._frame

    def _connect_intents(self) -> None:
        port = self._port
        self.find_bar.find_requested.connect(self._find)
        self.find_bar.left_downwards.connect(self.candidates.take_focus)
        self.header.today_requested.connect(self._toggle_today)
        self.case_page.camera.page_requested.connect(self._show_page)
        self.case_page.comparison.answered.connect(self._answer)
        self.decision_bar.decision_requested.connect(self._ask_decision)
        self.decision_bar.undo_requested.connect(port.undo)
        self.decision_bar.suspend_requested.connect(self._ask_hold)
        self.decision_bar.next_requested.connect(port.finish)
        self.header.status_requested.connect(self.open_status)
        self.it_page.status_requested.connect(self.open_status)
        self.case_page.camera.status_requested.connect(self.open_status)
        self._pages.connect_to(port)
        for keys, act in (
            ("F2", self.find_bar.begin),
            ("F10", self.open_status),
            ("PgUp", lambda: self._step_document(-1)),
            ("PgDown", lambda: self._step_document(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    # ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(object)
    def show_view(self, view: DeskView) -> None:
        """Draw ``view``: each part compares and redraws only what differs."""
        self._newest = view
        if self.people.cover_takes(view):
            self.view_shown.emit(view)
            return
        before, self._view = self._view, view
        self.header.set_view(view.header)
        self.case_page.camera.set_device(view.header.camera)
        self.welcome.set_device(view.header.camera)
        if self.device_pages is not None:
            self.device_pages.set_view(view)
        self.practice_bar.setVisible(view.header.practice)
        self._frame.set_practice(view.header.practice)
        self.notice.set_notice(view.notice)
        for part in (self.find_bar, self.decision_bar):
            part.setVisible(view.people.may_work)
        self._pages.show_view(view)
        self.decision_bar.set_view(view)
        if _moved(before, view):
            self._arrive(view)
        self.people.show(view)
        self.view_shown.emit(view)

    def open_status(self) -> None:
        """Every device, since when it is as it is, and what can be done."""
        if self.device_pages is not None:
            self.device_pages.open_status()

    def _arrive(self, view: DeskView) -> None:
        """Another phase or family: open questions of the old one close, the focus goes where the next act is."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        if view.today is not None:
            self.today.begin()
        elif view.walk_in is not None:
            self.find_bar.begin()  # what was typed stays, to be corrected
        elif view.phase is Phase.FINDING:
            self._pictures.forget()
            forget_texts()
            self.find_bar.clear()
            self.find_bar.begin()
        elif view.phase is Phase.CANDIDATES:
            self.candidates.take_focus()
        else:
            self.find_bar.clear()
            self._pages.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_preview(self, preview: PreviewView | None) -> None:
        self.people.watch.note_preview(preview)
        if self.isMinimized():
            return
        if self._pages.currentWidget() is self.case_page:
            self.case_page.camera.set_preview(preview)
        elif self._pages.currentWidget() is self.welcome:
            self.welcome.set_preview(preview)

    def _show_page(self) -> None:
        case = self._case()
        document = next((d for d in case.documents if d.doc_id == case.current_doc), None) if case else None
        if document is not None and document.page_jpeg:
            PageDialog(self._theme, document, self._pictures, self).open()

    # ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Presses that no focused widget wanted."""
        if self._view is None or self._view.phase in (Phase.FINDING, Phase.CANDIDATES):
            if event.text().isprintable() and event.text():
                self.find_bar.begin(event.text())
                return
            if event.key() == Qt.Key.Key_Escape:
                self._escape()
                return
        elif self._keys.feed(event):
            return
        super().keyPressEvent(event)

    @Slot(str)
    def _key(self, key: str) -> None:
        if self._view is None or self._view.phase is not Phase.CHECKING or self.find_bar.edit.hasFocus():
            if key == "escape":
                self._escape()
            return
        comparison = self.case_page.comparison
        if key == "escape":
            self._escape()
        elif key == " ":
            self.case_page.camera.shoot.click()
        elif self.case_page.card.visitor.press(key):
            return
        elif not comparison.card.isHidden() and key in _ANSWERS:
            comparison.card.answer(_ANSWERS[key])
        elif comparison.questions.isVisible() and comparison.questions.open_question and key in ("y", "n"):
            self._port.answer_question(comparison.questions.open_question, key == "y")

    def _escape(self) -> None:
        self.notice.dismiss()
        if self._view is None:
            return
        if self._view.phase is Phase.CANDIDATES or self._view.walk_in is not None:
            self._port.find("")
        elif self._view.case is not None:
            self.case_page.comparison.set_case(self._view.case)  # back from a field looked at to the one that waits
            self._pages.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _scanned(self, text: str) -> None:
        """A hand-held scanner was used while a case is open: the desk says what may be done."""
        self._port.find(text)

    # ── intents ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _case(self) -> CaseView | None:
        return self._view.case if self._view is not None else None

    def _find(self, query: str) -> None:
        searching = self._view is not None and (self._view.phase is Phase.CANDIDATES or self._view.walk_in is not None)
        if query or searching:
            self._port.find(query)

    def _step_document(self, step: int) -> None:
        case = self._case()
        if case is None or not case.documents:
            return
        ids = [d.doc_id for d in case.documents]
        here = ids.index(case.current_doc) if case.current_doc in ids else -1 if step > 0 else 0
        self._port.show_document(ids[(here + step) % len(ids)])

    @Slot(object, str)
    def _answer(self, row: ComparisonRow, answer: Answer) -> None:
        case = self._case()
        if case is None:
            return
        choices: tuple[ReasonChoice, ...] = ()
        title = ""
        if answer == "mismatch":
            choices, title = case.mismatch_reasons, self.tr("“{field}”哪里不一致？")
        elif answer == "match" and row.verdict is RowVerdict.MISMATCH:
            choices, title = case.override_reasons, self.tr("机器认为“{field}”不一致。您认为一致，是因为：")
        if not choices:
            self._send(row, answer, "")
            return
        picker = ReasonPicker(self._theme, self._words, title.format(field=self._words(row.label)), choices, self)
        picker.picked.connect(lambda code: self._send(row, answer, code))
        picker.open()

    def _send(self, row: ComparisonRow, answer: Answer, reason: str) -> None:
        self.case_page.comparison.card.rest()
        self._port.answer_field(row.doc_id, row.field, answer, reason)

    def _toggle_today(self) -> None:
        self._port.show_today(self._view is None or self._view.today is None)

    def _ask_hold(self) -> None:
        case = self._case()
        if case is not None:
            dialog = HoldDialog(self._theme, self._words, case, self)
            dialog.held.connect(self._port.hold)
            dialog.open()

    @Slot(str)
    def _ask_decision(self, outcome: str) -> None:
        case = self._case()
        if case is None or outcome not in case.decision.allowed:
            return
        dialog = ConfirmDialog(self._theme, case, cast(Outcome, outcome), self)
        dialog.confirmed.connect(self._port.decide)
        dialog.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preview_feed.stop()
        self._bridge.close()
        super().closeEvent(event)


def _moved(before: DeskView | None, now: DeskView) -> bool:
    if before is None or before.phase is not now.phase or (before.today is None) != (now.today is None):
        return True
    if before.walk_in != now.walk_in:
        return True
    one, other = before.case, now.case
    return (one.application_no if one else None) != (other.application_no if other else None)
