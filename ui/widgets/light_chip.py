"""The state of one device: shape, name and word; it takes a coloured ground only when it wants attention."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.desk.view import DeviceView, Light
from ui.icons import icon_pixmap
from ui.meanings import LIGHTS
from ui.theme import Theme
from ui.words import Words

_QUIET = (Light.OK, Light.OFF, Light.BUSY)
_MOST_WIDTH = 190


class LightChip(QWidget):
    """Signal: ``clicked()``: a person wants to know more of this device."""

    clicked = Signal()

    def __init__(self, theme: Theme, words: Words, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._name = name
        self._device: DeviceView | None = None
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_device(self, device: DeviceView) -> None:
        word = self._words(device.text)
        said = word if word.startswith(self._name) else f"{self._name} {word}"
        if device == self._device:
            return
        self._device, self._said = device, said
        self.setAccessibleName(f"{said} ({LIGHTS[device.light].word})")
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @property
    def said(self) -> str:
        return self._said

    def _font(self):
        loud = self._device is not None and self._device.light not in _QUIET
        return self._theme.font(self._theme.sizes.small, bold=loud)

    def sizeHint(self) -> QSize:
        mark = self._theme.sizes.small + 4
        most = round(_MOST_WIDTH * self._theme.sizes.small / 13)
        width = min(QFontMetrics(self._font()).horizontalAdvance(self._said) + mark + 22, most)
        return QSize(width, self._theme.sizes.small + 17)

    def minimumSizeHint(self) -> QSize:
        """Its name; the rest of the sentence is in the tool tip."""
        name = QFontMetrics(self._font()).horizontalAdvance(self._name)
        return QSize(min(name + self._theme.sizes.small + 30, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._device is None:
            return
        meaning = LIGHTS[self._device.light]
        quiet = self._device.light in _QUIET
        tone, ground = ("on_bar", "bar") if quiet else (meaning.tone, f"{meaning.tone}_ground")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not quiet:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        side = self._theme.sizes.small + 4
        colours = self._theme.colours
        mark = icon_pixmap(
            meaning.icon, getattr(colours, tone), getattr(colours, ground), side, self.devicePixelRatioF()
        )
        painter.drawPixmap(8, (self.height() - side) // 2, mark)
        painter.setFont(self._font())
        painter.setPen(self._theme.colour(tone))
        left = 8 + side + 5
        room = self.width() - left - 8
        shown = painter.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
