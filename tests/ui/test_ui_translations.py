"""No sentence of the windows lacks a translation, none is stale, and the compiled files hold them."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fake_desk import FakeDesk, states
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.app import MainWindow, create_application, install_language
from ui.widgets.key_button import KeyButton

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_TW", "en")


def sentences(path: Path) -> dict[tuple[str, str], str | None]:
    """(context, source) → translation; None while unfinished."""
    found: dict[tuple[str, str], str | None] = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            target = message.find("translation")
            done = target is not None and target.get("type") is None and target.text
            found[name, message.findtext("source", "")] = target.text if done and target is not None else None
    return found


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What lupdate finds in the sources now."""
    out = tmp_path_factory.mktemp("ts") / "now.ts"
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    sources = sorted(str(p) for p in (ROOT / "ui").rglob("*.py"))
    subprocess.run([str(tool), "-silent", *sources, "-ts", str(out)], check=True, capture_output=True, cwd=ROOT)
    return set(sentences(out))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_stale(language: str, collected: set[tuple[str, str]]) -> None:
    translated = sentences(FOLDER / f"yanhe_{language}.ts")
    assert {key for key, target in translated.items() if target is None} == set()
    assert set(translated) == collected, "run script/translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    import re

    for (_, source), target in sentences(FOLDER / f"yanhe_{language}.ts").items():
        assert target is not None
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", target)), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_the_same(language: str, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(f"yanhe_{language}", str(FOLDER))
    for (context, source), target in sentences(FOLDER / f"yanhe_{language}.ts").items():
        assert translator.translate(context, source) == target, "run script/translations"


def test_the_window_speaks_english_when_asked(qtbot: QtBot, qapp: QApplication) -> None:
    _, theme = create_application(["yanhe"], "en")
    window = MainWindow(FakeDesk(states()["08-ready"][0]), theme=theme, language="en")
    qtbot.addWidget(window)
    window.show()
    titles = {b.title for b in window.findChildren(KeyButton)}
    window.close()
    install_language(qapp, "zh_CN")
    assert {"Receipt", "Return", "Refer", "Undo", "Hold"} <= titles
    assert not any("\u4e00" <= c <= "\u9fff" for title in titles for c in title)


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "复制"), ("zh_TW", "複製")])
def test_qts_own_menus_speak_the_language(qapp: QApplication, language: str, word: str) -> None:
    install_language(qapp, language)
    said = qapp.translate("QWidgetTextControl", "&Copy")
    install_language(qapp, "zh_CN")
    assert word in said
