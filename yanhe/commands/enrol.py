"""``yanhe enrol``: make this machine a desk of a school."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.settings import Settings, SettingsProblem
from kiosk.sync.enrolment import enrol
from kiosk.sync.transport import Refused, Unreachable
from kiosk.sync.words import refusal_text, store_text
from kiosk.texts import Text, say, text
from kiosk.wire.chain import link
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, SUITES
from offline_cache.keys import machine_keys
from offline_cache.problems import StoreProblem
from offline_cache.store import Store


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="address of the central platform, https://…")
    parser.add_argument("--code", required=True, help="the one-time code from the district")
    parser.add_argument(
        "--desk-name", default="", metavar="NAME", help="how this desk is called on screen and on paper"
    )
    parser.add_argument(
        "--suite", choices=("ed25519", "sm"), default="ed25519",
        help="by what this desk signs and chains: Ed25519 with SHA-256, or SM2 with SM3",
    )  # fmt: skip
    parser.add_argument("--home", type=Path, metavar="DIR", help="where this desk lives (default: $YANHE_HOME)")


def run(options: argparse.Namespace) -> int:
    try:
        settings = Settings.load(options.home)
    except SettingsProblem as problem:
        print(f"yanhe enrol: {problem}", file=sys.stderr)
        return 1
    outcome, sentence = _enrol(settings, options)
    print(say(sentence, settings.language), file=sys.stdout if outcome == 0 else sys.stderr)
    return outcome


def _enrol(settings: Settings, options: argparse.Namespace) -> tuple[int, Text]:
    try:
        with Store.open(settings.store, machine_keys(settings.key_file), chain=link, ciphers=SUITES) as store:
            suite = SHANGMI if options.suite == "sm" else INTERNATIONAL
            desk = enrol(options.url, options.code, store, options.desk_name, suite)
    except Unreachable:
        return 1, text("sync.enrol.unreachable", url=options.url)
    except Refused as refused:
        return 1, text("sync.enrol.refused", problem=refusal_text(refused.code))
    except StoreProblem as problem:
        return 1, text("sync.broken", problem=store_text(problem.code))
    except ValueError:
        return 1, text("sync.enrol.other_desk")
    settings.with_changes(platform_url=options.url, school=desk.school_code, desk_name=desk.desk_name).save()
    return 0, text("sync.enrol.done", school=desk.school_name, desk=desk.desk_name or desk.desk_id)
