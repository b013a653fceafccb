"""A button that shows the key which does the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import icon_pixmap
from ui.theme import Theme

_LEAST_PAD = 5


class KeyButton(QPushButton):
    """Title, key cap, and optionally an icon. ``kind`` is its weight: one *primary* at a time shows the obvious next
    action; *ok*, *ask*, *bad* and *info* have their tones; *plain*, *quiet* (not bold) and *bare* (no border) stand back; *bar* is for the dark top line.

    ``shortcut`` makes the key live wherever the focus is, but only while the button is visible and enabled (Qt asks both of a
    shortcut's parent). Without it the key cap is a hint, and the window routes the key (letters, Enter: see ui.staff.keys).
    A click leaves the focus where it was, so that Enter keeps its meaning after the mouse was used.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        key: str = "",
        *,
        kind: str = "plain",
        icon: str = "",
        shortcut: str | QKeySequence.StandardKey | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._key = key
        self._kind = kind
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.sizes.touch)
        self._describe()
        if shortcut is not None:
            short = QShortcut(QKeySequence(shortcut), self)
            short.setAutoRepeat(False)
            short.activated.connect(self.click)

    @property
    def title(self) -> str:
        return self._title

    def set_title(self, title: str) -> None:
        if title != self._title:
            self._title = title
            self._describe()
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._describe()
            self.updateGeometry()
            self.update()

    def set_kind(self, kind: str) -> None:
        if kind != self._kind:
            self._kind = kind
            self.update()

    def _describe(self) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._key)
        self.setToolTip(f"{self._title} ({self._key})" if self._key else "")

    # ── size and paint ──────────────────────────────────────────────────────────────────────────────────────────────

    def _title_font(self):
        return self._theme.font(self._theme.sizes.body, bold=self._kind not in ("quiet", "bare"))

    def _key_font(self):
        return self._theme.font(self._theme.sizes.small, bold=True)

    def sizeHint(self) -> QSize:
        sizes = self._theme.sizes
        width = QFontMetrics(self._title_font()).horizontalAdvance(self._title) + 2 * sizes.pad
        width += self._icon_width()
        width += self._cap_width()
        return QSize(width, sizes.touch)

    def minimumSizeHint(self) -> QSize:
        """Where room is short the edges come closer and the icon goes, then the key (the tool tip has it); the words stay whole."""
        width = self.sizeHint().width() - 2 * (self._theme.sizes.pad - _LEAST_PAD)
        return QSize(width - self._icon_width() - self._cap_width(), self._theme.sizes.touch)

    @property
    def shows_key(self) -> bool:
        """Whether the key has its place; true of a button without one."""
        return self.width() >= self.minimumSizeHint().width() + self._cap_width()

    def _cap_width(self) -> int:
        return self._key_width() + self._theme.sizes.gap if self._key else 0

    def _icon_width(self) -> int:
        return self._theme.sizes.icon + self._theme.sizes.gap if self._icon else 0

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self._key) + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, text, edge = self._colours()
        sizes = self._theme.sizes
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 4 if self._kind == "bar" else 1
        box = QRectF(self.rect()).adjusted(1, inset, -1, -inset)
        painter.setPen(QPen(edge, 1.5) if self.isEnabled() else QPen(edge, 1, Qt.PenStyle.DashLine))
        if self._kind == "bare":
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground.darker(112) if self.isDown() else ground.darker(104) if self.underMouse() else ground)
        painter.drawRoundedRect(box, sizes.radius, sizes.radius)
        content = self.sizeHint().width() - 2 * sizes.pad
        roomy = self.width() >= content + 2 * _LEAST_PAD
        missing = (0 if roomy else self._icon_width()) + (0 if self.shows_key else self._cap_width())
        x = (self.width() - content + missing) / 2
        if self._icon and roomy:
            mark = icon_pixmap(self._icon, text.name(), ground.name(), sizes.icon, self.devicePixelRatioF())
            painter.drawPixmap(round(x), (self.height() - sizes.icon) // 2, mark)
            x += sizes.icon + sizes.gap
        painter.setPen(text)
        painter.setFont(self._title_font())
        title_width = QFontMetrics(self._title_font()).horizontalAdvance(self._title)
        painter.drawText(QRectF(x, 0, title_width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self._title)
        if self._key and self.shows_key:
            self._paint_key(painter, x + title_width + sizes.gap, text)
        if self.hasFocus():
            self._paint_focus(painter, box)
        painter.end()

    def _paint_focus(self, painter: QPainter, box: QRectF) -> None:
        """Two rings, so that one of them stands out on whatever ground the button has."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for inset, token in ((0.0, "focus"), (3.0, "surface")):
            painter.setPen(QPen(self._theme.colour(token), 3))
            ring = box.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(ring, self._theme.sizes.radius, self._theme.sizes.radius)

    def _paint_key(self, painter: QPainter, x: float, text: QColor) -> None:
        height = self._theme.sizes.small + 9
        cap = QRectF(x, (self.height() - height) / 2, self._key_width(), height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(text, 1))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(self._key_font())
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """(ground, text, edge)."""
        colour = self._theme.colour
        if not self.isEnabled():
            return colour("sunken"), colour("muted"), colour("line")
        if self._kind == "bare":
            return QColor(0, 0, 0, 0), colour("text"), QColor(0, 0, 0, 0)
        if self._kind == "bar":
            return colour("bar"), colour("on_bar"), colour("on_bar")
        if self._kind == "primary":
            return colour("primary"), colour("on_primary"), colour("primary")
        if self._kind in ("ok", "ask", "bad", "info"):
            return colour(f"{self._kind}_ground"), colour(self._kind), colour(self._kind)
        return colour("surface"), colour("text"), colour("edge")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
