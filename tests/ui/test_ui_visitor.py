"""Who came: one digit, and it can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fake_desk import VISITOR, FakeDesk, case, header, opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.desk.view import CaseView, DeskView, Phase
from ui.app import MainWindow
from ui.widgets.key_button import KeyButton

Open = Callable[..., MainWindow]


def press(window: MainWindow, key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus if focus.window() is window else window, key)


def show(open_window: Open, desk: FakeDesk, shown: CaseView) -> MainWindow:
    desk.view = DeskView(Phase.CHECKING, header(), case=shown)
    return open_window(desk)


def titles(window: MainWindow) -> set[str]:
    return {b.title for b in window.case_page.card.visitor.findChildren(KeyButton) if b.isVisible()}


def test_a_digit_says_who_came(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = show(open_window, desk, opened(visitor=VISITOR))
    press(window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: desk.calls == [("name_visitor", "mother")])


def test_it_is_no_obstacle_to_the_field_that_waits(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = show(open_window, desk, case(visitor=VISITOR))
    press(window, Qt.Key.Key_Return)
    assert desk.calls[0][0] == "answer_field"


def test_answered_it_is_one_line_and_w_asks_again(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = show(open_window, desk, opened(visitor=replace(VISITOR, who="mother")))
    assert titles(window) == {"到场：母亲"}
    press(window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: "父亲" in titles(window))
    assert desk.calls == []
    press(window, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: desk.calls == [("name_visitor", "proxy")])


def test_a_scanners_digits_name_nobody(open_window: Open, desk: FakeDesk) -> None:
    window = show(open_window, desk, opened(visitor=VISITOR))
    QTest.keyClicks(window, "112233445566")
    press(window, Qt.Key.Key_Return)
    assert desk.calls == [("find", "112233445566")]
