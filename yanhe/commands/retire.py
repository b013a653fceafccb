"""``yanhe retire``: the season is over. This machine stops being a desk, and what it knew of families is erased.

Only when the platform has accepted everything. Of the log, number and hash of the last act are printed, to be noted: they say for good what
this desk had written. The platform keeps acts and pictures by its own rules.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings import Settings
from kiosk.sync.enrolment import enrolment, transport_for
from kiosk.sync.exchange import Exchange
from kiosk.sync.transport import Refused, Unreachable
from kiosk.sync.words import store_text
from kiosk.texts import Text, say, text
from offline_cache.erase import begun_to_erase, erase
from offline_cache.keys import machine_keys
from offline_cache.outbox import Delivery
from offline_cache.problems import StoreProblem
from offline_cache.store import Store
from yanhe.compose import TRUSTED_KEYS, open_store

# beside the store: everything that may name a person, or that only this desk had
_BESIDE = ("papers", "drawn", "readiness", TRUSTED_KEYS, "pack-signers.json")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do not ask; for a script that retires many machines")


def run(options: argparse.Namespace) -> int:
    settings = Settings.load()
    try:
        code, sentence = _retire(settings, options.yes)
    except StoreProblem as problem:
        code, sentence = 1, store_text(problem.code.value)
    except OSError as problem:
        code, sentence = 1, text("retire.unfinished", why=problem.strerror or type(problem).__name__)
    print(say(sentence, settings.language), file=sys.stderr if code else sys.stdout)
    return code


def _retire(settings: Settings, sure: bool) -> tuple[int, Text]:
    if begun_to_erase(settings.store):  # it was interrupted, after somebody had agreed
        _erase(settings)
        return 0, text("retire.finished")
    if not settings.store.exists():
        return 1, store_text("not_enrolled")
    with open_store(settings) as store:
        desk = enrolment(store)
        if desk is None:
            return 1, store_text("not_enrolled")
        _send(store)
        counts = store.outbox_counts()
        if waiting := counts.open_events + counts.open_images:
            return 1, text("retire.waiting", number=waiting)
        if refused := counts.events[Delivery.REFUSED] + counts.images[Delivery.REFUSED]:
            return 1, text("retire.refused", number=refused)
        number, digest = store.head()
        name = desk.desk_name or desk.desk_id
    if not sure and not _agreed(settings, name, number):
        return 1, text("retire.not_agreed")
    _erase(settings)
    return 0, text("retire.done", desk=name, number=number, digest=digest)


def _send(store: Store) -> None:
    """What is left, if the platform can be reached."""
    desk = enrolment(store)
    counts = store.outbox_counts()
    if desk is None or not (counts.open_events or counts.open_images):
        return
    with transport_for(desk) as line:
        try:
            Exchange(store, line).push()
        except (Unreachable, Refused):
            return  # what waits is counted next


def _agreed(settings: Settings, name: str, number: int) -> bool:
    papers = sum(1 for path in settings.papers.glob("*") if path.is_file())
    print(say(text("retire.ask", desk=name, number=number, papers=papers, home=str(settings.home)), settings.language))
    return sys.stdin.readline().strip() == name


def _erase(settings: Settings) -> None:
    erase(settings.store, machine_keys(settings.key_file))
    for path in _leftovers(settings.home):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    settings.with_changes(platform_url="", school="", desk_name="").save()


def _leftovers(home: Path) -> Iterator[Path]:
    return (path for name in _BESIDE if (path := home / name).exists())
