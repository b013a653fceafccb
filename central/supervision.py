"""How the day goes, in counts: what the supervisors' page shows. No personal data beyond masked names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.tables import Application, Desk, Event, Image, Result, School

_TOP_REASONS = 10
_LATEST = 12


@dataclass(frozen=True)
class DeskLine:
    name: str
    school: str
    last_seen: str
    events: int


@dataclass(frozen=True)
class LatestLine:
    child: str
    decision: str
    reasons: str
    at: str
    conflicting: int


@dataclass(frozen=True)
class Day:
    at: str
    applications: int
    seen: int
    decisions: dict[str, int]  # RECEIPT | RETURN | REFER
    conflicting: int
    settled: int  # contradictions that a supervisor has settled
    images: int
    events: int
    reasons: list[tuple[str, int]]
    desks: list[DeskLine]
    latest: list[LatestLine]


def masked(name: str) -> str:
    """陈试远 → 陈*远, 陈试 → 陈* (GB/T 35273: enough for the family to know itself, not for others)."""
    if len(name) <= 1:
        return "*" * len(name)
    return name[0] + "*" * max(1, len(name) - 2) + (name[-1] if len(name) > 2 else "")


def day(session: Session) -> Day:
    rows = session.scalars(select(Result)).all()
    reasons = Counter(
        _reason(reason)
        for row in rows
        if row.standing and row.decision in ("RETURN", "REFER")
        for reason in row.standing["reasons"]
    )
    decisions = Counter(row.decision for row in rows if row.decision)
    decided = sorted(
        (row for row in rows if row.standing), key=lambda row: (row.standing or {})["received_at"], reverse=True
    )
    return Day(
        at=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        applications=session.scalars(select(func.count()).select_from(Application)).one(),
        seen=len(rows),
        decisions={kind: decisions.get(kind, 0) for kind in ("RECEIPT", "RETURN", "REFER")},
        conflicting=sum(1 for row in rows if row.conflicting),
        settled=sum(1 for row in rows if row.settlement and not row.conflicting),
        images=session.scalars(select(func.count()).select_from(Image)).one(),
        events=session.scalars(select(func.count()).select_from(Event)).one(),
        reasons=reasons.most_common(_TOP_REASONS),
        desks=_desks(session),
        latest=[_latest(session, row) for row in decided[:_LATEST]],
    )


def _reason(reason: dict[str, Any]) -> str:
    """The code with the words the desk's service pack has for it: the platform need not know every pack's codes."""
    return f"{reason.get('code', '')} {reason.get('text', '')}".strip()


def _desks(session: Session) -> list[DeskLine]:
    rows = session.execute(
        select(Desk, School.name).join(School, School.code == Desk.school_code).order_by(School.code)
    )
    return [
        DeskLine(desk.name or desk.desk_id, school, _local(desk.last_seen_at), desk.last_seq) for desk, school in rows
    ]


def _latest(session: Session, row: Result) -> LatestLine:
    application = session.get_one(Application, row.application_no)
    child = application.data.get("child")
    name = child.get("name", "") if isinstance(child, dict) else ""
    standing = row.standing or {}
    return LatestLine(
        child=masked(str(name)),
        decision=str(row.decision),
        reasons="、".join(str(reason.get("code", "")) for reason in standing.get("reasons", [])),
        at=_local(datetime.fromisoformat(standing["received_at"])),
        conflicting=len(row.conflicting),
    )


def _local(at: datetime) -> str:
    return at.astimezone().strftime("%m-%d %H:%M:%S")
