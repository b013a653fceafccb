"""A case at work: checklist, camera, comparison. Three columns, always in the same place."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView
from ui.pictures import PictureCache
from ui.staff.camera_column import CameraColumn
from ui.staff.case_card import CaseCard
from ui.staff.checklist import Checklist
from ui.staff.comparison import ComparisonPanel
from ui.theme import Theme
from ui.widgets.labels import panel
from ui.words import Words

_SHARES = (22, 29, 49)  # of the width: checklist, camera, comparison


class CasePage(QWidget):
    def __init__(self, theme: Theme, words: Words, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = CaseCard(theme, words)
        self.checklist = Checklist(theme, words)
        self.camera = CameraColumn(theme, words, pictures)
        self.comparison = ComparisonPanel(theme, words, pictures)
        left = panel()
        column = QVBoxLayout(left)
        column.setContentsMargins(1, 1, 1, theme.sizes.gap)
        column.setSpacing(0)
        column.addWidget(self.card)
        column.addWidget(panel("rule"))
        column.addWidget(self.checklist, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.sizes.gap)
        for part, share in zip((left, self.camera, self.comparison), _SHARES, strict=True):
            part.setMinimumWidth(200)
            row.addWidget(part, share)

    def set_case(self, case: CaseView) -> None:
        self.card.set_case(case)
        self.checklist.set_items(case.checklist, case.current_doc)
        self.camera.set_case(case)
        self.comparison.set_case(case)
