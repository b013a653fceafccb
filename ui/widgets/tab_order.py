"""Where Tab comes to controls that were made later than the rest of their window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def keep_place(made: Sequence[QWidget], place: QWidget) -> None:
    """Tab reaches ``made`` one after the other where ``place`` stands in the window, not after everything that was there before."""
    before = place.previousInFocusChain()
    while before is not None and before is not place:
        if before.focusPolicy() & Qt.FocusPolicy.TabFocus and before not in made:
            break
        before = before.previousInFocusChain()
    for widget in made:
        if before is not None and before is not place:
            QWidget.setTabOrder(before, widget)
        before = widget
