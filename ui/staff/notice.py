"""One place for messages: what happened, what to do, what is safe. Warnings and errors stay until they are read."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from kiosk.desk.view import Notice
from ui.meanings import NOTICES
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.words import Words

_INFO_SHOWN_MS = 8000


class NoticeBar(QFrame):
    """Keeps its place in the layout while empty: a message never pushes what a person is reading.

    Signal: ``shown(bool)`` when a message comes and when it goes."""

    shown = Signal(bool)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._serial = 0
        self._icon = IconLabel(theme, theme.sizes.icon + 4)
        self._text = label(wrap=True)
        self._close = KeyButton(theme, self.tr("知道了"), "Esc", kind="bare")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, 0, 0, 0)
        row.setSpacing(theme.sizes.gap)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._close)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_INFO_SHOWN_MS)
        self._fade.timeout.connect(self.dismiss)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setFixedHeight(max(theme.sizes.touch, round(3.1 * theme.sizes.body)))
        self.hide()

    @property
    def text(self) -> str:
        """What is being said now; empty when nothing is."""
        return "" if self.isHidden() else self._text.text()

    @property
    def shown_label(self) -> QLabel:
        return self._text

    def forget(self) -> None:
        """Show the next notice whatever its number: another desk may be behind the window."""
        self.dismiss()
        self._serial = 0

    def set_notice(self, notice: Notice | None) -> None:
        if notice is None:
            self.dismiss()
        elif notice.serial != self._serial:
            self._serial = notice.serial
            self._show(self._words(notice.text), notice.level)

    def say(self, sentence: str, level: str = "warn") -> None:
        """A message of the window itself."""
        self._show(sentence, level)

    def _show(self, sentence: str, level: str) -> None:
        meaning = NOTICES[level]
        colours = self._theme.colours
        ground = getattr(colours, f"{meaning.tone}_ground")
        edge = getattr(colours, meaning.tone)
        self.setStyleSheet(f"NoticeBar {{ background: {ground}; border: 1px solid {edge}; border-radius: 8px; }}")
        self._icon.show_icon(meaning.icon, meaning.tone, f"{meaning.tone}_ground")
        self._text.setText(sentence)
        self._text.setToolTip(sentence)
        self.show()
        self._fit()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))
        if level == "info":
            self._fade.start()
        else:
            self._fade.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons beside it come and go."""
        super().resizeEvent(event)
        if not self.isHidden() and event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """What does not fit is set smaller rather than cut, for a message ends with what is safe; three lines are the one thing that may
        push the page down a little."""
        usual = self._theme.sizes.touch
        self.setFixedHeight(usual)
        self._text.setStyleSheet("")
        self._text.ensurePolished()
        width = max(self._text.width(), 1)
        if self._text.heightForWidth(width) > usual - 4:
            self._text.setStyleSheet(f"font-size: {self._theme.sizes.small - 1}px;")
            self._text.ensurePolished()
            self.setFixedHeight(max(usual, self._text.heightForWidth(width) + 6))

    def dismiss(self) -> None:
        self._fade.stop()
        self.hide()
