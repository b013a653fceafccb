"""Every text the family's window had on screen, painting after painting, for a check that no family ever saw another's."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel

from ui.app import FamilyWindow


@dataclass(frozen=True)
class Painted:
    """What stood in the window after a painting: seconds since the epoch, and all visible texts in order."""

    at: float
    texts: tuple[str, ...]

    def plain(self) -> dict[str, object]:
        return asdict(self)


class FamilyTexts(QObject):
    """Listens to the paintings of the window and notes the texts of its visible labels when they differ from before."""

    def __init__(self, window: FamilyWindow) -> None:
        super().__init__(window)
        self._window = window
        self.paintings = 0
        self.painted: list[Painted] = []
        self._asked = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and not self._asked:
            self._asked = True
            QTimer.singleShot(0, self._note)  # the window paints first
        return False

    def _note(self) -> None:
        self._asked = False
        self.paintings += 1
        texts = tuple(label.text() for label in self._window.findChildren(QLabel) if label.isVisible() and label.text())
        if not self.painted or self.painted[-1].texts != texts:
            self.painted.append(Painted(time.time(), texts))
