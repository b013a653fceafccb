"""The camera picture: drawn by a plain widget, with the document's outline and a flash when a page was taken.

A QImage painted by a plain QWidget is the cheapest way on computers without a graphics card (measured: 2 ms a 720p frame against
13–18 ms for video and OpenGL widgets in software). The frame is scaled to the widget's pixels before Qt sees it.
"""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.desk.view import PreviewView
from scanner.types import Image
from ui.icons import icon_pixmap
from ui.theme import Theme

_FOLLOW = 0.45  # share of the way to the new outline per picture: smooth at 30 pictures/s, arrives within five
_JUMP = 0.12  # of the frame's diagonal: farther than this it is another paper, and the outline jumps
_FLASH_STEPS = 8
_FLASH_INTERVAL_MS = 25


class PreviewWidget(QWidget):
    """Shows the latest ``PreviewView`` given to ``set_preview``. Draws nothing while hidden."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preview: PreviewView | None = None
        self._outline: np.ndarray | None = None
        self._flash = 0
        self._flash_timer = QTimer(self)
        self._flash_timer.setInterval(_FLASH_INTERVAL_MS)
        self._flash_timer.timeout.connect(self._fade)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(240, 135)
        self.setAccessibleName(self.tr("摄像头画面"))

    def sizeHint(self) -> QSize:
        return QSize(480, self._wanted_height())

    def _wanted_height(self) -> int:
        """As the camera's picture; a low window may make it less, never the words below it."""
        return max(135, self.width() * 9 // 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setMaximumHeight(self._wanted_height())
            self.updateGeometry()

    def set_preview(self, preview: PreviewView | None) -> None:
        taken = preview is not None and preview.state == "captured"
        if taken and (self._preview is None or self._preview.state != "captured"):
            self._flash = _FLASH_STEPS
            self._flash_timer.start()
        self._outline = self._follow(preview)
        self._preview = preview
        if self.isVisible():
            self.update()

    def _follow(self, preview: PreviewView | None) -> np.ndarray | None:
        if preview is None or preview.outline is None:
            return None
        new = np.asarray(preview.outline, np.float32)
        if self._outline is None:
            return new
        height, width = preview.frame.image.shape[:2]
        # the corners of a turning paper may change their order: compare with the nearest rotation
        old = min(
            (np.roll(self._outline, k, axis=0) for k in range(4)), key=lambda quad: float(np.abs(quad - new).sum())
        )
        moved = float(np.abs(old - new).max()) / float(np.hypot(width, height))
        return new if moved > _JUMP else old + (new - old) * _FOLLOW

    def _fade(self) -> None:
        self._flash -= 1
        if self._flash <= 0:
            self._flash_timer.stop()
        self.update()

    # ── paint ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("picture"))
        if self._preview is None or self._preview.state == "stopped":
            self._paint_no_picture(painter)
        else:
            area = self._paint_frame(painter, self._preview)
            self._paint_outline(painter, self._preview, area)
        if self._flash > 0:
            painter.fillRect(self.rect(), QColor(255, 255, 255, 190 * self._flash // _FLASH_STEPS))
        painter.end()

    def _paint_no_picture(self, painter: QPainter) -> None:
        side = min(96, self.height() // 3)
        colours = self._theme.colours
        mark = icon_pixmap("camera", colours.on_picture, colours.picture, side, self.devicePixelRatioF())
        top = self.height() // 2 - side
        painter.drawPixmap((self.width() - side) // 2, top, mark)
        painter.setPen(self._theme.colour("on_picture"))
        painter.setFont(self._theme.font(self._theme.sizes.strong, bold=True))
        below = QRectF(0, top + side, self.width(), self.height() - top - side)
        align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below.adjusted(16, 12, -16, 0), int(align), self.tr("没有摄像头画面"))

    def _paint_frame(self, painter: QPainter, preview: PreviewView) -> QRectF:
        height, width = preview.frame.image.shape[:2]
        scale = min(self.width() / width, self.height() / height)
        area = QRectF(0, 0, width * scale, height * scale)
        area.moveCenter(QRectF(self.rect()).center())
        if self.width() - area.width() < 2 and self.height() - area.height() < 2:
            area = QRectF(self.rect())  # no hair line where only rounding differs
        ratio = self.devicePixelRatioF()
        target = (max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio)))
        small = _shrink(preview.frame.image, target)
        bgrx = cv2.cvtColor(small, cv2.COLOR_BGR2BGRA)  # the memory layout of RGB32 on little-endian machines
        image = QImage(bgrx.data, target[0], target[1], target[0] * 4, QImage.Format.Format_RGB32)
        painter.drawImage(area, image)
        return area

    def _paint_outline(self, painter: QPainter, preview: PreviewView, area: QRectF) -> None:
        if self._outline is None:
            return
        scale = area.width() / preview.frame.image.shape[1]
        points = [QPointF(area.x() + float(x) * scale, area.y() + float(y) * scale) for x, y in self._outline]
        steady = preview.state in ("hold_still", "capturing", "captured")
        done = preview.state in ("capturing", "captured")
        colour = self._theme.colour("outline_taken" if done else "outline_held" if steady else "outline_seen")
        wash = QColor(colour)
        wash.setAlpha(40)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 150), 6), QPen(colour, 3)):
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if not steady:
                pen.setStyle(Qt.PenStyle.DashLine)  # by shape too: dashed is seen, solid is held
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(points))
        if done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(wash)
            painter.drawPolygon(QPolygonF(points))


def _shrink(image: Image, size: tuple[int, int]) -> Image:
    """``image`` (H, W, 3) at ``size`` (width, height). First to twice the size by sampling, then by area: as calm to look at as
    area alone, at a tenth of its time (0.7 against 6.9 ms for a 1080p frame)."""
    twice = (2 * size[0], 2 * size[1])
    if twice[0] < image.shape[1]:
        image = np.asarray(cv2.resize(image, twice, interpolation=cv2.INTER_LINEAR), np.uint8)
    shrinks = size[0] < image.shape[1]
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), np.uint8)
