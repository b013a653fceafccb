"""What the family's screen shows besides a case: nobody, and what a family is told before anything is photographed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.for_family_view import FamilyView
from kiosk.texts import Text, text
from ui.family.feed import FamilyFrame
from ui.family.fitting import Candidates
from ui.family.type import FamilyType, said
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import panel
from ui.words import Words

_FITS = (1.4, 1.25, 1.12, 1.0, 0.88, 0.76, 0.66, 0.56)


class NeutralPage(QWidget):
    """Nobody is served, or the desk is locked. Nothing of anybody is on it."""

    def __init__(self, theme: Theme, words: Words, room: QSize) -> None:
        super().__init__()
        kind = FamilyType.for_window(room)
        mark = IconLabel(theme, 2 * kind.hero)
        mark.show_icon("code", "primary", "ground")
        title = said(theme, words(text("family.neutral.title")), kind.hero, bold=True)
        line = said(theme, words(text("family.neutral.say")), kind.big)
        column = QVBoxLayout(self)
        column.setSpacing(kind.gap)
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (title, line):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addStretch(3)


class NoticePage(QWidget):
    """What is read, why, what is kept, who answers; and below it what to do now."""

    def __init__(self, theme: Theme, words: Words, frame: FamilyFrame, family: FamilyView, kind: FamilyType) -> None:
        super().__init__()
        notice = family.notice
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * kind.gap, kind.gap, 2 * kind.gap, kind.gap)
        column.setSpacing(kind.gap)
        column.addWidget(said(theme, words(text("family.notice.title")), kind.hero, bold=True))
        card = panel()
        grid = QGridLayout(card)
        grid.setContentsMargins(2 * kind.gap, kind.gap, 2 * kind.gap, kind.gap)
        grid.setHorizontalSpacing(2 * kind.gap)
        grid.setVerticalSpacing(kind.gap)
        grid.setColumnStretch(1, 1)
        for line, name in enumerate(("what", "why", "kept", "whose")):
            heading = said(theme, words(text(f"family.notice.heading.{name}")), kind.mid, bold=True, wrap=False)
            grid.addWidget(heading, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said(theme, words(_placed(getattr(notice, name), frame.school)), kind.mid), line, 1)
        column.addWidget(card)
        column.addStretch(1)
        now = panel("ask")
        foot = QHBoxLayout(now)
        foot.setContentsMargins(2 * kind.gap, kind.gap, 2 * kind.gap, kind.gap)
        foot.addWidget(said(theme, words(family.now), kind.big, bold=True), 1)
        column.addWidget(now)
        column.addWidget(said(theme, words(text("family.notice.next")), kind.small, tone="muted"))


def notice_pages(theme: Theme, words: Words, frame: FamilyFrame, family: FamilyView, room: QSize) -> Candidates:
    return Candidates(
        "notice",
        len(_FITS),
        lambda k: NoticePage(theme, words, frame, family, FamilyType.for_window(room, _FITS[k])),
    )


def _placed(sentence: Text, school: str) -> Text:
    """``{school}`` filled in, in a general sentence and in a pack's own alike."""
    if sentence.key == "policy.verbatim":
        return Text(sentence.key, {k: str(v).replace("{school}", school) for k, v in sentence.params.items()})
    return Text(sentence.key, {**sentence.params, "school": school})
