"""Several applications fit what was asked: they are shown, never chosen for the person."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from kiosk.desk.view import Candidate
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.words import Words

_CANDIDATE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class CandidateModel(QAbstractListModel):
    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[Candidate, ...] = ()

    def set_rows(self, rows: tuple[Candidate, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == _CANDIDATE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(filter(None, (row.child_masked, row.application_no, row.school, self._words(row.earlier))))
        return None


class _CandidateDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        candidate: Candidate = index.data(_CANDIDATE)
        sizes = self._theme.sizes
        lines = sizes.strong + sizes.small + (sizes.small + 8 if candidate.earlier else 0)
        return QSize(200, max(sizes.touch, lines + sizes.pad * 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        candidate: Candidate = index.data(_CANDIDATE)
        theme, sizes = self._theme, self._theme.sizes
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        box: QRect = option.rect.adjusted(2, 2, -2, -2)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus" if chosen else "line"), 3 if chosen else 1))
        painter.setBrush(theme.colour("info_ground" if chosen else "surface"))
        painter.drawRoundedRect(box, sizes.radius, sizes.radius)
        inner = box.adjusted(sizes.pad, sizes.pad, -sizes.pad, -sizes.pad)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(sizes.strong, bold=True))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), candidate.child_masked)
        painter.setFont(theme.font(sizes.body))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), candidate.application_no)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(sizes.small))
        below = inner.adjusted(0, sizes.strong + sizes.gap, 0, 0)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), candidate.school)
        if candidate.earlier:
            colours = theme.colours
            ground = colours.info_ground if chosen else colours.surface
            line = below.adjusted(0, sizes.small + sizes.gap, 0, 0)
            painter.drawPixmap(line.topLeft(), icon_pixmap("attention", colours.text, ground, sizes.small + 3))
            painter.setPen(theme.colour("text"))
            line.adjust(sizes.small + sizes.gap, 0, 0, 0)
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self._words(candidate.earlier)
            )
        painter.restore()


class _CandidateList(QListView):
    """Leaves letters to the window: typing begins a new search. Has no current row until a person chose one."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.setCurrentIndex(QModelIndex())  # Qt makes the first row current by itself

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class CandidatesPage(QWidget):
    """Signal: ``chosen(application_no)``."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = CandidateModel(words, self)
        self._title = label("title")
        self.list = _CandidateList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_CandidateDelegate(theme, words, self.list))
        self.list.setAccessibleName(self.tr("查到的申请"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(self._enable)
        self.list.doubleClicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._open = KeyButton(theme, self.tr("打开这一家"), "Enter", kind="primary")
        self._open.clicked.connect(lambda: self._choose(self.list.currentIndex()))
        card = panel()
        column = QVBoxLayout(card)
        pad = theme.sizes.pad
        column.setContentsMargins(pad * 2, pad * 2, pad * 2, pad * 2)
        column.setSpacing(pad)
        column.addWidget(self._title)
        column.addWidget(
            label(
                "muted", self.tr("请与家长核对姓名和申请号后再打开。上下键选择，Enter 打开，Esc 重新查找。"), wrap=True
            )
        )
        column.addWidget(self.list, 1)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignRight)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def set_candidates(self, candidates: tuple[Candidate, ...], query: str) -> None:
        self._model.set_rows(candidates)
        set_text(
            self._title, self.tr("“{query}”查到 {count} 份申请，请选一份").format(query=query, count=len(candidates))
        )
        if len(candidates) == 1:
            self.list.setCurrentIndex(self._model.index(0))
        self._enable()

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        """Of several none is chosen beforehand: a second Enter by habit must not open a stranger's case."""
        self._open.setEnabled(self.list.currentIndex().isValid())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            candidate: Candidate = index.data(_CANDIDATE)
            self.chosen.emit(candidate.application_no)
