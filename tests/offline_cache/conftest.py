"""A store in a temporary folder, with its key outside the data, by each suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.wire.chain import link_by
from kiosk.wire.suite import SUITES, Suite, with_first
from offline_cache.keys import KeyFile
from offline_cache.store import Store


@pytest.fixture(params=SUITES, ids=lambda suite: suite.name)
def suite(request: pytest.FixtureRequest) -> Suite:
    """By what the store of this test chains, seals and names its pictures: each test runs once by either."""
    return request.param


@pytest.fixture
def open_store(tmp_path: Path, suite: Suite) -> Iterator[Callable[[], Store]]:
    """Opens the one store of this test; every store it opened is closed at the end."""
    opened: list[Store] = []

    def open_it() -> Store:
        keys = KeyFile(tmp_path / "keys" / "machine.key")
        store = Store.open(tmp_path / "data", keys, chain=link_by(suite), ciphers=with_first(suite))
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
