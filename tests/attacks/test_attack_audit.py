"""Somebody with the platform's database in hand alters, removes or reorders acts: ``audit verify`` finds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attacked_desk import AttackedDesk
from sqlalchemy import text

from central.audit import receipt_head, verify
from central.cli import main
from central.platform import Platform
from kiosk.sync.exchange import Exchange
from kiosk.wire.chain import link_by
from kiosk.wire.suite import SUITES
from practice.world import family

pytestmark = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name, indirect=True)
F01 = family("F01").application_numbers[0]
TAMPERING = {
    "the content of an act": ("UPDATE events SET payload = '{\"n\": 99}' WHERE desk_id = :d AND seq = 2", "altered"),
    "who did it": ("UPDATE events SET actor = 'somebody' WHERE desk_id = :d AND seq = 1", "altered"),
    "when it was": ("UPDATE events SET at = '2014-04-19T00:00:00.000+08:00' WHERE desk_id = :d AND seq = 2", "altered"),
    "an act in the middle": ("DELETE FROM events WHERE desk_id = :d AND seq = 2", "missing"),
    "the last act": ("DELETE FROM events WHERE desk_id = :d AND seq = 3", "head_differs"),
    "all acts of a desk": ("DELETE FROM events WHERE desk_id = :d", "head_differs"),
    "two acts exchanged": (
        "UPDATE events SET payload = (SELECT payload FROM events e WHERE e.desk_id = :d AND e.seq = 3 - events.seq)"
        " WHERE desk_id = :d AND seq IN (1, 2)",
        "altered",
    ),
    "the order of receipt": (
        "UPDATE events SET receipt_no = receipt_no + 1000 WHERE desk_id = :d AND seq = 1",
        "missing",
    ),
    "the time of receipt": ("UPDATE events SET received_at = '2014-01-01 00:00:00' WHERE desk_id = :d AND seq = 1", "receipt_chain"),
    "an act from nowhere": (
        "INSERT INTO events (event_id, desk_id, seq, case_id, kind, at, actor, payload, prev_hash, hash, received_at)"
        " SELECT 'forged', desk_id, 4, case_id, kind, at, actor, payload, hash, 'f', received_at FROM events"
        " WHERE desk_id = :d AND seq = 3",
        "altered",
    ),
}  # fmt: skip


@pytest.fixture
def desks(new_desk: Callable[[], AttackedDesk]) -> list[AttackedDesk]:
    """Two desks with three acts each, sent in turn."""
    both = [new_desk(), new_desk()]
    for number in range(3):
        for desk in both:
            desk.store.append(F01, "field.answered", "li", {"n": number})
            Exchange(desk.store, desk.line).push()
    return both


def _faults(platform: Platform) -> set[str]:
    with platform.database.reading() as session:
        return {fault.what for fault in verify(session)}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_with_the_log_is_found(what: str, desks: list[AttackedDesk], platform: Platform) -> None:
    assert _faults(platform) == set()
    statement, expected = TAMPERING[what]
    with platform.database.writing() as session:
        session.execute(text("PRAGMA foreign_keys=OFF"))
        session.execute(text(statement), {"d": desks[0].who.desk_id})
    assert expected in _faults(platform), what


def test_a_log_rewritten_from_end_to_end_does_not_fit_the_head_that_was_written_down(
    desks: list[AttackedDesk], platform: Platform
) -> None:
    """Whoever rewrites every hash is found by a head that left the platform."""
    with platform.database.reading() as session:
        head = receipt_head(session)
    _rewrite_without_the_last_act(platform, desks[1].who.desk_id)
    with platform.database.reading() as session:
        assert verify(session) == [], "consistent in itself"
        assert {fault.what for fault in verify(session, head)} == {"head_differs"}


def _rewrite_without_the_last_act(platform: Platform, desk_id: str) -> None:
    with platform.database.writing() as session:
        for statement in (
            "DELETE FROM events WHERE desk_id = :d AND seq = 3",
            "UPDATE desks SET last_seq = 2, last_hash = (SELECT hash FROM events WHERE desk_id = :d AND seq = 2) WHERE desk_id = :d",
            "UPDATE receipt_head SET number = 5, hash = (SELECT receipt_hash FROM events WHERE receipt_no = 5)",
        ):
            session.execute(text(statement), {"d": desk_id})


def test_the_command_says_what_is_wrong_and_where(
    desks: list[AttackedDesk], platform: Platform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "platform")]
    assert main(["audit", "head", *data]) == 0
    head = capsys.readouterr().out.strip()
    assert main(["audit", "verify", *data, "--head", head]) == 0
    assert capsys.readouterr().out == "6 events, 0 faults\n"
    with platform.database.writing() as session:
        session.execute(
            text("UPDATE events SET actor = 'x' WHERE desk_id = :d AND seq = 2"), {"d": desks[0].who.desk_id}
        )
    assert main(["audit", "verify", *data]) == 1
    assert f"altered  {desks[0].who.desk_id}  2" in capsys.readouterr().out


def test_the_desks_own_log_tells_the_same(desks: list[AttackedDesk]) -> None:
    store = desks[0].store
    assert store.first_broken_link() is None
    second = store.events_after(1, 1)[0]
    body = {**second.as_dict(), "payload": {"n": 99}}
    with store.upkeep() as parts:
        parts.db.execute(
            "UPDATE events SET payload = '{\"n\": 99}', hash = ? WHERE seq = 2",
            [link_by(desks[0].who.key.suite)(second.prev_hash, body)],
        )
    assert store.first_broken_link() == 3
