"""`yanhe demo`: everything on this machine with nothing to set up.

A platform, a school with fictitious families, a simulated camera, the desk. With --headless the same app runs without a screen
and a simulated person takes one family from the code on its slip to the paper in its hand; each step is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.display import Display
from kiosk.settings import Settings, home
from yanhe import collector
from yanhe.early import warming_reader

if TYPE_CHECKING:
    from scanner.worker import ReaderProcess
    from yanhe.practice_world import PracticeWorld

NO_DISPLAY = """\
这里没有显示器 (no display).
  在桌面环境里运行 script/run，或经 ssh -X 登录后运行；
  只想看一遍流程：script/run --headless
  想要一个虚拟屏幕：apt-get install xvfb && xvfb-run script/run"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--headless", action="store_true", help="without a screen: take one family through and print each step"
    )
    parser.add_argument("--by-itself", action="store_true", help="on the screen, with a simulated person at the keys")
    parser.add_argument(
        "--family",
        action="append",
        metavar="ID",
        help="which family comes to the desk (F01 to F15); again for the next",
    )
    parser.add_argument(
        "--severity", default="good", choices=("good", "medium", "bad"), help="how bad the camera's picture is"
    )
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="where the practice district lives (default: beside the desk's data)"
    )
    parser.add_argument(
        "--keep", action="store_true", help="go on with the practice district of the last time instead of a new one"
    )
    parser.add_argument("--break", dest="breaks", action="store_true", help="open the panel that breaks devices")
    parser.add_argument("--family-window", action="store_true", help="show the window for the family too")
    parser.add_argument("--language", choices=("zh_CN", "zh_TW", "en"))


def run(options: argparse.Namespace) -> int:
    if options.headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif _no_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 3
    collector.hold()
    # Qt is loaded only now: the platform plug-in is chosen when it is
    from yanhe.practice_world import prepare

    settings = Settings.load()
    if options.language:
        settings = settings.with_changes(language=options.language)
    folder = options.folder or home() / "practice"
    try:
        world = prepare(folder, settings, fresh=not options.keep)
    except ValueError as problem:
        print(f"yanhe demo: {problem}", file=sys.stderr)
        return 2
    try:
        if options.headless or options.by_itself:
            from yanhe.by_itself import take_through

            return take_through(world, options.family or ["F01"], options.severity, maximised=not options.headless)
        return _show(world, options)
    finally:
        world.platform.stop()


def _no_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM"):
        return False
    return sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _show(world: PracticeWorld, options: argparse.Namespace) -> int:
    with warming_reader() as reader:
        return _at_the_screen(world, options, reader)


def _at_the_screen(world: PracticeWorld, options: argparse.Namespace, reader: ReaderProcess) -> int:
    from ui.practice.tour import Tour
    from yanhe.practice_run import practice_app
    from yanhe.tour_memory import TOUR_FAMILY, TOUR_FILE, FileTourMemory

    print(f"督导页面 (supervision): {world.platform.supervision_url}", flush=True)
    tour = Tour(TOUR_FAMILY, FileTourMemory(home() / TOUR_FILE))
    display = Display.load(home())
    if options.language:
        display = replace(display, language=options.language)
    with practice_app(
        world,
        severity=options.severity,
        home=home(),
        display=display,
        family_window=options.family_window,
        tour=tour,
        breakable=True,
        reader=reader,
    ) as practice:
        practice.windows.show(maximised=True)
        if options.breaks:
            practice.window.practice_bar.open_faults()
        if options.family or not tour.offered:  # whoever is new is asked first; the table stays free
            practice.session.play((options.family or ["F01"])[0], True)
        return practice.app.exec()
