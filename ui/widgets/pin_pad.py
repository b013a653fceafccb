"""Digits to touch, as on a telephone. It types for somebody else: it keeps nothing and shows nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.theme import Theme


class PinPad(QWidget):
    """Signals: ``digit(str)``, ``erase()``. Not in the tab order: who has a keyboard has digits."""

    digit = Signal(str)
    erase = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = round(theme.sizes.touch * 1.3)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.sizes.gap)
        for place, character in enumerate("123456789"):
            grid.addWidget(self._key(theme, character, side), place // 3, place % 3)
        grid.addWidget(self._key(theme, "0", side), 3, 1)
        back = self._button(theme, "⌫", self.tr("删去一位"), side)
        back.clicked.connect(self.erase)
        grid.addWidget(back, 3, 2)

    def _key(self, theme: Theme, character: str, side: int) -> QPushButton:
        key = self._button(theme, character, character, side)
        key.clicked.connect(lambda: self.digit.emit(character))
        return key

    def _button(self, theme: Theme, face: str, name: str, side: int) -> QPushButton:
        c, s = theme.colours, theme.sizes
        button = QPushButton(face)
        button.setFixedHeight(side)
        button.setMinimumWidth(side)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(name)
        button.setStyleSheet(
            f"QPushButton {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: {s.radius}px;"
            f" font-size: {s.title}px; }} QPushButton:pressed {{ background: {c.sunken}; }}"
        )
        return button
