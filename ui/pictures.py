"""JPEG pieces of photographs as pixmaps, decoded small and once.

Snapshots share their ``bytes`` objects, so identity is the key; the cache holds the object, which keeps the identity true.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap


class PictureCache:
    """The latest ``capacity`` pictures. ``get`` decodes at no more than the asked size: libjpeg scales while it decodes."""

    def __init__(self, capacity: int = 96) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[tuple[int, int, int], tuple[bytes, QPixmap]] = OrderedDict()

    def get(self, jpeg: bytes, within: QSize, ratio: float = 1.0) -> QPixmap:
        """The picture fitted into ``within`` (device-independent pixels). A null pixmap when there is none or it is broken."""
        if not jpeg:
            return QPixmap()
        key = (id(jpeg), round(within.width() * ratio), round(within.height() * ratio))
        kept = self._kept.get(key)
        if kept is None:
            kept = (jpeg, _decode(jpeg, QSize(key[1], key[2]), ratio))
            self._kept[key] = kept
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return kept[1]

    def forget(self) -> None:
        """Drop everything: the next family begins."""
        self._kept.clear()


def _decode(jpeg: bytes, within: QSize, ratio: float) -> QPixmap:
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    buffer.close()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
