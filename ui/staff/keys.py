"""Single keys that act, told apart from a hand-held scanner that types.

A scanner sends ``YH1:NS2014X…⏎`` as key strokes a few milliseconds apart, wherever the focus is. Its N, U, Y and Enter must never
answer for a person. So a letter acts only after a short silence; strokes that follow one another faster than fingers can are
gathered and reported as one scanned text.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

_SILENCE_MS = 60  # scanners: 1–20 ms between strokes; practised typists: rarely below 70 ms
_LEAST_SCAN = 6  # shorter bursts are neither a code nor an answer, and are dropped

_NAMED = {Qt.Key.Key_Return: "enter", Qt.Key.Key_Enter: "enter", Qt.Key.Key_Escape: "escape"}


class KeyGate(QObject):
    """Feed it the key presses nobody else wanted.

    Signals: ``pressed(str)`` — ``enter``, ``escape``, or one lower-case character; ``scanned(str)`` — a scanner's text.
    """

    pressed = Signal(str)
    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst = ""
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENCE_MS)
        self._silence.timeout.connect(self._settle)

    def feed(self, event: QKeyEvent) -> bool:
        """True when the press was taken. A key held down counts once."""
        name = _NAMED.get(Qt.Key(event.key()))
        character = event.text() if event.text().isprintable() else ""
        chord = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if (name is None and not character) or chord:
            return False
        if event.isAutoRepeat():
            return True
        if name is None:
            self._burst += character
            self._silence.start()
        elif self._burst:
            self._settle()  # the Enter that ends a scan belongs to the scan
        else:
            self.pressed.emit(name)
        return True

    def _settle(self) -> None:
        self._silence.stop()
        burst, self._burst = self._burst, ""
        if len(burst) == 1:
            self.pressed.emit(burst.lower())
        elif len(burst) >= _LEAST_SCAN:
            self.scanned.emit(burst)
