"""A platform in this process, desks enrolled at it, and their line to it: real API and tables, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attacked_desk import URL, AttackedDesk, Line

from central.enrolment import enrol, new_code
from central.importing import import_records
from central.platform import Platform
from kiosk.sync.enrolment import enrolment
from kiosk.wire.chain import link_by
from kiosk.wire.models import EnrolRequest
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, Suite, with_first
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import application_records


@pytest.fixture
def suite(request: pytest.FixtureRequest) -> Suite:
    """By what desks and platform sign; a test asks for the other one with ``suite`` as an indirect parameter."""
    return getattr(request, "param", INTERNATIONAL)


@pytest.fixture
def platform(tmp_path: Path, suite: Suite, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    monkeypatch.setenv("YANHE_CENTRAL_SUITE", "sm" if suite is SHANGMI else "")
    opened = Platform.open(tmp_path / "platform")
    with opened.database.writing() as session:
        import_records(session, application_records(), "虚构区")
    yield opened
    opened.database.close()


@pytest.fixture
def new_desk(platform: Platform, tmp_path: Path, suite: Suite) -> Iterator[Callable[[], AttackedDesk]]:
    opened: list[AttackedDesk] = []

    def make() -> AttackedDesk:
        folder = tmp_path / f"desk{len(opened)}"
        store = Store.open(
            folder / "store", KeyFile(folder / "keys" / "machine.key"), chain=link_by(suite), ciphers=with_first(suite)
        )
        key = SigningKey.new(suite)
        with platform.database.writing() as session:
            code = new_code(session, "X01", f"{len(opened) + 1}号桌")
            answer = enrol(session, EnrolRequest(code=code, public_key=key.public), platform.key.public)
        store.become_desk(
            answer.desk_id,
            {
                "desk.key": key.text,
                "desk.name": answer.desk_name,
                "school.code": answer.school_code,
                "school.name": answer.school_name,
                "platform.url": URL,
                "platform.key": answer.platform_public_key,
            },
        )
        who = enrolment(store)
        assert who is not None
        opened.append(AttackedDesk(store, who, Line(platform, who), folder))
        return opened[-1]

    yield make
    for desk in opened:
        desk.line.close()
        desk.store.close()


@pytest.fixture
def desk(new_desk: Callable[[], AttackedDesk]) -> AttackedDesk:
    return new_desk()
