"""What a desk promises when things go away in the middle: the platform, and the desk itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Phase
from kiosk.settings import Settings
from offline_cache.store import Store
from practice.world import family
from yanhe.by_itself import Account, Done, Families
from yanhe.compose import open_store
from yanhe.practice_run import PracticeApp, practice_app
from yanhe.practice_world import PracticeWorld, prepare

F01 = family("F01").application_numbers[0]
LIMIT_MS = 300_000


def _everything_accepted(store: Store) -> bool:
    counts = store.outbox_counts()
    return not (counts.open_events or counts.open_images)


def test_a_platform_that_is_away_from_lookup_to_receipt_loses_and_doubles_nothing(
    world: PracticeWorld, qtbot: QtBot
) -> None:
    ended: list[Done] = []
    killed: list[bool] = []

    def watch(view: DeskView) -> None:
        if view.case is not None and not killed:
            killed.append(True)
            world.platform.kill()

    with practice_app(world) as practice:
        practice.window.show()
        practice.window.view_shown.connect(watch)
        Families(practice, ["F01"], Account(lambda _: None), ended.extend)
        qtbot.waitUntil(lambda: bool(ended), timeout=LIMIT_MS)
        assert killed
        store = practice.running.store
        assert not _everything_accepted(store), "the platform was away"
        assert ended[0].view.case
        assert ended[0].view.case.decision.decision == "RECEIPT"
        world.platform.start()
        practice.running.sync.retry_now()
        qtbot.waitUntil(lambda: _everything_accepted(store), timeout=60_000)
        mine = store.events(F01)
    headers = {"Authorization": f"Bearer {world.platform.token}"}
    result = httpx.get(f"{world.platform.url}/v1/results/{F01}", headers=headers).json()
    assert result["standing"]["decision"] == "RECEIPT"
    assert result["events"] == len(mine)
    assert Counter(event.kind for event in mine)["case.decided"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
def test_a_desk_killed_in_the_middle_of_the_comparison_opens_the_family_where_it_was(
    tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "practice"
    run = subprocess.Popen(
        [sys.executable, "-m", "yanhe.main", "demo", "--headless", "--family", "F01", "--folder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    documents = 0
    for line in run.stdout:
        documents += "读出:" in line
        if documents >= 4:
            break
    os.killpg(run.pid, signal.SIGKILL)  # desk, reader and platform at once, as a power cut
    run.wait()
    run.stdout.close()
    assert documents >= 4, "the run ended before it could be interrupted"

    world = prepare(folder, Settings(home=tmp_path), fresh=False)
    try:
        with open_store(world.settings) as store:
            before = [event.payload["doc_id"] for event in store.events(F01) if event.kind == "page.read"]
        with practice_app(world) as practice:
            practice.window.show()
            qtbot.waitUntil(lambda: _case_is_open(practice), timeout=60_000)
            view = practice.window.view
            assert view is not None
            assert view.case is not None
            assert view.phase is Phase.CHECKING
            assert view.case.application_no == F01
            assert {d.doc_id for d in view.case.documents} >= set(before)
            assert all(row.crop_jpeg for d in view.case.documents for row in d.rows if row.read)
    finally:
        world.platform.stop()


def _case_is_open(practice: PracticeApp) -> bool:
    view = practice.window.view
    return view is not None and view.case is not None
