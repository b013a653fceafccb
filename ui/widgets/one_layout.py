"""Many changes, one layout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def one_layout(root: QWidget) -> Iterator[None]:
    """While the block runs nothing below ``root`` is laid out; afterwards all of it is, once, in the next turn of the event loop.

    Qt lays out every ancestor at each ``show()`` of a child; a view that shows and hides a dozen parts paid for a dozen layouts.
    """
    layouts = [
        (widget, layout, widget.isVisible())
        for widget in (root, *root.findChildren(QWidget))
        if (layout := widget.layout()) is not None
    ]
    for _, layout, _ in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for widget, layout, was_visible in layouts:
            layout.setEnabled(True)
            if not was_visible and widget.isVisible():
                layout.update()  # Qt thinks it did so when it showed it
