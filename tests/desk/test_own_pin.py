"""A person changes the own PIN at a desk without a network: at once, over a restart, by the same rules as everywhere; a reset ends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import pytest
from desk_people import IT, LI, PINS, PLATFORM, SCHOOL, ZHAO, knowing_nobody_yet, people_of, tell
from desk_table import Table

from kiosk.desk.people_view import Door
from kiosk.desk.view import DeskView
from kiosk.people.own_pins import OWN_PINS
from kiosk.wire.sealed import bound_to_pin, open_sealed
from offline_cache.problems import StoreProblem, Trouble

NewTable = Callable[..., Table]
NUMBER, OLD = LI
NEW = "739105"
RECORD = next(record for record in SCHOOL if record["staff_no"] == NUMBER)


@pytest.fixture
def table(new_table: NewTable) -> Table:
    """Li works at the desk."""
    table = new_table(people_of=people_of)
    sign_in(table, OLD)
    return table


def answered(table: Table, ask: Callable[[], None]) -> DeskView:
    """The view in which the desk answers."""
    before = table.view.people.said_serial
    ask()
    return table.until(lambda v: v.people.said_serial > before and not v.people.checking)


def sign_in(table: Table, pin: str, number: str = NUMBER) -> bool:
    return answered(table, lambda: table.desk.people.sign_in(number, pin)).people.door is Door.OPEN


def lock(table: Table) -> None:
    table.desk.people.lock()
    table.until(lambda v: v.people.door is Door.LOCKED)


def change(table: Table, old: str, new: str) -> str:
    """What the person is told."""
    said = answered(table, lambda: table.desk.people.change_pin(old, new)).people.said
    assert said is not None
    return said.key


def test_the_new_pin_holds_at_once_and_over_a_restart_without_any_network(table: Table, new_table: NewTable) -> None:
    assert table.view.people.may_change_pin
    assert change(table, OLD, NEW) == "people.pin.changed"
    assert (table.view.people.pins_changed, table.view.people.door, table.view.people.number) == (1, Door.OPEN, NUMBER)
    lock(table)
    assert not sign_in(table, OLD)
    assert sign_in(table, NEW)
    table = new_table(people_of=people_of)
    assert not sign_in(table, OLD)
    assert sign_in(table, NEW)


def test_one_act_tells_the_platform_and_only_the_platform_can_read_it(table: Table) -> None:
    change(table, OLD, NEW)
    (act,) = table.store.events_of_kind("person.pin_changed")
    assert (act.case_id, act.actor, act.payload.keys()) == ("", NUMBER, {"reset", "sealed"})
    verifier = open_sealed(PLATFORM, act.payload["sealed"], bound_to_pin("X01-2", NUMBER, 0))
    assert PINS.holds(verifier, NEW) and not PINS.holds(verifier, OLD)
    log = json.dumps([event.as_dict() for event in table.store.events_after(0)])
    for secret in (verifier, verifier.rsplit("$", 1)[1], NEW, OLD, "argon2"):
        assert secret not in log
    shown = json.dumps([asdict(view) for view in table.views], default=str)
    assert NEW not in shown and "argon2" not in shown
    assert act.event_id in {event.event_id for event in table.store.waiting_events()}


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("12345", "length"),
        ("1234567890123", "length"),
        ("12ab56", "not_digits"),
        ("", "not_digits"),
        ("123456", "too_simple"),
        ("474747", "too_simple"),
        (OLD, "same"),
    ],
)
def test_a_pin_that_the_platform_would_not_take_is_not_taken_and_costs_no_try(table: Table, new: str, why: str) -> None:
    assert change(table, OLD, new) == f"people.pin.{why}"
    assert table.store.events_of_kind("person.pin_changed") == []
    assert table.store.setting("people.tries") in (None, "{}")


def test_a_number_of_four_digits_must_not_stand_in_it(new_table: NewTable) -> None:
    long = {**RECORD, "staff_no": "T4173"}
    table = new_table(people_of=lambda store, log: (tell(store, long), people_of(store, log))[1])
    assert sign_in(table, OLD, "T4173")
    assert change(table, OLD, "941738") == "people.pin.like_number"


def test_a_wrong_old_pin_waits_like_a_wrong_sign_in_and_is_in_the_log(table: Table) -> None:
    assert [change(table, "999111", NEW) for _ in range(3)] == ["people.pin.wrong"] * 2 + ["people.pin.wrong_wait"]
    assert table.view.people.wait_s > 0
    assert change(table, OLD, NEW) == "people.wait", "the right one counts no more than at sign-in"
    assert [e.payload["failed"] for e in table.store.events_of_kind("person.refused")] == [1, 2, 3]
    assert table.store.events_of_kind("person.pin_changed") == []
    lock(table)
    assert not sign_in(table, OLD), "one wait for both"
    assert table.view.people.said and table.view.people.said.key == "people.wait"


def test_the_desk_keeps_it_until_the_platform_names_the_act(table: Table) -> None:
    change(table, OLD, NEW)
    (act,) = table.store.events_of_kind("person.pin_changed")
    heard_of(table, {**RECORD, "name": "李例"})  # a record that was made before the act arrived
    lock(table)
    assert not sign_in(table, OLD) and sign_in(table, NEW)
    elsewhere = "861402"  # changed later at another desk
    heard_of(table, {**RECORD, "verifier": PINS.verifier(elsewhere), "heard": [act.event_id, "of-another-desk"]})
    lock(table)
    assert not sign_in(table, NEW)
    assert sign_in(table, elsewhere)
    assert table.store.setting(OWN_PINS) == "{}", "no verifier stays that nothing needs"


def test_a_second_change_is_kept_although_the_first_came_back(table: Table) -> None:
    change(table, OLD, NEW)
    (first,) = table.store.events_of_kind("person.pin_changed")
    assert change(table, NEW, "284617") == "people.pin.changed"
    heard_of(table, {**RECORD, "verifier": PINS.verifier(NEW), "heard": [first.event_id]})
    lock(table)
    assert not sign_in(table, NEW)
    assert sign_in(table, "284617")


def test_a_newer_reset_wins_at_once(table: Table, new_table: NewTable) -> None:
    change(table, OLD, NEW)
    given = "605914"
    heard_of(table, {**RECORD, "verifier": PINS.verifier(given), "reset": 1})
    lock(table)
    assert not sign_in(table, NEW)
    assert sign_in(table, given)
    assert change(table, given, "318460") == "people.pin.changed"
    assert [act.payload["reset"] for act in table.store.events_of_kind("person.pin_changed")] == [0, 1]
    table = new_table(people_of=people_of)
    assert sign_in(table, "318460")


def test_a_reset_that_comes_while_the_old_pin_is_being_checked_leaves_nothing_changed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = "605914"
    verifier = PINS.verifier

    def slow(pin: str) -> str:
        if pin == NEW:
            tell(table.store, {**RECORD, "verifier": verifier(given), "reset": 1})
            table.desk.people.heard()
        return verifier(pin)

    monkeypatch.setattr(PINS, "verifier", slow)
    assert change(table, OLD, NEW) == "people.pin.reset"
    assert table.store.events_of_kind("person.pin_changed") == []
    lock(table)
    assert sign_in(table, given)


def test_what_cannot_be_written_is_told_and_the_old_pin_holds(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    append = table.store.append

    def full(case_id: str, kind: str, *rest: object, **more: object) -> object:
        if kind == "person.pin_changed":
            raise StoreProblem(Trouble.DISK_FULL)
        return append(case_id, kind, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(table.store, "append", full)
    assert change(table, OLD, NEW) == "people.pin.fault"
    lock(table)
    assert sign_in(table, OLD)


def test_a_setting_that_cannot_be_written_takes_the_act_back(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both or neither: one transaction."""
    before = table.store.head()
    with pytest.raises(ZeroDivisionError):
        table.store.append("", "person.pin_changed", NUMBER, {}, settings=lambda event: {"x": str(1 // 0)})
    assert table.store.head() == before
    assert [event.kind for event in table.store.waiting_events()].count("person.pin_changed") == 0


def test_everybody_changes_only_the_own_one_and_it_may_too(table: Table) -> None:
    assert change(table, ZHAO[1], NEW) == "people.pin.wrong", "a colleague's PIN is not the own one"
    change(table, OLD, NEW)
    lock(table)
    assert sign_in(table, ZHAO[1], ZHAO[0]), "nobody else's changed"
    lock(table)
    assert sign_in(table, IT[1], IT[0])
    assert change(table, IT[1], "517394") == "people.pin.changed"


def test_nobody_changes_anything_at_a_locked_desk(table: Table) -> None:
    lock(table)
    table.desk.people.change_pin(OLD, NEW)
    table.settled()
    assert sign_in(table, OLD)
    assert table.store.events_of_kind("person.pin_changed") == []


def test_without_a_roster_there_is_no_pin_to_change_and_it_says_so(new_table: NewTable) -> None:
    table = new_table(people_of=knowing_nobody_yet)
    assert not table.view.people.may_change_pin
    table.desk.people.change_pin("", "")
    view = table.until(lambda v: v.notice is not None)
    assert view.notice is not None and view.notice.text.key == "people.pin.no_roster"


def heard_of(table: Table, record: dict[str, object]) -> None:
    tell(table.store, record)
    table.desk.people.heard()
    table.settled()
