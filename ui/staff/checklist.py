"""What this family still has to show, and why. One row a material; only rows that changed are redrawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kiosk.desk.view import ChecklistItem, ItemState
from ui.icons import icon_pixmap
from ui.meanings import ITEMS
from ui.staff.rows import draw_text, text_height
from ui.theme import Theme
from ui.words import Words

_ITEM = Qt.ItemDataRole.UserRole
_SHOWN = Qt.ItemDataRole.UserRole + 1
_COUNTED = (ItemState.EXPECTED, ItemState.PARTIAL, ItemState.ATTENTION)
Index = QModelIndex | QPersistentModelIndex


class ChecklistModel(QAbstractListModel):
    """Rows keyed by material and holder. ``set_items`` resets only when the keys differ, else tells which rows changed."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._items: tuple[ChecklistItem, ...] = ()
        self._shown: str | None = None

    def set_items(self, items: tuple[ChecklistItem, ...], shown_doc: str | None) -> None:
        old, old_shown = self._items, self._shown
        if [_key(i) for i in old] != [_key(i) for i in items]:
            self.beginResetModel()
            self._items, self._shown = items, shown_doc
            self.endResetModel()
            return
        self._items, self._shown = items, shown_doc
        for row, (before, now) in enumerate(zip(old, items, strict=True)):
            if before != now or (now.doc_id in (old_shown, shown_doc) and old_shown != shown_doc):
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, doc_id: str) -> int | None:
        return next((row for row, item in enumerate(self._items) if item.doc_id == doc_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self._items[index.row()]
        if role == _ITEM:
            return item
        if role == _SHOWN:
            return item.doc_id is not None and item.doc_id == self._shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = (item.name, ITEMS[item.state].word, self._words(item.progress), self._words(item.why))
            return " · ".join(part for part in said if part)
        return None


def _key(item: ChecklistItem) -> tuple[str, str]:
    return item.material, item.name


class _ChecklistDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, words: Words, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._words = words
        self._view = view

    def _text_left(self) -> int:
        return self._theme.sizes.pad + self._theme.sizes.icon + self._theme.sizes.gap + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: ChecklistItem = index.data(_ITEM)
        sizes = self._theme.sizes
        width = self._view.viewport().width()
        name = text_height(item.name, self._name_font(), self._name_width(item, width))
        why = text_height(self._words(item.why), self._why_font(), width - self._text_left() - sizes.pad)
        return QSize(width, max(sizes.touch, name + why + 2 * sizes.gap + 2))

    def _name_font(self):
        return self._theme.font(self._theme.sizes.body, bold=True)

    def _why_font(self):
        return self._theme.font(self._theme.sizes.small)

    def _state_text(self, item: ChecklistItem) -> str:
        """Pages counted while they matter; once settled, the word."""
        counted = item.state in _COUNTED and item.progress is not None
        return self._words(item.progress) if counted else ITEMS[item.state].word

    def _name_width(self, item: ChecklistItem, width: int) -> int:
        state = self._view.fontMetrics().horizontalAdvance(self._state_text(item)) + self._theme.sizes.gap
        return width - self._text_left() - state - self._theme.sizes.pad

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: ChecklistItem = index.data(_ITEM)
        theme, sizes = self._theme, self._theme.sizes
        meaning = ITEMS[item.state]
        box: QRect = option.rect  # type: ignore[attr-defined]
        ground = "selected" if index.data(_SHOWN) else "surface"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.colour(ground))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:  # type: ignore[attr-defined]
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        tone, back = getattr(theme.colours, meaning.tone), getattr(theme.colours, ground)
        ratio = self._view.devicePixelRatioF()
        mark = icon_pixmap(meaning.icon, tone, back, sizes.icon, ratio)
        painter.drawPixmap(box.left() + sizes.pad, box.top() + sizes.gap, mark)
        left = box.left() + self._text_left()
        name_width = self._name_width(item, box.width())
        name_height = text_height(item.name, self._name_font(), name_width)
        painter.setPen(theme.colour("text"))
        draw_text(painter, QRect(left, box.top() + sizes.gap, name_width, name_height), item.name, self._name_font())
        painter.setPen(theme.colour(meaning.tone))
        painter.setFont(theme.font(sizes.small, bold=True))
        state_box = QRect(left, box.top() + sizes.gap + 1, box.right() - left - sizes.pad, name_height)
        painter.drawText(
            state_box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), self._state_text(item)
        )
        painter.setPen(theme.colour("muted"))
        why_top = box.top() + sizes.gap + name_height + 1
        why_box = QRect(left, why_top, box.right() - left - sizes.pad, box.bottom() - why_top)
        draw_text(painter, why_box, self._words(item.why), self._why_font())
        painter.restore()


class Checklist(QListView):
    """Signal: ``document_requested(doc_id)`` when a row that has a document is clicked or entered with Space."""

    document_requested = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ChecklistModel(words, self)
        self.setModel(self._model)
        self.setItemDelegate(_ChecklistDelegate(theme, words, self))
        self.setAccessibleName(self.tr("材料清单"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.clicked.connect(self._request)

    def set_items(self, items: tuple[ChecklistItem, ...], shown_doc: str | None) -> None:
        self._model.set_items(items, shown_doc)
        row = self._model.row_of(shown_doc) if shown_doc else None
        if row is not None:
            self.scrollTo(self._model.index(row))

    def _request(self, index: QModelIndex) -> None:
        item: ChecklistItem = index.data(_ITEM)
        if item.doc_id:
            self.document_requested.emit(item.doc_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._request(self.currentIndex())
        else:
            event.ignore()  # answers and commands belong to the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
