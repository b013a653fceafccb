"""The desk's people, put together: of the school as the platform sends them, or made up for the practice mode."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from kiosk.desk.log import CaseLog
from kiosk.desk.own_pin import seal_by
from kiosk.desk.people import EVERY_ROLE, DeskPeople
from kiosk.people.gate import Gate
from kiosk.people.pins import Argon2Pins
from kiosk.people.roles import Role
from kiosk.people.roster import ROSTER, Person, with_changes
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.staff import note_standing
from kiosk.sync.worker import Link, SyncState
from kiosk.texts import text
from offline_cache.problems import StoreProblem
from offline_cache.store import Store

# the made-up people of the practice mode: their PINs are no secret, they stand on the screen
_TRAINEE_PIN, _CHIEF = "246810", ("T02", "王主任", "135791")


class _Memory:
    """Notes of the practice mode: gone when it ends."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self._kept.get(key)

    def put_settings(self, values: Mapping[str, str]) -> None:
        self._kept.update(values)


def desk_people(
    store: Store, log: CaseLog, enrolled: Enrolment, number: str, name: str, *, practice: bool
) -> DeskPeople:
    """``number`` and ``name``: who works here for as long as the platform has sent no roster, and always in practice."""
    if not practice:
        seal = seal_by(enrolled.desk_id, enrolled.platform_key)
        return DeskPeople(Gate(store, Argon2Pins()), log, Person(number, name, EVERY_ROLE), seal=seal)
    pins = Argon2Pins(memory_kib=1024, passes=1)
    chief, chief_name, chief_pin = _CHIEF
    made_up = [
        (number, name, Role.VERIFIER, _TRAINEE_PIN),
        (chief, chief_name, Role.SUPERVISOR, chief_pin),
    ]
    notes = _Memory()
    records = [
        {"staff_no": no, "name": called, "roles": [role.value], "active": True, "verifier": pins.verifier(pin)}
        for no, called, role, pin in made_up
    ]
    notes.put_settings({ROSTER: with_changes(None, records)})
    hint = text("people.practice.hint", verifier=number, pin=_TRAINEE_PIN, supervisor=chief, other=chief_pin)
    trainee = Person(number, name, frozenset({Role.VERIFIER}))
    return DeskPeople(Gate(notes, pins), log, trainee, practice=True, hint=hint)


def listen(store: Store, people: DeskPeople, state: SyncState) -> None:
    """What the line's state says of people and desk. On the sync thread, after each of its changes."""
    if state.link in (Link.STARTING, Link.SYNCING):
        return
    with suppress(StoreProblem):  # a store in trouble is told by the line itself
        note_standing(store, {Link.REJECTED: state.problem, Link.ONLINE: ""}.get(state.link))
    people.heard()
