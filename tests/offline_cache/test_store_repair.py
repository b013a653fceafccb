"""A damaged page: what can be saved is saved, and an act that the platform has not accepted is never given up."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.wire.chain import link_by
from kiosk.wire.suite import SUITES, Suite
from offline_cache.examine import Examination, Repair, examine, repair
from offline_cache.keys import KeyFile
from offline_cache.outbox import Delivery
from offline_cache.store import Store

PAGE = 4096


@pytest.fixture
def look(tmp_path: Path, suite: Suite) -> Callable[[], Examination]:
    keys = KeyFile(tmp_path / "keys" / "machine.key")
    return lambda: examine(tmp_path / "data", keys, chain=link_by(suite), ciphers=SUITES)


@pytest.fixture
def mend(tmp_path: Path) -> Callable[[], Repair]:
    return lambda: repair(tmp_path / "data", KeyFile(tmp_path / "keys" / "machine.key"), ciphers=SUITES)


def _fill(store: Store, events: int, accepted: int) -> list[str]:
    written = [
        store.append(f"A{n % 7}", "page.read", "li", {"n": n, "text": "甲" * 300}, images=[b"page %d" % n])
        for n in range(events)
    ]
    store.mark_events([(event.event_id, Delivery.ACCEPTED, "") for event in written[:accepted]])
    return [event.event_id for event in written]


def _page_of(store: Store, table: str, share: float) -> int:
    """The number of a leaf page of a table, ``share`` of the way through it."""
    with store.upkeep() as parts:
        parts.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = parts.db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
        last = parts.db.execute("PRAGMA page_count").fetchone()[0]
    return root + round((last - root) * share)


def _damage(tmp_path: Path, page: int) -> None:
    with (tmp_path / "data" / "desk.db").open("r+b") as file:
        file.seek((page - 1) * PAGE + 100)
        file.write(random.Random(page).randbytes(500))


def _damage_acts(tmp_path: Path) -> None:
    """A run of pages in the middle of the file: among them are some with acts, wherever the indexes lie."""
    middle = (tmp_path / "data" / "desk.db").stat().st_size // PAGE // 2
    for page in range(middle - 5, middle + 5):
        _damage(tmp_path, page)


def test_a_whole_store_is_called_whole(store: Store, look: Callable[[], Examination]) -> None:
    _fill(store, 20, 10)
    store.close()
    found = look()
    assert found.whole
    assert (found.events, found.unsent) == (20, 10)


def test_lost_and_altered_pictures_are_named(store: Store, look: Callable[[], Examination], tmp_path: Path) -> None:
    _fill(store, 3, 0)
    store.close()
    first, second, *_ = sorted(path for path in (tmp_path / "data" / "images").rglob("*") if path.is_file())
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1] + b"?")
    found = look()
    assert (len(found.missing_images), len(found.damaged_images)) == (1, 1)


@pytest.mark.parametrize("share", [0.15, 0.35, 0.55, 0.75, 0.95])
def test_no_unsent_act_is_given_up_whatever_page_is_damaged(
    share: float, store: Store, open_store: Callable[[], Store], look: Callable[[], Examination], mend: Callable[[], Repair],
    tmp_path: Path,
) -> None:  # fmt: skip
    ids = _fill(store, 400, 250)
    page = _page_of(store, "settings", share)
    store.close()
    before = (tmp_path / "data" / "desk.db").read_bytes()
    _damage(tmp_path, page)
    assert not look().whole
    result = mend()
    if not result.done:
        assert result.unsafe > 0 or result.saved_events < 400
        assert len((tmp_path / "data" / "desk.db").read_bytes()) == len(before), "nothing was changed"
        return
    again = open_store()
    held = {event.event_id for event in again.events_after(0, 10_000)}
    assert held >= set(ids[250:]), "an unsent act was given up"
    assert {event.event_id for event in again.waiting_events(10_000)} >= set(ids[250:])
    assert again.first_broken_link() is None
    assert again.cursor == "", "what came from the platform is pulled again"
    assert (tmp_path / "data" / result.damaged_file).exists()
    assert again.append("A1", "visit.opened", "li", {}).seq == 401


def test_accepted_acts_on_a_damaged_page_are_given_up_and_named(
    store: Store, open_store: Callable[[], Store], mend: Callable[[], Repair], tmp_path: Path
) -> None:
    """Every act accepted: whatever page of the log is damaged, the desk works again; the platform holds what is gone."""
    _fill(store, 400, 400)
    with store.upkeep() as parts:
        parts.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    _damage_acts(tmp_path)
    result = mend()
    assert result.done
    again = open_store()
    assert result.lost and result.saved_events == 400 - sum(last - first + 1 for first, last in result.lost)
    assert again.first_broken_link() is None
    assert again.append("A1", "visit.opened", "li", {}).seq == 401


def test_unsent_acts_on_a_damaged_page_stop_the_repair(
    store: Store, mend: Callable[[], Repair], tmp_path: Path
) -> None:
    _fill(store, 400, 0)
    with store.upkeep() as parts:
        parts.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    path = tmp_path / "data" / "desk.db"
    _damage_acts(tmp_path)
    damaged = path.read_bytes()
    result = mend()
    assert not result.done and result.unsafe > 0
    assert path.read_bytes() == damaged
    assert not list((tmp_path / "data").glob("desk.db.new*"))
