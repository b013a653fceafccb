"""The family's screen: masked, complete, and empty between two families."""

from __future__ import annotations

import pytest
from fake_desk import FakeDesk, case, header, opened, states
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Phase
from kiosk.texts import LANGUAGES, catalogue
from ui.app import FamilyWindow, Theme
from ui.family.masking import mask_name


def words(window: FamilyWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def family(qtbot: QtBot, theme: Theme, desk: FakeDesk) -> FamilyWindow:
    window = FamilyWindow(desk, theme=theme)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("name", list(states()))
def test_no_state_shows_a_number_an_address_or_a_full_name(family: FamilyWindow, name: str) -> None:
    family.show_view(states()[name][0])
    shown = words(family)
    for value in ("陈试远", "4400002008", "虚构路", "NS2014X01000001", "林例禾"):
        assert value not in shown


def test_it_says_what_is_settled_and_what_to_hand_over(family: FamilyWindow) -> None:
    family.show_view(DeskView(Phase.CHECKING, header(), case=case()))
    shown = words(family)
    assert "陈*远" in shown
    assert "已核好 4 项" in shown
    assert "请交给老师：出生医学证明" in shown


def test_nothing_of_a_family_remains_for_the_next_one(family: FamilyWindow) -> None:
    family.show_view(DeskView(Phase.CHECKING, header(), case=case()))
    family.show_view(DeskView(Phase.FINDING, header()))
    assert "陈" not in words(family)
    family.show_view(DeskView(Phase.CHECKING, header(), case=case()))
    family.show_view(DeskView(Phase.CHECKING, header(), case=opened(application_no="NS2014X01000017", child="黄试雨")))
    shown = words(family)
    assert "黄*雨" in shown
    assert "陈" not in shown


def test_candidates_never_reach_the_family(family: FamilyWindow) -> None:
    family.show_view(states()["02-candidates"][0])
    assert "陈" not in words(family)


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
def test_the_family_speaks_every_language_completely(language: str) -> None:
    own = {key for key in catalogue("zh_CN") if key.startswith("ui.")}
    assert {key for key in catalogue(language) if key.startswith("ui.")} == own
