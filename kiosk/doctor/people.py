"""Can anybody sign in at this desk, and does the platform still let it work?"""

from __future__ import annotations

from kiosk.doctor.report import Finding, Health
from kiosk.people.gate import Notes
from kiosk.people.roles import Right, may
from kiosk.people.roster import ROSTER, roster_of
from kiosk.sync.staff import is_revoked
from kiosk.texts import text


def people(notes: Notes | None) -> Finding:
    """``notes``: the desk's store, None where it cannot be opened or is not there."""
    roster = roster_of(notes.setting(ROSTER) if notes is not None else None)
    if notes is not None and is_revoked(notes):
        return Finding("people", Health.FAIL, text("doctor.people.revoked"))
    if not roster.sent:
        return Finding("people", Health.WARN, text("doctor.people.none"))
    known = roster.who_can_sign_in
    working = sum(may(person.roles, Right.WORK_CASES) for person in known)
    facts = {"known": len(roster.persons), "can_sign_in": len(known), "can_work": working}
    if not working:
        return Finding("people", Health.FAIL, text("doctor.people.nobody"), facts)
    return Finding("people", Health.OK, text("doctor.people.ok", number=working), facts)
