"""`yanhe` (or `yanhe desk`): the desk app of an enrolled machine."""

from __future__ import annotations

import argparse
import sys

from kiosk.settings import Settings
from kiosk.sync.words import store_text
from kiosk.texts import say, text
from offline_cache.problems import StoreProblem


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--camera", metavar="SOURCE", help="webcam:0, video:FILE, folder:DIR (default: from the settings)"
    )
    parser.add_argument("--staff", default="T00", metavar="NUMBER", help="staff number that papers and log carry")
    parser.add_argument("--staff-name", default="", metavar="NAME")
    parser.add_argument(
        "--family-window", action="store_true", help="show the window for the family on the second screen"
    )
    parser.add_argument("--language", choices=("zh_CN", "zh_TW", "en"))


def run(options: argparse.Namespace) -> int:
    from ui.app import FamilyWindow, MainWindow, create_application
    from yanhe.camera import camera_source
    from yanhe.compose import NotEnrolled, Staff, running_desk

    settings = Settings.load()
    if options.language:
        settings = settings.with_changes(language=options.language)
    app, theme = create_application(["yanhe"], settings.language)
    source = camera_source(options.camera or settings.camera)
    try:
        with running_desk(settings, source, Staff(options.staff, options.staff_name or options.staff)) as running:
            window = MainWindow(running.desk, theme=theme, language=settings.language, devices=running.devices)
            window.showMaximized()
            family = (
                FamilyWindow(running.desk, theme=theme, language=settings.language) if options.family_window else None
            )
            if family is not None:
                family.show()
            return app.exec()
    except NotEnrolled:
        print(say(text("doctor.network.not_enrolled"), settings.language), file=sys.stderr)
    except StoreProblem as problem:
        print(say(store_text(problem.code.value), settings.language), file=sys.stderr)
    return 1
