"""Staff and revocation through the ordinary pull of a real platform, into the desk's encrypted store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central.cli import main
from kiosk.people.gate import Admitted, Gate, Wrong
from kiosk.people.pins import Argon2Pins
from kiosk.people.roster import ROSTER
from kiosk.sync.enrolment import enrol, transport_for
from kiosk.sync.exchange import Exchange
from kiosk.sync.http import HttpTransport
from kiosk.sync.staff import is_revoked, note_standing
from kiosk.sync.transport import Refused
from kiosk.sync.worker import Link, SyncWorker
from offline_cache.store import Store
from yanhe.platform_process import PlatformProcess

WAIT_S = 15.0


@pytest.fixture
def line(store: Store, platform: PlatformProcess, new_code: Callable[[], str]) -> Iterator[HttpTransport]:
    with transport_for(enrol(platform.url, new_code(), store)) as transport:
        yield transport


@pytest.fixture
def say(platform_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*words: str) -> str:
        capsys.readouterr()
        assert main([*words, "--data", str(platform_folder)]) == 0
        return capsys.readouterr().out.strip()

    return run


def test_who_the_district_lets_in_can_sign_in_after_the_next_pull_and_offline(
    line: HttpTransport, store: Store, say: Callable[..., str], platform: PlatformProcess
) -> None:
    say("staff", "add", "--school", "X01", "--number", "031", "--name", "李例明", "--roles", "verifier")
    pin = say("staff", "set-pin", "--school", "X01", "--number", "031", "--new")
    exchange = Exchange(store, line)
    exchange.pull()
    platform.kill()
    gate = Gate(store, Argon2Pins())
    assert isinstance(gate.check("031", pin), Admitted)
    platform.start()
    say("staff", "disable", "--school", "X01", "--number", "031")
    exchange.pull()
    assert gate.reload()
    assert gate.check("031", pin) == Wrong(0.0, 1)


def test_neither_pins_nor_names_lie_readable_on_the_disk(
    line: HttpTransport, store: Store, say: Callable[..., str], tmp_path: Path
) -> None:
    say("staff", "add", "--school", "X01", "--number", "Z77", "--name", "Zhaoshili", "--roles", "verifier")
    pin = say("staff", "set-pin", "--school", "X01", "--number", "Z77", "--new")
    Exchange(store, line).pull()
    kept = store.setting(ROSTER) or ""
    assert "Zhaoshili" in kept and "$argon2id$" in kept and pin not in kept
    for file in (tmp_path / "store").rglob("*"):
        if file.is_file():
            assert b"Zhaoshili" not in file.read_bytes() and b"argon2id" not in file.read_bytes(), file


def test_a_revoked_desk_hears_so_keeps_its_outbox_and_goes_on_when_it_is_let_in_again(
    line: HttpTransport, store: Store, say: Callable[..., str]
) -> None:
    desk_id = store.desk_id
    assert desk_id
    store.append("NS2014X01000001", "visit.opened", "031", {"n": 1})
    say("revoke-desk", desk_id, "--why", "left in a taxi")
    states: list[tuple[Link, str]] = []
    news = threading.Condition()

    def changed() -> None:
        with news:
            states.append((worker.state.link, worker.state.problem))
            news.notify_all()

    worker = SyncWorker(store, line, on_change=changed, retry_first_s=0.05, retry_most_s=0.05)
    worker.start()
    try:
        with news:
            assert news.wait_for(lambda: (Link.REJECTED, "desk_revoked") in states, WAIT_S)
        note_standing(store, worker.state.problem)
        assert is_revoked(store)
        assert store.outbox_counts().open_events == 1
        say("restore-desk", desk_id)
        with news:
            assert news.wait_for(lambda: states[-1][0] is Link.ONLINE, WAIT_S)
        note_standing(store, "")
        assert not is_revoked(store)
        assert store.outbox_counts().open_events == 0
    finally:
        worker.stop()


def test_a_copied_store_is_worth_nothing_after_the_revocation(
    line: HttpTransport, store: Store, say: Callable[..., str]
) -> None:
    """Whoever copied the desk's key asks from another machine."""
    from kiosk.sync.enrolment import enrolment

    stolen = enrolment(store)
    assert stolen is not None
    with transport_for(stolen) as thief:
        thief.changes("", 10)
        say("revoke-desk", stolen.desk_id)
        with pytest.raises(Refused, match="desk_revoked"):
            thief.changes("", 10)
        with pytest.raises(Refused, match="desk_revoked"):
            Exchange(store, thief).push() if store.waiting_events() else thief.push([])
    assert f"{stolen.desk_id}  desk_revoked" in say("refusals")
