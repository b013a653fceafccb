"""The guided tour waits for the person's own acts at the window, can be skipped, left and taken up again, and says how far one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_desk import FakeDesk, FakePractice, case, clean_case, header, opened, states
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.desk.view import CaseView, DeskView, Phase
from ui.app import MainWindow
from ui.practice.tour import Step, Tour
from ui.practice.tour_strip import TourStrip
from ui.staff.reasons import ReasonPicker

Open = Callable[..., MainWindow]


class Memory:
    """Keeps the step as a file would."""

    def __init__(self, step: int | None = None) -> None:
        self.step = step

    def load(self) -> int | None:
        return self.step

    def save(self, step: int) -> None:
        self.step = step


EMPTY = DeskView(Phase.FINDING, header(practice=True))


def at_work(shown: CaseView, phase: Phase = Phase.CHECKING) -> DeskView:
    return DeskView(phase, header(practice=True), case=shown)


OPENED = at_work(opened())
LAID = at_work(replace(opened(), captures=1))
STOPPED = at_work(case(captures=2, current_row=3))
ANSWERED = at_work(clean_case(captures=2, decision=case().decision))
ASKED = at_work(clean_case(captures=6, questions=case().questions))
READY = at_work(clean_case(captures=6))
DECIDED = replace(states()["09-receipt"][0], header=header(practice=True))
COURSE = (OPENED, LAID, STOPPED, ANSWERED, STOPPED, EMPTY, OPENED, ASKED, READY, DECIDED, EMPTY)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def tour(memory: Memory) -> Tour:
    return Tour("F06", memory)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(EMPTY)


@pytest.fixture
def practice() -> FakePractice:
    return FakePractice()


@pytest.fixture
def window(open_window: Open, desk: FakeDesk, practice: FakePractice, tour: Tour) -> MainWindow:
    return open_window(desk, practice=practice, tour=tour)


def strip(window: MainWindow) -> TourStrip:
    found = window.findChild(TourStrip)
    assert isinstance(found, TourStrip)
    return found


def show(qtbot: QtBot, window: MainWindow, desk: FakeDesk, view: DeskView) -> None:
    desk.publish(view)
    qtbot.waitUntil(lambda: window.view is view)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_it_is_offered_once_and_may_be_declined(window: MainWindow, tour: Tour, memory: Memory) -> None:
    assert "五分钟导览" in strip(window).text
    strip(window).decline.click()
    assert strip(window).text == ""
    assert not Tour("F06", memory).offered


def test_it_can_be_begun_with_a_key_and_has_its_family_at_hand(
    window: MainWindow, tour: Tour, practice: FakePractice
) -> None:
    press(window, Qt.Key.Key_G)
    assert tour.step is Step.FIND
    window.practice_bar.present.click()
    assert practice.calls == [("present", "F06")]


def test_each_step_waits_for_the_act_and_the_last_one_ends_the_tour(
    window: MainWindow, desk: FakeDesk, tour: Tour, memory: Memory, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_G)
    steps = [tour.step]
    for view in COURSE:
        show(qtbot, window, desk, replace(desk.view))  # the same again: nothing was done
        assert tour.step == steps[-1]
        show(qtbot, window, desk, replace(view))
        steps.append(tour.step)
    assert steps == [*Step, None]
    assert tour.finished
    assert strip(window).text == ""
    assert memory.step == tour.total


def test_keys_of_the_real_window_move_it_on(window: MainWindow, desk: FakeDesk, tour: Tour, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_G)
    for view in COURSE[:3]:
        show(qtbot, window, desk, view)
    assert tour.step is Step.DIFFERS
    QTest.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: bool(window.findChildren(ReasonPicker)))
    QTest.keyClick(window.findChildren(ReasonPicker)[0], Qt.Key.Key_1)
    qtbot.waitUntil(lambda: tour.step is Step.UNDO)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.calls[-1] == ("undo",)


def test_a_question_that_is_not_asked_is_left_out(window: MainWindow, desk: FakeDesk, tour: Tour, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_G)
    for view in (*COURSE[:7], READY):
        show(qtbot, window, desk, view)
    assert tour.step is Step.DECIDE


def test_a_step_can_be_skipped_with_a_key(window: MainWindow, desk: FakeDesk, tour: Tour, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_G)
    show(qtbot, window, desk, OPENED)
    press(window, Qt.Key.Key_T)
    assert tour.step is Step.STOPS


def test_who_leaves_goes_on_at_the_same_step(window: MainWindow, desk: FakeDesk, tour: Tour, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_G)
    show(qtbot, window, desk, OPENED)
    press(window, Qt.Key.Key_G)
    assert strip(window).text == ""
    show(qtbot, window, desk, LAID)  # what is done outside the tour does not count for it
    press(window, Qt.Key.Key_G)
    assert tour.step is Step.LAY


def test_after_a_restart_it_asks_for_the_family_first_and_then_goes_on(
    open_window: Open, practice: FakePractice, qtbot: QtBot
) -> None:
    desk, tour = FakeDesk(EMPTY), Tour("F06", Memory(3))
    window = open_window(desk, practice=practice, tour=tour)
    assert strip(window).text == "", "offered only once"
    press(window, Qt.Key.Key_G)
    assert tour.step is Step.FIND
    assert tour.number == 4
    assert "接着" in strip(window).text
    show(qtbot, window, desk, OPENED)
    assert tour.step is Step.DIFFERS


def test_the_strip_says_how_far_one_is_and_a_screen_reader_hears_it(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_G)
    show(qtbot, window, desk, OPENED)
    assert "2" in strip(window).accessibleName()
    assert "11" in strip(window).accessibleName()


def test_on_a_small_screen_the_strip_pushes_nothing_out_of_sight(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_G)
    window.resize(1366, 740)  # what a 1366×768 screen leaves below a title bar
    show(qtbot, window, desk, STOPPED)
    camera = window.case_page.camera
    hint = camera.shoot.mapTo(window, camera.shoot.rect().bottomLeft()).y()
    assert camera.preview.geometry().bottom() < camera.shoot.geometry().top()
    assert hint < window.decision_bar.geometry().top()
    card = window.case_page.comparison.card
    assert card.mapTo(window, card.rect().bottomLeft()).y() < window.decision_bar.geometry().top()


def test_the_frame_around_a_part_lets_clicks_through(window: MainWindow, practice: FakePractice) -> None:
    press(window, Qt.Key.Key_G)
    place = window.practice_bar.present.mapTo(window, window.practice_bar.present.rect().center())
    assert window.childAt(place) is window.practice_bar.present


def test_without_training_there_is_no_tour(open_window: Open, tour: Tour) -> None:
    window = open_window(FakeDesk(states()["04-ask"][0]), tour=tour)
    assert window.findChild(TourStrip) is None
