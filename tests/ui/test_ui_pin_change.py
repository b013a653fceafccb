"""Changing the own PIN at the window: three fields, by keyboard and by touch; what the desk says stands in the dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_desk import FakeDesk, case, header, people_at, said
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.desk.people_view import Door, PeopleView
from kiosk.desk.view import DeskView, Phase
from ui.app import MainWindow
from ui.staff.pin_change import PinChangeDialog
from ui.widgets.pin_pad import PinPad

Open = Callable[..., MainWindow]
AT_WORK = PeopleView(number="031", name="李例明", roles=("verifier",), with_pins=True, may_change_pin=True)
EMPTY = DeskView(Phase.FINDING, header(), people=AT_WORK)
OLD, NEW = "480213", "731905"


def at_work(**changes: object) -> DeskView:
    return DeskView(Phase.CHECKING, header(), case=case(), people=replace(AT_WORK, **changes))  # type: ignore[arg-type]


def empty(**changes: object) -> DeskView:
    return replace(EMPTY, people=replace(AT_WORK, **changes))  # type: ignore[arg-type]


def show(desk: FakeDesk, window: MainWindow, qtbot: QtBot, view: DeskView) -> None:
    desk.publish(view)
    qtbot.waitUntil(lambda: window.view is view)


def dialogs(window: MainWindow) -> list[PinChangeDialog]:
    return [d for d in window.findChildren(QDialog) if isinstance(d, PinChangeDialog) and d.isVisible()]


def digits(dialog: PinChangeDialog, text: str) -> None:
    field = dialog.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def changing(open_window: Open, qtbot: QtBot) -> tuple[FakeDesk, MainWindow, PinChangeDialog]:
    """The dialog is open, nothing is typed."""
    desk = FakeDesk(EMPTY)
    window = open_window(desk)
    window.people_bar.pin.click()
    return desk, window, dialogs(window)[0]


def test_the_key_opens_it_as_the_button_does(open_window: Open) -> None:
    window = open_window(FakeDesk(at_work()))
    key = next(s for s in window.findChildren(QShortcut) if s.key() == QKeySequence("Ctrl+Shift+K"))
    key.activated.emit()
    assert len(dialogs(window)) == 1
    key.activated.emit()
    assert len(dialogs(window)) == 1, "not twice"


def test_while_a_family_is_served_the_room_belongs_to_messages_and_the_key_still_works(open_window: Open) -> None:
    window = open_window(FakeDesk(at_work()))
    assert not window.people_bar.pin.isVisible()
    chief = replace(EMPTY, people=replace(AT_WORK, roles=("supervisor",)), conflicts_waiting=1)
    waiting = open_window(FakeDesk(chief)).people_bar
    assert waiting.conflicts.isVisible() and not waiting.pin.isVisible()
    window.people.change_pin()
    assert len(dialogs(window)) == 1


def test_the_button_gives_way_to_a_message_and_comes_back(open_window: Open) -> None:
    window = open_window(FakeDesk(EMPTY))
    assert window.people_bar.pin.isVisible()
    window.notice.say("摄像头断开了")
    assert not window.people_bar.pin.isVisible()
    window.notice.dismiss()
    assert window.people_bar.pin.isVisible()


def test_where_no_pin_can_be_changed_there_is_no_button_and_the_desk_says_why(open_window: Open) -> None:
    desk = FakeDesk(replace(EMPTY, people=replace(AT_WORK, may_change_pin=False)))
    window = open_window(desk)
    assert not window.people_bar.pin.isVisible()
    window.people.change_pin()
    assert dialogs(window) == []
    assert desk.calls == [("change_pin", "", "")]


def test_three_entries_by_keyboard_alone(changing: tuple[FakeDesk, MainWindow, PinChangeDialog]) -> None:
    desk, _, dialog = changing
    for text in (OLD, NEW, NEW):
        assert desk.calls == []
        digits(dialog, text)
    assert desk.calls == [("change_pin", OLD, NEW)]


def test_three_entries_by_touch_alone(changing: tuple[FakeDesk, MainWindow, PinChangeDialog]) -> None:
    desk, _, dialog = changing
    keys = {b.accessibleName(): b for b in dialog.findChild(PinPad).findChildren(QPushButton)}  # type: ignore[union-attr]
    for field, text in ((dialog.old, OLD), (dialog.new, NEW), (dialog.again, NEW)):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        for digit in text:
            QTest.mouseClick(keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert desk.calls == [("change_pin", OLD, NEW)]


def test_two_different_new_pins_are_told_and_cost_no_try(
    changing: tuple[FakeDesk, MainWindow, PinChangeDialog],
) -> None:
    desk, _, dialog = changing
    for text in (OLD, NEW, "731906"):
        digits(dialog, text)
    assert desk.calls == []
    assert "两次输入的新密码不一样" in dialog.answer.text
    assert (dialog.old.text(), dialog.new.text(), dialog.again.text()) == (OLD, "", "")
    assert dialog.focusWidget() is dialog.new
    for text in (NEW, NEW):
        digits(dialog, text)
    assert desk.calls == [("change_pin", OLD, NEW)]


def test_no_digit_is_legible_and_tab_goes_from_field_to_field(
    changing: tuple[FakeDesk, MainWindow, PinChangeDialog],
) -> None:
    _, _, dialog = changing
    seen = []
    for _ in range(5):
        here = dialog.focusWidget()
        assert here is not None
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert seen == [dialog.old, dialog.new, dialog.again, dialog.go, dialog.back]
    dialog.old.setText(OLD)
    assert OLD not in dialog.old.displayText()


def test_a_wrong_old_pin_is_told_in_the_dialog_and_the_wait_keeps_the_button_shut(
    changing: tuple[FakeDesk, MainWindow, PinChangeDialog], qtbot: QtBot
) -> None:
    desk, window, dialog = changing
    for text in (OLD, NEW, NEW):
        digits(dialog, text)
    assert not dialog.go.isEnabled(), "one try at a time"
    show(desk, window, qtbot, empty(checking=True))
    assert not dialog.go.isEnabled()
    wrong = empty(said=said("原来的密码不对，请稍等再试。密码没有改动"), said_serial=1, wait_s=2)
    show(desk, window, qtbot, wrong)
    assert "原来的密码不对" in dialog.answer.text and "0:02" in dialog.answer.text
    assert dialog.old.text() == dialog.new.text() == dialog.again.text() == ""
    assert dialog.focusWidget() is dialog.old
    assert not dialog.go.isEnabled()
    dialog.answer.tick()
    dialog.answer.tick()
    assert dialog.go.isEnabled()
    for text in (OLD, NEW, NEW):
        digits(dialog, text)
    assert desk.calls == [("change_pin", OLD, NEW)] * 2


def test_when_it_is_done_the_dialog_goes_and_the_window_says_so(
    changing: tuple[FakeDesk, MainWindow, PinChangeDialog], qtbot: QtBot
) -> None:
    desk, window, _ = changing
    show(desk, window, qtbot, empty(said=said("密码已改好"), said_serial=1, pins_changed=1))
    assert dialogs(window) == []
    assert "密码已改好" in window.notice.text


def test_escape_changes_nothing(changing: tuple[FakeDesk, MainWindow, PinChangeDialog]) -> None:
    desk, window, dialog = changing
    digits(dialog, OLD)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialogs(window) == [] and desk.calls == []
    assert dialog.old.text() == ""


def test_the_lock_ends_it_and_nobody_inherits_what_was_typed(
    changing: tuple[FakeDesk, MainWindow, PinChangeDialog], qtbot: QtBot
) -> None:
    desk, window, dialog = changing
    digits(dialog, OLD)
    show(desk, window, qtbot, people_at(Door.LOCKED, number="031", name="李例明", case_kept=True))
    assert dialogs(window) == []
    show(desk, window, qtbot, empty(number="032", name="赵试"))
    assert dialogs(window) == []
