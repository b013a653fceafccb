"""The thread: what it tells people, when it tries again, and that it outlives what goes wrong."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from fake_platform import FakePlatform

from kiosk.desk.view import Light
from kiosk.sync.worker import Link, SyncState, SyncWorker
from kiosk.texts import say
from offline_cache.store import Store

PATIENCE_S = 20.0


class Watched:
    """A worker whose states can be waited for."""

    def __init__(self, store: Store, platform: FakePlatform, **options: float) -> None:
        self._changed = threading.Condition()
        self.worker = SyncWorker(store, platform, on_change=self._notify, **{"chance": lambda: 0.0, **options})  # pyright: ignore[reportArgumentType]

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, condition: Callable[[SyncState], bool]) -> SyncState:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.worker.state), PATIENCE_S), self.worker.state
            return self.worker.state


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def watch(store: Store, platform: FakePlatform) -> Iterator[Callable[..., Watched]]:
    store.become_desk("X01-desk")
    started: list[Watched] = []

    def start(**options: float) -> Watched:
        watched = Watched(store, platform, **options)
        watched.worker.start()
        started.append(watched)
        return watched

    yield start
    for watched in started:
        watched.worker.stop(PATIENCE_S)


def test_a_nudge_sends_what_waits(watch: Callable[..., Watched], store: Store, platform: FakePlatform) -> None:
    watched = watch()
    watched.until(lambda state: state.link is Link.ONLINE)
    store.append("A1", "visit.opened", "li", {}, images=[b"page"])
    watched.worker.nudge()
    state = watched.until(lambda state: state.link is Link.ONLINE and len(platform.images) == 1 and state.waiting == 0)
    assert len(platform.events) == 1
    assert state.last_contact is not None
    assert watched.worker.device().light is Light.OK


def test_without_a_line_everything_waits_and_goes_when_it_is_back(
    watch: Callable[..., Watched], store: Store, platform: FakePlatform
) -> None:
    platform.down = True
    watched = watch(retry_first_s=0.02, retry_most_s=0.02)
    store.append("A1", "visit.opened", "li", {})
    state = watched.until(lambda state: state.link is Link.OFFLINE and state.waiting == 1)
    assert say(state.text()) == "离线，可继续验核"
    assert watched.worker.device().light is Light.WARN
    platform.down = False
    watched.until(lambda state: state.link is Link.ONLINE and state.waiting == 0)
    assert len(platform.events) == 1


def test_nudges_do_not_shorten_the_wait_for_a_line_that_is_down_but_a_person_does(
    watch: Callable[..., Watched], platform: FakePlatform
) -> None:
    platform.down = True
    watched = watch(retry_first_s=PATIENCE_S * 10)
    watched.until(lambda state: state.link is Link.OFFLINE)
    for _ in range(20):
        watched.worker.nudge()
    platform.down = False
    tries = len(platform.log)
    assert tries == 1
    watched.worker.retry_now()
    watched.until(lambda state: state.link is Link.ONLINE)


def test_a_desk_the_platform_does_not_accept_says_why(watch: Callable[..., Watched], platform: FakePlatform) -> None:
    platform.refuses = "unknown_desk"
    state = watch().until(lambda state: state.link is Link.REJECTED)
    assert say(state.text()) == "平台不接受本桌：平台不认识本桌，请重新登记"
    assert state.device().light is Light.BAD


def test_refused_items_are_shown_while_the_line_is_good(
    watch: Callable[..., Watched], store: Store, platform: FakePlatform
) -> None:
    event = store.append("A1", "visit.opened", "li", {})
    platform.refused_events[event.event_id] = "altered"
    state = watch().until(lambda state: state.link is Link.ONLINE)
    assert say(state.text()) == "平台未接受 1 条，请联系区平台管理员"
    assert state.device().light is Light.WARN


def test_the_thread_outlives_a_bug_and_logs_no_values(
    watch: Callable[..., Watched], platform: FakePlatform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.fault = KeyError("陈试远")
    with caplog.at_level(logging.INFO):
        watched = watch(retry_first_s=0.02)
        watched.until(lambda state: state.link is Link.BROKEN)
        platform.fault = None
        watched.until(lambda state: state.link is Link.ONLINE)
    assert "KeyError" in caplog.text
    assert "陈试远" not in caplog.text


def test_stopping_is_prompt_also_while_waiting_and_may_be_repeated(
    watch: Callable[..., Watched], platform: FakePlatform
) -> None:
    platform.down = True
    watched = watch(retry_first_s=PATIENCE_S * 10)
    watched.until(lambda state: state.link is Link.OFFLINE)
    for _ in range(2):
        watched.worker.stop(PATIENCE_S)
    assert "sync" not in {thread.name for thread in threading.enumerate()}
