"""The family's progress where it has no screen of its own: a strip along the edge of the first one, or a small picture in its corner."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.for_family_view import FamilyView, Standing
from kiosk.texts import say, text
from ui.family.fitting import Candidates
from ui.family.type import FamilyType, said
from ui.theme import Theme
from ui.widgets.looking import Looking
from ui.words import Words

_MISSING = (Standing.WANTED, Standing.PARTIAL, Standing.DIFFERS, Standing.MISSING)
_SIZES = tuple(FamilyType(hero, big, mid, small, gap) for hero, big, mid, small, gap in (
    (44, 38, 30, 24, 10), (36, 30, 24, 20, 9), (28, 24, 20, 16, 8), (24, 20, 17, 15, 6), (20, 18, 15, 13, 5), (17, 15, 13, 12, 3), (14, 13, 12, 11, 2),
))  # fmt: skip


class SmallPage(QWidget):
    """Who, how far, what now, what is missing. ``notice``: the short notice stands in for the rest."""

    def __init__(
        self, theme: Theme, words: Words, family: FamilyView, kind: FamilyType, *, wide: bool, notice: bool
    ) -> None:
        super().__init__()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom, self)
        row.setContentsMargins(kind.gap * 2, kind.gap, kind.gap * 2, kind.gap)
        row.setSpacing(kind.gap * (3 if wide else 1))
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(said(theme, words(text("family.child", child=family.who)), kind.mid, bold=True))
        count = words(text("family.progress", settled=family.settled, all=len(family.items)))
        who.addWidget(said(theme, count, kind.small))
        row.addLayout(who, 2)
        row.addLayout(self._now(theme, words, family, kind), 5)
        rest = words(family.notice.short) if notice else _rest(words, family)
        row.addWidget(said(theme, rest, kind.small), 6 if notice else 4)
        if not wide:
            row.addStretch(1)

    def _now(self, theme: Theme, words: Words, family: FamilyView, kind: FamilyType) -> QHBoxLayout:
        now = QHBoxLayout()
        now.setSpacing(kind.gap)
        if family.looking:
            now.addWidget(Looking(theme, kind.hero))
        now.addWidget(said(theme, words(family.now), kind.big, bold=True), 1)
        return now


def _rest(words: Words, family: FamilyView) -> str:
    if family.after:
        return " ".join(words(sentence) for sentence in family.after)
    missing = [words(item.name) for item in family.items if item.standing in _MISSING]
    if not missing:
        return words(text("family.footer"))
    comma = say(text("family.comma"), words.language)
    return f"{words(text('family.open'))} · {comma.join(missing)}"


def small_pages(theme: Theme, words: Words, family: FamilyView, *, wide: bool, notice: bool) -> Candidates:
    return Candidates(
        "small",
        len(_SIZES),
        lambda k: SmallPage(theme, words, family, _SIZES[k], wide=wide, notice=notice),
    )
