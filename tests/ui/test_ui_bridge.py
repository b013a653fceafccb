"""From the desk's thread to the window: one signal, the newest view, nothing queued."""

from __future__ import annotations

import threading
from dataclasses import replace

from fake_desk import FakeDesk, preview
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, PreviewView
from ui.bridge import DeskBridge, PreviewFeed


def views(desk: FakeDesk, count: int) -> list[DeskView]:
    return [replace(desk.view, query=str(number)) for number in range(count)]


def test_many_views_from_another_thread_arrive_as_the_newest_one(qtbot: QtBot) -> None:
    desk = FakeDesk()
    bridge = DeskBridge(desk)
    seen: list[DeskView] = []
    bridge.view_changed.connect(seen.append)
    burst = views(desk, 50)
    thread = threading.Thread(target=lambda: [desk.publish(view) for view in burst])
    thread.start()
    thread.join()  # the event loop did not run meanwhile, as when the window is busy
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [burst[-1]]
    bridge.close()


def test_views_that_arrive_apart_are_all_shown(qtbot: QtBot) -> None:
    desk = FakeDesk()
    bridge = DeskBridge(desk)
    seen: list[DeskView] = []
    bridge.view_changed.connect(seen.append)
    for view in views(desk, 3):
        desk.publish(view)
        qtbot.waitUntil(lambda view=view: view in seen)
    assert len(seen) == 3
    bridge.close()


def test_a_closed_bridge_hears_nothing(qtbot: QtBot) -> None:
    desk = FakeDesk()
    DeskBridge(desk).close()
    assert desk.listeners == 0


def test_an_unchanged_picture_is_passed_on_once(qtbot: QtBot) -> None:
    desk = FakeDesk()
    feed = PreviewFeed(desk)
    seen: list[PreviewView | None] = []
    feed.preview_changed.connect(seen.append)
    desk.shown = preview("searching", "放上户口簿", index=7)
    feed.poll()
    feed.poll()
    desk.shown = preview("searching", "放上户口簿", index=8)
    feed.poll()
    assert [p.frame.index for p in seen if p] == [7, 8]


def test_a_lost_picture_is_said_once(qtbot: QtBot) -> None:
    desk = FakeDesk()
    feed = PreviewFeed(desk)
    seen: list[PreviewView | None] = []
    feed.preview_changed.connect(seen.append)
    feed.poll()
    feed.poll()
    assert seen == [None]
