"""Language, look and sound changed while a family is at the desk: nothing is lost, nothing has to be started again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fake_desk import FakeDesk, FakePractice, case, clean_case, header, opened, states
from gallery_screens import settle
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Phase
from kiosk.display import Display, FamilyPlace, Ground
from ui.app import Theme, dress
from ui.desk_windows import DeskWindows
from ui.display_dialog import DisplayDialog
from ui.family.place import stand
from ui.family.window import Shape
from ui.sounds.player import SoundPlayer
from ui.widgets.key_button import KeyButton

CHECKING = states()["04-ask"][0]
OTHER = DeskView(Phase.CHECKING, header(), case=case(application_no="NS2014X01000017", child="黄试雨"))
Open = Callable[..., DeskWindows]


class Ear(SoundPlayer):
    """A player that remembers what it was asked to play."""

    def __init__(self) -> None:
        super().__init__(command=())
        self.heard: list[str] = []

    def play(self, name: str) -> None:
        if not self.silent:
            self.heard.append(name)


@pytest.fixture
def saved() -> list[Display]:
    return []


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def open_windows(qapp: QApplication, theme: Theme, desk: FakeDesk, saved: list[Display], ear: Ear) -> Iterator[Open]:
    made: list[DeskWindows] = []

    def make(display: Display | None = None, view: DeskView = CHECKING, **more: object) -> DeskWindows:
        desk.view = view
        chosen = display or Display(family_place=FamilyPlace.CORNER)
        windows = DeskWindows(qapp, desk, chosen, save=saved.append, player=ear, **more)  # type: ignore[arg-type]
        windows.staff.resize(1366, 768)
        windows.show()
        settle(8)
        made.append(windows)
        return windows

    yield make
    for windows in made:
        windows.close()
    dress(qapp, Display(), "zh_CN")


def titles(windows: DeskWindows) -> set[str]:
    return {b.title for b in windows.staff.findChildren(KeyButton) if b.isVisible()}


def family_words(windows: DeskWindows) -> str:
    assert windows.family is not None
    return "\n".join(label.text() for label in windows.family.findChildren(QLabel) if label.isVisible())


# ── changing while running ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_staffs_window_changes_its_language_in_the_middle_of_a_case(open_windows: Open, desk: FakeDesk) -> None:
    windows = open_windows()
    assert "撤销" in titles(windows)
    windows.apply(replace(windows.display, language="en"))
    settle()
    assert {"Undo", "Hold"} <= titles(windows)
    assert windows.staff.view is desk.view
    assert windows.staff.isVisible()
    assert desk.calls[-1] == ("speak", "en")


def test_the_old_window_listens_no_more_and_the_new_one_acts(open_windows: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    windows = open_windows(Display(family_place=FamilyPlace.OFF))
    before = desk.listeners
    windows.apply(replace(windows.display, ground=Ground.DARK))
    settle()
    assert desk.listeners == before
    QTest.keyClick(windows.staff, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ("shoot",) in desk.calls)
    assert desk.calls.count(("shoot",)) == 1


def test_practice_mode_keeps_its_bar_over_a_change(open_windows: Open) -> None:
    windows = open_windows(view=states()["11-practice"][0], practice=FakePractice())
    windows.apply(replace(windows.display, language="en", large_type=True))
    settle()
    assert windows.staff.practice_bar.isVisible()
    assert "Play" in titles(windows)


def test_large_type_has_a_key_of_its_own(open_windows: Open, saved: list[Display]) -> None:
    windows = open_windows()
    small = windows.theme.sizes.body
    QTest.keyClick(windows.staff, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert windows.theme.sizes.body > small
    assert saved[-1].large_type
    QTest.keyClick(windows.staff, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert windows.theme.sizes.body == small


# ── the dialog ──────────────────────────────────────────────────────────────────────────────────────────────────────


def dialog_of(windows: DeskWindows) -> DisplayDialog:
    return next(d for d in windows.staff.findChildren(DisplayDialog) if d.isVisible())


def test_everything_is_chosen_with_keys_alone(open_windows: Open, saved: list[Display]) -> None:
    windows = open_windows()
    QTest.keyClick(windows.staff, Qt.Key.Key_F12)
    settle()
    dialog = dialog_of(windows)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)  # the second language
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)  # the second set of colours
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert (saved[-1].language, saved[-1].ground) == ("zh_TW", Ground.DARK)
    assert "復原" in titles(windows) or "撤銷" in titles(windows)


def test_a_finger_does_the_same(open_windows: Open, saved: list[Display]) -> None:
    windows = open_windows()
    QTest.mouseClick(windows.staff.header.tools.display, Qt.MouseButton.LeftButton)
    settle()
    dialog = dialog_of(windows)
    QTest.mouseClick(dialog.sounds.buttons[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.place.buttons[3], Qt.MouseButton.LeftButton)
    save = next(b for b in dialog.findChildren(KeyButton) if b.title == "保存")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    settle()
    assert (saved[-1].sounds, saved[-1].family_place) == (False, FamilyPlace.OFF)
    assert windows.family is None


def test_escape_changes_nothing(open_windows: Open, saved: list[Display]) -> None:
    windows = open_windows()
    before = windows.staff
    windows.ask()
    settle()
    dialog_of(windows).ground.choose(Ground.HIGH_CONTRAST)
    QTest.keyClick(dialog_of(windows), Qt.Key.Key_Escape)
    settle()
    assert saved == []
    assert windows.staff is before


# ── the family's language, and what it is told ──────────────────────────────────────────────────────────────────────


def test_the_family_reads_its_own_language_and_the_next_one_the_usual(
    open_windows: Open, desk: FakeDesk, qtbot: QtBot
) -> None:
    windows = open_windows()
    for _ in range(2):
        QTest.keyClick(windows.staff, Qt.Key.Key_F11)
    settle()
    assert windows.family_language == "en"
    assert "Papers of 陈*远" in family_words(windows)
    assert "撤销" in titles(windows)  # the staff's stays
    desk.publish(OTHER)
    qtbot.waitUntil(lambda: "黄*雨 的材料" in family_words(windows))
    assert windows.family_language == "zh_CN"


def test_the_familys_language_stays_when_the_look_changes_in_its_visit(open_windows: Open) -> None:
    windows = open_windows()
    windows.next_family_language()
    windows.apply(replace(windows.display, ground=Ground.DARK))
    settle()
    assert windows.family_language == "zh_TW"


def test_without_a_family_there_is_no_language_to_change(open_windows: Open) -> None:
    windows = open_windows(view=states()["01-empty"][0])
    windows.next_family_language()
    assert windows.family_language == "zh_CN"


def unread() -> DeskView:
    fresh = opened()
    assert fresh.family is not None
    notice = replace(fresh.family.notice, given="")
    return DeskView(Phase.CHECKING, header(), case=replace(fresh, family=replace(fresh.family, notice=notice)))


def test_one_key_says_that_the_family_was_told(open_windows: Open, desk: FakeDesk) -> None:
    windows = open_windows(view=unread())
    QTest.keyClick(windows.staff, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert ("notice_given", "clerk", "zh_CN") in desk.calls


def test_without_a_screen_for_the_family_the_clerk_is_asked_to_tell_it(open_windows: Open) -> None:
    windows = open_windows(Display(family_place=FamilyPlace.OFF), view=unread())
    assert "口头告知家长" in windows.staff.notice.text


# ── sounds and spoken news ──────────────────────────────────────────────────────────────────────────────────────────


def test_sounds_follow_what_happens_and_can_be_turned_off(open_windows: Open, desk: FakeDesk, ear: Ear) -> None:
    windows = open_windows(view=DeskView(Phase.CHECKING, header(), case=clean_case()))
    desk.publish(DeskView(Phase.CHECKING, header(), case=clean_case(captures=1)))
    settle()
    assert ear.heard == ["captured"]
    windows.apply(replace(windows.display, sounds=False))
    desk.publish(DeskView(Phase.CHECKING, header(), case=clean_case(captures=2)))
    settle()
    assert ear.heard == ["captured"]


def test_a_field_that_differs_is_spoken_as_one_sentence(
    open_windows: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            spoken.append(event.message())

    open_windows(view=DeskView(Phase.CHECKING, header(), case=clean_case()))
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    desk.publish(DeskView(Phase.CHECKING, header(), case=case(current_row=3, captures=1)))
    settle()
    assert "拍好了" in spoken
    row = case().documents[0].rows[3]
    assert f"户口地址，网上填报 {row.declared}，原件 {row.read}，不一致" in spoken


# ── where the family's window stands ────────────────────────────────────────────────────────────────────────────────

FIRST, SECOND = QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)


def test_a_second_screen_is_filled_by_itself() -> None:
    found = stand(FamilyPlace.AUTO, 0, [FIRST, SECOND])
    assert found is not None
    assert (found.shape, found.box, found.full) == (Shape.SCREEN, SECOND, True)
    assert stand(FamilyPlace.AUTO, 1, [FIRST, SECOND]).box == FIRST  # type: ignore[union-attr]


def test_with_one_screen_nothing_is_covered_unasked() -> None:
    assert stand(FamilyPlace.AUTO, 0, [FIRST]) is None
    assert stand(FamilyPlace.OFF, 0, [FIRST, SECOND]) is None


@pytest.mark.parametrize("place", [FamilyPlace.STRIP, FamilyPlace.CORNER])
def test_a_strip_or_a_corner_stays_inside_the_first_screen(place: FamilyPlace) -> None:
    found = stand(place, 0, [FIRST, SECOND])
    assert found is not None
    assert FIRST.contains(found.box)
    assert found.box.width() * found.box.height() < FIRST.width() * FIRST.height() // 5
