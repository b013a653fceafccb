"""The training bar lays papers on the simulated desk and takes no key from the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fake_desk import FakeDesk, FakePractice, states
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.app import MainWindow
from ui.widgets.key_button import KeyButton

Open = Callable[..., MainWindow]


@pytest.fixture
def practice() -> FakePractice:
    return FakePractice()


@pytest.fixture
def window(open_window: Open, practice: FakePractice) -> MainWindow:
    return open_window(FakeDesk(states()["11-practice"][0]), practice=practice)


def button(window: MainWindow, title: str) -> KeyButton:
    return next(b for b in window.practice_bar.findChildren(KeyButton) if b.title == title)


def click(window: MainWindow, title: str) -> None:
    QTest.mouseClick(button(window, title), Qt.MouseButton.LeftButton)


def test_papers_are_laid_and_taken_away_by_click(window: MainWindow, practice: FakePractice) -> None:
    click(window, "出示二维码")
    click(window, "户口簿儿童页")
    click(window, "拿走")
    assert practice.calls == [("present", "F01"), ("lay", "F01-1"), ("take_away",)]


def test_the_demonstration_starts_and_stops(window: MainWindow, practice: FakePractice) -> None:
    click(window, "自动演示")
    click(window, "停止演示")
    assert practice.calls == [("play", "F01", True), ("play", "F01", False)]


def test_laying_a_paper_by_hand_ends_the_demonstration(window: MainWindow, practice: FakePractice) -> None:
    click(window, "自动演示")
    click(window, "户口簿首页")
    assert practice.calls == [("play", "F01", True), ("play", "F01", False), ("lay", "F01-0")]


def test_a_click_on_the_bar_leaves_the_keys_with_the_case(window: MainWindow) -> None:
    before = QApplication.focusWidget()
    click(window, "户口簿首页")
    assert QApplication.focusWidget() is before


def test_without_training_there_is_no_bar(open_window: Open) -> None:
    assert not open_window(FakeDesk(states()["04-ask"][0])).practice_bar.isVisible()
