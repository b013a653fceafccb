"""日结: the day in numbers, what does not agree on top, printed with one key."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.printing_port import PrintingPort, PrintNews, TallyNews
from kiosk.paper.tally_model import TallyPaper, TallySection
from kiosk.texts import text
from ui.printing.relay import Relay
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.widgets.scrim import DecisionDialog
from ui.words import Words

_PRINT_ICONS = {
    "printing": ("light_busy", "info"),
    "printed": ("printer", "ok"),
    "saved": ("page", "ok"),
    "failed": ("light_bad", "bad"),
}


class TallyDialog(DecisionDialog):
    """Counts when it is opened. Ctrl+P prints, PgUp and PgDn show other days on which this desk worked."""

    def __init__(self, theme: Theme, words: Words, port: PrintingPort, window: QWidget) -> None:
        super().__init__(theme, window, width=900)
        self._words = words
        self._port = port
        self._news: TallyNews | None = None
        self.setWindowTitle(self.tr("日结"))
        self.setAccessibleName(self.tr("日结"))
        self._title = label("title", words(text("tally.opening")))
        self._facts = label("muted", wrap=True)
        self.body.addWidget(self._title)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._verdict_panel())
        self.body.addWidget(self._scroll(), 1)
        self._chain = label("muted", wrap=True)
        self._chain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._chain)
        self._print_line = QHBoxLayout()
        self._print_icon = IconLabel(theme, theme.sizes.icon)
        self._print_words = label("strong", wrap=True)
        self._print_line.addWidget(self._print_icon)
        self._print_line.addWidget(self._print_words, 1)
        self.body.addLayout(self._print_line)
        self.body.addLayout(self._buttons())
        self._counted = Relay(self, self._show)
        self._printed = Relay(self, self._show_print)
        self.finished.connect(lambda _: (self._counted.close(), self._printed.close()))
        # as tall as the window allows from the start: the numbers come later, and a dialog must not grow out of the screen
        self.setFixedHeight(min(round(860 * theme.sizes.body / 15), window.height() - 60))
        self._ask(None)

    def _verdict_panel(self) -> QFrame:
        self._frame = panel()
        column = QVBoxLayout(self._frame)
        line = QHBoxLayout()
        self._verdict_icon = IconLabel(self.theme, self.theme.sizes.title)
        self._verdict = label("title", wrap=True)
        line.addWidget(self._verdict_icon)
        line.addWidget(self._verdict, 1)
        column.addLayout(line)
        self._differences = label("", wrap=True)
        self._differences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._differences)
        self._frame.hide()
        return self._frame

    def _scroll(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setMinimumHeight(120)
        return self._area

    def _buttons(self) -> QHBoxLayout:
        theme = self.theme
        self.earlier = KeyButton(theme, self.tr("前一天"), "PgUp", kind="quiet", shortcut="PgUp")
        self.later = KeyButton(theme, self.tr("后一天"), "PgDn", kind="quiet", shortcut="PgDown")
        self.print = KeyButton(
            theme,
            self.tr("打印日结单"),
            "Ctrl+P",
            kind="primary",
            icon="printer",
            shortcut=QKeySequence.StandardKey.Print,
        )
        back = KeyButton(theme, self.tr("返回"), "Esc")
        self.earlier.clicked.connect(lambda: self._ask(self._news.earlier if self._news else None))
        self.later.clicked.connect(lambda: self._ask(self._news.later if self._news else None))
        self.print.clicked.connect(self._start_print)
        back.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.earlier)
        line.addWidget(self.later)
        line.addStretch(1)
        line.addWidget(self.print)
        line.addWidget(back)
        for button in (self.earlier, self.later, self.print):
            button.setEnabled(False)
        return line

    # ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _ask(self, day: date | None) -> None:
        for button in (self.earlier, self.later, self.print):
            button.setEnabled(False)
        self._port.tally(day, self._words.language, self._counted)

    def _show(self, news: TallyNews) -> None:
        self._news = news
        self.earlier.setEnabled(news.earlier is not None)
        self.later.setEnabled(news.later is not None)
        paper = news.paper
        self.print.setEnabled(paper is not None)
        if paper is None:
            set_text(self._title, self._words(news.problem))
            return
        set_text(self._title, paper.title)
        set_text(self._facts, " · ".join(value for _, value in paper.facts[1:]))
        good = not paper.differences
        self._verdict_icon.show_icon("verified" if good else "attention", "ok" if good else "ask")
        set_text(self._verdict, paper.verdict)
        set_text(self._differences, "\n".join(f"{n}. {said}" for n, said in enumerate(paper.differences, 1)))
        self._differences.setVisible(not good)
        self._frame.setProperty("look", "panel" if good else "ask")
        self._frame.style().polish(self._frame)
        self._frame.show()
        self._area.setWidget(self._numbers(paper))
        set_text(self._chain, " ".join(paper.chain))

    def _numbers(self, paper: TallyPaper) -> QWidget:
        """Two columns: what happened at the desk beside what became of papers and records."""
        board = QWidget()
        row = QHBoxLayout(board)
        row.setContentsMargins(0, 0, self.theme.sizes.gap, 0)
        row.setSpacing(self.theme.sizes.pad * 3)
        half = _half(paper.sections)
        for sections in (paper.sections[:half], paper.sections[half:]):
            column = QVBoxLayout()
            for section in sections:
                column.addLayout(self._section(section))
            column.addStretch(1)
            row.addLayout(column, 1)
        return board

    def _section(self, section: TallySection) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.sizes.pad)
        grid.setVerticalSpacing(2)
        grid.addWidget(label("caption", section.heading, wrap=True), 0, 0, 1, 2)
        for number, line in enumerate(section.lines, start=1):
            look = "" if line.part else "strong"
            name = label(look, line.label, wrap=True)
            value = label(look, line.value)
            if line.part:
                name.setContentsMargins(self.theme.sizes.pad, 0, 0, 0)
            if len(line.value) > 8:
                value.setWordWrap(True)
                grid.addWidget(_beside(name, value), number, 0, 1, 2)
                continue
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, number, 0)
            grid.addWidget(value, number, 1)
        grid.setColumnStretch(0, 1)
        return grid

    # ── printing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _start_print(self) -> None:
        if self._news is not None and self._news.paper is not None:
            self.print.setEnabled(False)
            self._port.print_tally(self._news.day, self._words.language, self._printed)

    def _show_print(self, news: PrintNews) -> None:
        self._print_icon.show_icon(*_PRINT_ICONS[news.state])
        set_text(self._print_words, self._words(news.text) + (f"  {news.path}" if news.path else ""))
        self.print.setEnabled(news.over)


def _half(sections: tuple[TallySection, ...]) -> int:
    """How many sections stand in the left column, so that both are about equally long."""
    lengths = [len(section.lines) + 1 for section in sections]
    return min(range(len(lengths) + 1), key=lambda n: abs(sum(lengths[:n]) - sum(lengths[n:])))


def _beside(name: QLabel, value: QLabel) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(name)
    value.setContentsMargins(name.contentsMargins())
    column.addWidget(value)
    return both
