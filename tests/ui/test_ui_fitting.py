"""The family's page in the largest type that fits, found without holding up the clerk's window."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.family.fitting import Candidates, Fitting

HEIGHTS = (400, 300, 200, 100)  # of the page in each type, the largest type first


class Pages:
    """Makes pages of known heights and remembers which were made."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.pages: list[QWidget] = []

    def make(self, at: int) -> QWidget:
        page, part = QWidget(), QWidget()
        part.setFixedSize(50, HEIGHTS[at])
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        self.made.append(at)
        self.pages.append(page)
        return page

    def candidates(self) -> Candidates:
        return Candidates("a subject", len(HEIGHTS), self.make)


def found(qtbot: QtBot, fitting: Fitting, pages: Pages, height: int) -> int:
    """The height of the page that is found for a room of ``height``."""
    with qtbot.waitSignal(fitting.found) as told:
        fitting.begin(pages.candidates(), QSize(100, height))
    assert told.args is not None
    page: QWidget = told.args[0]
    return page.sizeHint().height()


@pytest.mark.parametrize(("room", "page"), [(1000, 400), (400, 400), (399, 300), (250, 200), (100, 100)])
def test_the_largest_type_with_which_all_fits_is_taken(qtbot: QtBot, room: int, page: int) -> None:
    assert found(qtbot, Fitting(), Pages(), room) == page


def test_where_nothing_fits_it_is_the_smallest_type(qtbot: QtBot) -> None:
    assert found(qtbot, Fitting(), Pages(), 20) == 100


@pytest.mark.parametrize(
    ("before", "now", "page"), [(150, 1000, 400), (1000, 150, 100), (250, 350, 300), (250, 250, 200)]
)
def test_where_the_last_search_ended_makes_no_difference_to_what_is_found(
    qtbot: QtBot, before: int, now: int, page: int
) -> None:
    fitting = Fitting()
    found(qtbot, fitting, Pages(), before)
    assert found(qtbot, fitting, Pages(), now) == page


def test_one_like_the_last_begins_where_the_last_ended(qtbot: QtBot) -> None:
    fitting = Fitting()
    found(qtbot, fitting, Pages(), 150)
    again = Pages()
    found(qtbot, fitting, again, 150)
    assert again.made == [3, 2]  # the one that fitted, and a look whether a larger one does by now


def test_of_a_search_that_is_given_up_nothing_is_left(qtbot: QtBot) -> None:
    fitting, pages = Fitting(), Pages()
    found(qtbot, fitting, Pages(), 150)  # so that the next search has one that fits in hand while it tries a larger
    fitting.begin(pages.candidates(), QSize(100, 1000))
    while not pages.made:
        QApplication.processEvents()
    assert fitting.searching
    fitting.stop()
    assert not fitting.searching
    assert not any(shiboken6.isValid(page) for page in pages.pages)
    with qtbot.assertNotEmitted(fitting.found, wait=100):
        pass
