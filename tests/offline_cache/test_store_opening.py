"""Keys, locks and what a person is told when the store cannot be opened."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile, machine_keys
from offline_cache.problems import StoreProblem, Trouble, known_problems
from offline_cache.store import Store


def _trouble_opening(folder: Path, key_file: Path) -> Trouble:
    with pytest.raises(StoreProblem) as problem:
        Store.open(folder, KeyFile(key_file), chain=link, ciphers=SUITES)
    return problem.value.code


def test_a_second_program_is_told_that_the_store_is_in_use(store: Store, open_store: Callable[[], Store]) -> None:
    with pytest.raises(StoreProblem) as problem:
        open_store()
    assert problem.value.code is Trouble.IN_USE
    store.close()
    open_store()


def test_a_copied_data_folder_does_not_open_on_another_machine(store: Store, tmp_path: Path) -> None:
    store.close()
    shutil.copytree(tmp_path / "data", tmp_path / "stolen")
    assert _trouble_opening(tmp_path / "stolen", tmp_path / "elsewhere.key") is Trouble.KEY_MISSING
    KeyFile(tmp_path / "thief.key").create()
    assert _trouble_opening(tmp_path / "stolen", tmp_path / "thief.key") is Trouble.WRONG_KEY


def test_data_without_their_key_record_are_never_overwritten(store: Store, tmp_path: Path) -> None:
    store.close()
    (tmp_path / "data" / "key.json").unlink()
    before = (tmp_path / "data" / "desk.db").read_bytes()
    assert _trouble_opening(tmp_path / "data", tmp_path / "keys" / "machine.key") is Trouble.KEY_MISSING
    assert (tmp_path / "data" / "desk.db").read_bytes() == before


@pytest.mark.parametrize("name", ["key.json", "desk.db"])
def test_a_destroyed_file_is_called_corrupt(store: Store, tmp_path: Path, name: str) -> None:
    store.close()
    for leftover in (tmp_path / "data").glob("desk.db-*"):
        leftover.unlink()
    path = tmp_path / "data" / name
    path.write_bytes(b"\x00" * max(8192, path.stat().st_size))
    assert _trouble_opening(tmp_path / "data", tmp_path / "keys" / "machine.key") is Trouble.CORRUPT


def test_a_store_written_by_a_later_version_is_left_alone(store: Store, tmp_path: Path) -> None:
    store._db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('offline_cache', '999_later', '')"
    )
    store.close()
    assert _trouble_opening(tmp_path / "data", tmp_path / "keys" / "machine.key") is Trouble.NEWER_VERSION


def test_what_desks_decided_differently_is_found_in_a_store_of_an_earlier_version(
    store: Store, open_store: Callable[[], Store]
) -> None:
    store.put_changes("1", results={"A1": {"conflicting": [{"event_id": "b"}]}, "A2": {"conflicting": []}})
    for statement in (
        "DROP INDEX case_results_disputed",
        "ALTER TABLE case_results DROP COLUMN disputed",
        "DELETE FROM _sqlite_migrations WHERE name = '004_disputed_results'",
    ):
        store._db.execute(statement)
    store.close()
    assert open_store().disputed_results() == [{"conflicting": [{"event_id": "b"}]}]


def test_key_and_data_files_belong_to_their_owner_alone(store: Store, tmp_path: Path) -> None:
    store.put_image(b"picture")
    private = [tmp_path / "keys" / "machine.key", tmp_path / "data" / "key.json"]
    private += [path for path in (tmp_path / "data" / "images").rglob("*") if path.is_file()]
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_machine_that_began_with_the_key_file_stays_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offline_cache.keys.os_key_store_works", lambda: True)
    assert machine_keys(tmp_path / "k").strong
    KeyFile(tmp_path / "k").create()
    assert machine_keys(tmp_path / "k").name == "file"


def test_a_full_disk_is_told_apart_from_a_bug() -> None:
    with pytest.raises(StoreProblem) as problem, known_problems():
        raise OSError(28, "No space left on device")
    assert problem.value.code is Trouble.DISK_FULL
    with pytest.raises(IsADirectoryError), known_problems():
        raise IsADirectoryError(21, "Is a directory")


def test_a_database_that_may_not_grow_says_disk_full_and_keeps_what_it_had(store: Store) -> None:
    event = store.append("A1", "visit.opened", "li", {})
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreProblem) as problem:
        store.append("A1", "page.read", "li", {"text": "x" * 100_000}, images=[b"page"])
    assert problem.value.code is Trouble.DISK_FULL
    store._db.execute("PRAGMA max_page_count = 1000000")
    assert store.events_after(0) == [event]
    assert store.append("A1", "page.read", "li", {}).seq == 2
