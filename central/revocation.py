"""Letting a desk go: its key is refused from now on, and the desk locks itself when it hears so."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.problems import ApiProblem
from central.tables import Desk


def revoke(session: Session, desk_id: str, why: str) -> Desk:
    """Raises ApiProblem unknown_desk. A desk that was revoked before keeps its first time and reason."""
    desk = _desk(session, desk_id)
    if desk.revoked_at is None:
        desk.revoked_at, desk.revoked_why = datetime.now(UTC), why[:200]
    return desk


def restore(session: Session, desk_id: str) -> Desk:
    """A desk that was found again goes on with the key and the unsent work it has. Raises ApiProblem unknown_desk."""
    desk = _desk(session, desk_id)
    desk.revoked_at, desk.revoked_why = None, ""
    return desk


def listed(session: Session) -> list[Desk]:
    return list(session.scalars(select(Desk).order_by(Desk.school_code, Desk.desk_id)))


def _desk(session: Session, desk_id: str) -> Desk:
    desk = session.get(Desk, desk_id)
    if desk is None:
        raise ApiProblem(404, "unknown_desk")
    return desk
