"""A language nobody speaks: every sentence two fifths longer and between marks. Where it does not fit, German or Uyghur would not either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from unittest.mock import patch

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from kiosk import texts

_LONGER = 0.4
_HOLDER = re.compile(r"{\w+}")
_OURS = re.compile(r"[\u3400-\u9fff]")
_FILLER = "汉语加长"


def lengthened(sentence: str) -> str:
    """``sentence`` 40 % longer, its parameters untouched."""
    if not _OURS.search(sentence):
        return sentence
    bare = len(_HOLDER.sub("", sentence))
    missing = max(1, ceil(bare * _LONGER) - 2)
    return f"［{sentence}{(_FILLER * missing)[:missing]}］"


class _Longer(QTranslator):
    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return lengthened(source) if source else ""

    def isEmpty(self) -> bool:
        return False


@contextmanager
def pseudo_locale(app: QApplication) -> Iterator[None]:
    """Windows made inside the block speak it; the language to ask them for is zh_CN."""
    longer = {key: lengthened(said) for key, said in texts.catalogue("zh_CN").items()}
    translator = _Longer()

    def catalogue(language: str) -> dict[str, str]:
        return longer

    # every dressing of the application takes its translators away; this one is put back after each
    from ui import app as ours

    plain = ours.install_language

    def install(application: QApplication, language: str) -> None:
        plain(application, language)
        application.installTranslator(translator)

    with patch.object(texts, "catalogue", catalogue), patch.object(ours, "install_language", install):
        try:
            yield
        finally:
            app.removeTranslator(translator)
