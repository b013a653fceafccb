"""``yanhe doctor --store``, ``yanhe export`` and ``yanhe import`` as a person at IT meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.settings import Settings
from kiosk.wire.chain import link
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.outbox import Delivery
from offline_cache.store import Store
from yanhe.main import main

PLATFORM = SigningKey.new()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YANHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("offline_cache.keys.os_key_store_works", lambda: False)
    return tmp_path / "home"


@pytest.fixture
def filled(home: Path) -> Settings:
    settings = Settings.load()
    with Store.open(settings.store, KeyFile(settings.key_file), chain=link, ciphers=SUITES) as store:
        store.become_desk("X01-2", {"platform.url": "http://nowhere", "platform.key": PLATFORM.public})
        events = [store.append("A1", "page.read", "li", {"n": n, "text": "甲" * 400}) for n in range(200)]
        store.mark_events([(event.event_id, Delivery.ACCEPTED, "") for event in events])
        store.append("A1", "visit.ended", "li", {})
    return settings


def _damage(settings: Settings) -> None:
    path = settings.store / "desk.db"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 500)


def test_a_whole_store_and_what_waits_in_it(filled: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--store"]) == 0
    out = capsys.readouterr().out
    assert "存储完好：操作 201 条，其中待上传 1 条" in out
    assert "操作 201（visit.ended" in out and "待上传" in out


def test_a_damaged_store_is_named_and_mended(filled: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    _damage(filled)
    assert main(["doctor", "--store"]) == 1
    assert "处损坏" in capsys.readouterr().err
    assert main(["doctor", "--store", "--repair", "--language", "en"]) == 0
    assert "Repaired" in capsys.readouterr().out
    assert main(["doctor", "--store", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"]


def test_a_machine_without_a_store_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--store"]) == 1
    assert capsys.readouterr().err.strip()


def test_exporting_and_importing_tell_what_happened(
    filled: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    assert main(["export", str(stick)]) == 1
    assert "没有这个文件夹" in capsys.readouterr().err
    stick.mkdir()
    assert main(["export", str(stick)]) == 0
    assert "已导出操作 1 条、影像 0 张" in capsys.readouterr().out
    assert main(["import", str(stick)]) == 1
    assert "没有平台给本桌的答复" in capsys.readouterr().err


def test_no_command_may_leave_a_core_dump(home: Path) -> None:
    import resource
    import subprocess
    import sys

    script = (
        "from yanhe.private_memory import no_core_dumps\nno_core_dumps()\nimport subprocess, sys\n"
        "print(subprocess.run([sys.executable, '-c', 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])'],"
        " capture_output=True, text=True).stdout)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert int(said) <= 1
    assert resource.getrlimit(resource.RLIMIT_CORE)  # this process keeps its own
