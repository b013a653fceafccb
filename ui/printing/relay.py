"""Answers from the desk's threads to the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Relay(QObject):
    """Callable from any thread; ``told`` runs on the thread of this object, and no more once the object is gone."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject, told: Callable[[Any], None]) -> None:
        super().__init__(parent)
        self._open = True
        self._arrived.connect(told, Qt.ConnectionType.QueuedConnection)

    def __call__(self, news: Any) -> None:
        if self._open:
            try:
                self._arrived.emit(news)
            except RuntimeError:  # the dialog was closed and destroyed while the answer was on its way
                self._open = False

    def close(self) -> None:
        self._open = False
