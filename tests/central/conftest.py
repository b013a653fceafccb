"""A real platform process with a few fictitious applications, and desks enrolled at it: all of it once on the embedded database and once on a
real PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from desk_world import TestDesk, application
from postgresql_cluster import PostgresqlCluster

from central.cli import DATABASE_VARIABLE, main
from kiosk.sync.http import HttpTransport, ask_to_enrol
from kiosk.wire.models import EnrolRequest
from kiosk.wire.signing import SigningKey
from yanhe.platform_process import PlatformProcess


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlCluster]:
    try:
        cluster = PostgresqlCluster(tmp_path_factory.mktemp("postgresql"))
    except FileNotFoundError as missing:
        pytest.skip(str(missing))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"], autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The URL of a new PostgreSQL database, which this module's platform and its commands then use; None: the embedded one."""
    if request.param == "sqlite":
        yield None
        return
    cluster: PostgresqlCluster = request.getfixturevalue("postgresql")
    url = cluster.new_database(f"trial_{uuid4().hex}")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(DATABASE_VARIABLE, url)
        yield url


@pytest.fixture(scope="module")
def platform_folder(tmp_path_factory: pytest.TempPathFactory, database: str | None) -> Path:
    folder = tmp_path_factory.mktemp("platform")
    records = [application(f"X01-{number}") for number in range(6)] + [application("X02-0", "X02", "林例禾")]
    file = folder / "applications.json"
    file.write_text(json.dumps(records), encoding="utf-8")
    assert main(["import", str(file), "--data", str(folder), "--district", "虚构区"]) == 0
    return folder


@pytest.fixture(scope="module")
def platform(platform_folder: Path) -> Iterator[PlatformProcess]:
    process = PlatformProcess(platform_folder)
    process.start()
    yield process
    process.stop()


@pytest.fixture
def code_for(platform_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    def code(school: str) -> str:
        assert main(["enrol-code", "--school", school, "--data", str(platform_folder), "--desk-name", "2号桌"]) == 0
        return capsys.readouterr().out.strip()

    return code


@pytest.fixture
def new_desk(platform: PlatformProcess, code_for: Callable[[str], str]) -> Iterator[Callable[..., TestDesk]]:
    opened: list[HttpTransport] = []

    def desk(school: str = "X01") -> TestDesk:
        key = SigningKey.new()
        answer = ask_to_enrol(platform.url, EnrolRequest(code=code_for(school), public_key=key.public), key)
        transport = HttpTransport(platform.url, answer.desk_id, key, answer.platform_public_key)
        opened.append(transport)
        return TestDesk(answer.desk_id, key, transport)

    yield desk
    for transport in opened:
        transport.close()


@pytest.fixture
def supervisor(platform: PlatformProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=platform.url, headers={"Authorization": f"Bearer {platform.token}"}) as client:
        yield client
