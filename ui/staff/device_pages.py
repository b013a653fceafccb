"""The pages about devices and who opens them: the status page, the choice of a camera, the morning check."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kiosk.desk.devices_port import DevicesPort
from kiosk.desk.view import DeskPort, DeskView
from ui.staff.camera_chooser import CameraChooser
from ui.staff.check_dialog import CheckDialog
from ui.staff.status_dialog import StatusDialog
from ui.theme import Theme
from ui.words import Words


class DevicePages(QObject):
    """Opens one page at a time over ``window``. Give it each view of the desk (``set_view``)."""

    def __init__(self, theme: Theme, words: Words, port: DeskPort, devices: DevicesPort, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._words = words
        self._port = port
        self._devices = devices
        self._view: DeskView | None = None
        self.status: StatusDialog | None = None

    def set_view(self, view: DeskView) -> None:
        self._view = view
        if self.status is not None:
            self.status.set_view(view)

    def open_status(self) -> None:
        if self.status is not None or self._view is None:
            return
        page = StatusDialog(self._theme, self._words, self._devices, self._window)
        page.choose_camera_requested.connect(self.open_chooser)
        page.check_requested.connect(self.open_check)
        page.set_view(self._view)
        page.open()
        self.status = page
        page.finished.connect(self._status_closed)

    def open_chooser(self) -> None:
        CameraChooser(self._theme, self._words, self._port, self._devices, self._window).open()

    def open_check(self) -> None:
        readiness = self._devices.readiness()
        if readiness is not None:
            CheckDialog(self._theme, self._words, self._port, readiness, self._window).open()

    def _status_closed(self) -> None:
        self.status = None
