"""`yanhe doctor`: can this machine be a desk today? One line a subject, the remedy beside it; exit 1 when something must be mended."""

from __future__ import annotations

import argparse
import functools
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from kiosk.desk.pack_shelf import PackShelf
from kiosk.doctor import checks
from kiosk.doctor.people import people
from kiosk.doctor.report import Finding, Health, examine, worst_first
from kiosk.policy import PackError, builtin_packs
from kiosk.readiness.report import Reports
from kiosk.settings import Settings, SettingsProblem
from kiosk.sync.enrolment import enrolment
from kiosk.texts import say, text
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.problems import StoreProblem
from yanhe.camera import camera_source
from yanhe.commands import store_check
from yanhe.compose import key_source, open_store

_MARKS = {Health.OK: "✔", Health.WARN: "!", Health.FAIL: "✘"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one object with all checks")
    parser.add_argument(
        "--camera",
        metavar="SOURCE",
        help="try another camera than the one in the settings (webcam:1, video:FILE, folder:DIR)",
    )
    parser.add_argument(
        "--store", action="store_true", help="examine every page, act and picture of the store, and nothing else"
    )
    parser.add_argument(
        "--repair", action="store_true", help="with --store: save what is readable; gives up no unsent act"
    )
    parser.add_argument("--language", choices=("zh_CN", "zh_TW", "en"))


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    settings = Settings.load()
    language = options.language or settings.language
    if options.store:
        return store_check.run(settings, language, mend=options.repair, as_json=options.json)
    gui = QGuiApplication.instance() or QGuiApplication(["yanhe"])
    url = _platform_url(settings)
    now = datetime.now().astimezone()
    report = examine(
        {
            "camera": functools.partial(_camera, options.camera or settings.camera),
            "recognition": checks.recognition,
            "barcodes": checks.barcodes,
            "printers": functools.partial(checks.printers, settings),
            "fonts": functools.partial(checks.fonts, settings.fonts),
            "store": functools.partial(checks.store, settings.store, key_source(settings), link, SUITES),
            "packs": functools.partial(_packs, settings),
            "people": functools.partial(_people, settings),
            "clock": functools.partial(checks.clock, url, now),
            "network": functools.partial(checks.network, url),
            "disk": functools.partial(checks.disk, settings.home),
        },
        now,
    )
    del gui
    morning = Reports(settings.home / "readiness")
    if options.json:
        checked = morning.last.as_json(language) if morning.last is not None else None
        print(json.dumps({**report.as_json(language), "last_readiness": checked}, ensure_ascii=False))
    else:
        for finding in worst_first(report.findings):
            print(f"{_MARKS[finding.health]} {say(finding.sentence, language)}")
        print(f"· {say(morning.ready().text, language)}")
    return 1 if report.health is Health.FAIL else 0


def _camera(spec: str) -> Finding:
    try:
        return checks.camera(camera_source(spec))
    except SettingsProblem as problem:
        return Finding("camera", Health.FAIL, text("doctor.camera.unknown", spec=spec), {"why": str(problem)})


def _packs(settings: Settings) -> Finding:
    """The packs this desk would use: those it keeps, or on a new desk those of the program."""
    try:
        loaded = [f"{pack.id} {pack.version}" for pack in builtin_packs().values()]
    except PackError as problem:
        return Finding("packs", Health.FAIL, text("doctor.packs.broken", why=problem.say(settings.language)))
    refused: Mapping[str, str] = {}
    if (settings.store / "desk.db").exists():
        with suppress(StoreProblem), open_store(settings) as store:
            shelf = PackShelf(store, [], [])
            loaded = [" ".join(held) for held in shelf.held] or loaded
            refused = shelf.refused
    return checks.packs(loaded, refused)


def _people(settings: Settings) -> Finding:
    if (settings.store / "desk.db").exists():
        with suppress(StoreProblem), open_store(settings) as store:
            return people(store)
    return people(None)


def _platform_url(settings: Settings) -> str:
    """From the store when it can be opened, else from the settings."""
    if not (settings.store / "desk.db").exists():
        return settings.platform_url
    try:
        with open_store(settings) as store:
            enrolled = enrolment(store)
            return enrolled.platform_url if enrolled else settings.platform_url
    except StoreProblem:
        return settings.platform_url
