"""One exchange against a platform in memory: order, refusals, lost pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_platform import FakePlatform

from kiosk.sync.exchange import Exchange
from kiosk.sync.transport import Unreachable
from offline_cache.outbox import Delivery
from offline_cache.store import Store


@pytest.fixture
def desk(store: Store) -> Store:
    store.become_desk("X01-desk")
    return store


def test_events_go_before_images_also_those_that_happen_meanwhile(desk: Store) -> None:
    platform = FakePlatform()
    for number in range(2):
        desk.append("A1", "page.captured", "li", {}, images=[b"page %d" % number])
    late: list[str] = []

    def one_more_act() -> None:
        if platform.log.count("put_image") == 1 and not late:
            late.append(desk.append("A1", "page.read", "li", {}).event_id)

    Exchange(desk, platform, on_progress=one_more_act).push()
    assert platform.log == ["push", "put_image", "push", "put_image"]
    assert [event.event_id for event in platform.events][-1:] == late
    assert (desk.outbox_counts().open_events, desk.outbox_counts().open_images) == (0, 0)


def test_a_picture_taken_the_moment_everything_was_sent_still_goes_behind_its_act(desk: Store) -> None:
    platform = FakePlatform()
    there_first: list[int] = []  # for each picture, how many acts with a picture the platform had when it came

    def picture_came() -> None:
        if platform.log[-1] == "put_image":
            there_first.append(sum(event.kind == "page.captured" for event in platform.events))

    class BusyDesk:
        """The store of a desk at which a page is captured whenever somebody asks what pictures wait."""

        def __getattr__(self, name: str) -> object:
            return getattr(desk, name)

        def waiting_images(self, limit: int) -> list[str]:
            if len(there_first) < 2:
                desk.append("A1", "page.captured", "li", {}, images=[b"page %d" % len(there_first)])
            return desk.waiting_images(limit)

    Exchange(BusyDesk(), platform, on_progress=picture_came).push()  # pyright: ignore[reportArgumentType]  # as a store
    assert there_first == [1, 2]


def test_nothing_counts_as_accepted_without_the_platforms_answer(desk: Store) -> None:
    platform = FakePlatform()
    platform.down = True
    desk.append("A1", "visit.opened", "li", {}, images=[b"page"])
    with pytest.raises(Unreachable):
        Exchange(desk, platform).push()
    counts = desk.outbox_counts()
    assert (counts.events[Delivery.SENT], counts.images[Delivery.WAITING]) == (1, 1)


def test_a_refused_event_stays_visible_and_the_rest_waits_without_a_storm(desk: Store) -> None:
    platform = FakePlatform()
    events = [desk.append("A1", "visit.opened", "li", {"n": number}) for number in range(3)]
    platform.refused_events[events[1].event_id] = "bad_hash"
    Exchange(desk, platform).push()
    assert [(item.key, item.reason) for item in desk.refused()] == [(events[1].event_id, "bad_hash")]
    assert [event.seq for event in platform.events] == [1]
    assert desk.outbox_counts().open_events == 1
    assert platform.log.count("push") <= 3


def test_a_platform_restored_from_a_backup_gets_again_what_it_lost(desk: Store) -> None:
    platform = FakePlatform()
    for number in range(450):
        desk.append("A1", "visit.opened", "li", {"n": number})
    exchange = Exchange(desk, platform)
    exchange.push()
    del platform.events[3:]
    desk.append("A1", "visit.ended", "li", {})
    exchange.push()
    assert [event.seq for event in platform.events] == list(range(1, 452))
    assert desk.outbox_counts().events[Delivery.ACCEPTED] == 451


def test_an_image_lost_on_this_machine_is_said_and_the_rest_goes_on(desk: Store, tmp_path: Path) -> None:
    platform = FakePlatform()
    lost = desk.put_image(b"lost")
    for path in (tmp_path / "store" / "images").rglob("*"):
        if path.is_file():
            path.unlink()
    kept = desk.put_image(b"kept")
    Exchange(desk, platform).push()
    assert list(platform.images) == [kept]
    assert [(item.item, item.key, item.reason) for item in desk.refused()] == [("image", lost, "image_missing")]


def test_a_large_image_that_is_there_already_is_not_sent_again(desk: Store) -> None:
    platform = FakePlatform()
    digest = desk.put_image(bytes(100_000))
    platform.images[digest] = bytes(100_000)
    Exchange(desk, platform).push()
    assert platform.log == ["has_image"]
    assert desk.outbox_counts().images[Delivery.ACCEPTED] == 1
