"""Images: encrypted, kept once, whole or reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.wire.suite import Suite
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.store import Store

PICTURE = b"JPEG of a fictitious page " * 400


def _files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "data" / "images").rglob("*") if path.is_file()]


def test_the_same_picture_is_kept_once(store: Store, tmp_path: Path, suite: Suite) -> None:
    assert store.put_image(PICTURE) == store.put_image(PICTURE) == suite.digest(PICTURE)
    store.append("A1", "page.captured", "li", {}, images=[PICTURE, PICTURE])
    assert len(_files(tmp_path)) == 1
    assert store.waiting_images() == [suite.digest(PICTURE)]


def test_neither_names_nor_contents_tell_what_the_folder_holds(store: Store, tmp_path: Path, suite: Suite) -> None:
    store.append("NS2014X01000001", "page.read", "li", {"name": "陈试远"}, images=[PICTURE])
    store.close()
    for path in (tmp_path / "data").rglob("*"):
        assert suite.digest(PICTURE) not in str(path)
        if path.is_file():
            content = path.read_bytes()
            assert PICTURE[:40] not in content
            assert "陈试远".encode() not in content
            assert b"NS2014X01000001" not in content
            assert b"SQLite format" not in content


def test_an_altered_file_is_reported_as_corrupt(store: Store, tmp_path: Path) -> None:
    digest = store.put_image(PICTURE)
    (path,) = _files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(StoreProblem) as problem:
        store.image(digest)
    assert problem.value.code is Trouble.CORRUPT


def test_a_lost_file_is_reported_as_missing(store: Store, tmp_path: Path) -> None:
    digest = store.put_image(PICTURE)
    (path,) = _files(tmp_path)
    path.unlink()
    with pytest.raises(StoreProblem) as problem:
        store.image(digest)
    assert problem.value.code is Trouble.IMAGE_MISSING


def test_files_left_by_a_crash_before_their_row_are_swept_at_the_next_start(
    store: Store, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    kept = store.put_image(PICTURE)
    (path,) = _files(tmp_path)
    stray = path.with_name("0" * 32)
    stray.write_bytes(b"half written")
    store.close()
    assert open_store().image(kept) == PICTURE
    assert not stray.exists()


def test_what_is_kept_for_this_machine_only_is_not_sent_and_can_be_erased(store: Store, tmp_path: Path) -> None:
    digest = store.keep_local(PICTURE)
    assert store.waiting_images() == []
    assert store.image(digest) == PICTURE
    store.forget_local(digest)
    assert _files(tmp_path) == []
    with pytest.raises(StoreProblem):
        store.image(digest)


def test_a_local_picture_that_an_act_shows_later_is_sent_and_no_longer_erased(store: Store) -> None:
    digest = store.keep_local(PICTURE)
    store.append("A1", "page.captured", "li", {}, images=[PICTURE])
    assert store.waiting_images() == [digest]
    store.forget_local(digest)
    assert store.image(digest) == PICTURE
