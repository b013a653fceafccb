"""The event log: durable, gapless, chained, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from kiosk.wire.chain import GENESIS, link_by
from kiosk.wire.suite import Suite
from offline_cache.outbox import Delivery
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.store import Store


def test_events_are_numbered_without_gaps_and_chained(store: Store, suite: Suite) -> None:
    events = [store.append("A1", "visit.opened", "li", {"n": number}) for number in range(3)]
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev_hash for event in events] == [GENESIS, events[0].hash, events[1].hash]
    assert all(link_by(suite)(event.prev_hash, event.as_dict()) == event.hash for event in events)
    assert store.first_broken_link() is None
    assert store.head() == (3, events[2].hash)


def test_what_was_appended_is_there_after_reopening(open_store: Callable[[], Store], suite: Suite) -> None:
    first = open_store()
    first.become_desk("desk-1")
    event = first.append("A1", "page.captured", "li", {"name": "陈试远", "score": 0.25}, images=[b"page"])
    first.close()
    again = open_store()
    assert again.events("A1") == [event]
    assert again.image(suite.digest(b"page")) == b"page"
    assert again.desk_id == "desk-1"


def test_many_threads_append_into_one_chain(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.append(f"A{number % 3}", "visit.opened", "li", {"n": number}), range(80)))
    assert [event.seq for event in store.events_after(0)] == list(range(1, 81))
    assert store.first_broken_link() is None


def test_an_act_before_enrolment_is_refused(open_store: Callable[[], Store]) -> None:
    with pytest.raises(StoreProblem) as problem:
        open_store().append("A1", "visit.opened", "li", {})
    assert problem.value.code is Trouble.NOT_ENROLLED


def test_a_store_with_events_does_not_become_another_desk(store: Store) -> None:
    store.append("A1", "visit.opened", "li", {})
    store.become_desk("desk-1")
    with pytest.raises(ValueError, match="another desk"):
        store.become_desk("desk-2")


@pytest.mark.parametrize("payload", [{"score": float("nan")}, {"score": float("inf")}, {"when": datetime(2014, 4, 19)}])
def test_a_payload_that_would_not_survive_the_wire_leaves_nothing_behind(
    store: Store, payload: dict[str, object], suite: Suite
) -> None:
    with pytest.raises((ValueError, TypeError)):
        store.append("A1", "page.read", "li", payload, images=[b"picture"])
    assert store.events_after(0) == []
    assert store.waiting_images() == []
    with pytest.raises(StoreProblem):
        store.image(suite.digest(b"picture"))
    assert store.append("A1", "page.read", "li", {}).seq == 1


def test_a_time_without_offset_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="offset"):
        store.append("A1", "visit.opened", "li", {}, at=datetime(2014, 4, 19, 9, 0))


def test_the_newest_act_of_each_case_tells_which_cases_are_open(store: Store) -> None:
    for case, kind in [("A1", "visit.opened"), ("A2", "visit.opened"), ("", "desk.started"), ("A1", "visit.ended")]:
        store.append(case, kind, "li", {})
    assert [(event.case_id, event.kind) for event in store.last_event_per_case()] == [
        ("A2", "visit.opened"),
        ("A1", "visit.ended"),
    ]


def test_an_altered_event_is_found(store: Store) -> None:
    for number in range(3):
        store.append("A1", "visit.opened", "li", {"n": number})
    # no public method alters the log: reach under it, as an attacker with the key would
    store._db.execute("UPDATE events SET payload = '{\"n\": 7}' WHERE seq = 2")
    assert store.first_broken_link() == 2


def test_the_outbox_follows_what_the_platform_said(store: Store, suite: Suite) -> None:
    events = [store.append("A1", "page.captured", "li", {}, images=[bytes([number])]) for number in range(3)]
    store.mark_events([(events[0].event_id, Delivery.ACCEPTED, ""), (events[1].event_id, Delivery.REFUSED, "bad_hash")])
    store.mark_event(events[2].event_id, Delivery.SENT)
    store.mark_image(suite.digest(b"\x00"), Delivery.ACCEPTED)
    counts = store.outbox_counts()
    assert counts.events == {Delivery.WAITING: 0, Delivery.SENT: 1, Delivery.ACCEPTED: 1, Delivery.REFUSED: 1}
    assert (counts.open_events, counts.open_images) == (1, 2)
    assert store.waiting_events() == [events[2]], "sent without an answer is sent again"
    assert store.waiting_images() == [suite.digest(b"\x01"), suite.digest(b"\x02")]
    assert [(item.item, item.key, item.reason) for item in store.refused()] == [
        ("event", events[1].event_id, "bad_hash")
    ]
