"""``yanhe retire``: the end of a season, as a person at IT meets it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central.cli import main as central
from kiosk.settings import Settings
from kiosk.sync.enrolment import enrol
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.outbox import Delivery
from offline_cache.store import Store
from practice.world import SCHOOL_CODE, application_records
from yanhe.main import main
from yanhe.platform_process import PlatformProcess

NAME = "2号桌"
CHILD = "陈试远"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    process = PlatformProcess(tmp_path_factory.mktemp("platform"))
    process.load(application_records()[:1], "虚构区")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: PlatformProcess) -> Settings:
    """A desk at the end of its season: one act of a family that the platform does not have yet, a picture with it, a saved paper."""
    monkeypatch.setenv("YANHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("offline_cache.keys.os_key_store_works", lambda: False)
    settings = Settings.load().with_changes(platform_url=platform.url, school=SCHOOL_CODE, desk_name=NAME)
    settings.save()
    with opened(settings) as store:
        enrol(platform.url, platform.enrol_code(SCHOOL_CODE, NAME), store, NAME)
        store.append("NS2014X01000001", "field.answered", "T01", {"name": CHILD}, images=[b"picture"])
    settings.papers.mkdir()
    (settings.papers / f"{CHILD}.pdf").write_bytes(CHILD.encode())
    return settings


def opened(settings: Settings) -> Store:
    return Store.open(settings.store, KeyFile(settings.key_file), chain=link, ciphers=SUITES)


def left(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(*options: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
        code = main(["retire", *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_what_waits_goes_first_and_then_nothing_is_left(
    settings: Settings,
    says: Callable[..., tuple[int, str]],
    platform: PlatformProcess,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with opened(settings) as store:
        number, digest = store.head()
        event_id = store.events_after(0, 10)[-1].event_id
    code, said = says(typed=NAME)
    assert code == 0
    assert f"最后一条操作 {number}，校验值 {digest}" in said
    assert left(settings.home) == ["settings.yaml"]
    assert Settings.load().desk_name == ""
    assert central(["audit", "verify", "--data", str(platform.data)]) == 0
    log = platform.data / "central.db"
    assert event_id.encode() in log.read_bytes() + log.with_name("central.db-wal").read_bytes()
    capsys.readouterr()
    assert says() == (1, "本机还没有登记为验核桌\n")


@pytest.mark.parametrize("typed", ["", "1号桌", "yes"])
def test_nothing_happens_unless_the_desks_name_is_typed(
    typed: str, settings: Settings, says: Callable[..., tuple[int, str]]
) -> None:
    code, said = says(typed=typed)
    assert code == 1 and "没有清除任何内容" in said
    assert "纸件文件 1 份" in said
    with opened(settings) as store:
        assert store.head()[0] == 1


def test_nothing_is_erased_that_the_platform_does_not_have(
    settings: Settings, says: Callable[..., tuple[int, str]], platform: PlatformProcess
) -> None:
    platform.stop()
    try:
        code, said = says("--yes")
    finally:
        platform.start()
    assert code == 1 and "还有 2 项平台没有收到" in said
    assert says("--yes")[0] == 0


def test_nothing_is_erased_that_the_platform_refused(settings: Settings, says: Callable[..., tuple[int, str]]) -> None:
    with opened(settings) as store:
        store.mark_events([(event.event_id, Delivery.REFUSED, "altered") for event in store.events_after(0, 10)])
        for digest in store.waiting_images():
            store.mark_image(digest, Delivery.ACCEPTED)
    code, said = says("--yes")
    assert code == 1 and "平台未接受 1 项" in said


def test_a_desk_that_is_open_is_left_alone(settings: Settings, says: Callable[..., tuple[int, str]]) -> None:
    with opened(settings):
        code, said = says("--yes")
    assert code == 1 and "请先关闭它" in said
    assert left(settings.home)


def test_an_erasing_that_was_interrupted_cannot_be_undone_and_is_finished_by_the_next_call(
    settings: Settings, says: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {path: path.read_bytes() for path in settings.store.rglob("*") if path.is_file()}

    def cut(_: Path) -> None:
        raise OSError(5, "cut")

    with monkeypatch.context() as power:
        power.setattr("offline_cache.erase.shutil.rmtree", cut)
        code, said = says("--yes")
    assert code == 1 and "再运行一次 yanhe retire" in said
    assert not settings.key_file.exists()
    assert CHILD.encode() not in b"".join(kept.values()), "not even what somebody copied before"
    assert says()[0] == 0, "nobody is asked twice"
    assert left(settings.home) == ["settings.yaml"]


def test_the_machine_can_become_a_desk_again(
    settings: Settings, says: Callable[..., tuple[int, str]], platform: PlatformProcess
) -> None:
    assert says("--yes")[0] == 0
    code = platform.enrol_code(SCHOOL_CODE, "3号桌")
    assert main(["enrol", "--url", platform.url, "--code", code]) == 0
    assert json.loads((settings.store / "key.json").read_text())["source"] == "file"
