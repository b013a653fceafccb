"""A person of a school as the pull brings it to the school's desks (change type ``staff``)."""

from __future__ import annotations

from kiosk.wire.models import WireModel


class StaffRecord(WireModel):
    """``roles``: verifier, supervisor, it. ``verifier``: Argon2id of the PIN as a PHC string, empty when none was set. A person who
    leaves is never removed but comes as not ``active``. ``reset``: how often the administrator has set the PIN; ``heard``: ids of the newest acts
    ``person.pin_changed`` of each desk that the platform has dealt with since, whichever of them stands."""

    staff_no: str
    name: str
    roles: list[str]
    active: bool
    verifier: str = ""
    reset: int = 0
    heard: list[str] = []
