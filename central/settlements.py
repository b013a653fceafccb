"""Who may settle what two desks decided differently: a supervisor of the school, by the roster at the moment the platform first looks.

That look is kept. Results are projected anew with every event of a case, and must not change because somebody has left since.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.tables import Event, SettlementLook, Staff
from kiosk.people.roles import Right, Role, may


def by_supervisors(session: Session, settlements: Iterable[Event], school_code: str) -> set[str]:
    """Ids of those of these settlements that a supervisor of the school made."""
    asked = list(settlements)
    looks = {
        look.event_id: look.by_supervisor
        for look in session.scalars(
            select(SettlementLook).where(SettlementLook.event_id.in_([event.event_id for event in asked]))
        )
    }
    for event in asked:
        if event.event_id not in looks:
            looks[event.event_id] = _may_settle(session.get(Staff, (school_code, event.actor)))
            session.add(
                SettlementLook(
                    event_id=event.event_id, by_supervisor=looks[event.event_id], looked_at=datetime.now(UTC)
                )
            )
    return {event_id for event_id, held in looks.items() if held}


def _may_settle(person: Staff | None) -> bool:
    if person is None or not person.active:
        return False
    known = {role.value for role in Role}
    roles = [Role(role) for role in person.roles.split(",") if role in known]
    return may(roles, Right.SETTLE_CONFLICTS)
