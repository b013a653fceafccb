"""What a person sees when the desk cannot be opened: a second instance, a store of another machine."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from kiosk.sync.words import store_text
from kiosk.texts import LANGUAGES
from offline_cache.problems import Trouble
from ui.problem import problem_box


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trouble", [Trouble.IN_USE, Trouble.READ_ONLY, Trouble.CORRUPT, Trouble.DISK_FULL])
def test_the_window_says_what_is_wrong_with_one_button(qtbot: QtBot, language: str, trouble: Trouble) -> None:
    box = problem_box(store_text(trouble.value), language)
    qtbot.addWidget(box)
    assert len(box.text()) > 5 and "store." not in box.text()
    assert len(box.buttons()) == 1 and box.windowTitle()


def test_a_second_instance_is_told_to_close_the_first(qtbot: QtBot) -> None:
    box = problem_box(store_text(Trouble.IN_USE.value), "zh_CN")
    qtbot.addWidget(box)
    assert box.text() == "验核台已在本机运行，请先关闭它"
