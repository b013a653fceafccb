"""Somebody changes the own PIN at an enrolled desk: the desk's own people and store, nothing else of it running."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

from attacked_desk import AttackedDesk

from central.platform import Platform
from central.staff import StaffLine, put, set_pin
from kiosk.desk.log import CaseLog
from kiosk.desk.own_pin import seal_by
from kiosk.desk.people import EVERY_ROLE, Around, DeskPeople
from kiosk.people.gate import Admitted, Gate
from kiosk.people.pins import Argon2Pins
from kiosk.people.roles import Role
from kiosk.people.roster import Person
from kiosk.sync.exchange import Exchange
from offline_cache.events import StoredEvent

PINS = Argon2Pins(memory_kib=64, passes=1)
NUMBER = "S77"
WAIT_S = 15.0


def reset_by_administrator(platform: Platform, pin: str, number: str = NUMBER) -> None:
    with platform.database.writing() as session:
        put(session, [StaffLine("X01", number, "李例明", (Role.VERIFIER,), True)])
        set_pin(session, "X01", number, pin, PINS)


def pull(desk: AttackedDesk) -> None:
    """And erase what the platform has dealt with, as a running desk does."""
    Exchange(desk.store, desk.line).pull()
    Gate(desk.store, PINS).forget_own_pins()


def push(desk: AttackedDesk) -> None:
    Exchange(desk.store, desk.line).push()


def change(desk: AttackedDesk, old: str, new: str) -> StoredEvent:
    """The act that was written. Fails when the desk did not do it."""
    todo: queue.Queue[Callable[[], Any]] = queue.Queue()
    around = Around(
        post=todo.put, changed=lambda: None, tell=lambda _: None, cases=list, at_work=lambda: None, overrides=tuple,
        nudge=lambda: None,
    )  # fmt: skip
    people = DeskPeople(
        Gate(desk.store, PINS), CaseLog(desk.store), Person("T09", "陈老师", EVERY_ROLE),
        seal=seal_by(desk.who.desk_id, desk.who.platform_key),
    )  # fmt: skip
    people.attach(around)
    people.start()
    try:
        people.sign_in(NUMBER, old)
        while not people.at_work:
            todo.get(timeout=WAIT_S)()
        people.change_pin(old, new)
        while not people.view().pins_changed:
            todo.get(timeout=WAIT_S)()
    finally:
        people.stop()
    return desk.store.events_of_kind("person.pin_changed")[-1]


def opens(desk: AttackedDesk, pin: str) -> bool:
    """Whether the desk lets the person in with it."""
    return isinstance(Gate(desk.store, PINS).check(NUMBER, pin), Admitted)
