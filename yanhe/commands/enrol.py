"""``yanhe enrol``: make this machine a desk of a school."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.settings import Settings, SettingsProblem
from kiosk.sync.enrolment import enrol, move
from kiosk.sync.transport import Refused, Unreachable
from kiosk.sync.trust import AuthorityProblem, PlainLine
from kiosk.sync.words import refusal_text, store_text
from kiosk.texts import Text, say, text
from kiosk.wire.chain import link
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, SUITES
from offline_cache.keys import machine_keys
from offline_cache.problems import StoreProblem
from offline_cache.store import Store

_NO_LINE = {"certificate": "sync.enrol.certificate", "certificate_date": "sync.enrol.certificate_date"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="address of the central platform, https://…")
    parser.add_argument(
        "--code",
        default="",
        help="the one-time code from the district; none: this desk's platform has moved to another address or authority",
    )
    parser.add_argument(
        "--desk-name", default="", metavar="NAME", help="how this desk is called on screen and on paper"
    )
    parser.add_argument(
        "--suite", choices=("ed25519", "sm"), default="ed25519",
        help="by what this desk signs and chains: Ed25519 with SHA-256, or SM2 with SM3",
    )  # fmt: skip
    parser.add_argument(
        "--authority",
        type=Path,
        metavar="PEM",
        help="certificate of the district's own authority; nobody else is trusted then",
    )
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
        authority = options.authority.read_text(encoding="ascii") if options.authority else ""
    except (OSError, UnicodeDecodeError):
        return 1, text("sync.enrol.authority", file=str(options.authority))
    try:
        with Store.open(settings.store, machine_keys(settings.key_file), chain=link, ciphers=SUITES) as store:
            suite = SHANGMI if options.suite == "sm" else INTERNATIONAL
            if options.code:
                desk = enrol(options.url, options.code, store, options.desk_name, suite, authority)
            else:
                desk = move(store, options.url, authority)
    except Unreachable as unreachable:
        return 1, text(_NO_LINE.get(unreachable.why, "sync.enrol.unreachable"), url=options.url)
    except PlainLine:
        return 1, text("sync.enrol.plain", url=options.url)
    except AuthorityProblem:
        return 1, text("sync.enrol.authority", file=str(options.authority))
    except Refused as refused:
        return 1, text("sync.enrol.refused", problem=refusal_text(refused.code))
    except StoreProblem as problem:
        return 1, text("sync.broken", problem=store_text(problem.code))
    except LookupError:
        return 1, text("sync.enrol.no_code")
    except ValueError:
        return 1, text("sync.enrol.other_desk")
    settings.with_changes(platform_url=options.url, school=desk.school_code, desk_name=desk.desk_name).save()
    return 0, text(
        "sync.enrol.done" if options.code else "sync.enrol.moved",
        school=desk.school_name,
        desk=desk.desk_name or desk.desk_id,
    )
