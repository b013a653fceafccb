"""What desks asked for and were not given, for whoever audits: written in a transaction of its own, because the refused one is undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from central.tables import Desk, RefusedRequest

KEPT = timedelta(days=366)  # the law on network security asks for six months at least
ONE_LINE_IN = timedelta(
    minutes=10
)  # the same again within this time is not a line of its own: nobody can flood the log
_UNKNOWN = "?"
_ORDINARY = ("clock_skew", "replayed")  # a desk whose clock is wrong asks again by itself: nothing to look at


def note_refusal(session: Session, desk_id: str, what: str, target: str) -> None:
    """``desk_id`` as claimed; one that nobody knows is not repeated here, so that a stranger cannot fill the log with texts of his own."""
    if what in _ORDINARY:
        return
    now = datetime.now(UTC)
    known = session.get(Desk, desk_id) is not None
    asked = {"desk_id": desk_id if known else _UNKNOWN, "what": what, "target": target[:200] if known else ""}
    session.execute(delete(RefusedRequest).where(RefusedRequest.at < now - KEPT))
    same = select(RefusedRequest.no).filter_by(**asked).where(RefusedRequest.at > now - ONE_LINE_IN)
    if session.scalars(same.limit(1)).first() is None:
        session.add(RefusedRequest(at=now, **asked))


def refusals(session: Session, limit: int) -> list[RefusedRequest]:
    """The latest first."""
    return list(session.scalars(select(RefusedRequest).order_by(RefusedRequest.no.desc()).limit(limit)))
