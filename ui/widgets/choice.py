"""One question with a few answers side by side: a row of radio buttons under its name. Arrow keys move inside it, Tab leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.labels import label

_IN_A_LINE = 4


class Choice(QWidget):
    """``options``: (value, words). Signal: ``chosen(value)`` when a person picks another."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[object, str]],
        value: object,
        *,
        in_a_line: int = _IN_A_LINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._values = [option for option, _ in options]
        grid = QGridLayout()
        grid.setSpacing(theme.sizes.gap // 2)
        for place, (option, words) in enumerate(options):
            button = QRadioButton(words)
            button.setAccessibleDescription(name)
            button.setChecked(option == value)
            self._group.addButton(button, place)
            grid.addWidget(button, place // in_a_line, place % in_a_line)
        for column in range(in_a_line):
            grid.setColumnStretch(column, 1)
        self._group.idToggled.connect(self._toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label("caption", name))
        column.addLayout(grid)

    @property
    def value(self) -> object:
        return self._values[self._group.checkedId()]

    @property
    def buttons(self) -> list[QRadioButton]:
        return [button for button in self._group.buttons() if isinstance(button, QRadioButton)]

    def choose(self, value: object) -> None:
        self.buttons[self._values.index(value)].setChecked(True)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.chosen.emit(self._values[place])
