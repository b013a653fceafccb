"""Every state of both windows and every dialog: in every language, every look, with longer words; named, reachable, large enough."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from fake_desk import FakePractice, conflicts, states
from gallery_screens import Look, screens
from gallery_words import han, in_language, own_values, simplified_only
from pseudo_locale import pseudo_locale
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from screen_checks import (
    LANGUAGE_NAMES,
    clipped,
    jumps,
    nameless,
    out_of_reach,
    outside,
    overlapping,
    shown_texts,
    small_targets,
    weak_words,
)

import ui
from kiosk.display import Display, Ground
from ui.app import Theme, dress

LARGE = Display(large_type=True)


@pytest.fixture(autouse=True)
def afterwards_as_before(qapp: QApplication, theme: Theme) -> Iterator[None]:
    yield
    dress(qapp, Display(), "zh_CN")


Check = Callable[[QWidget], list[str]]
ROOM: tuple[Check, ...] = (clipped, outside, overlapping)
HANDS: tuple[Check, ...] = (nameless, out_of_reach, jumps, small_targets)


def everywhere(look: Look, *checks: Check) -> dict[str, list[str]]:
    """What the checks found, by screen."""
    found = {name: [line for check in checks for line in check(widget)] for name, widget in screens(look)}
    return {name: lines for name, lines in found.items() if lines}


# ── languages ───────────────────────────────────────────────────────────────────────────────────────────────────────


def own() -> list[str]:
    """What stays as it is in every language: values of papers and people, the languages' own names, the practice world's papers."""
    practice = FakePractice()
    titles = {f"{f.family_id} {f.title}" for f in practice.families()} | {p.title for p in practice.papers("F01")}
    values = set(LANGUAGE_NAMES) | titles | {"黄*"}
    for view in (conflicts(), *(view for view, _ in states().values())):
        values |= own_values(view)
    return sorted(values, key=len, reverse=True)


def strangers(stranger: Callable[[str], set[str]]) -> Check:
    """Texts with characters of another language, once what belongs to the papers is taken out."""
    values = own()

    def check(widget: QWidget) -> list[str]:
        found: set[str] = set()
        for where, text in shown_texts(widget):
            rest = text
            for value in values:
                rest = rest.replace(value, "")
            if stranger(rest):
                found.add(f"{where}: {rest}")
        return sorted(found)

    return check


@pytest.mark.parametrize(("language", "stranger"), [("en", han), ("zh_TW", simplified_only)])
def test_no_screen_speaks_two_languages_and_no_word_is_clipped(
    qapp: QApplication, language: str, stranger: Callable[[str], set[str]]
) -> None:
    assert everywhere(Look(language), strangers(stranger), *ROOM) == {}


def test_the_check_for_strange_characters_finds_them() -> None:
    assert simplified_only("户籍资料") == {"户", "资"}
    assert simplified_only("戶籍資料，臺灣台北，裡面、皇后") == set()
    assert han("ABC 中") == {"中"}


@pytest.mark.parametrize("language", ["zh_TW", "en"])
def test_a_snapshot_in_another_language_keeps_what_the_papers_say(language: str) -> None:
    view = states()["04-ask"][0]
    assert own_values(in_language(view, language)) == own_values(view)


# ── room, looks, hands, screen readers ──────────────────────────────────────────────────────────────────────────────


def test_usual_look(qapp: QApplication) -> None:
    """Nothing clipped at 1366×768; all named, reached with Tab in reading order, large enough for a finger; words stand out by 4.5."""
    assert everywhere(Look(), *ROOM, *HANDS, weak_words) == {}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_large_type_fits_a_small_screen(qapp: QApplication, language: str) -> None:
    assert everywhere(Look(language, LARGE), *ROOM, small_targets) == {}


@pytest.mark.parametrize("display", [Display(), LARGE], ids=["usual", "large"])
def test_sentences_may_grow_by_two_fifths(qapp: QApplication, display: Display) -> None:
    with pseudo_locale(qapp):
        found = everywhere(Look("zh_CN", display), *ROOM)
    assert found == {}


@pytest.mark.parametrize("ground", [Ground.DARK, Ground.HIGH_CONTRAST])
def test_every_word_stands_out_by_4_5_as_it_is_drawn(qapp: QApplication, ground: Ground) -> None:
    assert everywhere(Look(display=Display(ground=ground)), weak_words) == {}


# ── nothing is left out ─────────────────────────────────────────────────────────────────────────────────────────────


def dialog_kinds() -> set[type[QDialog]]:
    """Every dialog the windows have, whoever wrote it."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)

    def below(kind: type[QDialog]) -> set[type[QDialog]]:
        return {kind, *(k for sub in kind.__subclasses__() for k in below(sub))}

    ours = {kind for kind in below(QDialog) if kind.__module__.startswith("ui.")}
    return {kind for kind in ours if not any(other is not kind and issubclass(other, kind) for other in ours)}


def test_every_dialog_is_in_the_gallery(qapp: QApplication) -> None:
    shown = {type(widget) for _, widget in screens(Look())}
    assert dialog_kinds() - shown == set(), "put it into tests/ui/gallery_screens.py"


# ── the checks themselves ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_checks_find_what_is_wrong(qapp: QApplication, qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    root.resize(400, 300)
    root.setStyleSheet("QWidget { background: #ffffff; }")
    faint = QLabel("看不见的字", root)
    faint.setStyleSheet("color: #d8d8d8;")
    faint.setGeometry(10, 10, 200, 30)
    cut = QLabel("这一行字比给它的地方长得多", root)
    cut.setGeometry(10, 60, 40, 30)
    over = QLabel("压在别的字上", root)
    over.setGeometry(20, 65, 200, 30)
    away = QPushButton("", root)
    away.setGeometry(390, 250, 20, 20)
    away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    root.show()
    QApplication.processEvents()
    assert any("看不见的字" in line for line in weak_words(root))
    assert any("比给它的地方长得多" in line for line in clipped(root))
    assert any("压在别的字上" in line for line in overlapping(root))
    assert len(outside(root)) == len(nameless(root)) == len(small_targets(root)) == len(out_of_reach(root)) == 1
