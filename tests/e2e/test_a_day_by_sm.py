"""A day at a desk that signs, chains, names and seals by SM2, SM3 and SM4, at a platform that does: enrol, work, print, send, audit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from central.cli import main as central
from kiosk.desk.tally import tally
from kiosk.settings import Settings
from kiosk.sync.enrolment import enrolment
from kiosk.wire.chain import link_by
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, SUITES
from offline_cache.outbox import Delivery
from yanhe.compose import open_store
from yanhe.main import main as yanhe
from yanhe.practice_world import PracticeWorld, prepare


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeWorld]:
    """Two papers are out, everything is sent, the desk is closed; the platform runs."""
    monkeypatch.setenv("YANHE_CENTRAL_SUITE", "sm")
    world = prepare(tmp_path / "world", Settings(home=tmp_path), fresh=True, suite=SHANGMI)
    try:
        command = [sys.executable, "-m", "benchmarks.trials.desk_day", str(tmp_path / "world"), "5", "--papers", "2"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, env=environment, check=False, timeout=400, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        yield world
    finally:
        world.platform.stop()


def test_a_whole_day_by_the_other_suite(
    day: PracticeWorld, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    platform = ["--data", str(day.platform.data)]
    headers = {"Authorization": f"Bearer {day.platform.token}"}
    monkeypatch.setenv("YANHE_HOME", str(day.settings.home))

    with open_store(day.settings) as store:
        who = enrolment(store)
        assert who is not None
        assert who.key.suite is SHANGMI and who.platform_key.startswith("sm2:") and store.cipher == SHANGMI.name
        assert store.refused() == [] and store.outbox_counts().open_images == 0
        assert store.first_broken_link() is None
        acts = store.events_after(0, 10_000)
        decided = {act.case_id for act in acts if act.kind == "case.decided"}
        pages = [act.payload["page_image"] for act in acts if act.kind == "page.read" and act.payload["page_image"]]
        assert decided and pages
        assert all(SHANGMI.digest(store.image(page)) == page for page in pages)
        assert all(store.delivery(act.event_id) is Delivery.ACCEPTED for act in acts)

    # what the platform holds
    for case in decided:
        result = httpx.get(f"{day.platform.url}/v1/results/{case}", headers=headers).json()
        assert result["standing"]["desk_id"] == who.desk_id
    assert all((day.platform.data / "images" / page[:2] / page).exists() for page in pages)
    capsys.readouterr()
    assert central(["audit", "verify", *platform]) == 0
    assert capsys.readouterr().out == f"{len(acts)} events, 0 faults\n"

    # what the desk says of itself
    assert yanhe(["doctor", "--store"]) == 0
    found = {
        suite.name: {
            said.key
            for said in tally(
                acts, datetime.fromisoformat(acts[-1].at).date(), lambda _: "accepted", chain=link_by(suite)
            ).differences
        }
        for suite in SUITES
    }
    assert "tally.difference.chain" not in found[SHANGMI.name]
    assert "tally.difference.chain" in found[INTERNATIONAL.name], "by SHA-256 the day would not hold"
