"""Today's cases at this desk: what waits comes first, typing filters, Enter opens."""

from __future__ import annotations

import unicodedata
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.flow_view import TodayRow, TodayView
from ui.icons import icon_pixmap
from ui.meanings import CASES
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.words import Words

_ROW = Qt.ItemDataRole.UserRole
_SHARES = (0.08, 0.16, 0.2, 0.18)  # of the width: time, name, number, state; the rest is the reason
Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[TodayRow, ...] = ()

    def set_rows(self, rows: tuple[TodayRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._words(row.detail) if row.detail else ""
            return " ".join(filter(None, (row.at, row.child_masked, row.application_no, CASES[row.state].word, said)))
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._theme.sizes.touch)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TodayRow = index.data(_ROW)
        theme, sizes = self._theme, self._theme.sizes
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        box: QRect = option.rect  # type: ignore[attr-defined]
        ground = theme.colour("info_ground" if chosen else "surface")
        painter.save()
        painter.fillRect(box, ground)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen:
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        meaning = CASES[row.state]
        words = (row.at, row.child_masked, row.application_no, meaning.word, self._words(row.detail))
        left = box.left() + sizes.pad
        for place, text in enumerate(words):
            width = round(box.width() * _SHARES[place]) if place < len(_SHARES) else box.right() - sizes.pad - left
            cell = QRect(left, box.top(), width - sizes.gap, box.height())
            if place == 3:
                mark = icon_pixmap(meaning.icon, theme.colour(meaning.tone).name(), ground.name(), sizes.icon)
                painter.drawPixmap(cell.left(), cell.center().y() - sizes.icon // 2, mark)
                cell.setLeft(cell.left() + sizes.icon + sizes.gap)
            painter.setFont(theme.font(sizes.body, bold=place in (1, 3)))
            painter.setPen(theme.colour(meaning.tone if place == 3 else "text"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
            left += width
        painter.restore()


class _Filter(QLineEdit):
    """Up and down move in the list, Enter opens, Escape leads back; all other keys filter."""

    moved = Signal(QKeyEvent)
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.moved.emit(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TodayPage(QWidget):
    """Signals: ``chosen(application_no)``, ``searched(query)`` for what is not among today's, ``left()``."""

    chosen = Signal(str)
    searched = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = TodayView(())
        self._state = ""  # the state that is filtered for; empty: all
        self._model = _Rows(words, self)
        self._title = label("title")
        self.filter = _Filter()
        self.filter.setPlaceholderText(self.tr("打字筛选：申请号、姓名或拼音首字母"))
        self.filter.setAccessibleName(self.tr("筛选今日名单"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._apply)
        self.filter.moved.connect(self._move)
        self.filter.entered.connect(self._open_current)
        self.filter.left.connect(self.left)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, words, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(self.tr("今日名单"))
        self.list.activated.connect(self._choose)
        self.list.doubleClicked.connect(self._choose)
        self._empty = label("title", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open = KeyButton(theme, self.tr("打开这一家"), "Enter", kind="primary")
        self._open.clicked.connect(self._open_current)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.left)
        self._tabs: dict[str, KeyButton] = {}
        self._arrange(theme, back)
        self.list.selectionModel().currentChanged.connect(
            lambda *_: self._open.setEnabled(self.list.currentIndex().isValid())
        )

    def _arrange(self, theme: Theme, back: KeyButton) -> None:
        card = panel()
        pad = theme.sizes.pad
        column = QVBoxLayout(card)
        column.setContentsMargins(pad * 2, pad, pad * 2, pad)
        column.setSpacing(theme.sizes.gap)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(pad)
        head.addWidget(self.filter, 1)
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.sizes.gap)
        for number, state in enumerate(("", *CASES), 1):
            tab = KeyButton(theme, "", f"Ctrl+{number}", kind="quiet", shortcut=f"Ctrl+{number}")
            tab.clicked.connect(lambda _=False, state=state: self._only(state))
            self._tabs[state] = tab
            tabs.addWidget(tab)
        tabs.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(label("muted", self.tr("上下键选择，Enter 打开或接着办")), 1)
        foot.addWidget(back)
        foot.addWidget(self._open)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def set_today(self, view: TodayView) -> None:
        if view is self._view:
            return
        self._view = view
        walk_ins = self.tr("，没有申请的 {count} 人").format(count=view.walk_ins) if view.walk_ins else ""
        set_text(self._title, self.tr("今日 {count} 家{walk_ins}").format(count=len(view.rows), walk_ins=walk_ins))
        everything = self.tr("全部")
        for state, tab in self._tabs.items():
            count = sum(row.state == state for row in view.rows) if state else len(view.rows)
            tab.set_title(f"{CASES[state].word if state else everything} {count}")
        self._apply()

    def begin(self) -> None:
        """A fresh look: all states, no filter, what waits is chosen."""
        self._state = ""
        self.filter.clear()
        self._apply()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _only(self, state: str) -> None:
        self._state = state
        self._apply()

    def _apply(self) -> None:
        wanted = "".join(unicodedata.normalize("NFKC", self.filter.text()).casefold().split())
        rows = tuple(
            row
            for row in self._view.rows
            if (not self._state or row.state == self._state) and any(wanted in term for term in row.terms or ("",))
        )
        self._model.set_rows(rows)
        for state, tab in self._tabs.items():
            tab.set_kind("info" if state == self._state else "quiet")
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        nothing = (
            self.tr("今天还没有办过。") if not self._view.rows else self.tr("今天没有。按 Enter 在本校全部申请里查")
        )
        set_text(self._empty, nothing)
        if rows:
            self.list.setCurrentIndex(self._model.index(0))
        self._open.setEnabled(bool(rows))

    def _move(self, event: QKeyEvent) -> None:
        self.list.keyPressEvent(event)

    def _open_current(self) -> None:
        if self._model.rowCount():
            self._choose(self.list.currentIndex())
        elif self.filter.text().strip():
            self.searched.emit(self.filter.text().strip())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            row: TodayRow = index.data(_ROW)
            self.chosen.emit(row.application_no)
