"""The comparison of one document as a table model: one row a field."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kiosk.desk.view import ComparisonRow
from ui.announcer import spoken_row
from ui.meanings import VERDICTS
from ui.words import Words

ROW = Qt.ItemDataRole.UserRole
ACTIVE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    LABEL = 0
    DECLARED = 1
    CROP = 2
    READ = 3
    VERDICT = 4


class ComparisonModel(QAbstractTableModel):
    """``set_rows`` tells the view which rows differ; another document resets it."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[ComparisonRow, ...] = ()
        self._active: int | None = None
        self._heads = (self.tr("项目"), self.tr("网上填报"), self.tr("原件"), self.tr("识读"), self.tr("结果"))

    @property
    def rows(self) -> tuple[ComparisonRow, ...]:
        return self._rows

    def set_rows(self, rows: tuple[ComparisonRow, ...], active: int | None) -> None:
        old, old_active = self._rows, self._active
        if [(r.doc_id, r.field) for r in old] != [(r.doc_id, r.field) for r in rows]:
            self.beginResetModel()
            self._rows, self._active = rows, active
            self.endResetModel()
            return
        self._rows, self._active = rows, active
        for number, (before, now) in enumerate(zip(old, rows, strict=True)):
            moved = old_active != active and number in (old_active, active)
            if (before is not now and (moved or before != now)) or moved:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == ACTIVE:
            return index.row() == self._active
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words(row.why)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.LABEL:
            return spoken_row(row, self._words)  # the row as one sentence, where a screen reader comes to it
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(row, index.column())
        return None

    def _said(self, row: ComparisonRow, column: int) -> str:
        match column:
            case Column.LABEL:
                return self._words(row.label)
            case Column.DECLARED:
                return row.declared
            case Column.READ:
                return row.read
            case Column.VERDICT:
                return VERDICTS[row.verdict].word
            case _:
                return ""
