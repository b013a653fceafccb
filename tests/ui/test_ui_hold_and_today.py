"""Stepping aside with a reason, and the day's list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_desk import TODAY, TWINS, FakeDesk, case, header, states
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.flow_view import TodayRow, TodayView
from kiosk.desk.view import DeskView, Phase
from ui.app import MainWindow

Open = Callable[..., MainWindow]
TWINS_AT_WORK = tuple(replace(twin, state="OPEN") for twin in TWINS)


def press(window: MainWindow, key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus if focus.window() is window else window, key)


def asked(window: MainWindow) -> QWidget:
    return next(d for d in window.findChildren(QDialog) if d.isVisible())


def working(desk: FakeDesk, open_window: Open, **changes: object) -> MainWindow:
    desk.view = DeskView(Phase.CHECKING, header(), case=case(**changes))
    return open_window(desk)


def test_one_key_a_reason_puts_the_family_on_hold(open_window: Open, desk: FakeDesk) -> None:
    window = working(desk, open_window)
    press(window, Qt.Key.Key_F6)
    QTest.keyClick(asked(window), Qt.Key.Key_3)
    assert desk.calls == [("hold", "QUEUE", "", True)]


def test_the_last_reason_takes_a_note(open_window: Open, desk: FakeDesk) -> None:
    window = working(desk, open_window)
    press(window, Qt.Key.Key_F6)
    dialog = asked(window)
    QTest.keyClick(dialog, Qt.Key.Key_4)
    assert desk.calls == []
    focused = dialog.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "back 10:00")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert desk.calls == [("hold", "OTHER", "back 10:00", True)]


def test_escape_holds_nobody(open_window: Open, desk: FakeDesk) -> None:
    window = working(desk, open_window)
    press(window, Qt.Key.Key_F6)
    QTest.keyClick(asked(window), Qt.Key.Key_Escape)
    assert desk.calls == []


def test_one_of_two_children_can_be_held_alone(open_window: Open, desk: FakeDesk) -> None:
    window = working(desk, open_window, siblings=TWINS_AT_WORK)
    press(window, Qt.Key.Key_F6)
    QTest.keyClick(asked(window), Qt.Key.Key_A)
    QTest.keyClick(asked(window), Qt.Key.Key_1)
    assert desk.calls == [("hold", "FETCH", "", False)]


def listed(window: MainWindow) -> list[str]:
    model = window.today.list.model()
    return [str(model.index(n, 0).data()).split()[1] for n in range(model.rowCount())]


@pytest.fixture
def list_open(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> MainWindow:
    window = open_window(desk)
    desk.publish(DeskView(Phase.FINDING, header(), today=TODAY))
    qtbot.waitUntil(lambda: window.view is desk.view)
    return window


def test_f4_asks_for_the_list_and_puts_it_away(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window(desk)
    press(window, Qt.Key.Key_F4)
    desk.publish(DeskView(Phase.FINDING, header(), today=TODAY))
    qtbot.waitUntil(lambda: window.view is desk.view)
    press(window, Qt.Key.Key_Escape)
    assert desk.calls == [("show_today", True), ("show_today", False)]


def test_what_waits_comes_first_and_enter_opens_it(list_open: MainWindow, desk: FakeDesk) -> None:
    assert listed(list_open)[0] == "程*雨"
    press(list_open, Qt.Key.Key_Return)
    assert desk.calls == [("open_case", "NS2014X01000017")]


def test_typing_filters_by_initials_and_arrows_choose(list_open: MainWindow, desk: FakeDesk) -> None:
    QTest.keyClicks(list_open.today.filter, "CSY")
    assert listed(list_open) == ["陈*怡", "陈*远"]
    press(list_open, Qt.Key.Key_Down)
    press(list_open, Qt.Key.Key_Return)
    assert desk.calls == [("open_case", "NS2014X01000001")]


def test_a_key_shows_one_state_only(list_open: MainWindow) -> None:
    QTest.keyClick(list_open, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert listed(list_open) == ["陈*怡"]
    QTest.keyClick(list_open, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert len(listed(list_open)) == 5


def test_who_is_not_among_todays_is_looked_for_in_the_school(list_open: MainWindow, desk: FakeDesk) -> None:
    QTest.keyClicks(list_open.today.filter, "YH1:NS2014X01000006")
    press(list_open, Qt.Key.Key_Return)
    assert desk.calls == [("find", "YH1:NS2014X01000006")]


def test_an_empty_day_says_so(open_window: Open, desk: FakeDesk) -> None:
    desk.view = states()["18-today-empty"][0]
    window = open_window(desk)
    assert "今天还没有办过。" in {w.text() for w in window.today.findChildren(QLabel) if w.isVisible()}


def test_two_thousand_cases_are_filtered_by_what_is_typed(open_window: Open, desk: FakeDesk) -> None:
    rows = tuple(TodayRow(f"N{n:06}", "陈*", "RECEIPT", "09:00", None, (f"n{n:06}",)) for n in range(2000))
    desk.view = DeskView(Phase.FINDING, header(), today=TodayView(rows))
    window = open_window(desk)
    QTest.keyClicks(window.today.filter, "1999")
    assert window.today.list.model().rowCount() == 1
