"""``yanhe export DIR`` and ``yanhe import DIR``: the exchange with the platform of a site that has no network, by USB stick.

The desk's program must be closed meanwhile. What was exported goes on waiting until the platform's answer has been imported.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.desk.pack_shelf import PackShelf
from kiosk.policy.loader import builtin_contents
from kiosk.settings import Settings
from kiosk.sync.enrolment import Enrolment, enrolment
from kiosk.sync.parcels import export, import_answers
from kiosk.sync.words import store_text
from kiosk.texts import Text, say, text
from offline_cache.problems import StoreProblem
from offline_cache.store import Store
from yanhe.compose import open_store


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")


def run(options: argparse.Namespace) -> int:
    settings = Settings.load()
    folder: Path = options.folder
    try:
        if not folder.is_dir():
            code, said = 1, [text("exchange.no_folder", folder=str(folder))]
        else:
            with open_store(settings) as store:
                desk = enrolment(store)
                if desk is None:
                    code, said = 1, [store_text("not_enrolled")]
                elif options.command == "export":
                    code, said = _export(store, desk, folder)
                else:
                    code, said = _import(store, desk, folder)
    except StoreProblem as problem:
        code, said = 1, [store_text(problem.code.value)]
    except OSError as problem:
        code, said = 1, [text("exchange.not_written", why=problem.strerror or type(problem).__name__)]
    for sentence in said:
        print(say(sentence, settings.language), file=sys.stderr if code else sys.stdout)
    return code


def _export(store: Store, desk: Enrolment, folder: Path) -> tuple[int, list[Text]]:
    done = export(store, desk, folder)
    return 0, [text("exchange.exported", events=done.events, images=done.images, file=done.path.name)]


def _import(store: Store, desk: Enrolment, folder: Path) -> tuple[int, list[Text]]:
    shelf = PackShelf(store, builtin_contents(), {desk.platform_key})
    bad: list[Text] = []
    done = import_answers(
        store,
        desk,
        folder,
        take_pack=shelf.receive,
        bad=lambda path, code: bad.append(text("exchange.bad", file=path.name, why=text(f"exchange.problem.{code}"))),
    )
    if not done.parcels:
        return 1, [*bad, text("exchange.nothing")]
    counts = store.outbox_counts()
    waiting = counts.open_events + counts.open_images
    said = text(
        "exchange.imported", accepted=done.accepted, refused=done.refused, changes=done.changes, waiting=waiting
    )
    return (1 if bad or done.refused else 0), [*bad, said]
