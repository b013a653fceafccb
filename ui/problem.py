"""A window for the one thing a person must know when the desk cannot be opened: double-clicking a program that says nothing helps nobody."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from kiosk.texts import Text, say, text


def problem_box(sentence: Text, language: str) -> QMessageBox:
    """What is wrong and what to do, with one button."""
    box = QMessageBox(QMessageBox.Icon.Warning, say(text("guard.not_opened"), language), say(sentence, language))
    box.setObjectName("problem")
    box.addButton(say(text("guard.close"), language), QMessageBox.ButtonRole.AcceptRole)
    return box


def tell(sentence: Text, language: str) -> None:
    """Shows it and waits until the person has seen it; without a screen it says nothing (the caller prints it too)."""
    if QGuiApplication.platformName() not in ("offscreen", "minimal"):
        problem_box(sentence, language).exec()
