"""The guided tour on screen: a strip under the training bar that says the one thing to do, and a frame around where to do it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.desk.view import DeskView
from ui.practice.tour import Step, Tour
from ui.practice.tour_words import TourWords
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text

_FOLLOW_EVERY_MS = 200  # what the frame is around may move
_FRAME = 5

Where = Callable[[Step], QWidget | None]


class TourStrip(QFrame):
    """``where``: the part of the window that a step is about. Hidden while there is nothing to say.

    Signals: ``family_wanted(str)`` when the tour begins: the family it is about.
    Ctrl+T skips a step; Ctrl+G (begin, leave, go on) is the key of the training bar's button, which is there also without the strip.
    """

    family_wanted = Signal(str)

    def __init__(self, theme: Theme, tour: Tour, where: Where, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tourStrip")
        self._tour = tour
        self._where = where
        self._words = TourWords(self)
        self._title = label("strong")
        self._text = label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._dots = _Dots(theme, tour)
        self.skip = KeyButton(theme, self.tr("跳过这一步"), "Ctrl+T", shortcut="Ctrl+T")
        self.skip.clicked.connect(self._skip)
        self.leave = KeyButton(theme, self.tr("离开导览"), "Ctrl+G", kind="quiet")
        self.leave.clicked.connect(self._leave)
        self.start = KeyButton(theme, self.tr("开始导览"), "Ctrl+G", kind="primary")
        self.start.clicked.connect(self.begin)
        self.decline = KeyButton(theme, self.tr("不用了"))
        self.decline.clicked.connect(self._leave)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self._title)
        left.addWidget(self._dots)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, 4, theme.sizes.pad, 4)
        row.setSpacing(theme.sizes.pad)
        row.addLayout(left)
        row.addWidget(self._text, 1)
        for button in (self.start, self.decline, self.skip, self.leave):
            row.addWidget(button)
        c = theme.colours
        self.setStyleSheet(f"QFrame#tourStrip {{ background: {c.selected}; border-bottom: 2px solid {c.practice}; }}")
        self.setFixedHeight(theme.sizes.touch + 2 * theme.sizes.gap)
        self._spot: _Spot | None = None
        self._follow = QTimer(self)
        self._follow.setInterval(_FOLLOW_EVERY_MS)
        self._follow.timeout.connect(self._point)
        self._spot_colours = (theme.colour("outline_held"), theme.colour("text"))
        self._show()

    @property
    def text(self) -> str:
        """What is being said; empty when the strip is not there."""
        return "" if self.isHidden() else self._text.text()

    def toggle(self) -> None:
        """The button of the training bar: begin, go on, or put aside."""
        if self._tour.running:
            self._leave()
        else:
            self.begin()

    def begin(self) -> None:
        self._tour.begin()
        self.family_wanted.emit(self._tour.family_id)
        self._show()

    def see(self, view: DeskView) -> None:
        """The desk shows something new."""
        if self._tour.see(view):
            self._show()

    def _skip(self) -> None:
        self._tour.skip()
        self._show()

    def _leave(self) -> None:
        self._tour.leave()
        self._show()

    def _show(self) -> None:
        tour, step = self._tour, self._tour.step
        offered, running = tour.offered, step is not None
        self.setVisible(offered or running)
        for button in (self.start, self.decline):
            button.setVisible(offered)
        for button in (self.skip, self.leave):
            button.setVisible(running)
        self._dots.setVisible(running)
        if step is not None:
            name = self._words.title(step)
            set_text(self._title, f"{tour.number}/{tour.total}  {name}")
            set_text(self._text, self._words.again(step) if tour.number > 1 else self._words.instruction(step))
            self.setAccessibleName(self.tr("导览第 {number} 步，共 {total} 步：{name}").format(
                number=tour.number, total=tour.total, name=name
            ))  # fmt: skip
        elif offered:
            set_text(self._title, self.tr("第一次来？"))
            set_text(self._text, self.tr("五分钟导览：跟着做一遍，一家人从头到尾。随时可以离开，回来接着做。"))
        self._dots.update()
        if running:
            self._follow.start()
        else:
            self._follow.stop()
        self._point()

    def _point(self) -> None:
        """The frame around the part of the window that the step is about."""
        step = self._tour.step
        target = self._where(step) if step is not None else None
        window = self.window()
        if target is None or not target.isVisible() or not self.isVisible():
            if self._spot is not None:
                self._spot.hide()
            return
        if self._spot is None:
            self._spot = _Spot(window, *self._spot_colours)
        corner = target.mapTo(window, target.rect().topLeft())
        around = QRect(corner, target.size()).adjusted(-_FRAME, -_FRAME, _FRAME, _FRAME)
        if self._spot.geometry() != around or self._spot.isHidden():
            self._spot.setGeometry(around)
            self._spot.show()
            self._spot.raise_()


class _Dots(QWidget):
    """How far one is: a dot a step, filled when it is done."""

    def __init__(self, theme: Theme, tour: Tour) -> None:
        super().__init__()
        self._tour = tour
        self._colour = theme.colour("practice")
        self._space = theme.sizes.gap + 6
        self.setFixedSize(self._space * tour.total, theme.sizes.gap + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 1.5))
        size = self.height() - 4
        for place in range(self._tour.total):
            painter.setBrush(self._colour if place < self._tour.number - 1 else QColor(0, 0, 0, 0))
            painter.drawEllipse(place * self._space + 2, 2, size, size)
            if place == self._tour.number - 1:
                painter.setBrush(self._colour)
                painter.drawEllipse(place * self._space + 2 + size // 4, 2 + size // 4, size // 2, size // 2)
        painter.end()


class _Spot(QWidget):
    """A frame that lets every click through."""

    def __init__(self, window: QWidget, colour: QColor, halo: QColor) -> None:
        super().__init__(window)
        self._colour = colour
        self._halo = halo
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((self._halo, 6), (self._colour, 3)):  # seen on light panels and on the dark bars
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), 8, 8)
        painter.end()
