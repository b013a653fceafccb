"""One family's progress on a screen of its own: what happens now, what is still wanted and why, what is settled, where to go next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.for_family_view import FamilyItem, FamilyView, Standing
from kiosk.texts import text
from ui.family.feed import FamilyFrame
from ui.family.fitting import Candidates
from ui.family.type import FamilyType, said
from ui.meanings import STANDINGS
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import panel
from ui.widgets.looking import Looking
from ui.words import Words

_FITS = (1.3, 1.2, 1.1, 1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52)
_QUIET = (Standing.SETTLED, Standing.WAIVED)


class CasePage(QWidget):
    """Made for one frame and never changed: another frame is another page."""

    def __init__(self, theme: Theme, words: Words, frame: FamilyFrame, family: FamilyView, kind: FamilyType) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._type = kind
        open_items = [item for item in family.items if item.standing not in _QUIET]
        done = [item for item in family.items if item.standing in _QUIET]
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * kind.gap, kind.gap, 2 * kind.gap, kind.gap)
        column.setSpacing(kind.gap)
        column.addLayout(self._head(family))
        column.addWidget(self._now(family))
        middle = QHBoxLayout()
        middle.setSpacing(2 * kind.gap)
        if family.after:
            middle.addWidget(self._after(family), 5)
        if open_items and family.outcome in ("", "RETURN"):
            middle.addLayout(self._open(open_items, "lacking" if family.outcome else "open"), 5)
        if done:
            middle.addLayout(self._done(done), 3)
        column.addLayout(middle, 1)
        column.addWidget(said(theme, self._say("footer"), kind.small, tone="muted"))

    def _say(self, key: str, **params: object) -> str:
        return self._words(text(f"family.{key}", **params))

    def _head(self, family: FamilyView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(said(self._theme, self._say("child", child=family.who), self._type.big, bold=True), 1)
        count = self._say("progress", settled=family.settled, all=len(family.items))
        row.addWidget(said(self._theme, count, self._type.big, wrap=False))
        return row

    def _now(self, family: FamilyView) -> QFrame:
        kind = self._type
        card = panel("ask")
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * kind.gap, kind.gap, 2 * kind.gap, kind.gap)
        column.setSpacing(0)
        column.addWidget(said(self._theme, self._say("now.title"), kind.small, bold=True, tone="muted"))
        row = QHBoxLayout()
        row.setSpacing(kind.gap)
        if family.looking:
            row.addWidget(Looking(self._theme, kind.hero))
        row.addWidget(said(self._theme, self._words(family.now), kind.hero, bold=True), 1)
        column.addLayout(row)
        if family.now_why is not None:
            column.addWidget(said(self._theme, self._words(family.now_why), kind.mid))
        return card

    def _open(self, items: list[FamilyItem], heading: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._type.gap)
        column.addWidget(said(self._theme, self._say(heading), self._type.small, bold=True, tone="muted"))
        for item in items:
            column.addWidget(self._row(item))
        column.addStretch(1)
        return column

    def _row(self, item: FamilyItem) -> QFrame:
        kind, meaning = self._type, STANDINGS[item.standing]
        card = panel()
        row = QHBoxLayout(card)
        row.setContentsMargins(kind.gap, kind.gap // 2, kind.gap, kind.gap // 2)
        row.setSpacing(kind.gap)
        icon = IconLabel(self._theme, kind.big)
        icon.show_icon(meaning.icon, meaning.tone)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(kind.gap)
        top.addWidget(said(self._theme, self._words(item.name), kind.mid, bold=True), 1)
        state = self._words(item.pages) if item.pages is not None else self._say(f"standing.{item.standing.value}")
        top.addWidget(said(self._theme, state, kind.small, bold=True, tone=meaning.tone, wrap=False))
        words.addLayout(top)
        words.addWidget(said(self._theme, self._words(item.why), kind.small, tone="muted"))
        row.addLayout(words, 1)
        return card

    def _done(self, items: list[FamilyItem]) -> QVBoxLayout:
        kind = self._type
        column = QVBoxLayout()
        column.setSpacing(kind.gap)
        column.addWidget(said(self._theme, self._say("done"), kind.small, bold=True, tone="muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(kind.gap)
        grid.setVerticalSpacing(kind.gap // 2)
        grid.setColumnStretch(1, 1)
        for line, item in enumerate(items):
            meaning = STANDINGS[item.standing]
            icon = IconLabel(self._theme, kind.mid)
            icon.show_icon(meaning.icon, meaning.tone, "ground")
            grid.addWidget(icon, line, 0, Qt.AlignmentFlag.AlignTop)
            name = self._words(item.name)
            if item.standing is Standing.WAIVED:
                name = f"{name} · {self._say('standing.waived')}"
            grid.addWidget(said(self._theme, name, kind.small), line, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _after(self, family: FamilyView) -> QFrame:
        kind = self._type
        card = panel()
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * kind.gap, kind.gap, 2 * kind.gap, kind.gap)
        column.setSpacing(kind.gap)
        column.addWidget(said(self._theme, self._say("after.title"), kind.small, bold=True, tone="muted"))
        for sentence in family.after:
            column.addWidget(said(self._theme, self._words(sentence), kind.mid))
        column.addStretch(1)
        return card


def case_pages(theme: Theme, words: Words, frame: FamilyFrame, family: FamilyView, room: QSize) -> Candidates:
    return Candidates(
        "case",
        len(_FITS),
        lambda k: CasePage(theme, words, frame, family, FamilyType.for_window(room, _FITS[k])),
    )
