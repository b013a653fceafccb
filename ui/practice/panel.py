"""The bar of the training mode: says that nothing counts, and lays fictitious papers on the simulated desk."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.practice.break_panel import BreakPanel
from ui.practice.break_port import BreakPort
from ui.practice.port import PracticePort
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.words import Words

_LOOK_EVERY_MS = 300


class _Row(QScrollArea):
    """Scrolls sideways with an ordinary wheel: there is nothing above or below."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        along = self.horizontalScrollBar()
        along.setValue(along.value() - (turned.x() or turned.y()))
        event.accept()


class PracticeBar(QFrame):
    """Without a ``port`` it is the banner alone."""

    def __init__(
        self, theme: Theme, port: PracticePort | None, breaks: BreakPort | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("practiceBar")
        self._theme = theme
        self._port = port
        self._breaks = breaks
        sizes = theme.sizes
        mark = IconLabel(theme, sizes.title + 4)
        mark.show_icon("practice", "on_practice", "practice")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label("strong", self.tr("练习模式")))
        names.addWidget(label("", self.tr("虚构家庭，不作数")))
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.pad, 4, sizes.pad, 4)
        row.setSpacing(sizes.gap)
        row.addWidget(mark)
        row.addLayout(names)
        if port is None:
            row.addStretch(1)
            self.setFixedHeight(sizes.touch + sizes.gap)
        else:
            self._add_desk(row, port)
            self.setFixedHeight(sizes.touch + 3 * sizes.gap)

    def _add_desk(self, row: QHBoxLayout, port: PracticePort) -> None:
        theme = self._theme
        self._families = QComboBox()
        self._families.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the case
        self._families.setAccessibleName(self.tr("练习家庭"))
        self._families.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._families.setMinimumContentsLength(14)
        for family in port.families():
            self._families.addItem(f"{family.family_id} {family.title}", family.family_id)
        self._families.currentIndexChanged.connect(self._list_papers)
        self.present = KeyButton(theme, self.tr("出示二维码"), icon="code")
        self.present.clicked.connect(lambda: port.present(self._family()))
        self._away = KeyButton(theme, self.tr("拿走"))
        self._away.clicked.connect(lambda: port.take_away())
        self.play = KeyButton(theme, self.tr("自动演示"))
        self.play.setCheckable(True)
        self.play.toggled.connect(self._played)
        self.papers = _Row()
        self.papers.setWidgetResizable(True)
        self.papers.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the tab stops
        self.papers.setFrameShape(QFrame.Shape.NoFrame)
        self.papers.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.setStyleSheet("background: transparent;")
        self.papers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.papers.setAccessibleName(self.tr("可以放下的材料"))
        row.addWidget(self._families)
        row.addWidget(self.present)
        row.addWidget(self.papers, 1)
        row.addWidget(self._away)
        self.tour = KeyButton(theme, self.tr("导览"), "Ctrl+G", shortcut="Ctrl+G")
        self.tour.hide()
        row.addWidget(self.play)
        row.addWidget(self.tour)
        if self._breaks is not None:
            faults = KeyButton(theme, self.tr("弄坏设备"))
            faults.clicked.connect(self.open_faults)
            row.addWidget(faults)
        self._list_papers()
        watch = QTimer(self)
        watch.setInterval(_LOOK_EVERY_MS)
        watch.timeout.connect(self._follow)
        watch.start()

    def choose(self, family_id: str) -> None:
        """Have this family's papers at hand."""
        index = self._families.findData(family_id) if self._port is not None else -1
        if index >= 0:
            self._families.setCurrentIndex(index)

    def open_faults(self) -> BreakPanel | None:
        """The panel that breaks devices, beside the window."""
        if self._breaks is None:
            return None
        panel = BreakPanel(self._theme, self._breaks, Words(QLocale().name().replace("en_US", "en")), self.window())
        panel.show()
        return panel

    def _family(self) -> str:
        return str(self._families.currentData() or "")

    def _list_papers(self) -> None:
        assert self._port is not None
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        papers = self._port.papers(self._family())
        for paper in papers:
            button = KeyButton(self._theme, paper.title)
            button.setToolTip(self.tr("放到练习桌上"))
            button.clicked.connect(lambda _=False, paper_id=paper.paper_id: self._lay(paper_id))
            line.addWidget(button)
        if not papers:
            line.addWidget(QLabel(self.tr("这一家没有可放的材料")))
        line.addStretch(1)
        self.papers.setWidget(inside)

    def _lay(self, paper_id: str) -> None:
        assert self._port is not None
        self.play.setChecked(False)
        self._port.lay(paper_id)

    def _played(self, on: bool) -> None:
        assert self._port is not None
        self._show_playing(on)
        self._port.play(self._family(), on)

    def _show_playing(self, on: bool) -> None:
        self.play.set_title(self.tr("停止演示") if on else self.tr("自动演示"))
        self.play.set_kind("primary" if on else "plain")

    def _follow(self) -> None:
        """Show what is really going on: a play ends by itself, and may have been started elsewhere."""
        assert self._port is not None
        family = self._port.playing()
        if bool(family) != self.play.isChecked():
            with QSignalBlocker(self.play):
                self.play.setChecked(bool(family))
            self._show_playing(bool(family))
        index = self._families.findData(family)
        if family and index >= 0 and index != self._families.currentIndex():
            self._families.setCurrentIndex(index)
