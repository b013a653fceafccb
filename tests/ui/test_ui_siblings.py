"""Brothers and sisters on the screen: a tab and a key for each, one way on."""

from __future__ import annotations

from collections.abc import Callable

from fake_desk import TWINS, FakeDesk, states
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.app import MainWindow
from ui.widgets.key_button import KeyButton

Open = Callable[..., MainWindow]


def titles(window: MainWindow) -> set[str]:
    return {b.title for b in window.findChildren(KeyButton) if b.isVisible()}


def test_each_child_has_a_tab_with_its_state_and_a_key(open_window: Open, desk: FakeDesk) -> None:
    desk.view = states()["15-siblings"][0]
    window = open_window(desk)
    assert {"欧**昂 · 正在办", "欧**昇 · 已退回"} <= titles(window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert desk.calls == [("show_child", TWINS[1].application_no)]


def test_the_key_of_a_tab_works_after_the_decision_too(open_window: Open, desk: FakeDesk) -> None:
    desk.view = states()["16-next-child"][0]
    window = open_window(desk)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert desk.calls == [("show_child", TWINS[1].application_no)]


def test_nothing_is_handed_back_while_a_child_is_still_to_be_served(open_window: Open, desk: FakeDesk) -> None:
    desk.view = states()["16-next-child"][0]
    window = open_window(desk)
    said = " ".join(w.text() for w in window.decided.findChildren(QLabel) if w.isVisible())
    assert "还有欧**昇没有办完" in said
    assert "叫下一个家庭" not in said
    assert "下一个孩子" in titles(window)


def test_an_only_child_has_no_tabs(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.view = states()["15-siblings"][0]
    window = open_window(desk)
    desk.publish(states()["04-ask"][0])
    qtbot.waitUntil(lambda: window.view is desk.view)
    assert not any("欧" in title for title in titles(window))
