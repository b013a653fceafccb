"""One sentence for what came of a PIN, and how long to wait until the next counts."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.desk.people_view import PeopleView
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import label, set_text
from ui.words import Words


class PinAnswer(QWidget):
    """Signal: ``waiting(bool)`` whenever it says something else."""

    waiting = Signal(bool)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._serial = 0
        self._wait = 0
        self._text = ""
        self._icon = IconLabel(theme, theme.sizes.icon)
        self._said = label(wrap=True)
        self._said.setMinimumHeight(theme.sizes.touch)
        self._second_hand = QTimer(self)
        self._second_hand.setInterval(1000)
        self._second_hand.timeout.connect(self.tick)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.sizes.gap)
        line.addWidget(self._icon)
        line.addWidget(self._said, 1)

    @property
    def waits(self) -> bool:
        """The wait of earlier wrong PINs is not over."""
        return self._wait > 0

    @property
    def text(self) -> str:
        """What it says now."""
        return self._said.text()

    def take(self, people: PeopleView) -> bool:
        """Says what the desk says; False when it said that before."""
        if people.said_serial == self._serial:
            return False
        self._serial, self._wait = people.said_serial, people.wait_s
        self._text = self._words(people.said)
        if self._wait:
            self._second_hand.start()
        self._draw()
        return True

    def known(self, people: PeopleView) -> None:
        """What the desk said before is of no interest here."""
        self._serial = people.said_serial
        self._draw()

    def say(self, sentence: str) -> None:
        """A sentence of the window itself."""
        if not self._wait:
            self._text = sentence
            self._draw()

    def tick(self) -> None:
        """Every second of the wait."""
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._second_hand.stop()
            self._text = ""
        self._draw()

    def _draw(self) -> None:
        if self._wait:
            left = f"{self._wait // 60}:{self._wait % 60:02d}"
            set_text(self._said, self.tr("{said}（还有 {time}）").format(said=self._text, time=left))
        else:
            set_text(self._said, self._text)
        self._icon.setVisible(bool(self._said.text()))
        if self._said.text():
            self._icon.show_icon("light_busy" if self._wait else "warn", "ask", "ground")
        self.waiting.emit(self.waits)
