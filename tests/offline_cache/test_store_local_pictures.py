"""Pictures that never leave the desk, and are gone when they are no longer needed."""

from __future__ import annotations

import pytest

from offline_cache.problems import StoreProblem, Trouble
from offline_cache.store import Store


def test_a_local_picture_is_kept_and_never_queued(store: Store) -> None:
    digest = store.keep_local(b"frame")
    assert store.image(digest) == b"frame"
    assert store.waiting_images() == []


def test_a_forgotten_picture_is_gone(store: Store) -> None:
    digest = store.keep_local(b"frame")
    store.forget_local(digest)
    with pytest.raises(StoreProblem) as problem:
        store.image(digest)
    assert problem.value.code is Trouble.IMAGE_MISSING


def test_a_picture_that_an_event_shows_cannot_be_forgotten(store: Store) -> None:
    store.append("case", "page.read", "T01", {}, images=[b"page"])
    digest = store.keep_local(b"page")
    store.forget_local(digest)
    assert store.image(digest) == b"page"
    assert store.waiting_images() == [digest]


def test_forgetting_twice_or_the_unknown_is_no_error(store: Store) -> None:
    store.forget_local("0" * 64)


def test_acts_of_one_kind_come_oldest_first(store: Store) -> None:
    for case in ("a", "b"):
        store.append(case, "case.decided", "T01", {})
        store.append(case, "visit.ended", "T01", {})
    assert [event.case_id for event in store.events_of_kind("case.decided")] == ["a", "b"]
