"""Each state of the desk on a small screen: nothing clipped, everything named, every character drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fake_desk import FakeDesk, FakePractice, states
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFont, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Phase, PreviewView
from kiosk.texts import LANGUAGES, catalogue
from ui.app import MainWindow
from ui.staff.comparison_model import Column
from ui.theme import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton

STATES = states()
Open = Callable[..., MainWindow]


@pytest.fixture(params=list(STATES), scope="module")
def shown(request: pytest.FixtureRequest, theme: Theme) -> Iterator[MainWindow]:
    """One window a state, looked at by several tests."""
    view, picture = STATES[request.param]
    desk = FakeDesk(view)
    desk.shown = picture
    window = MainWindow(desk, theme=theme, practice=FakePractice())
    window.resize(1366, 768)
    window.show()
    window.show_view(view)
    window.preview_feed.poll()
    for _ in range(5):
        QApplication.processEvents()
    yield window
    window.close()
    window.deleteLater()


def visible(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [w for w in window.findChildren(kind) if w.isVisible()]


def in_a_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def test_no_word_is_clipped_at_1366_by_768(shown: MainWindow) -> None:
    assert (shown.width(), shown.height()) == (1366, 768)
    clipped = []
    for label in visible(shown, QLabel):
        assert isinstance(label, QLabel)
        if isinstance(label, ElidedLabel) or not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        too_narrow = not label.wordWrap() and label.sizeHint().width() > label.width()
        if needed > label.height() or too_narrow:
            clipped.append((label.text(), label.size(), needed))
    assert clipped == []


def test_no_button_is_smaller_than_its_words_or_a_finger(shown: MainWindow) -> None:
    for button in visible(shown, KeyButton):
        assert button.width() >= button.sizeHint().width()
        assert button.height() >= 44


def test_everything_lies_inside_the_window(shown: MainWindow) -> None:
    for widget in visible(shown, QWidget):
        if widget.isWindow() or in_a_scroll_area(widget) or isinstance(widget.parentWidget(), QAbstractItemView):
            continue
        corner = widget.mapTo(shown, QPoint(0, 0))
        assert shown.rect().contains(corner)
        assert shown.rect().contains(corner + QPoint(widget.width() - 1, widget.height() - 1)), widget


def test_every_control_has_a_name_and_a_role(shown: MainWindow) -> None:
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView):
        for control in visible(shown, kind):
            if control.objectName().startswith("qt_") or isinstance(control.parentWidget(), QLineEdit | QComboBox):
                continue  # parts of Qt's own controls
            if control.parentWidget() is not None and isinstance(control.parentWidget(), QAbstractItemView):
                continue  # a table's own heads
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface.text(QAccessible.Text.Name), control
            assert interface.role() != QAccessible.Role.NoRole


def test_tab_reaches_every_button_that_can_be_pressed(shown: MainWindow) -> None:
    reached: set[QWidget] = set()
    widget: QWidget = shown
    for _ in range(400):
        widget = widget.nextInFocusChain()
        if widget in reached:
            break
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
    assert {b for b in visible(shown, KeyButton) if b.isEnabled()} <= reached


def glyphs_missing(text: str, font: QFont) -> list[str]:
    """Characters of ``text`` for which no font of the list has a glyph."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1_000_000)
    layout.endLayout()
    if all(0 not in run.glyphIndexes() for run in layout.glyphRuns()):
        return []
    return [f"U+{ord(c):04X}" for c in text if len(text) == 1 or glyphs_missing(c, font)]


def test_no_shown_character_lacks_a_glyph(shown: MainWindow, theme: Theme) -> None:
    said = {w.text() for w in visible(shown, QLabel) if isinstance(w, QLabel)}
    said |= {b.title for b in visible(shown, KeyButton) if isinstance(b, KeyButton)}
    font = theme.font(15)
    assert [c for text in said for c in glyphs_missing(text, font)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_catalogues_lacks_a_glyph(theme: Theme, language: str) -> None:
    characters = sorted({c for sentence in catalogue(language).values() for c in sentence if not c.isspace()})
    font = theme.font(15)
    assert [c for character in characters for c in glyphs_missing(character, font)] == []


def test_rare_characters_of_names_are_drawn(theme: Theme) -> None:
    font = theme.font(15)
    for character in "㐀𠮷𪚥䶮":
        assert glyphs_missing(character, font) == []


def test_the_missing_glyph_check_finds_one(theme: Theme) -> None:
    assert glyphs_missing("\U000e1234", theme.font(15)) != []


def test_training_cannot_be_mistaken_for_the_real_thing(shown: MainWindow) -> None:
    assert shown.view is not None
    assert shown.practice_bar.isVisible() == shown.view.header.practice
    edge = shown.grab().toImage().pixelColor(1, 400).name()
    assert (edge == "#5d2489") == shown.view.header.practice


def test_verdicts_are_told_by_words_as_well(open_window: Open) -> None:
    window = open_window(FakeDesk(STATES["04-ask"][0]))
    model = window.case_page.comparison.table.rows
    words = [model.index(r, Column.VERDICT).data() for r in range(model.rowCount())]
    assert words == ["一致", "一致", "请看图", "不一致", "一致", "一致"]


def test_the_hint_of_the_camera_is_what_is_said(open_window: Open) -> None:
    view, picture = STATES["03-just-opened"]
    assert isinstance(picture, PreviewView)
    desk = FakeDesk(view)
    desk.shown = picture
    window = open_window(desk)
    window.preview_feed.poll()
    assert picture.hint.key in {w.text() for w in visible(window, QLabel) if isinstance(w, QLabel)}


def test_a_notice_is_shown_until_it_was_read(open_window: Open, qtbot: QtBot) -> None:
    view: DeskView = STATES["13-camera-lost"][0]
    desk = FakeDesk(view)
    window = open_window(desk)
    assert "已核的内容都在" in window.notice.text
    window.notice.dismiss()
    desk.publish(DeskView(Phase.FINDING, view.header, notice=view.notice))
    qtbot.waitUntil(lambda: window.view is desk.view)
    assert window.notice.text == ""  # the same message does not come back by itself
