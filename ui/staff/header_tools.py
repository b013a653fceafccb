"""Buttons of the header that belong to the desk as a whole: the family's screen, and how everything looks and sounds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.icons import icon_pixmap
from ui.theme import Theme


class HeaderButton(QPushButton):
    """An icon on the header, with a few letters beside it where they say something; name and key are in the tool tip."""

    def __init__(self, theme: Theme, icon: str, name: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._letters = ""
        self.setAccessibleName(name)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{name} ({key})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the case
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_letters(self, letters: str) -> None:
        if letters != self._letters:
            self._letters = letters
            self.updateGeometry()
            self.update()

    def _font(self):
        return self._theme.font(self._theme.sizes.small, bold=True)

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        width = sizes.icon + 2 * sizes.pad
        if self._letters:
            width += QFontMetrics(self._font()).horizontalAdvance(self._letters) + 4
        return QSize(max(sizes.touch, width), sizes.touch)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, sizes, colours = self._theme, self._theme.sizes, self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 4, -2, -4)
        if self.hasFocus() or self.underMouse() or self.isDown():
            painter.setPen(QPen(theme.colour("on_bar"), 2))
            painter.drawRoundedRect(box, sizes.radius, sizes.radius)
        mark = icon_pixmap(self._icon, colours.on_bar, colours.bar, sizes.icon, self.devicePixelRatioF())
        left = (self.width() - sizes.icon) // 2 if not self._letters else sizes.pad
        painter.drawPixmap(left, (self.height() - sizes.icon) // 2, mark)
        painter.setPen(theme.colour("on_bar"))
        painter.setFont(self._font())
        room = QRectF(left + sizes.icon + 4, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._letters)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()


class HeaderTools(QWidget):
    """``family`` and ``display``: what they do is connected by ui.desk_windows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.family = HeaderButton(theme, "family", self.tr("家长屏的语言"), "F11")
        self.display = HeaderButton(theme, "display", self.tr("显示与声音"), "F12")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.family)
        row.addWidget(self.display)
