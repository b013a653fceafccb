"""PINs that people changed themselves at a desk: the act ``person.pin_changed``. The log keeps the sealed verifier, only the staff table the open one.

A change counts under the administrator's reset under which it was made; of several, the newest stands, by the earlier of the desk's time and the
time of receipt: a clock that runs ahead gains nothing. Whatever becomes of it, the person's record goes to the school's desks again and names the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.staff import tell
from central.tables import Event, PinChange, Staff
from kiosk.people.pins import is_verifier
from kiosk.wire.models import EventRecord
from kiosk.wire.sealed import bound_to_pin, open_sealed
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SealBroken

CHANGED = "person.pin_changed"
WORDS = {
    "": "holds since then",
    "unknown_person": "not taken: nobody with this number at the desk's school",
    "other_reset": "not taken: made before the administrator's last reset reached the desk; that PIN holds",
    "unreadable": "not taken: not sealed for this platform by this desk for this person, or altered",
    "no_verifier": "not taken: what was sealed is no verifier of a PIN",
    "older": "not taken: a change made later, at another desk, holds",
}


def deal_with(
    session: Session, changes: Sequence[EventRecord], school_code: str, key: SigningKey, received_at: datetime
) -> None:
    """``changes``: acts that are new to the platform, from one desk of this school, in its order. ``key``: the platform's."""
    for event in changes:
        person = session.get(Staff, (school_code, event.actor), with_for_update=True)
        why = "unknown_person" if person is None else _take(person, event, key, received_at)
        session.add(PinChange(event_id=event.event_id, school_code=school_code, staff_no=event.actor, why=why))
        if person is not None:
            person.pin_heard = {**person.pin_heard, event.desk_id: event.event_id}
            tell(session, {school_code: [person.staff_no]})


def changes_listed(session: Session, school_code: str) -> list[tuple[Event, str]]:
    """(act, why it did not count or "") of a school, newest first."""
    rows = session.execute(
        select(Event, PinChange.why)
        .join(PinChange, PinChange.event_id == Event.event_id)
        .where(PinChange.school_code == school_code)
        .order_by(Event.received_no.desc())
    )
    return [(event, why) for event, why in rows]


def _take(person: Staff, event: EventRecord, key: SigningKey, received_at: datetime) -> str:
    """Lets the new PIN hold, or says why not."""
    reset, sealed = _content(event.payload)
    if reset != person.resets:
        return "other_reset"
    try:
        verifier = open_sealed(key, sealed, bound_to_pin(event.desk_id, person.staff_no, reset))
    except SealBroken:
        return "unreadable"
    if not is_verifier(verifier):
        return "no_verifier"
    at = min(_moment(event.at, received_at), received_at)
    # one desk's acts have an order of their own, whatever was done to its clock between them
    if person.pin_at is not None and at < person.pin_at and event.desk_id != person.pin_desk:
        return "older"
    person.verifier, person.pin_at, person.pin_desk, person.updated_at = verifier, at, event.desk_id, received_at
    return ""


def _content(payload: dict[str, Any]) -> tuple[int, str]:
    """(-1, "") for what no desk of ours writes: no person has had that many resets."""
    reset, sealed = payload.get("reset"), payload.get("sealed")
    return (reset, sealed) if type(reset) is int and isinstance(sealed, str) else (-1, "")


def _moment(at: str, received_at: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return received_at
    return moment if moment.tzinfo is not None else received_at
