"""Pictures go when the platform has them and their time is over, and then really."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from offline_cache.outbox import Delivery
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.retention import Erased, retire
from offline_cache.store import Store

ACCEPTED = datetime(2014, 4, 20, 9, tzinfo=UTC)


def _pictures(payload: Mapping[str, Any]) -> list[str]:
    return [payload[name] for name in ("page", "crops") if name in payload]


def _retire(store: Store, days: float, keep: int = 30) -> Erased:
    return retire(store, ACCEPTED + timedelta(days=days), pictures=_pictures, keep_days=lambda _: keep)


def _page(store: Store, content: bytes, *, accepted: bool = True, picture_accepted: bool = True) -> tuple[str, str]:
    """(page, crops) of an act."""
    page, crops = store.put_image(content), store.keep_local(b"crops of " + content)
    event = store.append("A1", "page.read", "li", {"page": page, "crops": crops}, images=[content])
    if accepted:
        store.mark_events([(event.event_id, Delivery.ACCEPTED, "")], ACCEPTED)
    if picture_accepted:
        store.mark_image(page, Delivery.ACCEPTED, at=ACCEPTED)
    return page, crops


def _held(store: Store, digest: str) -> bool:
    try:
        store.image(digest)
    except StoreProblem as problem:
        assert problem.code is Trouble.IMAGE_MISSING
        return False
    return True


def test_a_picture_stays_until_its_time_is_over(store: Store, tmp_path: Path) -> None:
    page, crops = _page(store, b"page")
    assert _retire(store, 29.9) == Erased(0, 0)
    assert _held(store, page) and _held(store, crops)
    assert _retire(store, 30.1).images == 2
    assert not _held(store, page) and not _held(store, crops)
    assert not [path for path in (tmp_path / "data" / "images").rglob("*") if path.is_file()]
    assert store.first_broken_link() is None and len(store.events("A1")) == 1, "the act itself stays"


@pytest.mark.parametrize("unsent", ["accepted", "picture_accepted"])
def test_what_the_platform_has_not_accepted_is_never_erased(store: Store, unsent: str) -> None:
    page, crops = _page(store, b"page", **{unsent: False})
    assert _retire(store, 10_000).images == 0
    assert _held(store, page) and _held(store, crops)


def test_acts_behind_one_that_waits_are_not_touched(store: Store) -> None:
    _page(store, b"waits", accepted=False)
    later, _ = _page(store, b"later")
    assert _retire(store, 10_000).images == 0
    assert _held(store, later)


def test_erasing_goes_on_where_it_was_and_a_picture_may_come_again(store: Store) -> None:
    first, _ = _page(store, b"first")
    assert _retire(store, 31).images == 2
    second, _ = _page(store, b"second")
    assert _retire(store, 31).images == 2
    again, _ = _page(store, b"first")
    assert again == first and _held(store, first)
    assert not _held(store, second)


def test_no_key_of_an_erased_picture_is_left_in_the_database_or_its_log(
    store: Store, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    page, _ = _page(store, b"page" * 1000)
    with store.upkeep() as parts:
        key = parts.db.execute("SELECT key FROM images WHERE digest = ?", [page]).fetchone()[0]
    _retire(store, 31)
    with store.upkeep() as parts:
        db = parts.db
        # what lies on the disk under the database's own encryption: every page, free ones too
        db.execute(f"ATTACH DATABASE '{tmp_path / 'plain.db'}' AS plain KEY ''")
        db.execute("SELECT sqlcipher_export('plain')")
        db.execute("DETACH DATABASE plain")
    assert key not in (tmp_path / "plain.db").read_bytes()
    assert (tmp_path / "data" / "desk.db-wal").stat().st_size == 0
