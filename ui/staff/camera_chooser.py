"""Choosing a camera by what it shows: the picture in use is live, the others are looked through one after the other."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.desk.devices_port import CameraChoice, DevicesPort
from kiosk.desk.view import DeskPort
from kiosk.texts import text
from scanner.types import Image
from ui.theme import Theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.scrim import DecisionDialog
from ui.words import Words

_LOOK_EVERY_MS = 200
_PICTURE = QSize(400, 225)


class CameraChooser(DecisionDialog):
    """Closes when a camera was chosen; Escape leaves everything as it is."""

    def __init__(self, theme: Theme, words: Words, port: DeskPort, devices: DevicesPort, window: QWidget) -> None:
        super().__init__(theme, window, width=960)
        self._words = words
        self._port = port
        self._devices = devices
        title = self.tr("哪一个摄像头对着桌面？")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body.addWidget(label("title", title))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.sizes.pad)
        self.tiles: dict[str, _Tile] = {}
        self.body.addLayout(self._grid)
        self._none = label("", self.tr("系统没有报告别的摄像头。插上以后会出现在这里。"), wrap=True)
        self.body.addWidget(self._none)
        back = KeyButton(theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        self.body.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        devices.look_round(True)
        self.finished.connect(lambda: devices.look_round(False))
        self.look()

    def look(self) -> None:
        """Show what there is now: cameras come and go while this is open."""
        choices = self._devices.cameras()
        if [choice.spec for choice in choices] != list(self.tiles):
            self._lay_out(choices)
        for choice in choices:
            self._show(choice)

    def _lay_out(self, choices: tuple[CameraChoice, ...]) -> None:
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {choice.spec: _Tile(self.theme, choice) for choice in choices}
        columns = min(2, max(1, len(choices)))
        for number, (spec, tile) in enumerate(self.tiles.items()):
            tile.choose.clicked.connect(lambda _=False, spec=spec: self._chosen(spec))
            self._grid.addWidget(tile, number // columns, number % columns)
        self._none.setVisible(len(choices) < 2)
        if self.isVisible():
            self.adjustSize()

    def _show(self, choice: CameraChoice) -> None:
        tile = self.tiles[choice.spec]
        if choice.chosen:
            preview = self._port.preview()
            tile.show_picture(preview.frame.image if preview is not None else None, self.tr("没有画面"))
            return
        glimpse = self._devices.glimpse(choice.spec)
        if glimpse is None:
            tile.show_picture(None, self.tr("正在看……"))
        elif glimpse.image is None:
            tile.show_picture(None, self._words(text(f"devices.camera.{glimpse.trouble or 'stalled'}.name")))
        else:
            tile.show_picture(glimpse.image, "")

    def _chosen(self, spec: str) -> None:
        self._devices.choose_camera(spec)
        self.accept()


class _Tile(QFrame):
    def __init__(self, theme: Theme, choice: CameraChoice) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._picture = QLabel()
        self._picture.setFixedSize(_PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setStyleSheet(f"background: {theme.colours.picture}; color: {theme.colours.on_picture};")
        self._name = label("strong", choice.name)
        self.choose = KeyButton(theme, self.tr("用这个"), kind="plain")
        self.choose.setAccessibleName(f"{self.choose.title} {choice.name}")
        self.choose.setVisible(not choice.chosen)
        used = label("muted", self.tr("正在使用"))
        used.setVisible(choice.chosen)
        foot = QHBoxLayout()
        foot.addWidget(self._name, 1)
        foot.addWidget(used)
        foot.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.sizes.gap, theme.sizes.gap, theme.sizes.gap, theme.sizes.gap)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(foot)

    def show_picture(self, image: Image | None, otherwise: str) -> None:
        if image is None:
            set_text(self._picture, otherwise)
            return
        width, height = _PICTURE.width(), _PICTURE.height()
        scale = min(width / image.shape[1], height / image.shape[0])
        size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
        small = np.ascontiguousarray(
            cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2BGRA)
        )
        shown = QImage(small.data, size[0], size[1], size[0] * 4, QImage.Format.Format_RGB32)
        self._picture.setPixmap(QPixmap.fromImage(shown))
