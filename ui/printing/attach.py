"""日结 and 打印设置 beside the desk's other tools: two buttons on the header, two keys at the empty desk."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDialog

from kiosk.desk.printing_port import PrintingPort
from kiosk.desk.view import DeskView, Phase
from ui.desk_windows import DeskWindows
from ui.printing.printer_dialog import PrinterDialog
from ui.printing.tally_dialog import TallyDialog
from ui.staff.header_tools import HeaderButton
from ui.staff.window import MainWindow
from ui.words import Words

TALLY_KEY, PRINTER_KEY = "Ctrl+D", "Ctrl+Shift+P"
_BEHIND_TODAY = 2  # place in the header's row: after the desk's name and 今日


class PrintingTools(QObject):
    """Attached to the staff's window, and again to each that a new choice of look makes."""

    def __init__(self, windows: DeskWindows, port: PrintingPort) -> None:
        super().__init__(windows)
        self._windows = windows
        self._port = port
        windows.renewed.connect(self._attach)
        self._window: MainWindow | None = None
        self._attach()

    def _attach(self) -> None:
        window = self._windows.staff
        if window is self._window:
            return
        self._window = window
        theme = self._windows.theme
        # spoken in the words of the window that the buttons belong to
        self.tally = HeaderButton(theme, "tally", QCoreApplication.translate("PrintingTools", "日结"), TALLY_KEY)
        self.tally.set_letters(QCoreApplication.translate("PrintingTools", "日结"))
        self.printer = HeaderButton(
            theme, "printer", QCoreApplication.translate("PrintingTools", "打印设置"), PRINTER_KEY
        )
        row = cast(QBoxLayout, window.header.layout())
        row.insertWidget(_BEHIND_TODAY, self.tally)
        tools = window.header.tools.layout()
        if tools is not None:
            tools.addWidget(self.printer)
        for button, key, act in (
            (self.tally, TALLY_KEY, self.show_tally),
            (self.printer, PRINTER_KEY, self.show_printers),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        window.view_shown.connect(self._view_shown)
        if window.view is not None:
            self._view_shown(window.view)

    def _view_shown(self, view: DeskView) -> None:
        """Both belong to the empty desk: while a family is served nothing lies over its case."""
        for button in (self.tally, self.printer):
            button.setEnabled(view.phase is Phase.FINDING)
            button.setVisible(view.phase is Phase.FINDING)

    def show_tally(self) -> TallyDialog | None:
        window = self._free_window()
        if window is None:
            return None
        dialog = TallyDialog(self._windows.theme, Words(self._windows.language), self._port, window)
        dialog.open()
        return dialog

    def show_printers(self) -> PrinterDialog | None:
        window = self._free_window()
        if window is None:
            return None
        dialog = PrinterDialog(self._windows.theme, Words(self._windows.language), self._port, window)
        dialog.open()
        return dialog

    def _free_window(self) -> MainWindow | None:
        window = self._window
        if window is None or window.view is None or window.view.phase is not Phase.FINDING:
            return None
        if any(dialog.isVisible() for dialog in window.findChildren(QDialog)):
            return None
        return window
