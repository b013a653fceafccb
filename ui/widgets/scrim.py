"""Dialogs of one decision: the window behind is dimmed, Escape always leads back without consequence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import Theme


class Scrim(QWidget):
    """Darkens its parent window while a decision is asked for."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(10, 16, 24, 130))
        painter.end()


class DecisionDialog(QDialog):
    """A window-modal question in the middle of the window. Subclasses fill ``body``; ``open`` returns at once."""

    def __init__(self, theme: Theme, window: QWidget, *, width: int = 640) -> None:
        super().__init__(window)
        self.theme = theme
        self.owner = window
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(round(width * theme.sizes.body / 15), max(480, window.width() - 80)))
        self.body = QVBoxLayout(self)
        pad = theme.sizes.pad * 2
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(theme.sizes.pad)
        self._scrim = Scrim(window)
        self._scrim.show()
        self._scrim.raise_()
        self.finished.connect(self._lift)

    def open(self) -> None:
        self.adjustSize()
        frame = self.owner.window().geometry()
        self.move(frame.center() - self.rect().center())
        super().open()

    def _lift(self) -> None:
        self._scrim.hide()
        self._scrim.deleteLater()
        self.owner.window().activateWindow()  # without a window manager nobody else gives the keys back
