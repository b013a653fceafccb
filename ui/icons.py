"""Shapes for meanings: SVG files of resources/icons, tinted with the theme's colours and rendered once per size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).parent.parent / "resources" / "icons"


@lru_cache(maxsize=1)
def _drawings() -> dict[str, str]:
    """All icons at once: reading them one by one in the middle of a family's visit was felt as a stumble."""
    return {path.stem: path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.svg")}


@lru_cache(maxsize=256)
def icon_pixmap(name: str, colour: str, ground: str, size: int, ratio: float = 1.0) -> QPixmap:
    """``name`` of resources/icons in ``colour``; the mark cut into a filled shape has the colour ``ground``."""
    svg = _drawings()[name].replace("currentColor", colour).replace('"ground"', f'"{ground}"')
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def app_icon() -> QIcon:
    return QIcon(str(_FOLDER / "app.svg"))
