"""Labels by their look, so that the style sheet alone says how large and how strong they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget


def label(look: str = "", text: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """``look``: muted, caption, strong, title, hero or empty for body text. Plain text only: values come from papers."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def panel(look: str = "panel", parent: QWidget | None = None) -> QFrame:
    made = QFrame(parent)
    made.setProperty("look", look)
    return made


def scrolled(words: QLabel) -> QScrollArea:
    """A place for words that may be more than there is room for. Tab reaches it, arrows move it."""
    area = QScrollArea()
    area.setWidget(words)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QLabel { background: transparent; }")
    area.viewport().setAutoFillBackground(False)
    area.setMinimumHeight(24)
    return area


def set_text(target: QLabel, text: str) -> None:
    """Set only what differs: an unchanged label is neither laid out nor announced again."""
    if target.text() != text:
        target.setText(text)
