"""The papers that have not come out of a printer yet, each with its way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import UnprintedView
from ui.meanings import OUTCOMES
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label


class UnprintedList(QWidget):
    """Signals: ``print_asked(paper_no)``, ``seen_asked(paper_no)``: a person holds the paper in the hand."""

    print_asked = Signal(str)
    seen_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[UnprintedView, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.sizes.gap)

    def set_papers(self, papers: tuple[UnprintedView, ...]) -> None:
        if papers == self._shown:
            return
        self._shown = papers
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(papers))
        if papers:
            self._column.addWidget(label("caption", self.tr("待打印 {count}").format(count=len(papers))))
        for paper in papers:
            self._column.addWidget(self._line(paper))

    def _line(self, paper: UnprintedView) -> QWidget:
        sizes = self._theme.sizes
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(sizes.pad, 0, 0, 0)
        row.setSpacing(sizes.gap)
        mark = IconLabel(self._theme)
        outcome = OUTCOMES[paper.decision]
        mark.show_icon(outcome.icon, outcome.tone, "ground")
        when = f"{paper.decided_at:%m-%d %H:%M}"
        row.addWidget(mark)
        row.addWidget(label("", f"{paper.child_masked} · {outcome.word} · {paper.paper_no}"))
        row.addWidget(label("muted", when))
        row.addStretch(1)
        if paper.printing:
            row.addWidget(label("muted", self.tr("正在打印")))
            return line
        seen = KeyButton(self._theme, self.tr("纸已出来"), kind="quiet")
        seen.clicked.connect(lambda: self.seen_asked.emit(paper.paper_no))
        now = KeyButton(self._theme, self.tr("现在打印"), icon="printer")
        now.clicked.connect(lambda: self.print_asked.emit(paper.paper_no))
        for button in (seen, now):
            button.setAccessibleName(f"{button.title} {paper.paper_no}")
            row.addWidget(button)
        return line
