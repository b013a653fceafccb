"""The middle column: the camera picture, the one thing to do, and the page that was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kiosk.desk.view import CaseView, DeviceView, Light, PreviewView
from ui.pictures import PictureCache
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.widgets.picture import Picture
from ui.widgets.preview import PreviewWidget
from ui.words import Words

_STATE_ICONS = {
    "searching": ("place_paper", "info"),
    "seen": ("place_paper", "info"),
    "hold_still": ("camera", "ask"),
    "capturing": ("camera", "ok"),
    "captured": ("verified", "ok"),
    "stopped": ("light_bad", "bad"),
}


class CameraColumn(QFrame):
    """Signals: ``shot_requested()``, ``page_requested()``, ``status_requested()``: what can be done about the camera."""

    shot_requested = Signal()
    page_requested = Signal()
    status_requested = Signal()

    def __init__(self, theme: Theme, words: Words, pictures: PictureCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._theme = theme
        self._words = words
        self._state = ""
        self._device: DeviceView | None = None
        sizes = theme.sizes
        self.preview = PreviewWidget(theme)
        self._icon = IconLabel(theme, sizes.title + 6)
        self._hint = label("title", wrap=True)
        self._hint.setMinimumHeight(round(sizes.title * 2.9))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._do = label("", wrap=True)
        self._do.hide()
        self.help = KeyButton(theme, self.tr("处理摄像头"), "F10")
        self.help.clicked.connect(self.status_requested)
        self.help.hide()
        self.shoot = KeyButton(theme, self.tr("手动拍照"), self.tr("空格"), icon="camera")
        self.shoot.clicked.connect(self.shot_requested)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(6)
        self._busy.setAccessibleName(self.tr("正在识读"))
        self._reading = ElidedLabel("caption")
        self._page = Picture(theme, pictures, name=self.tr("刚拍的一页"))
        self._page.setMinimumHeight(sizes.touch // 2)
        self._page_button = KeyButton(theme, self.tr("看大图"), "F3", shortcut="F3", kind="quiet")
        self._page_button.clicked.connect(self.page_requested)
        self._lay_out(sizes.pad, sizes.gap)
        self.set_preview(None)

    def _lay_out(self, pad: int, gap: int) -> None:
        hint = QHBoxLayout()
        hint.setSpacing(gap)
        hint.addWidget(self._icon)
        hint.addWidget(self._hint, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(gap)
        buttons.addWidget(self.shoot)
        buttons.addWidget(self.help)
        buttons.addStretch(1)
        buttons.addWidget(self._page_button)
        rule = panel("rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(gap)
        column.addWidget(self.preview)
        column.addLayout(hint)
        column.addWidget(self._do)
        column.addLayout(buttons)
        column.addWidget(rule)
        column.addWidget(self._reading)
        column.addWidget(self._busy)
        column.addWidget(self._page, 1)

    def set_preview(self, preview: PreviewView | None) -> None:
        self.preview.set_preview(preview)
        trouble = self._trouble()
        if trouble is not None:
            set_text(self._hint, self._words(trouble.what))
        else:
            set_text(self._hint, self._words(preview.hint) if preview else self.tr("正在等摄像头的画面"))
        state = preview.state if preview and trouble is None else "stopped"
        if state != self._state:
            self._state = state
            icon, tone = _STATE_ICONS.get(state, _STATE_ICONS["searching"])
            self._icon.show_icon(icon, tone)

    def set_device(self, device: DeviceView) -> None:
        """How the camera is: of a trouble, what to do stands where the eyes are."""
        if device == self._device:
            return
        self._device = device
        trouble = self._trouble()
        set_text(self._do, self._words(trouble.do) if trouble else "")
        for part in (self._do, self.help):
            part.setVisible(trouble is not None)
        self.shoot.setVisible(trouble is None)  # there is nothing to take
        if trouble is not None:
            set_text(self._hint, self._words(trouble.what))

    def _trouble(self) -> DeviceView | None:
        device = self._device
        # a doubt about the choice must not hide what the picture asks for
        silent = device is None or device.what is None or (device.light is Light.WARN and device.state == "doubtful")
        return None if silent else device

    def set_case(self, case: CaseView) -> None:
        self._busy.setVisible(case.reading)
        document = next((d for d in case.documents if d.doc_id == case.current_doc), None)
        if case.reading:
            set_text(self._reading, self.tr("正在识读刚拍的一页，可以接着放下一份"))
        else:
            set_text(self._reading, document.title if document else self.tr("还没有拍到材料"))
        self._page_button.setEnabled(document is not None and bool(document.page_jpeg))
        self._page.set_jpeg(document.page_jpeg if document is not None else b"")
