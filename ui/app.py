"""The Qt application of the desk: fonts, translators, theme. Devices and the desk itself are wired by the yanhe package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from kiosk.display import Display
from ui.family.window import FamilyWindow
from ui.icons import app_icon
from ui.staff.window import MainWindow
from ui.theme import Theme, apply_theme, theme_for_screen, theme_of
from ui.tokens import LIGHT, Colours

__all__ = ["FamilyWindow", "MainWindow", "Theme", "create_application", "dress", "install_language", "theme_for_screen"]

_TRANSLATIONS = Path(__file__).parent.parent / "resources" / "translations"


def create_application(
    argv: Sequence[str], language: str = "zh_CN", *, colours: Colours = LIGHT, large_type: bool = False
) -> tuple[QApplication, Theme]:
    """The application (the one there is, or a new one) dressed in the theme, and the theme to give to the windows."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(argv))
    app.setApplicationName("yanhe")
    app.setDesktopFileName("yanhe")
    app.setWindowIcon(app_icon())
    install_language(app, language)
    theme = theme_for_screen(colours, large_type=large_type)
    apply_theme(app, theme)
    return app, theme


def dress(app: QApplication, display: Display, language: str) -> Theme:
    """Give the running application another language and another look. Windows made from now on have both."""
    install_language(app, language)
    theme = theme_of(display, language)
    apply_theme(app, theme)
    return theme


def install_language(app: QApplication, language: str) -> None:
    """Qt's own sentences (context menus, input) and ours. Chinese (zh_CN) is the source and needs no file of ours."""
    QLocale.setDefault(QLocale(language))
    for kept in app.findChildren(QTranslator):
        app.removeTranslator(kept)
        kept.deleteLater()
    folders = {
        f"qtbase_{language}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        f"yanhe_{language}": str(_TRANSLATIONS),
    }
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
        else:
            translator.deleteLater()
