"""The pages of the staff window, one at a time: the empty desk, what was found, the day's list, a case at work, a case decided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.desk.view import DeskPort, DeskView, Phase
from ui.pictures import PictureCache
from ui.staff.candidates import CandidatesPage
from ui.staff.case_page import CasePage
from ui.staff.decided import DecidedPage
from ui.staff.it_page import ItPage
from ui.staff.today import TodayPage
from ui.staff.walk_in import WalkInPage
from ui.staff.welcome import WelcomePage
from ui.theme import Theme
from ui.words import Words


class DeskPages(QStackedWidget):
    """Has the focus itself while no control needs it: there single keys act."""

    def __init__(self, theme: Theme, words: Words, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.welcome = WelcomePage(theme, words)
        self.candidates = CandidatesPage(theme, words)
        self.today = TodayPage(theme, words)
        self.walk_in = WalkInPage(theme, words)
        self.case_page = CasePage(theme, words, pictures)
        self.decided = DecidedPage(theme, words)
        self.it_page = ItPage(theme, words)
        self._page_of: dict[Phase, QWidget] = {
            Phase.FINDING: self.welcome,
            Phase.CANDIDATES: self.candidates,
            Phase.CHECKING: self.case_page,
            Phase.DECIDED: self.decided,
        }
        for page in (*self._page_of.values(), self.today, self.walk_in, self.it_page):
            self.addWidget(page)
            _polish(page)

    def connect_to(self, port: DeskPort) -> None:
        """What the pages ask of the desk without a further question."""
        self.candidates.chosen.connect(port.open_case)
        self.walk_in.noted.connect(port.note_walk_in)
        self.walk_in.left.connect(lambda: port.find(""))
        self.today.chosen.connect(port.open_case)
        self.today.searched.connect(port.find)
        self.today.left.connect(lambda: port.show_today(False))
        self.case_page.card.visitor.named.connect(port.name_visitor)
        self.case_page.card.siblings.chosen.connect(port.show_child)
        self.case_page.checklist.document_requested.connect(port.show_document)
        self.case_page.camera.shot_requested.connect(port.shoot)
        self.case_page.comparison.question_answered.connect(port.answer_question)
        self.case_page.comparison.retake_requested.connect(port.discard_document)
        self.decided.siblings.chosen.connect(port.show_child)
        self.decided.reprint_requested.connect(port.reprint)

    def show_view(self, view: DeskView) -> None:
        self.setCurrentWidget(self._page(view))
        self.welcome.set_looking(view.looking)
        if not view.people.may_work:
            self.it_page.set_view(view)
        elif view.today is not None:
            self.today.set_today(view.today)
        elif view.walk_in is not None:
            self.walk_in.set_walk_in(view.walk_in)
        elif view.phase is Phase.CANDIDATES:
            self.candidates.set_candidates(view.candidates, view.query)
        elif view.case is not None and view.phase is Phase.CHECKING:
            self.case_page.set_case(view.case)
        elif view.case is not None:
            self.decided.set_case(view.case)

    def _page(self, view: DeskView) -> QWidget:
        if not view.people.may_work:
            return self.it_page
        if view.today is not None:
            return self.today
        return self._page_of[view.phase] if view.walk_in is None else self.walk_in


def _polish(page: QWidget) -> None:
    """Apply the style now, while the program starts: the first family must not wait for it."""
    for widget in (page, *page.findChildren(QWidget)):
        widget.ensurePolished()
