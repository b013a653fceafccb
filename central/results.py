"""The results table: written when events arrive, read by supervisors and by the district's other systems."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.changes import touch
from central.projection import DECIDED, SETTLED, UNDONE, CaseEvent, outcome
from central.settlements import by_supervisors
from central.tables import Application, Desk, Event, Result
from kiosk.wire.results import DecisionRecord, RefusedSettlement, ResultRecord, SettlementRecord


def project(session: Session, case_ids: Iterable[str]) -> None:
    """Rewrites the results of these cases from their events. Events of unknown applications, or from a desk of another school,
    are kept in the log but have no effect; they gain it when the application arrives."""
    # in one order everywhere, so that two desks' transactions cannot wait for each other
    for case_id in sorted(set(case_ids) - {""}):
        application = session.get(Application, case_id, with_for_update=True)
        if application is not None:
            _project_one(session, application)


def _project_one(session: Session, application: Application) -> None:
    of_case = (
        select(Event)
        .join(Desk, Desk.desk_id == Event.desk_id)
        .where(Event.case_id == application.application_no, Desk.school_code == application.school_code)
    )
    last = session.scalars(of_case.order_by(Event.receipt_no.desc()).limit(1)).one_or_none()
    if last is None:
        return
    number = session.scalars(select(func.count()).select_from(of_case.subquery())).one()
    telling = session.scalars(
        of_case.where(Event.kind.in_((DECIDED, UNDONE, SETTLED))).order_by(Event.receipt_no)
    ).all()
    allowed = by_supervisors(session, [e for e in telling if e.kind == SETTLED], application.school_code)
    found = outcome(
        CaseEvent(
            event_id=event.event_id,
            desk_id=event.desk_id,
            kind=event.kind,
            actor=event.actor,
            at=event.at,
            received_at=event.received_at.isoformat(timespec="milliseconds"),
            payload=event.payload,
            by_supervisor=event.event_id in allowed,
        )
        for event in telling
    )
    before = session.get(Result, application.application_no)
    told = (
        (before.standing, before.conflicting, before.settlement, before.refused_settlements)
        if before is not None
        else (None, [], None, [])
    )
    now = (
        found.standing.model_dump() if found.standing else None,
        [decision.model_dump() for decision in found.conflicting],
        found.settlement.model_dump() if found.settlement else None,
        [refused.model_dump() for refused in found.refused],
    )
    standing, conflicting, settlement, refused = now
    session.merge(
        Result(
            application_no=application.application_no,
            school_code=application.school_code,
            decision=found.standing.decision if found.standing else None,
            standing=standing,
            conflicting=conflicting,
            settlement=settlement,
            refused_settlements=refused,
            events=number,
            last_event_at=last.at,
        )
    )
    if told != now:  # every desk of the school hears what stands
        touch(session, "result", [application.application_no], application.school_code)


def all_results(session: Session) -> list[ResultRecord]:
    return [_record(row) for row in session.scalars(select(Result).order_by(Result.application_no))]


def result_of(session: Session, application_no: str) -> ResultRecord | None:
    """None when no desk has opened this application."""
    row = session.get(Result, application_no)
    return None if row is None else _record(row)


def _record(row: Result) -> ResultRecord:
    return ResultRecord(
        application_no=row.application_no,
        school_code=row.school_code,
        standing=DecisionRecord(**row.standing) if row.standing else None,
        conflicting=[DecisionRecord(**decision) for decision in row.conflicting],
        settlement=SettlementRecord.model_validate(row.settlement) if row.settlement else None,
        refused_settlements=[RefusedSettlement(**refused) for refused in row.refused_settlements],
        events=row.events,
        last_event_at=row.last_event_at,
    )
