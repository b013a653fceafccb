"""Desk and platform over real HTTP, with the platform killed at bad moments: everything arrives exactly once."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from kiosk.settings import Settings
from kiosk.sync.enrolment import enrol, enrolment, transport_for, trusted_keys
from kiosk.sync.exchange import Exchange
from kiosk.sync.http import HttpTransport
from kiosk.sync.transport import Refused, Unreachable
from kiosk.sync.worker import Link, SyncWorker
from kiosk.wire.chain import link
from kiosk.wire.models import EventRecord, PushAnswer
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.outbox import Delivery
from offline_cache.store import Store
from yanhe.main import main as yanhe
from yanhe.platform_process import PlatformProcess

Answer = TypeVar("Answer")
CASE = "NS2014X01000001"


@pytest.fixture
def line(store: Store, platform: PlatformProcess, new_code: Callable[[], str]):
    with transport_for(enrol(platform.url, new_code(), store)) as transport:
        yield transport


def _decide(store: Store, decision: str) -> None:
    reasons = [{"code": "R-ADDR-DIFF"}] if decision == "RETURN" else []
    payload = {"decision": decision, "paper_no": "P1", "category": None, "reasons": reasons}
    store.append(CASE, "case.decided", "li", payload)


def _held(platform: PlatformProcess) -> dict[str, int]:
    headers = {"Authorization": f"Bearer {platform.token}"}
    answer = httpx.get(f"{platform.url}/v1/results", headers=headers)
    return {item["application_no"]: item["events"] for item in answer.json()["results"]}


def test_the_first_pull_brings_everything_a_desk_needs(line: HttpTransport, store: Store) -> None:
    Exchange(store, line).pull()
    assert store.count_applications() == 3
    record = store.get_application(CASE)
    assert record is not None and record["data"]["child"]["name"] == "陈试远"
    for query in ("csy", "陈试", "试远", "0214", "440000200802140135"):
        assert store.find_applications(query)[0].application_no == CASE
    assert [found.application_no for found in store.find_applications("slh")] == ["NS2014X01000002"], "单 as a surname"
    desk = enrolment(store)
    assert desk is not None
    assert (desk.school_name, desk.district, desk.desk_name) == ("南山区虚构小学", "虚构区", "2号桌")
    assert trusted_keys(store)[desk.desk_id] == desk.key.public


def test_a_platform_killed_between_two_pushes_gets_everything_once(
    line: HttpTransport, store: Store, platform: PlatformProcess
) -> None:
    before = _held(platform).get(CASE, 0)
    exchange = Exchange(store, line)
    for number in range(5):
        store.append(CASE, "page.captured", "li", {"n": number, "score": 0.125}, images=[b"page %d" % number * 20_000])
    exchange.push()
    platform.kill()
    store.append(CASE, "page.read", "li", {}, images=[b"late page"])
    _decide(store, "RECEIPT")
    with pytest.raises(Unreachable):
        exchange.push()
    assert store.outbox_counts().events[Delivery.ACCEPTED] == 5
    platform.start()
    exchange.push()
    counts = store.outbox_counts()
    assert (counts.events[Delivery.ACCEPTED], counts.images[Delivery.ACCEPTED]) == (7, 6)
    assert _held(platform)[CASE] - before == 7


class LosesAnswers:
    """A line that delivers and then breaks: the platform has it, the desk does not know."""

    def __init__(self, line: HttpTransport) -> None:
        self._line = line
        self.changes, self.has_image = line.changes, line.has_image
        self.upload_state, self.put_piece = line.upload_state, line.put_piece
        self.clock_offset = line.clock_offset
        self.losses = 2

    def push(self, events: Sequence[EventRecord]) -> PushAnswer:
        return self._lose(self._line.push(events))

    def put_image(self, digest: str, data: bytes) -> None:
        self._lose(self._line.put_image(digest, data))

    def _lose(self, answer: Answer) -> Answer:
        if self.losses:
            self.losses -= 1
            raise Unreachable("cut")
        return answer


def test_a_lost_answer_doubles_nothing(line: HttpTransport, store: Store, platform: PlatformProcess) -> None:
    before = _held(platform).get(CASE, 0)
    store.append(CASE, "page.captured", "li", {}, images=[b"page" * 50_000])
    exchange = Exchange(store, LosesAnswers(line))
    for _ in range(2):
        with pytest.raises(Unreachable):
            exchange.push()
    exchange.push()
    assert _held(platform)[CASE] - before == 1
    assert store.outbox_counts().open_images == 0


def test_a_platform_restored_from_its_backup_is_brought_up_to_date(
    line: HttpTransport, store: Store, platform: PlatformProcess, platform_folder: Path, tmp_path: Path
) -> None:
    exchange = Exchange(store, line)
    _decide(store, "RETURN")
    exchange.push()
    platform.stop()
    shutil.copytree(platform_folder, tmp_path / "backup")
    platform.start()
    before = _held(platform)[CASE]
    store.append(CASE, "visit.ended", "li", {})
    exchange.push()
    platform.stop()
    shutil.rmtree(platform_folder)
    shutil.copytree(tmp_path / "backup", platform_folder)
    platform.start()
    assert _held(platform)[CASE] == before
    store.append(CASE, "visit.opened", "li", {})
    exchange.push()
    assert _held(platform)[CASE] == before + 2


def test_the_worker_finds_the_platform_again_by_itself(
    line: HttpTransport, store: Store, platform: PlatformProcess
) -> None:
    changed = threading.Condition()

    def notify() -> None:
        with changed:
            changed.notify_all()

    platform.kill()
    worker = SyncWorker(store, line, on_change=notify, retry_first_s=0.05, retry_most_s=0.2)
    worker.start()
    try:
        store.append(CASE, "visit.opened", "li", {})
        with changed:
            assert changed.wait_for(lambda: worker.state.link is Link.OFFLINE, 20)
        platform.start()
        with changed:
            assert changed.wait_for(lambda: worker.state.link is Link.ONLINE and worker.state.waiting == 0, 20)
        assert store.count_applications() == 3
    finally:
        worker.stop()


def test_somebody_elses_answer_is_not_the_platforms(
    line: HttpTransport, store: Store, platform: PlatformProcess, tmp_path: Path
) -> None:
    other = PlatformProcess(tmp_path / "other")
    other.start()
    try:
        desk = enrolment(store)
        assert desk is not None
        with HttpTransport(other.url, desk.desk_id, desk.key, desk.platform_key) as misled, pytest.raises(Unreachable):
            misled.changes("", 10)
    finally:
        other.stop()


def test_a_machine_is_enrolled_from_the_command_line(
    platform: PlatformProcess,
    new_code: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("offline_cache.keys.os_key_store_works", lambda: False)
    at, code = ["--url", platform.url, "--home", str(tmp_path / "home")], new_code()
    assert yanhe(["enrol", *at, "--code", "AAAA-AAAA-AAAA"]) == 1
    assert "登记码不对或已过期" in capsys.readouterr().err
    assert yanhe(["enrol", *at, "--code", code, "--desk-name", "3号桌"]) == 0
    assert capsys.readouterr().out == "已登记：南山区虚构小学 · 3号桌\n"
    settings = Settings.load(tmp_path / "home", {})
    assert (settings.platform_url, settings.school, settings.desk_name) == (platform.url, "X01", "3号桌")
    with Store.open(settings.store, KeyFile(settings.key_file), chain=link, ciphers=SUITES) as store:
        desk = enrolment(store)
        assert desk is not None and desk.desk_name == "3号桌"
        with pytest.raises(Refused):
            enrol(platform.url, new_code(), store)
    platform.stop()
    assert yanhe(["enrol", *at, "--code", code]) == 1
    assert "连不上平台" in capsys.readouterr().err
    assert json.loads((settings.store / "key.json").read_text())["source"] == "file"
