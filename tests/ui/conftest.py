"""The windows over a fake desk, offscreen unless a screen was asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from fake_desk import FakeDesk, FakePractice
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView
from ui.app import MainWindow, Theme, create_application
from ui.practice.tour import Tour

SMALL = (1366, 768)


@pytest.fixture(scope="session")
def theme(qapp: object) -> Theme:
    return create_application(["yanhe"], "zh_CN")[1]


@pytest.fixture(autouse=True)
def no_dialog_stays(qapp: QApplication) -> Iterator[None]:
    """A dialog that one test leaves open would keep the next window's keys away."""
    yield
    for window in qapp.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.close()


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme) -> Iterator[Callable[..., MainWindow]]:
    """``open_window(desk)``: shown at 1366×768 with the desk's present view drawn."""
    opened: list[MainWindow] = []

    def make(
        desk: FakeDesk, *, language: str = "zh_CN", practice: FakePractice | None = None, tour: Tour | None = None
    ) -> MainWindow:
        window = MainWindow(desk, theme=theme, language=language, practice=practice, tour=tour)
        qtbot.addWidget(window)
        window.resize(*SMALL)
        window.show()
        qtbot.waitUntil(lambda: window.view is desk.view)
        opened.append(window)
        return window

    yield make
    for window in opened:
        window.close()


def shows(window: MainWindow, view: DeskView) -> Callable[[], bool]:
    return lambda: window.view is view
