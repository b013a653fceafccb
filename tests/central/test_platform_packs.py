"""Packs from the platform: issued once, signed by it, pulled by every desk, taken or refused as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from central.cli import main
from central.secrets_folder import platform_key
from kiosk.desk.pack_shelf import PackShelf
from kiosk.sync.exchange import Exchange
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store

SERVICES = Path(__file__).parent.parent.parent / "resources" / "services"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SERVICES / "nanshan-primary-2014", tmp_path / "pack"))


def _version(folder: Path, version: str) -> None:
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace('"2014.1"', f'"{version}"'), encoding="utf-8")


def test_an_issued_pack_reaches_the_desks_shelf(
    platform_folder: Path, new_desk: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    desk = new_desk()
    _version(folder, "2014.10")
    assert main(["pack", str(folder), "--data", str(platform_folder)]) == 0
    with Store.open(tmp_path / "store", KeyFile(tmp_path / "keys" / "k"), chain=link, ciphers=SUITES) as store:
        shelf = PackShelf(store, [], {platform_key(platform_folder).public})
        Exchange(store, desk.transport, take_pack=shelf.receive).pull()
        found = shelf.current("NS2014")
    assert found is not None
    assert found.version == "2014.10"


def test_a_desk_of_another_platform_does_not_take_it(
    platform_folder: Path, new_desk: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    desk = new_desk()
    _version(folder, "2014.11")
    assert main(["pack", str(folder), "--data", str(platform_folder)]) == 0
    with Store.open(tmp_path / "store", KeyFile(tmp_path / "keys" / "k"), chain=link, ciphers=SUITES) as store:
        shelf = PackShelf(store, [], {desk.key.public})
        Exchange(store, desk.transport, take_pack=shelf.receive).pull()
        assert shelf.current("NS2014") is None
        assert "2014.11" in " ".join(shelf.refused)


def test_a_version_that_was_issued_is_never_changed(
    platform_folder: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _version(folder, "2014.20")
    assert main(["pack", str(folder), "--data", str(platform_folder)]) == 0
    assert main(["pack", str(folder), "--data", str(platform_folder)]) == 0
    head = folder / "pack.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace("image_retention_days: 30", "image_retention_days: 31"),
        encoding="utf-8",
    )
    assert main(["pack", str(folder), "--data", str(platform_folder)]) == 1
    assert "2014.20 was issued with other content" in capsys.readouterr().err


def test_a_broken_pack_is_not_issued(platform_folder: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "checks.yaml").write_text("checks: [", encoding="utf-8")
    assert main(["pack", str(folder), "--data", str(platform_folder)]) == 1
    assert "checks.yaml" in capsys.readouterr().err
