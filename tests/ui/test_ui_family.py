"""The family's screen: masked, complete, and empty between two families."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fake_desk import FakeDesk, case, header, opened, states
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.masking import mask_name
from kiosk.desk.view import DeskView, Phase
from kiosk.texts import LANGUAGES, Text, say
from ui.app import FamilyWindow, Theme
from ui.family.feed import without_numbers
from ui.family.window import Shape
from ui.widgets.looking import Looking


def words(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def checking(**changes: object) -> DeskView:
    return DeskView(Phase.CHECKING, header(), case=case(**changes))


OTHER = checking(application_no="NS2014X01000017", child="黄试雨")


@pytest.fixture
def family(qtbot: QtBot, theme: Theme, desk: FakeDesk) -> FamilyWindow:
    window = FamilyWindow(desk, theme=theme)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: window.isVisible())
    return window


def show(family: FamilyWindow, view: DeskView) -> None:
    QApplication.processEvents()  # what the fake desk had to say
    family.show_view(view)
    settle(family)


def settle(family: FamilyWindow) -> None:
    QApplication.processEvents()
    while not family.settled:
        QApplication.processEvents()


@pytest.mark.parametrize("name", list(states()))
def test_no_state_shows_a_number_an_address_or_a_full_name(family: FamilyWindow, name: str) -> None:
    show(family, states()[name][0])
    shown = words(family)
    for value in ("陈试远", "4400002008", "虚构路", "NS2014X01000001", "林例禾"):
        assert value not in shown


def test_it_says_what_is_settled_what_is_looked_at_and_what_is_wanted_and_why(family: FamilyWindow) -> None:
    show(family, checking())
    shown = words(family)
    assert "陈*远" in shown
    assert "已核好 4 项，共 6 项" in shown
    assert "老师正在看：居民户口簿（全家）" in shown
    assert "出生医学证明" in shown
    assert "每个儿童都要" in shown


def test_it_says_what_to_hand_over_next_and_why(family: FamilyWindow) -> None:
    show(family, checking(current_row=None))
    assert "请交给老师：出生医学证明" in words(family)


def test_at_the_end_it_says_where_to_go_next(family: FamilyWindow) -> None:
    show(family, states()["10-return"][0])
    assert "补验时要带原件：出生医学证明" in words(family)
    show(family, states()["09-receipt"][0])
    assert "结果请看主管部门的公布" in words(family)


# ── what is read and kept, before anything is photographed ──────────────────────────────────────────────────────────


def told(given: str, captures: int) -> DeskView:
    view = opened()
    assert view.family is not None
    seen = replace(view.family, captures=captures, notice=replace(view.family.notice, given=given))
    return DeskView(Phase.CHECKING, header(), case=replace(view, family=seen))


def test_a_family_is_told_what_is_read_and_kept_before_anything_else(family: FamilyWindow) -> None:
    show(family, told("", 0))
    shown = words(family)
    assert "最多保存 30 天" in shown
    assert "南山区虚构小学和主管部门" in shown
    assert "请交给老师" in shown  # it costs no time: the first original may be laid down meanwhile


def test_the_notice_stays_until_the_first_original_is_photographed(family: FamilyWindow) -> None:
    show(family, told("screen", 0))
    assert "最多保存 30 天" in words(family)
    show(family, told("screen", 1))
    assert "最多保存 30 天" not in words(family)
    assert "已核好" in words(family)


def test_a_paper_laid_down_at_once_does_not_cut_the_notice_short(family: FamilyWindow) -> None:
    show(family, told("", 1))
    assert "最多保存 30 天" in words(family)


def test_the_desk_learns_once_that_the_notice_was_there_long_enough(
    qtbot: QtBot, theme: Theme, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.family.window.NOTICE_MS", 1)
    window = FamilyWindow(desk, theme=theme, language="en")
    qtbot.addWidget(window)
    window.show()
    desk.publish(told("", 0))
    qtbot.waitUntil(lambda: ("notice_given", "screen", "en") in desk.calls)
    show(window, told("screen", 0))
    assert desk.calls.count(("notice_given", "screen", "en")) == 1


def test_the_clerks_word_ends_the_notice_and_it_can_be_asked_for_again(family: FamilyWindow) -> None:
    show(family, told("clerk", 0))
    assert "最多保存 30 天" not in words(family)
    family.show_notice(True)
    settle(family)
    assert "最多保存 30 天" in words(family)
    family.show_notice(False)
    settle(family)
    assert "最多保存 30 天" not in words(family)


# ── one family after the other ──────────────────────────────────────────────────────────────────────────────────────


class Frames(QObject):
    """Every picture of the window that reaches the screen, with the words on it."""

    def __init__(self, window: FamilyWindow) -> None:
        super().__init__(window)
        self._window = window
        self.seen: list[tuple[str, QImage]] = []
        self._looking = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._looking:
            self._looking = True
            self.seen.append((words(self._window), self._window.grab().toImage()))
            self._looking = False
        return False


def test_between_two_families_the_screen_is_blank_before_anything_of_the_next_is_drawn(
    family: FamilyWindow, qtbot: QtBot
) -> None:
    show(family, DeskView(Phase.FINDING, header()))
    neutral = family.grab().toImage()
    show(family, checking())
    frames = Frames(family)
    show(family, OTHER)
    qtbot.waitUntil(lambda: any("黄*雨" in shown for shown, _ in frames.seen))
    kinds = ["other" if "黄" in shown else "first" if "陈" in shown else "blank" for shown, _ in frames.seen]
    assert "blank" in kinds
    assert kinds == sorted(kinds, key=["first", "blank", "other"].index)  # never back, never mixed
    assert not any("黄" in shown and "陈" in shown for shown, _ in frames.seen)
    assert frames.seen[kinds.index("blank")][1] == neutral


def test_a_family_that_is_gone_before_it_was_drawn_is_never_drawn(family: FamilyWindow) -> None:
    show(family, checking())
    frames = Frames(family)
    family.show_view(OTHER)
    family.show_view(DeskView(Phase.FINDING, header()))
    for _ in range(6):
        QApplication.processEvents()
    assert all("黄" not in shown for shown, _ in frames.seen)
    assert "陈" not in words(family)


def test_nothing_of_a_family_is_left_in_memory_of_the_window(family: FamilyWindow) -> None:
    show(family, checking())
    show(family, DeskView(Phase.FINDING, header()))
    everything = " ".join(label.text() for label in family.findChildren(QLabel))
    assert "陈" not in everything
    assert "出生医学证明" not in everything


def test_candidates_never_reach_the_family(family: FamilyWindow) -> None:
    show(family, states()["02-candidates"][0])
    assert "陈" not in words(family)


@given(st.text(st.sampled_from("0123456789XABC中 -"), max_size=40))
def test_no_sentence_whoever_wrote_it_brings_a_number_through(sentence: str) -> None:
    assert re.search(r"[0-9]{6}", without_numbers(sentence)) is None


def test_days_and_counts_come_through() -> None:
    kept = "2014年4月24日(星期四) 9:00-12:00, 14:00-17:30，最多保存 30 天，2014-04-24"
    assert without_numbers(kept) == kept


# ── reduced motion ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("motion", [True, False])
def test_what_moves_rests_where_nothing_may_move(qtbot: QtBot, theme: Theme, desk: FakeDesk, motion: bool) -> None:
    window = FamilyWindow(desk, theme=replace(theme, motion=motion))
    qtbot.addWidget(window)
    window.show()
    show(window, checking())
    assert [dots.moving for dots in window.findChildren(Looking)] == [motion]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=6))
def test_a_masked_name_hides_something_and_keeps_the_first_character(name: str) -> None:
    masked = mask_name(name)
    assert masked != name
    assert masked[0] == name[0]
    assert "*" in masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈试远", "陈*远"),
        ("陈远", "陈*"),
        ("欧阳试远", "欧**远"),
        ("阿依古丽·买买提", "阿***"),
        ("CHAN Siu Ming", "C***"),
        ("陈*远", "陈*远"),
        ("", ""),
    ],
)
def test_names_are_masked_as_on_the_slips(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_says_the_same_moment(family: FamilyWindow, language: str) -> None:
    show(family, checking())
    family.set_language(language)
    settle(family)
    assert say(Text("family.footer"), language) in words(family)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("name", ["03-just-opened", "04-ask", "09-receipt", "10-return"])
def test_all_of_it_fits_in_every_shape_and_language(
    qtbot: QtBot, theme: Theme, desk: FakeDesk, language: str, shape: Shape, name: str
) -> None:
    window = FamilyWindow(desk, theme=theme, language=language, shape=shape)
    qtbot.addWidget(window)
    window.resize(*{Shape.SCREEN: (1366, 768), Shape.STRIP: (1366, 124), Shape.CORNER: (464, 300)}[shape])
    window.show()
    show(window, states()[name][0])
    cut = [
        (label.text(), label.size(), label.heightForWidth(label.width()))
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.text() and label.heightForWidth(label.width()) > label.height()
    ]
    assert "陈*远" in words(window) or say(Text("family.notice.title"), language) in words(window)
    assert cut == []
    assert window.width() <= 1366
