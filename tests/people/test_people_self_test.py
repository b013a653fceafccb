"""The self-test says whether anybody can work here."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.doctor.people import people
from kiosk.doctor.report import Health
from kiosk.people.roster import ROSTER, with_changes
from kiosk.sync.staff import REVOKED


class Notes:
    def __init__(self, kept: Mapping[str, str]) -> None:
        self._kept = dict(kept)

    def setting(self, key: str) -> str | None:
        return self._kept.get(key)

    def put_settings(self, values: Mapping[str, str]) -> None:
        self._kept.update(values)


def notes(*roles: str, verifier: str = "$argon2id$", revoked: str = "") -> Notes:
    person = {"staff_no": "1", "name": "李例", "roles": list(roles), "active": True, "verifier": verifier}
    return Notes({ROSTER: with_changes(None, [person]), REVOKED: revoked})


def test_it_counts_who_can_serve_families() -> None:
    found = people(notes("verifier"))
    assert (found.health, found.sentence.params) == (Health.OK, {"number": 1})


def test_a_desk_at_which_nobody_can_is_no_desk() -> None:
    assert people(notes("it")).health is Health.FAIL
    assert people(notes("verifier", verifier="")).health is Health.FAIL


def test_without_a_list_it_warns() -> None:
    assert people(None).health is Health.WARN
    assert people(Notes({})).health is Health.WARN


def test_a_revoked_desk_fails_whoever_is_on_its_list() -> None:
    assert people(notes("verifier", revoked="2024-05-18T09:00:00+08:00")).sentence.key == "doctor.people.revoked"
