"""Signing in, the cover, the second person — at the window, by keyboard, by hand and by a scanner that types at the wrong moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_desk import ADDRESS, CHOICES, FakeDesk, case, conflicts, header, people_at, preview, said
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.conflicts_view import ConflictsView
from kiosk.desk.people_view import Door, OverrideLine, PeopleView, SecondAsk
from kiosk.desk.view import DeskView, Phase
from ui.app import FamilyWindow, MainWindow
from ui.staff.lock import WARN_S, IdleWatch
from ui.theme import Theme
from ui.widgets.pin_pad import PinPad

Open = Callable[..., MainWindow]
AT_WORK = PeopleView(number="031", name="李例明", roles=("verifier",), choices=CHOICES, with_pins=True)


def checking(people: PeopleView = AT_WORK) -> DeskView:
    return DeskView(Phase.CHECKING, header(), case=case(), people=people)


def legible(window: QWidget) -> str:
    labels = [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
    fields = [w.text() for w in window.findChildren(QLineEdit) if w.isVisible()]
    return "\n".join(labels + fields)


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def trigger(window: QWidget, keys: str) -> None:
    """Offscreen nobody routes shortcuts: the one that has these keys, if it is alive."""
    for shortcut in window.findChildren(QShortcut):
        parent = shortcut.parent()
        alive = shortcut.isEnabled() and isinstance(parent, QWidget) and parent.isVisible() and parent.isEnabled()
        if alive and shortcut.key() == QKeySequence(keys):
            shortcut.activated.emit()
            return
    raise AssertionError(f"{keys} does nothing")


@pytest.fixture
def locked(open_window: Open, qtbot: QtBot) -> tuple[FakeDesk, MainWindow]:
    """A window that was locked in the middle of a case."""
    desk = FakeDesk(checking())
    window = open_window(desk)
    lock(desk, window, qtbot)
    return desk, window


def lock(desk: FakeDesk, window: MainWindow, qtbot: QtBot) -> None:
    desk.publish(people_at(Door.LOCKED, number="031", name="李例明", case_kept=True))
    qtbot.waitUntil(lambda: window.view is desk.view)


def show(desk: FakeDesk, window: MainWindow, qtbot: QtBot, view: DeskView) -> None:
    desk.publish(view)
    qtbot.waitUntil(lambda: window.view is view)


# ── the cover ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_under_the_cover_nothing_of_the_family_is_legible(locked: tuple[FakeDesk, MainWindow]) -> None:
    _, window = locked
    for value in ("陈试远", ADDRESS, "440000200802140135", "NS2014X01000001"):
        assert value not in legible(window)
    central = window.centralWidget()
    assert central is not None and not central.isVisible()
    cover = window.people.cover.page
    assert cover.geometry() == window.rect()
    assert window.grab().toImage() == cover.grab().toImage() or cover.isVisible()


def test_a_pin_brings_back_exactly_what_was_there(locked: tuple[FakeDesk, MainWindow], qtbot: QtBot) -> None:
    desk, window = locked
    before = window.case_page.comparison.table.rows
    show(desk, window, qtbot, checking())
    assert window.case_page.isVisible()
    assert window.case_page.comparison.table.rows is before
    assert "陈试远" in legible(window)
    assert not window.people.cover.page.isVisible()


def test_a_question_that_was_open_is_open_again(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    window.decision_bar.outcomes["RETURN"].click()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    lock(desk, window, qtbot)
    assert not dialog.isVisible()
    show(desk, window, qtbot, checking())
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert ("decide", "RETURN") in desk.calls


def test_no_key_reaches_what_lies_under_the_cover(locked: tuple[FakeDesk, MainWindow]) -> None:
    desk, window = locked
    desk.calls.clear()
    page = window.people.cover.page
    for key in (Qt.Key.Key_N, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_U):
        QTest.keyClick(page, key)
    for keys in ("PgDown", "Ctrl+Z", "F8", "Ctrl+O", "Ctrl+L"):
        with pytest.raises(AssertionError, match="does nothing"):
            trigger(window, keys)
    assert desk.calls == []


def test_ctrl_l_and_the_button_lock(open_window: Open) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    trigger(window, "Ctrl+L")
    window.people_bar.lock.click()
    assert desk.calls == [("lock", "by_hand")] * 2


def test_ctrl_l_locks_over_an_open_question_too(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    window.decision_bar.outcomes["RETURN"].click()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    handle = dialog.windowHandle()
    assert handle is not None
    window.people.watch._watch(handle)
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.calls == [("lock", "by_hand")]


def test_two_keys_and_a_pin_hand_over_to_a_colleague(locked: tuple[FakeDesk, MainWindow], qtbot: QtBot) -> None:
    """Ctrl+L was the first."""
    desk, window = locked
    show(desk, window, qtbot, checking(replace(AT_WORK, number="032")))
    lock(desk, window, qtbot)
    trigger(window, "F2")
    QTest.keyClicks(window.focusWidget(), "730952")
    press(window, Qt.Key.Key_Return)
    assert desk.calls[-1] == ("sign_in", "032", "730952"), "who was here last stands next to who is here"


def test_the_family_screen_is_neutral_while_the_desk_is_locked(qtbot: QtBot, theme: Theme) -> None:
    desk = FakeDesk(checking())
    window = FamilyWindow(desk, theme=theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "陈*远" in legible(window))
    desk.publish(people_at(Door.LOCKED, case_kept=True))
    qtbot.waitUntil(lambda: "陈*远" not in legible(window))
    window.close()


def test_in_practice_the_cover_says_so(open_window: Open) -> None:
    view = replace(people_at(Door.LOCKED, hint=said("李老师 T01 246810")), header=header(practice=True))
    window = open_window(FakeDesk(view))
    assert "练习模式" in legible(window)
    assert "246810" in legible(window)
    assert window.grab().toImage().pixelColor(1, 400).name() == "#5d2489"


def test_a_revoked_desk_says_that_nothing_is_lost_and_offers_no_fields(open_window: Open) -> None:
    window = open_window(FakeDesk(people_at(Door.REVOKED)))
    assert "37 条记录和 12 张图都保留在本机" in legible(window)
    assert not window.people.cover.page.form.isVisible()


def test_without_a_roster_enter_takes_the_cover_away(open_window: Open) -> None:
    desk = FakeDesk(people_at(Door.LOCKED, with_pins=False, choices=(), case_kept=True))
    window = open_window(desk)
    press(window, Qt.Key.Key_Return)
    assert desk.calls == [("resume",)]


# ── typing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sign_in(open_window: Open) -> tuple[FakeDesk, MainWindow]:
    desk = FakeDesk(people_at(Door.SIGN_IN))
    return desk, open_window(desk)


def test_number_and_pin_by_keyboard_alone(sign_in: tuple[FakeDesk, MainWindow]) -> None:
    desk, window = sign_in
    QTest.keyClicks(window.focusWidget(), "031")
    press(window, Qt.Key.Key_Return)
    QTest.keyClicks(window.focusWidget(), "480213")
    press(window, Qt.Key.Key_Return)
    assert desk.calls == [("sign_in", "031", "480213")]
    assert "480213" not in legible(window)
    assert window.people.cover.page.form.pin.text() == ""


def test_name_and_pin_by_touch_alone(sign_in: tuple[FakeDesk, MainWindow], qtbot: QtBot) -> None:
    desk, window = sign_in
    page = window.people.cover.page
    choice = next(b for b in page.findChildren(QPushButton) if "李*明" in b.accessibleName())
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    keys = {b.accessibleName(): b for b in page.findChild(PinPad).findChildren(QPushButton)}
    for digit in "4802139":
        qtbot.mouseClick(keys[digit], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(keys["删去一位"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.form.go, Qt.MouseButton.LeftButton)
    assert desk.calls == [("sign_in", "031", "480213")]
    assert all(b.width() >= 44 and b.height() >= 44 for b in keys.values())


def test_arrows_choose_as_well(sign_in: tuple[FakeDesk, MainWindow]) -> None:
    _, window = sign_in
    page = window.people.cover.page
    for expected in ("007", "031", "032"):
        QTest.keyClick(page, Qt.Key.Key_Down)
        assert page.form.number.text() == expected
    QTest.keyClick(page, Qt.Key.Key_Up)
    assert page.form.number.text() == "031"
    assert page.form.pin.hasFocus()


def test_a_scanner_that_types_into_the_pin_is_no_try(sign_in: tuple[FakeDesk, MainWindow]) -> None:
    desk, window = sign_in
    trigger(window, "F1")
    QTest.keyClicks(window.focusWidget(), "YH1:NS2014X01000001")
    press(window, Qt.Key.Key_Return)
    assert desk.calls == []
    assert window.people.cover.page.form.pin.text() == ""


def test_a_wrong_pin_is_told_and_the_wait_counts_down(sign_in: tuple[FakeDesk, MainWindow], qtbot: QtBot) -> None:
    desk, window = sign_in
    view = people_at(Door.SIGN_IN, said=said("编号或密码不对，请稍等再试"), said_serial=1, wait_s=61)
    show(desk, window, qtbot, view)
    form = window.people.cover.page.form
    assert "1:01" in legible(window)
    form.number.setText("031")
    form.pin.setText("480213")
    press(window, Qt.Key.Key_Return)
    assert desk.calls == [], "while one waits nothing is sent"
    for _ in range(61):
        form.answer.tick()
    assert "编号或密码不对" not in legible(window)
    form.pin.setText("480213")
    form.pin.entered.emit()
    assert desk.calls == [("sign_in", "031", "480213")]


def test_the_list_shows_masked_names_only(sign_in: tuple[FakeDesk, MainWindow]) -> None:
    _, window = sign_in
    names = [b.accessibleName() for b in window.people.cover.page.findChildren(QPushButton)]
    assert "李*明 · 031" in names
    assert not any("李例明" in name for name in names)


# ── second person, overrides, roles ─────────────────────────────────────────────────────────────────────────────────


def asking() -> DeskView:
    ask = SecondAsk(7, said("把“证件号码”改判为一致"), said("另一位老师"))
    return checking(replace(AT_WORK, second=ask))


def _dialog(window: MainWindow) -> QDialog:
    return next(d for d in window.findChildren(QDialog) if d.isVisible())


def test_a_second_person_types_number_and_pin(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    show(desk, window, qtbot, asking())
    dialog = _dialog(window)
    assert "把“证件号码”改判为一致" in legible(dialog)
    focus = dialog.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "032")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.focusWidget(), "730952")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert desk.calls == [("confirm_second", "032", "730952")]
    assert dialog.isVisible(), "until the desk has said yes"
    show(desk, window, qtbot, checking())
    assert not [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert ("cancel_second",) not in desk.calls


def test_escape_leaves_everything_as_it_was(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    show(desk, window, qtbot, asking())
    QTest.keyClick(_dialog(window), Qt.Key.Key_Escape)
    assert desk.calls == [("cancel_second",)]


def test_a_wrong_second_pin_is_told_in_the_dialog(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    show(desk, window, qtbot, asking())
    wrong = replace(asking().people, said=said("须由另一位老师确认"), said_serial=8)
    show(desk, window, qtbot, checking(wrong))
    assert "须由另一位老师确认" in legible(_dialog(window))


def test_the_overrides_of_the_day_open_and_close(open_window: Open, qtbot: QtBot) -> None:
    chief = replace(AT_WORK, number="007", roles=("supervisor",))
    desk = FakeDesk(checking(chief))
    window = open_window(desk)
    window.people_bar.overrides.click()
    assert desk.calls == [("show_overrides", True)]
    line = OverrideLine(
        "09:41", "031", "032", "NS2024X01000006", "黄*", "居民户口簿（全家）", said("证件号码"), said("机器看错了")
    )
    show(desk, window, qtbot, checking(replace(chief, overrides=(line, replace(line, undone=True)))))
    text = legible(_dialog(window))
    assert "今日改判：1 处" in text
    assert "031 与 032" in text and "（已撤销）" in text
    QTest.keyClick(_dialog(window), Qt.Key.Key_Escape)
    assert desk.calls[-1] == ("show_overrides", False)


def test_who_may_not_see_overrides_has_no_dead_button_but_an_answer(open_window: Open) -> None:
    desk = FakeDesk(checking())
    window = open_window(desk)
    assert not window.people_bar.overrides.isVisible()
    trigger(window, "Ctrl+O")
    assert desk.calls == [("show_overrides", True)], "the desk says who may"


def test_it_sees_devices_and_no_place_to_look_for_families(open_window: Open) -> None:
    people = replace(AT_WORK, number="900", name="何维", roles=("it",), may_work=False)
    window = open_window(FakeDesk(DeskView(Phase.FINDING, header(), people=people)))
    assert window.it_page.isVisible()
    assert not window.find_bar.isVisible()
    assert "不能打开家庭" in legible(window)


# ── the idle watch ──────────────────────────────────────────────────────────────────────────────────────────────────


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(qapp: object) -> tuple[IdleWatch, Ticks, list[str]]:
    ticks, heard = Ticks(), []
    watch = IdleWatch(300.0, clock=ticks)
    watch.soon.connect(lambda: heard.append("soon"))
    watch.idle.connect(lambda: heard.append("idle"))
    return watch, ticks, heard


def test_after_five_minutes_without_anything_it_locks_and_says_so_before(
    watch: tuple[IdleWatch, Ticks, list[str]],
) -> None:
    idle, ticks, heard = watch
    ticks.now = 300 - WARN_S - 1
    idle.look()
    assert heard == []
    ticks.now = 300 - WARN_S
    idle.look()
    idle.look()
    assert heard == ["soon"]
    ticks.now = 300
    idle.look()
    ticks.now = 900
    idle.look()
    assert heard == ["soon", "idle"]


@pytest.mark.parametrize("activity", ["key", "paper", "reading", "answer"])
def test_keys_papers_and_work_in_progress_are_activity(
    watch: tuple[IdleWatch, Ticks, list[str]], activity: str
) -> None:
    idle, ticks, heard = watch
    busy = replace(checking(), case=case(reading=True))
    idle.note_view(busy if activity == "reading" else checking())
    ticks.now = 299
    if activity == "key":
        idle.touched()
    elif activity == "paper":
        idle.note_preview(preview("capturing", "", paper=True))
    elif activity == "reading":
        idle.note_view(busy)
    else:
        idle.note_view(replace(checking(), case=case(current_row=3)))
    ticks.now = 560
    idle.look()
    assert heard == []


def test_a_paper_left_under_the_camera_is_none(watch: tuple[IdleWatch, Ticks, list[str]]) -> None:
    idle, ticks, heard = watch
    idle.note_view(checking())
    for second in range(0, 300, 10):
        ticks.now = float(second)
        idle.note_preview(preview("captured", "拍好了，请拿走", paper=True))
        idle.note_view(replace(checking(), header=header(seen_today=second)))
    ticks.now = 300
    idle.look()
    assert "idle" in heard


def test_input_to_the_window_reaches_the_watch(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(FakeDesk(checking()))
    ticks, heard = Ticks(), []
    idle = IdleWatch(300.0, window, clock=ticks)
    idle.idle.connect(lambda: heard.append("idle"))
    handle = window.windowHandle()
    assert handle is not None
    idle._watch(handle)
    ticks.now = 250
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    ticks.now = 400
    idle.look()
    assert heard == []


def test_zero_never_locks(qapp: object) -> None:
    ticks, heard = Ticks(), []
    idle = IdleWatch(0.0, clock=ticks)
    idle.idle.connect(lambda: heard.append("idle"))
    ticks.now = 1e6
    idle.look()
    assert heard == []


# ── two desks that differ ───────────────────────────────────────────────────────────────────────────────────────────

CHIEF = replace(AT_WORK, number="007", name="王拟", roles=("supervisor",))


def differing(shown: ConflictsView | None = None, waiting: int = 1) -> DeskView:
    return replace(checking(CHIEF), conflicts=shown, conflicts_waiting=waiting)


@pytest.fixture
def settling(open_window: Open, qtbot: QtBot) -> tuple[FakeDesk, MainWindow]:
    """A supervisor looks at the applications on which desks differ."""
    desk = FakeDesk(differing())
    window = open_window(desk)
    window.people_bar.conflicts.click()
    show(desk, window, qtbot, differing(conflicts()))
    return desk, window


def _button(dialog: QWidget, name: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.isVisible() and b.accessibleName() == name)


def test_a_supervisor_sees_that_something_waits_and_a_verifier_does_not(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(differing())
    window = open_window(desk)
    assert window.people_bar.conflicts.isVisible() and window.people_bar.conflicts.title.endswith("1")
    show(desk, window, qtbot, differing(waiting=0))
    assert not window.people_bar.conflicts.isVisible()
    show(desk, window, qtbot, replace(checking(), conflicts_waiting=1))
    assert not window.people_bar.conflicts.isVisible()
    trigger(window, "Ctrl+K")
    assert desk.calls[-1] == ("show_conflicts", True), "the desk says who may"


def test_both_decisions_stand_side_by_side_with_desk_person_time_reasons_and_paper(
    settling: tuple[FakeDesk, MainWindow],
) -> None:
    desk, window = settling
    assert desk.calls == [("show_conflicts", True)]
    text = legible(_dialog(window))
    for words in (
        "2号桌（本桌） · 04-19 09:12",
        "031 李*明",
        "NS2014-X01-02-0024",
        "已出回执",
        "先到平台，暂以这份为准",
    ):
        assert words in text
    for words in ("9号桌 · 04-19 10:40", "032 赵*", "NS2014-X01-09-0007", "退回", "缺少出生医学证明原件。"):
        assert words in text


def test_letting_the_other_stand_asks_for_the_reason(settling: tuple[FakeDesk, MainWindow]) -> None:
    desk, window = settling
    _button(_dialog(window), "以9号桌的结论为准 NS2014X01000001").click()
    assert desk.calls == [("show_conflicts", True)], "not by one click alone"
    picker = next(d for d in _dialog(window).findChildren(QDialog) if d.isVisible())
    QTest.keyClick(picker, Qt.Key.Key_2)
    assert desk.calls[-1] == ("settle", "NS2014X01000001", "b", "LATER")


def test_keeping_the_standing_one_is_confirmed_once(settling: tuple[FakeDesk, MainWindow]) -> None:
    desk, window = settling
    _button(_dialog(window), "以2号桌的结论为准 NS2014X01000001").click()
    picker = next(d for d in _dialog(window).findChildren(QDialog) if d.isVisible())
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert desk.calls == [("show_conflicts", True)]
    _button(_dialog(window), "以2号桌的结论为准 NS2014X01000001").click()
    picker = next(d for d in _dialog(window).findChildren(QDialog) if d.isVisible())
    QTest.keyClick(picker, Qt.Key.Key_1)
    assert desk.calls[-1] == ("settle", "NS2014X01000001", "a", "")


def test_what_is_settled_offers_no_second_settlement_but_its_paper(settling: tuple[FakeDesk, MainWindow]) -> None:
    desk, window = settling
    names = [b.accessibleName() for b in _dialog(window).findChildren(QPushButton)]
    assert not any("NS2014X01000017" in name or "NS2014X01000032" in name for name in names)
    _button(_dialog(window), "重印 NS2014-X01-02-0024").click()
    assert desk.calls[-1] == ("print_again", "NS2014-X01-02-0024")


def test_where_nobody_can_settle_the_list_says_why(settling: tuple[FakeDesk, MainWindow], qtbot: QtBot) -> None:
    desk, window = settling
    show(desk, window, qtbot, differing(replace(conflicts(), unable=said("本桌还没有收到人员名单"))))
    assert "本桌还没有收到人员名单" in legible(_dialog(window))
    assert not [b for b in _dialog(window).findChildren(QPushButton) if b.isVisible() and "以" in b.accessibleName()]


def test_the_list_closes_with_escape_and_when_somebody_else_takes_over(
    settling: tuple[FakeDesk, MainWindow], qtbot: QtBot
) -> None:
    desk, window = settling
    QTest.keyClick(_dialog(window), Qt.Key.Key_Escape)
    assert desk.calls[-1] == ("show_conflicts", False)
    show(desk, window, qtbot, differing(None))
    show(desk, window, qtbot, differing(conflicts()))
    assert "两桌结论不一" in legible(_dialog(window))
    show(desk, window, qtbot, checking())
    assert not [d for d in window.findChildren(QDialog) if d.isVisible()]
