"""Nobody was found: search again, or one key for what to tell the parent."""

from __future__ import annotations

from collections.abc import Callable

from fake_desk import FakeDesk, states
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Phase
from ui.app import MainWindow

Open = Callable[..., MainWindow]
NOBODY = states()["20-walk-in"][0]


def test_the_page_says_what_to_tell_the_parent(open_window: Open, desk: FakeDesk) -> None:
    desk.view = NOBODY
    window = open_window(desk)
    said = " ".join(w.text() for w in window.walk_in.findChildren(QLabel) if w.isVisible())
    for part in ("陈拟无", "别的学校", "还没有传到学校", "没有网上申请的不能验核"):
        assert part in said


def test_one_key_notes_the_reason(open_window: Open, desk: FakeDesk) -> None:
    desk.view = NOBODY
    window = open_window(desk)
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert desk.calls == [("note_walk_in", "NOT_APPLIED")]


def test_a_note_made_by_mistake_is_taken_back_by_the_key_of_every_undo(
    open_window: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    window = open_window(desk)
    assert not window.decision_bar.undo.isVisible()
    desk.publish(states()["37-walk-in-noted"][0])
    qtbot.waitUntil(window.decision_bar.undo.isVisible)
    window.find_bar.begin()  # where the keys are between two families
    QTest.keyClick(window.find_bar.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.calls == [("undo",)]
    QTest.keyClicks(window.find_bar.edit, "cn")
    QTest.keyClick(window.find_bar.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.find_bar.edit.text() == "", "what was typed goes first"
    assert desk.calls == [("undo",)]


def test_what_was_typed_stays_to_be_corrected(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window(desk)
    QTest.keyClicks(window.find_bar.edit, "cnw")
    desk.publish(NOBODY)
    qtbot.waitUntil(lambda: window.view is desk.view)
    assert window.find_bar.edit.hasFocus()
    assert window.find_bar.edit.selectedText() == "cnw"


def test_escape_leads_back_to_the_empty_desk(open_window: Open, desk: FakeDesk) -> None:
    desk.view = NOBODY
    window = open_window(desk)
    QTest.keyClick(window.find_bar.edit, Qt.Key.Key_Escape)
    assert desk.calls == [("find", "")]


def test_while_a_card_is_read_the_screen_says_so(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    window = open_window(desk)
    view, desk.shown = states()["01-empty"]
    desk.publish(DeskView(Phase.FINDING, view.header, looking=True))
    qtbot.waitUntil(lambda: window.view is desk.view)
    window.preview_feed.poll()
    assert "正在看这张证件是谁的……" in {w.text() for w in window.welcome.findChildren(QLabel)}
