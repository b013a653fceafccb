"""The people of a school as this desk knows them, kept as text in the store's settings and brought up to date by the pull."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.people.roles import Role
from kiosk.wire.staff import StaffRecord

ROSTER = "people.roster"  # the setting under which the store keeps it


@dataclass(frozen=True)
class Person:
    """``verifier``: of the PIN (kiosk.people.pins); empty when none was set, then this person cannot sign in. ``reset`` and ``heard``: as in
    kiosk.wire.staff.StaffRecord."""

    number: str
    name: str
    roles: frozenset[Role]
    active: bool = True
    verifier: str = ""
    reset: int = 0
    heard: frozenset[str] = frozenset()

    @property
    def can_sign_in(self) -> bool:
        return self.active and bool(self.verifier) and bool(self.roles)


@dataclass(frozen=True)
class Roster:
    """Persons by staff number. ``sent``: the platform has sent one, be it empty by now; only then people sign in with PINs."""

    persons: Mapping[str, Person]
    sent: bool = True

    def get(self, number: str) -> Person | None:
        return self.persons.get(number)

    @property
    def who_can_sign_in(self) -> list[Person]:
        """In the order of their numbers."""
        return sorted((p for p in self.persons.values() if p.can_sign_in), key=lambda p: (len(p.number), p.number))


NO_ROSTER = Roster({}, sent=False)


def roster_of(kept: str | None) -> Roster:
    """The roster as kept in the store; ``NO_ROSTER`` for None or empty."""
    if not kept:
        return NO_ROSTER
    return Roster({number: _person(StaffRecord.model_validate(body)) for number, body in json.loads(kept).items()})


def with_changes(kept: str | None, changes: Iterable[Mapping[str, Any]]) -> str:
    """What to keep after these staff records came. Raises ValidationError for a record of another version."""
    held: dict[str, Any] = json.loads(kept) if kept else {}
    for body in changes:
        record = StaffRecord.model_validate(body)
        held[record.staff_no] = record.model_dump(mode="json")
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def _person(record: StaffRecord) -> Person:
    known = {role.value for role in Role}
    roles = frozenset(
        Role(role) for role in record.roles if role in known
    )  # a later version's role gives no rights here
    return Person(
        record.staff_no, record.name, roles, record.active, record.verifier, record.reset, frozenset(record.heard)
    )


def masked_name(name: str) -> str:
    """李例 → 李*, 李老师 → 李*师 (GB/T 35273): a colleague knows who it is, a family need not."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]
