"""Who came with the papers: asked once a visit, one digit; answered, it is one quiet line that can be changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.desk.flow_view import VisitorView
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.tab_order import keep_place
from ui.words import Words

_ACROSS = 2


class VisitorStrip(QWidget):
    """Signal: ``named(who)``. While it asks, digits choose; answered, W asks again (``press``)."""

    named = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._shown: VisitorView | None = None
        self._buttons: list[KeyButton] = []
        self._asking = False
        self._question = label("caption", wrap=True)
        self._answer = KeyButton(theme, "", "W", kind="quiet")
        self._answer.clicked.connect(self._ask_again)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._question)
        column.addLayout(self._grid)
        column.addWidget(self._answer)
        self.hide()

    @property
    def asking(self) -> bool:
        return self._asking and not self.isHidden()

    def press(self, key: str) -> bool:
        """A key was pressed; True when it was an answer."""
        shown = self._shown
        if key == "w" and shown is not None and not self.asking and not self.isHidden():
            self._ask_again()
            return True
        if not self.asking or shown is None or not key.isdigit() or not 1 <= int(key) <= len(shown.choices):
            return False
        self.named.emit(shown.choices[int(key) - 1].who)
        return True

    def set_visitor(self, view: VisitorView | None) -> None:
        if view == self._shown:
            return
        if view is not None and (self._shown is None or view.choices != self._shown.choices):
            self._rebuild(view)
        self._shown = view
        self.setVisible(view is not None)
        if view is not None:
            self._draw(view, asking=not view.who)

    def _ask_again(self) -> None:
        if self._shown is not None:
            self._draw(self._shown, asking=True)

    def _draw(self, view: VisitorView, *, asking: bool) -> None:
        self._asking = asking
        words = {choice.who: self._words(choice.text) for choice in view.choices}
        chosen = view.who or view.supposed
        set_text(self._question, self.tr("谁来办？（不选就记{who}）").format(who=words.get(view.supposed, "")))
        if view.who:
            set_text(self._question, self.tr("谁来办？"))
        self._question.setVisible(asking)
        for button, choice in zip(self._buttons, view.choices, strict=True):
            button.setVisible(asking)
            button.set_kind("info" if choice.who == chosen else "quiet")
        self._answer.set_title(self.tr("到场：{who}").format(who=words.get(view.who, "")))
        self._answer.setVisible(not asking)

    def _rebuild(self, view: VisitorView) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, choice in enumerate(view.choices):
            button = KeyButton(self._theme, self._words(choice.text), str(place + 1))
            button.clicked.connect(lambda _=False, who=choice.who: self.named.emit(who))
            self._buttons.append(button)
            self._grid.addWidget(button, place // _ACROSS, place % _ACROSS)
        keep_place(self._buttons, self._answer)
