"""`yanhe` (or `yanhe desk`): the desk app of an enrolled machine."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.settings import Settings
from kiosk.sync.words import store_text
from kiosk.texts import say, text
from offline_cache.problems import StoreProblem
from yanhe import collector
from yanhe.early import warming_reader

if TYPE_CHECKING:
    from scanner.worker import ReaderProcess


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--camera", metavar="SOURCE", help="webcam:0, video:FILE, folder:DIR (default: from the settings)"
    )
    parser.add_argument(
        "--staff",
        default="T00",
        metavar="NUMBER",
        help="staff number that papers and log carry for as long as the platform has sent no list of people",
    )
    parser.add_argument("--staff-name", default="", metavar="NAME")
    parser.add_argument(
        "--family-window", action="store_true", help="show the window for the family though there is no second screen"
    )
    parser.add_argument("--language", choices=("zh_CN", "zh_TW", "en"))


def run(options: argparse.Namespace) -> int:
    collector.hold()
    with warming_reader() as reader:
        return _run(options, reader)


def _run(options: argparse.Namespace, reader: ReaderProcess) -> int:
    from kiosk.display import Display
    from ui.app import create_application
    from ui.desk_windows import DeskWindows
    from ui.printing.attach import PrintingTools
    from ui.problem import tell
    from yanhe.camera import camera_source
    from yanhe.compose import NotEnrolled, Staff, running_desk

    settings = Settings.load()
    if options.language:
        settings = settings.with_changes(language=options.language)
    app, _ = create_application(["yanhe"], settings.language)
    display = Display.load(settings.home)
    if options.language:
        display = replace(display, language=options.language)
    source = camera_source(options.camera or settings.camera)
    try:
        staff = Staff(options.staff, options.staff_name or options.staff)
        with running_desk(settings, source, staff, reader=reader) as running:
            windows = DeskWindows(
                app,
                running.desk,
                display,
                language=settings.language,
                save=lambda chosen: chosen.save(settings.home),
                family_anyway=options.family_window,
                lock_after_s=settings.lock_after_s,
                devices=running.devices,
            )
            PrintingTools(windows, running.printing)
            windows.show(maximised=True)
            try:
                return app.exec()
            finally:
                windows.close()
    except NotEnrolled:
        why = text("doctor.network.not_enrolled")
    except StoreProblem as problem:
        why = store_text(problem.code.value)
    print(say(why, settings.language), file=sys.stderr)
    tell(why, settings.language)
    return 1
