"""A desk's store, and a real platform process it can be enrolled at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central.cli import main
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from yanhe.platform_process import PlatformProcess

NUMBERS = [f"NS2014X01{number:06d}" for number in range(1, 4)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(
        tmp_path / "store", KeyFile(tmp_path / "keys" / "machine.key"), chain=link, ciphers=SUITES
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def platform_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("platform")
    records = [
        {
            "application_no": number,
            "school_code": "X01",
            "pack": "NS2014",
            "revision": 1,
            "data": {
                "school": {"code": "X01", "name": "南山区虚构小学"},
                "child": {"name": name, "id_no": id_no},
                "guardians": [{"role": "father", "name": "陈拟山", "id_no": "440000197803120174"}],
            },
        }
        for number, name, id_no in zip(
            NUMBERS,
            ("陈试远", "单例禾", "阿力木江·试例提"),
            ("440000200802140135", "440000200805050241", ""),
            strict=True,
        )
    ]
    file = folder / "applications.json"
    file.write_text(json.dumps(records), encoding="utf-8")
    assert main(["import", str(file), "--data", str(folder), "--district", "虚构区"]) == 0
    return folder


@pytest.fixture(scope="module")
def running_platform(platform_folder: Path) -> Iterator[PlatformProcess]:
    process = PlatformProcess(platform_folder)
    yield process
    process.stop()


@pytest.fixture
def platform(running_platform: PlatformProcess) -> PlatformProcess:
    """Up at the beginning of each test, whatever the one before did to it."""
    if not running_platform.running:
        running_platform.start()
    return running_platform


@pytest.fixture
def new_code(platform_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    def code() -> str:
        assert main(["enrol-code", "--school", "X01", "--data", str(platform_folder), "--desk-name", "2号桌"]) == 0
        return capsys.readouterr().out.strip()

    return code
