"""Painting of list rows shared by the checklist and the candidates: wrapped text with a measured height."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

WRAP = int(
    Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
)


@lru_cache(maxsize=512)
def text_height(text: str, font: QFont, width: int) -> int:
    """Height of ``text`` wrapped to ``width``; 0 for no text. A row is measured again whenever anything about it changes."""
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 10_000), WRAP, text).height()


def forget_texts() -> None:
    """The next family begins: what was measured is of no more use, and not ours to keep."""
    text_height.cache_clear()


def draw_text(painter: QPainter, box: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    painter.drawText(box, WRAP, text)
