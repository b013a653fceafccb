"""What can be wrong with a window on the screen, whatever it shows: each check gives back what it found, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from ui.tokens import contrast
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.pin_pad import PinPad
from ui.widgets.preview import PreviewWidget

FINGER = 44
LANGUAGE_NAMES = ("简体中文", "繁體中文", "English")
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)


def visible(root: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    own = [root] if isinstance(root, kind) and root.isVisible() else []
    return own + [w for w in root.findChildren(kind) if w.isVisible()]


def controls(root: QWidget) -> list[QWidget]:
    """What a person may press, type in or choose from; not the parts of which Qt makes its own controls."""
    return [w for kind in CONTROLS for w in visible(root, kind) if not _part_of_qt(w)]


def _part_of_qt(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if widget.objectName().startswith("qt_") or isinstance(parent, QLineEdit | QComboBox | QAbstractItemView):
        return True
    return parent is not None and parent.inherits("QComboBoxPrivateContainer")


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def shown_texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that is read or heard: labels, buttons, tool tips, cells, names for screen readers."""
    for widget in visible(root):
        where = type(widget).__name__
        if isinstance(widget, QLabel):
            yield where, re.sub(r"<[^>]*>", "", widget.text())
        if isinstance(widget, QAbstractButton):
            yield where, widget.title if isinstance(widget, KeyButton) else widget.text()
        if isinstance(widget, QLineEdit):
            yield where, widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(n)) for n in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((where, text) for text in _cells(widget))
        if widget.isWindow():
            yield where, widget.windowTitle()
        yield f"{where}.toolTip", widget.toolTip()
        yield f"{where}.accessibleName", widget.accessibleName()
        yield f"{where}.accessibleDescription", widget.accessibleDescription()


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            yield from (str(model.index(row, column).data(role) or "") for role in roles)
    if isinstance(view, QTableView):
        yield from (str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in range(columns))


# ── sizes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def clipped(root: QWidget) -> list[str]:
    """Words that have less room than they need. One-line labels that shorten themselves on purpose carry the whole in a tool tip."""
    found: list[str] = []
    for label in visible(root, QLabel):
        assert isinstance(label, QLabel)
        if not label.text() or label.pixmap().width() > 0:
            continue
        if isinstance(label, ElidedLabel):
            if label.toolTip() != label.text():
                found.append(f"shortened without a tool tip: {label.text()!r}")
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        narrow = not label.wordWrap() and label.sizeHint().width() > label.width()
        if needed > label.height() or narrow:
            found.append(f"{label.text()!r} needs {label.sizeHint()} or {needed} high, has {label.size()}")
    for button in visible(root, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        needed = button.minimumSizeHint() if isinstance(button, KeyButton) else button.sizeHint()
        if isinstance(button, KeyButton | QRadioButton) and button.width() < needed.width():
            found.append(f"button {button.accessibleName() or button.text()!r}: {button.size()} < {needed}")
    return found


def hidden_keys(root: QWidget) -> list[str]:
    """Buttons too narrow to show the key that does the same."""
    return [f"{b.title!r}" for b in visible(root, KeyButton) if isinstance(b, KeyButton) and not b.shows_key]


def outside(root: QWidget) -> list[str]:
    """Widgets that stand out of the window; what can be scrolled to is in it."""
    found: list[str] = []
    for widget in visible(root):
        if widget.isWindow() or _scrolled(widget) or isinstance(widget.parentWidget(), QAbstractItemView):
            continue
        box = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
        if not root.rect().contains(box):
            found.append(f"{type(widget).__name__} {box} outside {root.rect()}")
    return found


def _scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None


def overlapping(root: QWidget) -> list[str]:
    """Words and controls drawn over one another: neighbours that a layout could not give the room they need."""
    found: list[str] = []
    kinds = (QLabel, QAbstractButton, PreviewWidget, QLineEdit, QComboBox)
    shown = [w for kind in kinds for w in visible(root, kind) if not _scrolled(w) and not _part_of_qt(w)]
    boxes = [(w, QRect(w.mapTo(root, QPoint(0, 0)), w.size())) for w in shown if w.window() is root.window()]
    for number, (one, here) in enumerate(boxes):
        for other, there in boxes[number + 1 :]:
            if here.adjusted(2, 2, -2, -2).intersects(there) and not (
                one.isAncestorOf(other) or other.isAncestorOf(one)
            ):
                found.append(f"{_told(one)} over {_told(other)}: {here.intersected(there)}")
    return found


def _told(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {text or name_of(widget)!r}"


def small_targets(root: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {name_of(w)!r}: {w.size()}"
        for w in controls(root)
        if not isinstance(w, QScrollBar) and (w.height() < FINGER or w.width() < FINGER)
    ]


# ── names, roles, Tab ───────────────────────────────────────────────────────────────────────────────────────────────


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    found: list[str] = []
    for widget in controls(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name) or interface.role() in (
            QAccessible.Role.NoRole,
            QAccessible.Role.Client,
        ):
            found.append(f"{type(widget).__name__} name {name_of(widget)!r} role {interface.role()}")
    return found


def tab_order(root: QWidget) -> list[QWidget]:
    """The stops of Tab inside the window, in their order."""
    stops: list[QWidget] = []
    widget: QWidget = root
    for _ in range(2000):
        widget = widget.nextInFocusChain()
        if widget is root or widget in stops:
            break
        inside = widget.window() is root.window() and widget.isVisible() and widget.isEnabled()
        if inside and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
    return stops


def out_of_reach(root: QWidget) -> list[str]:
    """Live controls that Tab never comes to. Of a group of radio buttons Tab reaches the chosen one, arrows the others."""
    stops = set(tab_order(root))
    return [
        f"{type(w).__name__} {name_of(w)!r}"
        for w in controls(root)
        if w.isEnabled() and w not in stops and not isinstance(w, QRadioButton) and not _on_key_pad(w)
    ]


def _on_key_pad(widget: QWidget) -> bool:
    """Keys of a pad on the screen are for fingers: whoever has a keyboard has them, and the field keeps the focus."""
    return isinstance(widget.parentWidget(), PinPad)


def jumps(root: QWidget) -> list[str]:
    """Places where Tab goes back up by more than half of the window without going on to the next column: reading order is lost there."""
    stops = tab_order(root)
    places = [w.mapTo(root, QPoint(0, 0)) for w in stops]
    return [
        f"{name_of(a)!r} → {name_of(b)!r}"
        for a, b, here, there in zip(stops, stops[1:], places, places[1:], strict=False)
        if there.y() < here.y() - root.height() // 2 and there.x() <= here.x()
    ]


# ── contrast, measured on the picture ───────────────────────────────────────────────────────────────────────────────


def weak_words(root: QWidget, *, least: float = 4.5) -> list[str]:
    """Labels and buttons whose strongest stroke stands out from their ground by less than ``least``; disabled ones too."""
    root.grab()  # settles what a layout still owes
    QApplication.processEvents()
    pixels = _pixels(root.grab().toImage())
    found: list[str] = []
    for widget in visible(root):
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if isinstance(widget, KeyButton):
            text = widget.title
        if not text or (isinstance(widget, QLabel) and widget.pixmap().width() > 0):
            continue
        if isinstance(widget, QRadioButton | QAbstractButton) and not isinstance(widget, KeyButton | QRadioButton):
            continue
        box = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).intersected(root.rect()).adjusted(4, 4, -4, -4)
        ratio = strongest_contrast(pixels, box)
        if ratio is not None and ratio < least:
            found.append(f"{text!r}: {ratio:.2f}")
    return found


def strongest_contrast(pixels: np.ndarray, box: QRect) -> float | None:
    """The commonest colour in ``box`` against the one that differs most from it; None for an area of one colour or none."""
    area = pixels[box.top() : box.bottom() + 1, box.left() : box.right() + 1].reshape(-1, 3)
    if not area.size:
        return None
    packed = (area[:, 0].astype(np.uint32) << 16) | (area[:, 1].astype(np.uint32) << 8) | area[:, 2]
    colours, counts = np.unique(packed, return_counts=True)
    if colours.size < 3:
        return None
    ground = f"#{colours[counts.argmax()]:06x}"
    return max(contrast(ground, f"#{colour:06x}") for colour in colours)


def _pixels(image: QImage) -> np.ndarray:
    """(H, W, 3) RGB."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()  # the image's memory goes with it
