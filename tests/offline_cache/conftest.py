"""A store in a temporary folder, with its key outside the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.wire.chain import link
from offline_cache.keys import KeyFile
from offline_cache.store import Store


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the one store of this test; every store it opened is closed at the end."""
    opened: list[Store] = []

    def open_it() -> Store:
        store = Store.open(tmp_path / "data", KeyFile(tmp_path / "keys" / "machine.key"), chain=link)
        opened.append(store)
        return store

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    fresh = open_store()
    fresh.become_desk("desk-1")
    return fresh
