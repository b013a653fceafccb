"""A desk that enrolled by SM2 while its store knew AES alone brings the store over by itself, beside its other upkeep."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kiosk.desk.tidy import Tidy
from kiosk.wire.suite import INTERNATIONAL, SHANGMI
from offline_cache.store import Store

ADDRESS = "虚构路18号3栋1502"


class _Nobody:
    def get(self, application_no: str) -> None:
        return None

    def pack(self, pack_id: str) -> None:
        return None


def _plain(store: Store) -> tuple[int, int]:
    """How many acts and pictures are not by SM4 yet."""
    with store.upkeep() as parts:
        acts = parts.db.execute("SELECT count(*) FROM events WHERE typeof(payload) = 'text'").fetchone()[0]
        pictures = parts.db.execute("SELECT count(*) FROM images WHERE cipher = ?", [INTERNATIONAL.name]).fetchone()[0]
    return acts, pictures


def test_upkeep_brings_the_store_over_and_what_it_does_not_manage_the_next_time(store: Store, tmp_path: Path) -> None:
    store.become_desk("X01-1")
    for number in range(5):
        store.append("A1", "page.read", "T01", {"text": ADDRESS}, images=[b"page %d" % number])
    tidy = Tidy(store, _Nobody(), _Nobody(), tmp_path / "papers")
    tidy(datetime.now(UTC))
    assert _plain(store) == (5, 5), "nobody chose another suite"
    store.use_cipher(SHANGMI)
    tidy.bring_over(seconds=0)
    assert _plain(store) == (0, 5), "one step at the least"
    tidy(datetime.now(UTC))
    assert _plain(store) == (0, 0)
    assert [event.payload["text"] for event in store.events("A1")] == [ADDRESS] * 5
    assert [store.image(digest) for digest in store.waiting_images()] == [b"page %d" % n for n in range(5)]
