"""A PIN changed at a desk: nobody reads it on the way, it holds under one reset only, and who has a desk's key gets no further than its school."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attacked_desk import AttackedDesk
from clear_text import found_in
from pin_desk import NUMBER, PINS, change, opens, pull, push, reset_by_administrator
from sqlalchemy import select

from central.own_pins import changes_listed
from central.parcels import take_folder
from central.platform import Platform
from central.tables import Event, School, Staff
from kiosk.people.own_pins import OWN_PINS, own_pins_of
from kiosk.sync.parcels import export, import_answers
from kiosk.wire.models import EventRecord, PushStatus
from kiosk.wire.sealed import bound_to_pin, seal_for
from kiosk.wire.suite import SUITES, Suite

GIVEN, FIRST, SECOND = "480213", "739105284617", "615038927461"
NewDesk = Callable[[], AttackedDesk]
of_each_suite = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name, indirect=True)


@pytest.fixture(autouse=True)
def known(platform: Platform) -> None:
    """The administrator has given the person a PIN."""
    reset_by_administrator(platform, GIVEN)


def became(platform: Platform) -> list[str]:
    """Why each change did not count ("" when it did), oldest first."""
    with platform.database.reading() as session:
        return [why for _, why in reversed(changes_listed(session, "X01"))]


def at_platform(platform: Platform) -> Staff:
    with platform.database.reading() as session:
        return session.get_one(Staff, ("X01", NUMBER))


def forged(desk: AttackedDesk, payload: dict[str, Any], actor: str = NUMBER, at: datetime | None = None) -> None:
    """What somebody with the desk's key writes into its chain."""
    desk.store.append("", "person.pin_changed", actor, payload, at=at)
    push(desk)


# ── the way of a new PIN ────────────────────────────────────────────────────────────────────────────────────────────


@of_each_suite
def test_changed_at_one_desk_it_holds_at_the_schools_other_desks_after_the_next_update(
    platform: Platform, new_desk: NewDesk, suite: Suite
) -> None:
    here, there = new_desk(), new_desk()
    for desk in (here, there):
        pull(desk)
    act = change(here, GIVEN, FIRST)
    assert opens(here, FIRST) and not opens(here, GIVEN)
    assert opens(there, GIVEN)
    push(here)
    pull(there)
    assert opens(there, FIRST) and not opens(there, GIVEN)
    assert became(platform) == [""]
    assert at_platform(platform).pin_heard == {here.who.desk_id: act.event_id}
    assert own_pins_of(here.store.setting(OWN_PINS)), "kept until the record is back"
    pull(here)
    assert own_pins_of(here.store.setting(OWN_PINS)) == {}
    assert opens(here, FIRST)


def test_without_a_network_it_goes_by_stick(platform: Platform, desk: AttackedDesk, tmp_path: Path) -> None:
    pull(desk)
    change(desk, GIVEN, FIRST)
    stick = tmp_path / "stick"
    stick.mkdir()
    export(desk.store, desk.who, stick)
    take_folder(platform, stick)
    import_answers(desk.store, desk.who, stick)
    assert became(platform) == [""]
    assert PINS.holds(at_platform(platform).verifier, FIRST)
    assert opens(desk, FIRST)


def test_an_answer_that_was_lost_changes_nothing(platform: Platform, desk: AttackedDesk) -> None:
    """The record comes before the desk knows that its act arrived; then the act goes once more."""
    pull(desk)
    act = change(desk, GIVEN, FIRST)
    record = EventRecord(**act.as_dict())
    waiting = [EventRecord(**event.as_dict()) for event in desk.store.waiting_events()]
    desk.line.push(waiting)
    pull(desk)
    assert opens(desk, FIRST)
    held = at_platform(platform).verifier
    (again,) = desk.line.push([record]).results
    assert again.status is PushStatus.DUPLICATE
    assert (became(platform), at_platform(platform).verifier) == ([""], held)


def test_of_two_desks_the_newer_change_stands_whichever_comes_first(platform: Platform, new_desk: NewDesk) -> None:
    early, late = new_desk(), new_desk()
    for desk in (early, late):
        pull(desk)
    change(early, GIVEN, FIRST)
    change(late, GIVEN, SECOND)
    push(late)
    push(early)
    assert became(platform) == ["", "older"]
    for desk in (early, late):
        pull(desk)
        assert opens(desk, SECOND) and not opens(desk, FIRST), "the desk whose change was older follows"
        assert own_pins_of(desk.store.setting(OWN_PINS)) == {}


def test_a_clock_that_runs_ahead_gains_nothing(platform: Platform, new_desk: NewDesk) -> None:
    fast, right = new_desk(), new_desk()
    seal = seal_for(platform.key.public, PINS.verifier(FIRST), bound_to_pin(fast.who.desk_id, NUMBER, 1))
    forged(fast, {"reset": 1, "sealed": seal}, at=datetime.now(UTC) + timedelta(days=30))
    pull(right)
    change(right, FIRST, SECOND)
    push(right)
    assert became(platform) == ["", ""]
    assert PINS.holds(at_platform(platform).verifier, SECOND)


def test_one_desks_changes_keep_their_order_although_its_clock_was_set_back(
    platform: Platform, desk: AttackedDesk
) -> None:
    now = datetime.now(UTC)
    for pin, at in ((FIRST, now), (SECOND, now - timedelta(hours=2))):
        seal = seal_for(platform.key.public, PINS.verifier(pin), bound_to_pin(desk.who.desk_id, NUMBER, 1))
        forged(desk, {"reset": 1, "sealed": seal}, at=at)
    assert became(platform) == ["", ""]
    assert PINS.holds(at_platform(platform).verifier, SECOND)


def test_the_administrators_reset_ends_what_was_changed_before_it_arrived(
    platform: Platform, desk: AttackedDesk
) -> None:
    pull(desk)
    change(desk, GIVEN, FIRST)
    reset_by_administrator(platform, SECOND)
    push(desk)
    assert became(platform) == ["other_reset"]
    pull(desk)
    assert opens(desk, SECOND) and not opens(desk, FIRST)


# ── nobody reads it ─────────────────────────────────────────────────────────────────────────────────────────────────


@of_each_suite
def test_neither_pin_nor_verifier_lies_in_the_clear_anywhere_but_in_the_staff_table(
    platform: Platform, desk: AttackedDesk, tmp_path: Path, suite: Suite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pull(desk)
    change(desk, GIVEN, FIRST)
    verifier = own_pins_of(desk.store.setting(OWN_PINS))[NUMBER].verifier
    words = [FIRST, verifier, verifier.rsplit("$", 1)[1]]
    stick = tmp_path / "stick"
    stick.mkdir()
    export(desk.store, desk.who, stick)
    push(desk)
    desk.store.close()
    assert list(found_in(desk.folder, words)) == []
    assert list(found_in(stick, words)) == []
    with platform.database.reading() as session:
        acts = [event.payload for event in session.scalars(select(Event))]
        assert session.get_one(Staff, ("X01", NUMBER)).verifier == verifier, "the scan looks for what is really there"
    assert any("sealed" in act for act in acts)
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "acts").write_text(json.dumps(acts), encoding="utf-8")
    (tmp_path / "log" / "lines").write_text(caplog.text, encoding="utf-8")
    assert list(found_in(tmp_path / "log", words)) == []
    assert {word for _, word in found_in(tmp_path / "platform", [FIRST])} == set()


# ── who has a desk's key ────────────────────────────────────────────────────────────────────────────────────────────


@of_each_suite
def test_a_seal_of_another_desk_person_or_reset_does_not_count(
    platform: Platform, new_desk: NewDesk, suite: Suite
) -> None:
    desk, other = new_desk(), new_desk()
    mine, verifier = desk.who.desk_id, PINS.verifier(FIRST)
    before = at_platform(platform).verifier
    for bound in ((other.who.desk_id, NUMBER, 1), (mine, "S78", 1), (mine, NUMBER, 0), (mine, NUMBER, 2)):
        forged(desk, {"reset": 1, "sealed": seal_for(platform.key.public, verifier, bound_to_pin(*bound))})
    forged(desk, {"reset": 1, "sealed": seal_for(desk.who.key.public, verifier, bound_to_pin(mine, NUMBER, 1))})
    assert became(platform) == ["unreadable"] * 5
    assert at_platform(platform).verifier == before


def test_a_seal_from_another_desks_log_is_worth_nothing_at_ones_own(platform: Platform, new_desk: NewDesk) -> None:
    victim, thief = new_desk(), new_desk()
    pull(victim)
    act = change(victim, GIVEN, FIRST)
    forged(thief, act.payload)
    assert became(platform) == ["unreadable"]


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ({}, "other_reset"),
        ({"reset": "1", "sealed": "x"}, "other_reset"),
        ({"reset": True, "sealed": "x"}, "other_reset"),
        ({"reset": 1, "sealed": 7}, "other_reset"),
        ({"reset": 1, "sealed": ""}, "unreadable"),
        ({"reset": 1, "sealed": "密 码"}, "unreadable"),
    ],
)
def test_nonsense_is_taken_into_the_log_and_changes_nothing(
    platform: Platform, desk: AttackedDesk, payload: dict[str, Any], why: str
) -> None:
    before = at_platform(platform).verifier
    forged(desk, payload)
    assert desk.store.waiting_events() == [], "what follows in the chain is not held up"
    assert became(platform) == [why]
    assert at_platform(platform).verifier == before


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "480213",
        "$argon2id$v=19$m=99999999,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$" + "A" * 5000,
    ],
)
def test_what_is_no_verifier_that_a_desk_would_check_is_not_handed_on(
    platform: Platform, desk: AttackedDesk, secret: str
) -> None:
    seal = seal_for(platform.key.public, secret, bound_to_pin(desk.who.desk_id, NUMBER, 1))
    forged(desk, {"reset": 1, "sealed": seal})
    assert became(platform) == ["no_verifier"]


def test_nobody_of_another_school_is_reached(platform: Platform, desk: AttackedDesk) -> None:
    with platform.database.writing() as session:
        person = session.get_one(Staff, ("X01", NUMBER))
        session.add(School(code="X02", name="虚构二小", district="虚构区"))
        session.flush()
        session.add(
            Staff(
                school_code="X02", staff_no="S99", name="赵试", roles="verifier", active=True, verifier=person.verifier,
                updated_at=person.updated_at, resets=1,
            )
        )  # fmt: skip
    seal = seal_for(platform.key.public, PINS.verifier(FIRST), bound_to_pin(desk.who.desk_id, "S99", 1))
    forged(desk, {"reset": 1, "sealed": seal}, actor="S99")
    assert became(platform) == ["unknown_person"]


def test_until_it_is_revoked_a_desks_key_changes_pins_of_its_school_and_a_reset_ends_it(
    platform: Platform, desk: AttackedDesk, new_desk: NewDesk
) -> None:
    """The limit that docs/decisions/0044 names: the platform cannot see whether the old PIN was typed."""
    seal = seal_for(platform.key.public, PINS.verifier(FIRST), bound_to_pin(desk.who.desk_id, NUMBER, 1))
    forged(desk, {"reset": 1, "sealed": seal})
    assert PINS.holds(at_platform(platform).verifier, FIRST)
    reset_by_administrator(platform, SECOND)
    forged(desk, {"reset": 1, "sealed": seal})
    honest = new_desk()
    pull(honest)
    assert opens(honest, SECOND) and not opens(honest, FIRST)
    assert became(platform) == ["", "other_reset"]
