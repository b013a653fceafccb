"""The comparison table as drawn: record, piece of the photograph and reading side by side, verdict by shape, colour and word."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from kiosk.desk.view import ComparisonRow
from ui.icons import icon_pixmap
from ui.meanings import VERDICTS
from ui.pictures import PictureCache
from ui.staff.comparison_model import ACTIVE, ROW, Column, ComparisonModel, Index
from ui.staff.rows import draw_text, text_height
from ui.theme import Theme
from ui.words import Words

# an 18-character number fits on one line of "declared" and of "read" in the smallest window
_SHARES = {Column.LABEL: 0.12, Column.DECLARED: 0.275, Column.CROP: 0.2, Column.READ: 0.25, Column.VERDICT: 0.155}
_NARROW = 36  # body sizes: below this the pieces of the photograph give way to the words; the card below shows the one that matters


class _ComparisonDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, pictures: PictureCache, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._pictures = pictures
        self._view = view

    def _font(self, column: int) -> QFont:
        sizes = self._theme.sizes
        if column == Column.DECLARED:
            return self._theme.font(sizes.body)
        return self._theme.font(sizes.small, bold=column in (Column.LABEL, Column.VERDICT))

    def _room(self, column: int) -> int:
        used = 2 * self._theme.sizes.gap
        if column == Column.VERDICT:
            used += self._theme.sizes.icon + 4
        return self._view.columnWidth(column) - used

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes = self._theme.sizes
        height = sizes.touch
        if index.column() != Column.CROP:
            text = str(index.data() or "")
            height = max(
                height, text_height(text, self._font(index.column()), self._room(index.column())) + 2 * sizes.gap
            )
        return QSize(self._view.columnWidth(index.column()), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ComparisonRow = index.data(ROW)
        theme, sizes = self._theme, self._theme.sizes
        box: QRect = option.rect  # type: ignore[attr-defined]
        active = bool(index.data(ACTIVE))
        ground = "selected" if active else "surface"
        painter.save()
        painter.fillRect(box, theme.colour(ground))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        if active and index.column() == Column.LABEL:
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), theme.colour("ask"))
        inner = box.adjusted(sizes.gap, 0, -sizes.gap, -1)
        if index.column() == Column.CROP:
            self._paint_crop(painter, inner, row)
        elif index.column() == Column.VERDICT:
            self._paint_verdict(painter, inner, row, ground)
        else:
            painter.setPen(theme.colour("muted" if index.column() == Column.READ else "text"))
            self._paint_text(painter, inner, str(index.data() or ""), index.column())
        painter.restore()

    def _paint_text(self, painter: QPainter, inner: QRect, text: str, column: int) -> None:
        font = self._font(column)
        height = text_height(text, font, inner.width())
        top = inner.top() + max(0, (inner.height() - height) // 2)
        draw_text(painter, QRect(inner.left(), top, inner.width(), height + 2), text, font)

    def _paint_crop(self, painter: QPainter, inner: QRect, row: ComparisonRow) -> None:
        room = inner.adjusted(0, 4, 0, -4)
        picture = self._pictures.get(row.crop_jpeg, room.size(), self._view.devicePixelRatioF())
        if picture.isNull():
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), "—")
            return
        size = picture.deviceIndependentSize().toSize()
        painter.drawPixmap(room.left(), room.top() + (room.height() - size.height()) // 2, picture)

    def _paint_verdict(self, painter: QPainter, inner: QRect, row: ComparisonRow, ground: str) -> None:
        meaning = VERDICTS[row.verdict]
        theme, sizes = self._theme, self._theme.sizes
        tone, back = getattr(theme.colours, meaning.tone), getattr(theme.colours, ground)
        mark = icon_pixmap(meaning.icon, tone, back, sizes.icon, self._view.devicePixelRatioF())
        painter.drawPixmap(inner.left(), inner.top() + (inner.height() - sizes.icon) // 2, mark)
        painter.setPen(theme.colour(meaning.tone))
        self._paint_text(painter, inner.adjusted(sizes.icon + 4, 0, 0, 0), meaning.word, Column.VERDICT)


class ComparisonTable(QTableView):
    """Signal: ``row_clicked(int)``: a person wants to look at that field, settled or not."""

    row_clicked = Signal(int)

    def __init__(self, theme: Theme, words: Words, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ComparisonModel(words, self)
        self._active: int | None = None
        self._body = theme.sizes.body
        self.setModel(self.rows)
        self.setItemDelegate(_ComparisonDelegate(theme, pictures, self))
        self.setAccessibleName(self.tr("逐项比对"))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(1)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.row_clicked.emit(index.row()))
        self.rows.modelReset.connect(self.resizeRowsToContents)
        self.rows.dataChanged.connect(lambda first, last: self._refit(first.row(), last.row()))

    def set_rows(self, rows: tuple[ComparisonRow, ...], active: int | None) -> None:
        self._active = active
        self.rows.set_rows(rows, active)
        self._show_active()

    def _show_active(self) -> None:
        if self._active is not None:
            self.scrollTo(self.rows.index(self._active, 0), QTableView.ScrollHint.PositionAtCenter)

    def _refit(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self.resizeRowToContents(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            self.row_clicked.emit(self.currentIndex().row())
        else:
            event.ignore()  # answers and commands belong to the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        narrow = width < _NARROW * self._body
        self.setColumnHidden(Column.CROP, narrow)
        room = width / (1 - _SHARES[Column.CROP]) if narrow else width
        for column, share in _SHARES.items():
            self.setColumnWidth(column, int(room * share))
        self.resizeRowsToContents()
        self._show_active()  # room was taken from the table: not from the row that waits
