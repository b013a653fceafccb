"""打印设置: which printer, which paper, and a page to try them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.printing_port import PrintingPort, PrintNews
from kiosk.paper.press import ChoiceError, PrinterChoice
from kiosk.paper.printers import ESCPOS
from kiosk.paper.sizes import Sheet
from ui.printing.relay import Relay
from ui.theme import Theme
from ui.widgets.choice import Choice
from ui.widgets.icon_label import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label, set_text
from ui.widgets.scrim import DecisionDialog
from ui.widgets.tab_order import keep_place
from ui.words import Words

_ICONS = {"printing": ("light_busy", "info"), "printed": ("printer", "ok"), "saved": ("page", "ok")}


class PrinterDialog(DecisionDialog):
    """Nothing changes before Enter; a test page goes to what is marked, chosen or not."""

    def __init__(self, theme: Theme, words: Words, port: PrintingPort, window: QWidget) -> None:
        super().__init__(theme, window, width=680)
        self._words = words
        self._port = port
        self._now = port.choice()
        self._busy = False
        title = self.tr("打印设置")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body.addWidget(label("title", title))
        self._printers = QButtonGroup(self)
        self._uris: list[str | None] = []
        self.body.addWidget(self._printer_list())
        self.paper = self._paper(self._now)
        self.body.addWidget(self.paper)
        self.body.addLayout(self._news_line())
        self.body.addLayout(self._buttons())
        self._queues = Relay(self, self._show_queues)
        self._tested = Relay(self, self._show_test)
        self.finished.connect(lambda _: (self._queues.close(), self._tested.close()))
        port.queues(self._queues)

    # ── building ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _printer_list(self) -> QScrollArea:
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addWidget(label("caption", self.tr("打印机")))
        self._list.addWidget(self._add(self.tr("存成 PDF 文件，不打印"), ""))
        if self._now.uri and self._kind() in ("ipp", "none"):
            name = self.tr("先不打印，都留在“待打印”里") if self._now.uri == "none" else _queue(self._now.uri)
            self._list.addWidget(self._add(name, self._now.uri))
        row = QHBoxLayout()
        row.addWidget(self._add(self.tr("小票打印机，地址："), None))
        self.address = QLineEdit(self._now.uri if self._kind() == "thermal" else f"{ESCPOS}://")
        self.address.setAccessibleName(self.tr("小票打印机的地址"))
        self.address.setPlaceholderText(f"{ESCPOS}://192.168.1.50")
        self.address.textEdited.connect(lambda _: self._printers.button(self._uris.index(None)).setChecked(True))
        row.addWidget(self.address, 1)
        self._list.addLayout(row)
        self._more = QVBoxLayout()
        self._list.addLayout(self._more)
        self._list.addStretch(1)
        self._mark(self._now.uri)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(self.theme.sizes.touch * 5)
        area.setWidget(inside)
        return area

    def _add(self, words: str, uri: str | None) -> QRadioButton:
        """``uri`` None: the one whose address is typed."""
        button = QRadioButton(words)
        self._printers.addButton(button, len(self._uris))
        self._uris.append(uri)
        return button

    def _kind(self) -> str:
        try:
            return self._now.kind
        except ChoiceError:
            return "pdf"

    def _mark(self, uri: str) -> None:
        wanted = None if uri.startswith(f"{ESCPOS}:") else uri
        if wanted in self._uris:
            self._printers.button(self._uris.index(wanted)).setChecked(True)

    def _paper(self, choice: PrinterChoice) -> Choice:
        options = (
            ("", self.tr("按打印机")),
            (Sheet.A4_BOTH.value, self.tr("A4（两联并排）")),
            (Sheet.A5.value, self.tr("A5（一联一张）")),
            (Sheet.ROLL_80.value, self.tr("80 毫米纸卷")),
            (Sheet.ROLL_58.value, self.tr("58 毫米纸卷")),
        )
        return Choice(self.theme, self.tr("纸"), options, choice.paper, in_a_line=3)

    def _news_line(self) -> QHBoxLayout:
        self._icon = IconLabel(self.theme, self.theme.sizes.icon)
        self._news = label("strong", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self._icon)
        line.addWidget(self._news, 1)
        return line

    def _buttons(self) -> QHBoxLayout:
        self.test = KeyButton(self.theme, self.tr("打印测试页"), "F9", icon="printer", shortcut="F9")
        self.use = KeyButton(self.theme, self.tr("就用它"), "Enter", kind="primary")
        back = KeyButton(self.theme, self.tr("返回"), "Esc")
        self.test.clicked.connect(self._test)
        self.use.clicked.connect(self._use)
        back.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.test)
        line.addStretch(1)
        line.addWidget(self.use)
        line.addWidget(back)
        return line

    # ── what a person does ──────────────────────────────────────────────────────────────────────────────────────────

    def marked(self) -> PrinterChoice:
        """What stands in the dialog now."""
        uri = self._uris[self._printers.checkedId()] if self._printers.checkedId() >= 0 else ""
        return PrinterChoice(self.address.text().strip() if uri is None else uri, str(self.paper.value))

    def _show_queues(self, queues: tuple[PrinterChoice, ...]) -> None:
        made = [self._add(_queue(queue.uri), queue.uri) for queue in queues if queue.uri not in self._uris]
        for button in made:
            self._more.addWidget(button)
        keep_place(made, self.paper.buttons[0])
        if not queues:
            self._more.addWidget(label("muted", self.tr("系统里没有别的打印机。新打印机先在系统里添加。"), wrap=True))

    def _test(self) -> None:
        if not self._busy:
            self._busy = True
            self.test.setEnabled(False)
            self._port.test_page(self.marked(), self._words.language, self._tested)

    def _show_test(self, news: PrintNews) -> None:
        self._icon.show_icon(*_ICONS.get(news.state, ("light_bad", "bad")))
        set_text(self._news, self._words(news.text) + (f"  {news.path}" if news.path else ""))
        self._busy = not news.over
        self.test.setEnabled(news.over)

    def _use(self) -> None:
        problem = self._port.choose(self.marked())
        if problem is None:
            self.accept()
            return
        self._icon.show_icon("light_bad", "bad")
        set_text(self._news, self._words(problem))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._use()
            return
        super().keyPressEvent(event)


def _queue(uri: str) -> str:
    """What people call it: the queue's name, and where it is when that is another machine."""
    name, server = uri.rsplit("/", 1)[-1], uri.split("/")[2]
    return name if server.split(":")[0] in ("localhost", "127.0.0.1", "[") else f"{name} ({server})"
