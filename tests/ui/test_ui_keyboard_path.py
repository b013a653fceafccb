"""A whole case with keys alone, and what keys must not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_desk import CANDIDATES, FATHER, HOUSEHOLD, FakeDesk, case, clean_case, header, opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.view import CaseView, DeskView, Phase
from ui.app import MainWindow

Open = Callable[..., MainWindow]


def checking(case_view: CaseView) -> DeskView:
    return DeskView(Phase.CHECKING, header(), case=case_view)


def press(window: MainWindow, key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus if focus.window() is window else window, key)


def dialog(window: MainWindow) -> QWidget | None:
    return next((d for d in window.findChildren(QDialog) if d.isVisible()), None)


def asked(window: MainWindow) -> QWidget:
    found = dialog(window)
    assert found is not None
    return found


def test_typing_anywhere_on_the_empty_desk_searches(open_window: Open, desk: FakeDesk) -> None:
    window = open_window(desk)
    window.setFocus()
    QTest.keyClicks(window, "c")
    QTest.keyClicks(window.find_bar.edit, "sy")
    QTest.keyClick(window.find_bar.edit, Qt.Key.Key_Return)
    assert desk.calls == [("find", "csy")]


def test_of_several_candidates_none_is_opened_by_a_second_enter(open_window: Open, desk: FakeDesk) -> None:
    desk.view = DeskView(Phase.CANDIDATES, header(), candidates=CANDIDATES, query="csy")
    window = open_window(desk)
    listed = window.candidates.list
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert desk.calls == []
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert desk.calls == [("open_case", CANDIDATES[1].application_no)]


def test_keys_answer_every_row_then_the_question_then_decide(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.view = checking(case())
    window = open_window(desk)

    press(window, Qt.Key.Key_Return)
    assert desk.calls == [("answer_field", HOUSEHOLD, "members[mother].name", "match", "")]
    qtbot.waitUntil(lambda: window.view is desk.view)

    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: dialog(window) is not None)
    QTest.keyClick(asked(window), Qt.Key.Key_2)
    assert desk.calls[-1] == ("answer_field", HOUSEHOLD, "address", "mismatch", "R-ADDR-DIFF")
    qtbot.waitUntil(lambda: window.view is desk.view)

    press(window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: desk.calls[-1] == ("answer_question", "seal:A01", True))

    desk.publish(checking(clean_case()))
    qtbot.waitUntil(lambda: window.view is desk.view)
    press(window, Qt.Key.Key_F9)
    QTest.keyClick(asked(window), Qt.Key.Key_Return)
    assert desk.calls[-1] == ("decide", "RECEIPT")


def test_u_says_that_the_original_cannot_be_read(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.view = checking(case())
    window = open_window(desk)
    press(window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: bool(desk.calls))
    assert desk.calls == [("answer_field", HOUSEHOLD, "members[mother].name", "unreadable", "")]


def test_overruling_the_machine_asks_why(open_window: Open, desk: FakeDesk) -> None:
    desk.view = checking(case(current_row=3))
    window = open_window(desk)
    press(window, Qt.Key.Key_Return)
    assert desk.calls == []
    QTest.keyClick(asked(window), Qt.Key.Key_1)
    assert desk.calls == [("answer_field", HOUSEHOLD, "address", "match", "O-NOTATION")]


def test_escape_leaves_a_question_without_consequence(open_window: Open, desk: FakeDesk) -> None:
    desk.view = checking(case(current_row=3))
    window = open_window(desk)
    press(window, Qt.Key.Key_Return)
    QTest.keyClick(asked(window), Qt.Key.Key_Escape)
    assert dialog(window) is None
    assert desk.calls == []


def test_a_second_enter_waits_for_the_desk(open_window: Open, desk: FakeDesk) -> None:
    desk.view = checking(case())
    window = open_window(desk)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)  # the window has not yet shown what the first one did
    assert len(desk.calls) == 1


@pytest.mark.parametrize(
    ("key", "outcome"), [(Qt.Key.Key_F9, "RECEIPT"), (Qt.Key.Key_F8, "RETURN"), (Qt.Key.Key_F7, "REFER")]
)
@pytest.mark.parametrize("allowed", [(), ("RECEIPT",), ("RETURN", "REFER")])
def test_a_decision_key_lives_only_while_its_outcome_is_allowed(
    open_window: Open, desk: FakeDesk, key: Qt.Key, outcome: str, allowed: tuple[str, ...]
) -> None:
    base = clean_case()
    desk.view = checking(replace(base, decision=replace(base.decision, allowed=allowed)))
    window = open_window(desk)
    press(window, key)
    assert (dialog(window) is not None) == (outcome in allowed)
    if outcome in allowed:
        QTest.keyClick(asked(window), Qt.Key.Key_Return)
    assert desk.calls == ([("decide", outcome)] if outcome in allowed else [])


def test_enter_presses_the_button_that_has_the_focus_in_a_dialog(open_window: Open, desk: FakeDesk) -> None:
    desk.view = checking(clean_case())
    window = open_window(desk)
    press(window, Qt.Key.Key_F9)
    found = asked(window)
    QTest.keyClick(found, Qt.Key.Key_Tab)
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert desk.calls == []


def test_in_a_fresh_case_letters_do_not_land_in_the_search_field(
    open_window: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    window = open_window(desk)
    desk.publish(checking(opened()))
    qtbot.waitUntil(lambda: window.view is desk.view)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.calls == [("shoot",)])
    assert window.find_bar.edit.text() == ""


def test_a_scanned_slip_in_the_middle_of_a_case_answers_nothing(
    open_window: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.view = checking(case())
    window = open_window(desk)
    QTest.keyClicks(window, "YH1:NS2014X01000017")
    press(window, Qt.Key.Key_Return)
    assert desk.calls == [("find", "YH1:NS2014X01000017")]


def test_the_remaining_keys_ask_the_desk(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.view = checking(case())
    window = open_window(desk)
    for key, call in {
        Qt.Key.Key_PageDown: ("show_document", FATHER),
        Qt.Key.Key_Delete: ("discard_document", HOUSEHOLD),
    }.items():
        press(window, key)
        assert desk.calls[-1] == call
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.calls[-1] == ("undo",)
    desk.publish(DeskView(Phase.DECIDED, header(), case=clean_case()))
    qtbot.waitUntil(lambda: window.view is desk.view)
    press(window, Qt.Key.Key_F5)
    assert desk.calls[-1] == ("finish",)


def test_f5_does_not_leave_a_family_before_the_decision(open_window: Open, desk: FakeDesk) -> None:
    desk.view = checking(clean_case())
    press(open_window(desk), Qt.Key.Key_F5)
    assert desk.calls == []


def test_an_open_question_closes_when_the_family_changes(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.view = checking(clean_case())
    window = open_window(desk)
    press(window, Qt.Key.Key_F9)
    desk.publish(checking(opened(application_no="NS2014X01000002")))
    qtbot.waitUntil(lambda: window.view is desk.view)
    assert dialog(window) is None
    assert desk.calls == []
