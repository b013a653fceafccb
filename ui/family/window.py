"""The family's screen: what is settled, what is missing, what happens now. Large, plain, masked.

It shows materials and their states, never values: no number, no address, no picture of a paper. Between two families it is empty:
a view of another application first clears everything.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView, ChecklistItem, DeskPort, DeskView, ItemState, Phase
from kiosk.texts import text
from ui.bridge import DeskBridge
from ui.family.masking import mask_name
from ui.meanings import ITEMS
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import label, panel, set_text
from ui.words import Words

_SETTLED = (ItemState.VERIFIED, ItemState.VERIFIED_BY_PERSON, ItemState.WAIVED_BY_DATA)


class FamilyWindow(QWidget):
    """A second window over the same desk, in the parents' language."""

    def __init__(self, port: DeskPort, *, theme: Theme | None = None, language: str = "zh_CN") -> None:
        super().__init__()
        self._theme = theme or Theme()
        self._words = Words(language)
        self._case_no: str | None = None
        self._rows: dict[tuple[str, str], _FamilyRow] = {}
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self._say("ui.family.window"))
        self.setMinimumSize(640, 480)
        self._build()
        self._bridge = DeskBridge(port, self)
        self._bridge.view_changed.connect(self.show_view)

    def _say(self, key: str, **params: object) -> str:
        return self._words(text(key, **params))

    def _build(self) -> None:
        sizes = self._theme.sizes
        self._practice = label("title", self._say("ui.family.practice"))
        self._practice.setStyleSheet(
            f"background: {self._theme.colours.practice}; color: {self._theme.colours.on_practice}; padding: {sizes.gap}px;"
        )
        self._practice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._practice.hide()
        self._title = label("hero", wrap=True)
        self._progress = label("title", wrap=True)
        self._list = QWidget()
        self._list.setProperty("look", "ground")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(sizes.gap)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self._say("ui.family.materials"))
        self._now = label("title", wrap=True)
        now = panel("ask")
        foot = QVBoxLayout(now)
        foot.setContentsMargins(sizes.pad * 2, sizes.pad, sizes.pad * 2, sizes.pad)
        foot.addWidget(label("caption", self._say("ui.family.now")))
        foot.addWidget(self._now)
        self._privacy = label("muted", self._say("ui.family.privacy"), wrap=True)
        outer = QVBoxLayout(self)
        pad = sizes.pad * 2
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._practice)
        inner = QVBoxLayout()
        inner.setContentsMargins(pad, pad, pad, sizes.pad)
        inner.setSpacing(sizes.pad)
        inner.addWidget(self._title)
        inner.addWidget(self._progress)
        inner.addWidget(area, 1)
        inner.addWidget(now)
        inner.addWidget(self._privacy)
        outer.addLayout(inner, 1)
        self.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._bridge.close()
        super().closeEvent(event)

    def clear(self) -> None:
        """Nothing of any family remains."""
        self._case_no = None
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        set_text(self._title, self._say("ui.family.welcome"))
        set_text(self._progress, "")
        set_text(self._now, self._say("ui.family.show_code"))

    @Slot(object)
    def show_view(self, view: DeskView) -> None:
        self._practice.setVisible(view.header.practice)
        case = view.case if view.phase in (Phase.CHECKING, Phase.DECIDED) else None
        if case is None or case.application_no != self._case_no:
            self.clear()
        if case is None:
            return
        self._case_no = case.application_no
        set_text(self._title, self._say("ui.family.child", child=mask_name(case.child)))
        settled = sum(item.state in _SETTLED for item in case.checklist)
        set_text(self._progress, self._say("ui.family.progress", settled=settled, all=len(case.checklist)))
        self._show_items(case.checklist)
        set_text(self._now, self._what_now(view.phase, case))

    def _what_now(self, phase: Phase, case: CaseView) -> str:
        if phase is Phase.DECIDED:
            return self._say(f"ui.family.decided.{case.decision.decision}")
        if case.reading:
            return self._say("ui.family.reading")
        missing = [
            i.name for i in case.checklist if i.state in (ItemState.EXPECTED, ItemState.PARTIAL, ItemState.MISSING)
        ]
        if missing:
            return self._say("ui.family.hand_over", material=missing[0])
        return self._say("ui.family.checking")

    def _show_items(self, items: tuple[ChecklistItem, ...]) -> None:
        keys = [(item.material, item.name) for item in items]
        for gone in set(self._rows) - set(keys):
            row = self._rows.pop(gone)
            self._column.removeWidget(row)
            row.deleteLater()
        for place, (key, item) in enumerate(zip(keys, items, strict=True)):
            row = self._rows.get(key)
            if row is None:
                row = self._rows[key] = _FamilyRow(self._theme)
                self._column.insertWidget(place, row)
            row.set_item(item, self._say(f"ui.family.state.{item.state.value}"))


class _FamilyRow(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._icon = IconLabel(theme, theme.sizes.hero)
        self._name: QLabel = label("title", wrap=True)
        self._state: QLabel = label("strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.sizes.pad, theme.sizes.gap, theme.sizes.pad, theme.sizes.gap)
        row.setSpacing(theme.sizes.pad)
        row.addWidget(self._icon)
        row.addWidget(self._name, 1)
        row.addWidget(self._state)

    def set_item(self, item: ChecklistItem, state: str) -> None:
        meaning = ITEMS[item.state]
        self._icon.show_icon(meaning.icon, meaning.tone)
        set_text(self._name, item.name)
        set_text(self._state, state)
