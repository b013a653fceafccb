"""显示与声音: how the windows look, what they say and where the family's stands. Nothing changes before Enter."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from kiosk.display import Display, FamilyPlace, Ground
from ui.theme import Theme
from ui.widgets.choice import Choice
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label
from ui.widgets.scrim import DecisionDialog

# in their own words: a person who cannot read the present language must find their own
LANGUAGE_NAMES = (("zh_CN", "简体中文"), ("zh_TW", "繁體中文"), ("en", "English"))


class DisplayDialog(DecisionDialog):
    """Signals: ``confirmed(Display)``; ``sound_wanted()`` to hear one now."""

    confirmed = Signal(object)
    sound_wanted = Signal()

    def __init__(self, theme: Theme, display: Display, language: str, window: QWidget, *, can_play: bool) -> None:
        super().__init__(theme, window, width=760)
        self._display = display
        title = self.tr("显示与声音")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body.addWidget(label("title", title))
        column = self._scrolled()
        yes_no = ((True, self.tr("开")), (False, self.tr("关")))
        self.language = Choice(theme, self.tr("本机语言"), LANGUAGE_NAMES, display.language or language)
        self.ground = Choice(
            theme,
            self.tr("颜色"),
            (
                (Ground.LIGHT, self.tr("浅色")),
                (Ground.DARK, self.tr("深色")),
                (Ground.HIGH_CONTRAST, self.tr("高对比")),
            ),
            display.ground,
        )
        self.large_type = Choice(
            theme, self.tr("字号"), ((False, self.tr("标准")), (True, self.tr("大字"))), display.large_type
        )
        self.motion = Choice(theme, self.tr("动画"), yes_no, display.motion)
        self.sounds = Choice(theme, self.tr("提示音"), yes_no, display.sounds)
        self.place = Choice(
            theme,
            self.tr("家长屏"),
            (
                (FamilyPlace.AUTO, self.tr("第二块屏幕")),
                (FamilyPlace.STRIP, self.tr("本屏上方一条")),
                (FamilyPlace.CORNER, self.tr("本屏一角")),
                (FamilyPlace.OFF, self.tr("不用")),
            ),
            display.family_place,
        )
        self.family_language = Choice(
            theme,
            self.tr("家长屏开始时的语言"),
            LANGUAGE_NAMES,
            display.family_language or display.language or language,
        )
        for pair in ((self.language, None), (self.ground, self.large_type), (self.sounds, self.motion)):
            line = QHBoxLayout()
            line.setSpacing(theme.sizes.pad * 2)
            for part, share in zip(pair, (3, 2), strict=True):
                if part is not None:
                    line.addWidget(part, share)
            column.addLayout(line)
        column.addWidget(self.place)
        column.addWidget(self.family_language)
        column.addStretch(1)
        self._add_buttons(can_play)
        first = next(b for b in self.language.buttons if b.isChecked())
        first.setFocus()

    def _scrolled(self) -> QVBoxLayout:
        """All choices, on a small screen with large type too."""
        inside = QWidget()
        inside.setProperty("look", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.sizes.gap)
        self._inside = inside
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the tab stops
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("显示与声音"))
        self.body.addWidget(self._area, 1)
        return column

    def _add_buttons(self, can_play: bool) -> None:
        self._area.setWidget(self._inside)
        self._inside.ensurePolished()
        wanted = self._inside.sizeHint().height()
        self._area.setFixedHeight(min(wanted + 4, self.owner.window().height() - 5 * self.theme.sizes.touch))
        listen = KeyButton(self.theme, self.tr("试听"), kind="quiet")
        listen.setEnabled(can_play)
        listen.clicked.connect(self.sound_wanted)
        back = KeyButton(self.theme, self.tr("返回"), "Esc")
        back.clicked.connect(self.reject)
        self._confirm = KeyButton(self.theme, self.tr("保存"), "Enter", kind="primary")
        self._confirm.clicked.connect(self._accept)
        line = QHBoxLayout()
        line.addWidget(listen)
        if not can_play:
            line.addWidget(label("muted", self.tr("这台电脑没有能放声音的程序")))
        line.addStretch(1)
        line.addWidget(back)
        line.addWidget(self._confirm)
        self.body.addLayout(line)

    @property
    def chosen(self) -> Display:
        """What the buttons say now."""
        return replace(
            self._display,
            language=cast(str, self.language.value),
            ground=cast(Ground, self.ground.value),
            large_type=bool(self.large_type.value),
            motion=bool(self.motion.value),
            sounds=bool(self.sounds.value),
            family_place=cast(FamilyPlace, self.place.value),
            family_language=cast(str, self.family_language.value),
        )

    def _accept(self) -> None:
        self.confirmed.emit(self.chosen)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            focused = self.focusWidget()
            if isinstance(focused, KeyButton) and focused is not self._confirm:
                focused.click()
            else:
                self._accept()
        elif isinstance(self.focusWidget(), QRadioButton) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        else:
            super().keyPressEvent(event)
