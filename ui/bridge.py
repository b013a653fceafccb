"""From the desk's threads to the window's: views as one Qt signal each, the newest only.

A view that arrives while an older one still waits for the UI thread replaces it: a window never works through a queue of the past.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk.desk.view import DeskPort, DeskView, PreviewView

_PREVIEW_INTERVAL_MS = 16  # twice for each picture of a camera, so that none waits long and none is missed


class DeskBridge(QObject):
    """Listens to a desk from whichever thread it speaks on.

    Signals: ``view_changed(DeskView)`` on the UI thread. Call ``close`` before the desk ends.
    """

    view_changed = Signal(object)
    _arrived = Signal()

    def __init__(self, port: DeskPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._newest: DeskView | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = port.subscribe(self._listen)

    def close(self) -> None:
        self._unsubscribe()

    def _listen(self, view: DeskView) -> None:
        with self._lock:
            waiting = self._newest is not None
            self._newest = view
        if not waiting:
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            view, self._newest = self._newest, None
        if view is not None:
            self.view_changed.emit(view)


class PreviewFeed(QObject):
    """Asks for the newest camera picture sixty times a second, and passes on only what differs.

    Signals: ``preview_changed(PreviewView | None)``; None once when the picture is gone.
    """

    preview_changed = Signal(object)

    def __init__(self, port: DeskPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._shown: tuple[object, ...] | None = ("nothing yet",)
        self._timer = QTimer(self)
        self._timer.setInterval(_PREVIEW_INTERVAL_MS)
        self._timer.timeout.connect(self.poll)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def poll(self) -> None:
        preview: PreviewView | None = self._port.preview()
        key = None if preview is None else (preview.frame.index, preview.state, preview.hint)
        if key != self._shown:
            self._shown = key
            self.preview_changed.emit(preview)
