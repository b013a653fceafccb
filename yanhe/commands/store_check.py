"""``yanhe doctor --store [--repair]``: every page, act and picture of this desk's store; what is on its way, item by item."""

from __future__ import annotations

import json
import sys
from contextlib import suppress

from kiosk.settings import Settings
from kiosk.sync.enrolment import enrolment
from kiosk.sync.items import open_items
from kiosk.sync.words import store_text
from kiosk.texts import Text, say, text
from kiosk.wire.chain import link, link_by
from kiosk.wire.suite import SUITES
from offline_cache.events import ChainLink
from offline_cache.examine import Examination, Repair, examine, repair
from offline_cache.problems import StoreProblem
from yanhe.compose import key_source, open_store

_ITEMS_SHOWN = 20


def run(settings: Settings, language: str, *, mend: bool, as_json: bool) -> int:
    """Exit status 1 when something is wrong and stays so."""
    try:
        if not (settings.store / "desk.db").exists():
            return _tell([text("doctor.store.none")], language, 1)
        keys = key_source(settings)
        found = examine(settings.store, keys, chain=_chain(settings), ciphers=SUITES)
        mended = repair(settings.store, keys, ciphers=SUITES) if mend and not found.whole else None
        if as_json:
            print(json.dumps(_facts(found, mended)))
            return 0 if found.whole or (mended is not None and mended.done) else 1
        if found.whole:
            with open_store(settings) as store:
                items = [item.sentence for item in open_items(store, _ITEMS_SHOWN)]
            return _tell([text("check.whole", events=found.events, unsent=found.unsent), *items], language, 0)
    except StoreProblem as problem:
        return _tell([store_text(problem.code.value)], language, 1)
    if mended is None:
        return _tell([*_faults(found), text("check.mendable")], language, 1)
    return _tell([*_faults(found), *_outcome(mended)], language, 0 if mended.done else 1)


def _chain(settings: Settings) -> ChainLink:
    """The link by which this desk's acts are chained; the common one where the store does not say."""
    with suppress(StoreProblem), open_store(settings) as store:
        desk = enrolment(store)
        if desk is not None:
            return link_by(desk.key.suite)
    return link


def _faults(found: Examination) -> list[Text]:
    counted = (
        ("pages", found.pages),
        ("missing_images", len(found.missing_images)),
        ("damaged_images", len(found.damaged_images)),
        ("unlisted", found.unlisted),
    )
    said = [text(f"check.{name}", number=number) for name, number in counted if number]
    if not found.readable:
        said.append(text("check.unreadable"))
    if found.broken_link is not None:
        said.append(text("check.chain", number=found.broken_link))
    return said


def _outcome(mended: Repair) -> list[Text]:
    if not mended.done:
        return [text("check.unsafe", number=mended.unsafe) if mended.unsafe else text("check.unknown")]
    lost = [text("check.given_up", first=first, last=last) for first, last in mended.lost]
    return [text("check.mended", saved=mended.saved_events, file=mended.damaged_file), *lost]


def _facts(found: Examination, mended: Repair | None) -> dict[str, object]:
    return {"whole": found.whole, **vars(found), "repair": vars(mended) if mended is not None else None}


def _tell(sentences: list[Text], language: str, code: int) -> int:
    for sentence in sentences:
        print(say(sentence, language), file=sys.stderr if code else sys.stdout)
    return code
