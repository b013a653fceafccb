"""The page over everything while nobody works at the desk: choose who you are, type your PIN. Nothing of a family stands on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.desk.people_view import Door, PeopleView, PersonChoice
from kiosk.desk.view import DeskView
from ui.staff.pin_form import PinForm
from ui.theme import Theme
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, panel, set_text
from ui.widgets.tab_order import keep_place
from ui.words import Words

_KEYED = 9  # F1 to F9 choose the first nine


class SignInPage(QWidget):
    """Signals: ``submitted(number, pin)``, ``resumed()`` where no PIN can be asked for."""

    submitted = Signal(str, str)
    resumed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._choices: tuple[PersonChoice, ...] = ()
        self._recent: list[str] = []
        self._buttons: list[KeyButton] = []
        self._shown: tuple[Door, bool] | None = None
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.form = PinForm(theme, words, self.tr("登录"))
        self.form.submitted.connect(self.submitted)
        self.resume = KeyButton(theme, self.tr("继续"), "Enter", kind="primary")
        self.resume.clicked.connect(self.resumed)
        self._arrange()

    def _arrange(self) -> None:
        sizes = self._theme.sizes
        self._mark = IconLabel(self._theme, sizes.hero)
        self._title = label("hero", wrap=True)
        self._place = label("strong", wrap=True)
        self._kept = label("strong", wrap=True)
        self._practice = label("title", self.tr("练习模式：这里的一切都不作数"), wrap=True)
        colours = self._theme.colours
        self._practice.setStyleSheet(
            f"background: {colours.practice}; color: {colours.on_practice}; padding: {sizes.gap}px;"
        )
        self._hint = label("", wrap=True)
        self._keys = label(
            "muted", self.tr("按 F1–F9 或 ↑ ↓ 选人，也可以直接输入编号；再输入密码，按 Enter。"), wrap=True
        )
        self._people = QWidget()
        self._people.setProperty("look", "ground")
        self._list = QVBoxLayout(self._people)
        self._list.setContentsMargins(2, 2, sizes.gap, 2)
        self._list.setSpacing(sizes.gap)
        self._list.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(self._people)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(self.tr("谁来登录"))
        head = QHBoxLayout()
        head.setSpacing(sizes.pad)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        left = QVBoxLayout()
        left.setSpacing(sizes.pad)
        left.addLayout(head)
        left.addWidget(self._place)
        left.addWidget(self._kept)
        left.addWidget(self._hint)
        left.addWidget(self._keys)
        left.addWidget(self._area, 1)
        left.addWidget(self.resume)
        left.addStretch(0)
        self._card = panel()
        inside = QVBoxLayout(self._card)
        pad = sizes.pad * 2
        inside.setContentsMargins(pad, pad, pad, pad)
        inside.addWidget(self.form)
        self._card.setFixedWidth(round(sizes.touch * 9))
        middle = QHBoxLayout()
        middle.setContentsMargins(pad * 2, pad, pad * 2, pad)
        middle.setSpacing(pad * 2)
        middle.addLayout(left, 1)
        right = QVBoxLayout()
        right.addStretch(1)
        right.addWidget(self._card)
        right.addStretch(1)
        middle.addLayout(right)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._practice)
        outer.addLayout(middle, 1)

    # ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def set_view(self, view: DeskView) -> None:
        people, head = view.people, view.header
        icon, tone, title = self._heading(people.door)
        self._mark.show_icon(icon, tone, "ground")
        set_text(self._title, title)
        set_text(self._place, " · ".join(part for part in (head.school, head.desk) if part))
        self._practice.setVisible(head.practice)
        self._show(self._hint, self._words(people.hint) if people.with_pins else "")
        self._show(self._kept, self._about(view))
        self._card.setVisible(people.with_pins and people.door is not Door.REVOKED)
        for part in (self._area, self._keys):
            part.setVisible(self._card.isVisibleTo(self))
        self.resume.setVisible(people.door is Door.LOCKED and not people.with_pins)
        self._set_choices(people)
        self.form.show_people(people)
        if (people.door, people.with_pins) != self._shown:
            self._shown = (people.door, people.with_pins)
            self.setAccessibleName(title)
            self.begin(people)

    def begin(self, people: PeopleView) -> None:
        if not people.with_pins:
            self.resume.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.begin(people.number or (self._recent[0] if self._recent else ""))
            self._mark_chosen()

    def arrived(self, number: str) -> None:
        """Who came last stands first: colleagues who change at one desk find each other under F1 and F2."""
        if number:
            self._recent = [number, *(n for n in self._recent if n != number)]
        self._shown = None

    def _heading(self, door: Door) -> tuple[str, str, str]:
        return {
            Door.LOCKED: ("lock", "info", self.tr("已锁屏")),
            Door.REVOKED: ("light_bad", "bad", self.tr("本桌已停用")),
        }.get(door, ("lock", "info", self.tr("请登录")))

    def _about(self, view: DeskView) -> str:
        people = view.people
        if people.door is Door.REVOKED:
            waiting = self.tr("还没有上传的 {events} 条记录和 {images} 张图都保留在本机，没有丢失。").format(
                events=view.header.waiting_events, images=view.header.waiting_images
            )
            return self.tr("区里已撤销这张验核桌，不能再打开任何家庭。{waiting}请联系区平台管理员。").format(
                waiting=waiting
            )
        sentences: list[str] = []
        if people.case_kept:
            sentences.append(self.tr("有一个家庭正在办理，资料已遮住；登录后回到原处。"))
        if people.door is Door.LOCKED and not people.with_pins:
            sentences.append(self.tr("本机还没有收到人员名单，不能要求密码。"))
        return "".join(sentences)

    def _show(self, target: QLabel, text: str) -> None:
        set_text(target, text)
        target.setVisible(bool(text))

    # ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _set_choices(self, people: PeopleView) -> None:
        order = [people.number, *self._recent]
        choices = tuple(
            sorted(people.choices, key=lambda c: order.index(c.number) if c.number in order else len(order))
        )
        if choices == self._choices:
            return
        self._choices = choices
        for button in self._buttons:
            self._list.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for place, choice in enumerate(choices):
            key = f"F{place + 1}" if place < _KEYED else ""
            button = KeyButton(
                self._theme, f"{choice.name_masked} · {choice.number}", key, kind="quiet", shortcut=key or None
            )
            button.clicked.connect(lambda _=False, number=choice.number: self._choose(number))
            self._list.insertWidget(place, button)
            self._buttons.append(button)
        keep_place(self._buttons, self.form.number)
        self._mark_chosen()

    def _choose(self, number: str) -> None:
        self.form.begin(number)
        self._mark_chosen()

    def _mark_chosen(self) -> None:
        for choice, button in zip(self._choices, self._buttons, strict=True):
            button.set_kind("ask" if choice.number == self.form.number.text() else "quiet")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing typed here reaches the window beneath."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.resume.isVisible():
            self.resume.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._choices:
            numbers = [choice.number for choice in self._choices]
            here = numbers.index(self.form.number.text()) if self.form.number.text() in numbers else -1
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._choose(numbers[(here + step) % len(numbers)] if here >= 0 else numbers[0])
        event.accept()
