"""What is on its way, item by item, in words."""

from __future__ import annotations

import pytest
from fake_platform import FakePlatform

from kiosk.sync.exchange import Exchange
from kiosk.sync.items import open_items
from kiosk.sync.transport import Unreachable
from kiosk.texts import LANGUAGES, say
from offline_cache.outbox import Delivery
from offline_cache.store import Store


@pytest.fixture
def desk(store: Store) -> Store:
    store.become_desk("X01-desk")
    return store


def _said(store: Store) -> list[tuple[Delivery, str]]:
    return [(item.state, say(item.sentence).rsplit("）：", 1)[-1]) for item in open_items(store)]


def test_an_act_waits_is_sent_and_is_gone_from_the_list_when_accepted(desk: Store) -> None:
    platform = FakePlatform()
    desk.append("A1", "visit.opened", "li", {})
    assert _said(desk) == [(Delivery.WAITING, "待上传")]
    platform.down = True
    with pytest.raises(Unreachable):
        Exchange(desk, platform).push()
    assert _said(desk) == [(Delivery.SENT, "已发出，等平台答复")]
    platform.down = False
    Exchange(desk, platform).push()
    assert open_items(desk) == []


def test_what_was_refused_comes_first_with_its_reason(desk: Store) -> None:
    platform = FakePlatform()
    first, second = (
        desk.append("A1", "visit.opened", "li", {}),
        desk.append("A1", "page.read", "li", {}, images=[b"page"]),
    )
    platform.refused_events[second.event_id] = "bad_chain"
    Exchange(desk, platform).push()
    desk.append("A1", "visit.ended", "li", {})
    assert _said(desk)[0] == (Delivery.REFUSED, "平台未接受：操作接不上前一条")
    assert first.event_id not in {item.key for item in open_items(desk)}


def test_the_list_names_nobody_and_speaks_every_language(desk: Store) -> None:
    desk.append("A1", "page.read", "li", {"text": "陈试远"}, images=[b"page"])
    desk.mark_image(desk.waiting_images()[0], Delivery.REFUSED, "image_missing")
    for language in LANGUAGES:
        said = [say(item.sentence, language) for item in open_items(desk)]
        assert len(said) == 2 and not any("陈试远" in sentence or "{" in sentence for sentence in said)
    assert "影像已不在本机" in say(open_items(desk)[1].sentence)
