"""Applications on which two desks differ, for the supervisor: both decisions side by side, and which of them stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.conflicts_view import ConflictSide, ConflictsView, ConflictView
from kiosk.desk.view import ReasonChoice
from kiosk.texts import text
from ui.meanings import CASES, OUTCOMES
from ui.staff.reasons import ReasonPicker
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.widgets.scrim import DecisionDialog
from ui.words import Words

_ABOVE_AND_BELOW = 220  # of the window, in pixels of its own: head of the dialog, its edges, a strip of the window


class ConflictsDialog(DecisionDialog):
    """Signals: ``settled(application_no, event id of the decision that stands, reason code)``, ``print_asked(paper_no)``.

    What a click means is asked once more before it counts: a settlement is made once.
    """

    settled = Signal(str, str, str)
    print_asked = Signal(str)

    def __init__(self, theme: Theme, words: Words, view: ConflictsView, window: QWidget) -> None:
        super().__init__(theme, window, width=980)
        self._words = words
        self._shown: ConflictsView | None = None
        self._title = label("title", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        head.addWidget(back)
        self.body.addLayout(head)
        self._unable = label("strong", wrap=True)
        self._nothing = label("", self.tr("没有两桌结论不一的家庭。"), wrap=True)
        self.body.addWidget(self._unable)
        self.body.addWidget(self._nothing)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._area)
        self.show_conflicts(view)

    def show_conflicts(self, view: ConflictsView) -> None:
        if view == self._shown:
            return
        self._shown = view
        waiting = sum(conflict.state == "open" for conflict in view.conflicts)
        title = self.tr("两桌结论不一：{count} 家待处理").format(count=waiting)
        self._title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._area.setAccessibleName(title)
        set_text(self._unable, self._words(view.unable) if view.unable is not None else "")
        self._unable.setVisible(view.unable is not None)
        self._nothing.setVisible(not view.conflicts)
        self._area.setVisible(bool(view.conflicts))
        scrolled = self._area.verticalScrollBar().value()
        inside = QWidget()
        inside.setProperty("look", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 2, 0)
        column.setSpacing(self.theme.sizes.gap)
        for conflict in view.conflicts:
            column.addWidget(self._card(conflict))
        column.addStretch(1)
        self._area.setWidget(inside)
        wanted = inside.sizeHint().height() + 4
        self._area.setFixedHeight(max(200, min(self.owner.height() - _ABOVE_AND_BELOW, wanted)))
        self._area.verticalScrollBar().setValue(scrolled)

    # ── one application ─────────────────────────────────────────────────────────────────────────────────────────────

    def _card(self, conflict: ConflictView) -> QFrame:
        sizes = self.theme.sizes
        card = panel("ask" if conflict.state == "open" else "panel")
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.pad, sizes.gap, sizes.pad, sizes.pad)
        column.setSpacing(sizes.gap)
        states = {"open": self.tr("待处理"), "pending": self.tr("等平台确认"), "settled": self.tr("已处理")}
        head = QHBoxLayout()
        head.addWidget(label("strong", f"{conflict.child_masked} · {conflict.application_no}", wrap=True), 1)
        head.addWidget(label("caption", states[conflict.state]))
        column.addLayout(head)
        if conflict.said is not None:
            column.addWidget(label("", self._words(conflict.said), wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(sizes.gap)
        sides.addWidget(self._side(conflict, conflict.standing, stands=True), 1)
        for other in conflict.others:
            sides.addWidget(self._side(conflict, other, stands=False), 1)
        column.addLayout(sides)
        if conflict.print_again:
            column.addWidget(self._print_button(conflict.print_again), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _side(self, conflict: ConflictView, side: ConflictSide, *, stands: bool) -> QFrame:
        sizes = self.theme.sizes
        frame = panel()
        column = QVBoxLayout(frame)
        column.setContentsMargins(sizes.pad, sizes.gap, sizes.pad, sizes.gap)
        column.setSpacing(2)
        settled = conflict.state == "settled"
        standing = (self.tr("现以这份为准"), self.tr("先到平台，暂以这份为准"))[not settled]
        other = (self.tr("不再有效"), self.tr("另一份"))[not settled]
        column.addWidget(label("caption", standing if stands else other, wrap=True))
        line = QHBoxLayout()
        line.setSpacing(sizes.gap)
        meaning = CASES.get(side.decision, OUTCOMES["REFER"])
        mark = IconLabel(self.theme)
        mark.show_icon(meaning.icon, meaning.tone)
        line.addWidget(mark)
        line.addWidget(label("strong", self._words(side.outcome), wrap=True), 1)
        column.addLayout(line)
        here = self.tr("{desk}（本桌）").format(desk=side.desk) if side.mine else side.desk
        for said in (f"{here} · {side.at}", side.who, side.paper_no, *side.reasons):
            column.addWidget(label("", said, wrap=True))
        column.addStretch(1)
        if conflict.state == "open" and self._shown is not None and self._shown.unable is None:
            button = KeyButton(self.theme, self.tr("以这份为准"), kind="ok" if stands else "ask")
            button.setAccessibleName(
                self.tr("以{desk}的结论为准 {number}").format(desk=side.desk, number=conflict.application_no)
            )
            button.clicked.connect(lambda: self._ask(conflict, side, stands=stands))
            column.addWidget(button)
        return frame

    def _print_button(self, paper_no: str) -> KeyButton:
        again = KeyButton(self.theme, self.tr("重印 {number}").format(number=paper_no), icon="printer")
        again.clicked.connect(lambda: self.print_asked.emit(paper_no))
        return again

    def _ask(self, conflict: ConflictView, side: ConflictSide, *, stands: bool) -> None:
        choices = (ReasonChoice("", text("conflicts.keep")),)
        if not stands and self._shown is not None:
            choices = tuple(ReasonChoice(reason.code, reason.text) for reason in self._shown.reasons)
        question = self.tr("以{desk}的“{outcome}”为准，另一份不再有效。处理只做一次，因为：")
        title = question.format(desk=side.desk, outcome=self._words(side.outcome))
        picker = ReasonPicker(self.theme, self._words, title, choices, self)
        picker.picked.connect(lambda code: self.settled.emit(conflict.application_no, side.event_id, code))
        picker.open()
