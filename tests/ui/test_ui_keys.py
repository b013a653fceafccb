"""Single keys act for a person and never for a hand-held scanner."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from ui.staff.keys import KeyGate


class Heard:
    def __init__(self, gate: KeyGate) -> None:
        self.pressed: list[str] = []
        self.scanned: list[str] = []
        gate.pressed.connect(self.pressed.append)
        gate.scanned.connect(self.scanned.append)


def press(gate: KeyGate, character: str, *, repeat: bool = False, chord: bool = False) -> bool:
    key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
    modifiers = Qt.KeyboardModifier.ControlModifier if chord else Qt.KeyboardModifier.NoModifier
    return gate.feed(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, character, repeat))


@pytest.fixture
def gate(qtbot: QtBot) -> KeyGate:
    return KeyGate()


def test_a_letter_acts_after_a_short_silence(gate: KeyGate, qtbot: QtBot) -> None:
    heard = Heard(gate)
    press(gate, "N")
    assert heard.pressed == []
    qtbot.waitUntil(lambda: heard.pressed == ["n"])


def test_enter_acts_at_once(gate: KeyGate) -> None:
    heard = Heard(gate)
    press(gate, "\r")
    assert heard.pressed == ["enter"]


def test_a_scanned_code_answers_nothing(gate: KeyGate) -> None:
    heard = Heard(gate)
    for character in "YH1:NS2014X01000001\r":
        press(gate, character)
    assert heard.pressed == []
    assert heard.scanned == ["YH1:NS2014X01000001"]


def test_a_scanner_without_enter_is_understood_too(gate: KeyGate, qtbot: QtBot) -> None:
    heard = Heard(gate)
    for character in "NS2014X01000001":
        press(gate, character)
    qtbot.waitUntil(lambda: heard.scanned == ["NS2014X01000001"])
    assert heard.pressed == []


def test_a_hand_on_the_keyboard_answers_nothing(gate: KeyGate) -> None:
    heard = Heard(gate)
    for character in "NUN\r":
        press(gate, character)
    assert heard.pressed == heard.scanned == []


def test_a_key_held_down_counts_once(gate: KeyGate) -> None:
    heard = Heard(gate)
    press(gate, "\r")
    for _ in range(5):
        assert press(gate, "\r", repeat=True)
    assert heard.pressed == ["enter"]


def test_chords_are_left_to_others(gate: KeyGate) -> None:
    assert not press(gate, "N", chord=True)
