"""The morning check: the camera's picture, the one thing to do, what was found so far, and at the end whether families may come."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.view import DeskPort
from kiosk.doctor.report import Finding, Health
from kiosk.readiness.port import CheckView, ReadinessPort, Step
from kiosk.texts import Text, text
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.preview import PreviewWidget
from ui.widgets.scrim import DecisionDialog
from ui.words import Words

_LOOK_EVERY_MS = 100
_MARKS = {Health.OK: ("verified", "ok"), Health.WARN: ("light_warn", "ask"), Health.FAIL: ("light_bad", "bad")}
_FIRST = {"skip_card": "quiet", "skip_printer": "quiet", "nothing": "bad", "came_out": "ok"}


class CheckDialog(DecisionDialog):
    """Begins a check when it opens; closing it early gives the check up."""

    def __init__(self, theme: Theme, words: Words, port: DeskPort, readiness: ReadinessPort, window: QWidget) -> None:
        super().__init__(theme, window, width=1160)
        self._words = words
        self._port = port
        self._readiness = readiness
        self._shown: CheckView | None = None
        title = words(text("readiness.title"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._step = label("title", wrap=True)
        self._said = label("", wrap=True)
        self._preview = PreviewWidget(theme)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(theme.sizes.gap)
        self.actions_shown: dict[str, KeyButton] = {}
        self._list = QWidget()
        self._list.setProperty("look", "ground")
        self._grid = QGridLayout(self._list)
        self._grid.setColumnStretch(2, 1)
        self._grid.setHorizontalSpacing(theme.sizes.gap)
        self._arrange(title)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.finished.connect(lambda: readiness.end())
        readiness.begin()
        self.look()

    def _arrange(self, title: str) -> None:
        sizes = self.theme.sizes
        back = KeyButton(self.theme, self.tr("关闭"), "Esc")
        back.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(label("caption", title), 1)
        head.addWidget(back)
        left = QVBoxLayout()
        left.setSpacing(sizes.gap)
        left.addWidget(self._preview)
        left.addWidget(self._step)
        left.addWidget(self._said)
        left.addLayout(self._buttons)
        left.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(self.tr("检查结果"))
        area.setFixedHeight(max(360, self.owner.height() - 170))
        row = QHBoxLayout()
        row.setSpacing(sizes.pad * 2)
        row.addLayout(left, 5)
        row.addWidget(area, 6)
        self.body.addLayout(head)
        self.body.addLayout(row)

    def look(self) -> None:
        preview = self._port.preview()
        self._preview.set_preview(preview)
        view = self._readiness.view()
        if view is None or view == self._shown:
            return
        before, self._shown = self._shown, view
        set_text(self._step, self._words(view.text if view.step is not Step.DONE else self._verdict(view)))
        set_text(self._said, self._words(view.said))
        if before is None or before.actions != view.actions:
            self._offer(view.actions)
        if before is None or before.findings != view.findings:
            self._list_findings(view.findings)

    def _verdict(self, view: CheckView) -> Text:
        failed = sum(finding.health is Health.FAIL for finding in view.findings)
        warned = sum(finding.health is Health.WARN for finding in view.findings)
        if failed:
            return text("readiness.report.fail", number=failed)
        return text("readiness.report.warn", number=warned) if warned else text("readiness.report.good")

    def _offer(self, actions: tuple[str, ...]) -> None:
        for button in self.actions_shown.values():
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.actions_shown = {}
        for action in actions:
            button = KeyButton(
                self.theme, self._words(text(f"readiness.action.{action}")), kind=_FIRST.get(action, "primary")
            )
            button.clicked.connect(lambda _=False, action=action: self._readiness.act(action))
            self._buttons.addWidget(button)
            self.actions_shown[action] = button

    def _list_findings(self, findings: tuple[Finding, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, finding in enumerate(findings):
            mark = IconLabel(self.theme)
            mark.show_icon(*_MARKS[finding.health], "ground")
            name = self._words(text(f"readiness.subject.{finding.subject}"))
            self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label("strong", name), row, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label("", self._words(finding.sentence), wrap=True), row, 2)
        self._grid.setRowStretch(len(findings), 1)
