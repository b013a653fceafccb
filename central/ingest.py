"""Taking a desk's events: each exactly once, in the desk's own order, with an unbroken chain."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.audit import receipt_link
from central.authentication import KnownDesk
from central.own_pins import CHANGED, deal_with
from central.results import project
from central.tables import Desk, Event, ReceiptHead
from kiosk.wire.chain import link
from kiosk.wire.models import EventRecord, PushAnswer, PushEvents, PushResult, PushStatus
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import suite_of


def take(session: Session, by: KnownDesk, push: PushEvents, key: SigningKey) -> PushAnswer:
    """Stores what is new and says of every event what became of it. ``key``: the platform's; its suite chains the receipts. Reasons of a refusal:

    wrong_desk  names another desk than the one that signed        bad_hash   its content does not give its hash
    altered     this id is held with other content                 seq_taken  this number is held with another event
    gap         events before it are missing: send in order        bad_chain  it does not follow from the event before it
    """
    now = datetime.now(UTC)
    desk = session.get_one(Desk, by.desk_id, with_for_update=True)
    ids = [event.event_id for event in push.events]
    held = {row.event_id: row.hash for row in session.scalars(select(Event).where(Event.event_id.in_(ids)))}
    head: ReceiptHead | None = None  # taken when something new comes: one row that all desks' new events pass
    results: list[PushResult] = []
    touched: set[str] = set()
    new: list[EventRecord] = []
    for event in push.events:
        if event.event_id in held and _is_what_it_says(event, desk):
            same = held[event.event_id] == event.hash
            results.append(
                _result(event, PushStatus.DUPLICATE) if same else _result(event, PushStatus.REFUSED, "altered")
            )
        elif reason := _why_not(event, desk):
            results.append(_result(event, PushStatus.REFUSED, reason))
        else:
            head = head or session.scalars(select(ReceiptHead).with_for_update()).one()
            head.number += 1
            head.hash = receipt_link(head.hash, head.number, event.desk_id, event.hash, now, key.suite)
            session.add(Event(**event.model_dump(), received_at=now, receipt_no=head.number, receipt_hash=head.hash))
            desk.last_seq, desk.last_hash = event.seq, event.hash
            held[event.event_id] = event.hash
            touched.add(event.case_id)
            new.append(event)
            results.append(_result(event, PushStatus.ACCEPTED))
    session.flush()
    project(session, touched)
    deal_with(session, [event for event in new if event.kind == CHANGED], by.school_code, key, now)
    return PushAnswer(results=results, received_at=now.isoformat(timespec="milliseconds"), next_seq=desk.last_seq + 1)


def _is_what_it_says(event: EventRecord, desk: Desk) -> bool:
    if event.desk_id != desk.desk_id:
        return False
    return link(event.prev_hash, event.model_dump(), suite_of(desk.public_key)) == event.hash


def _why_not(event: EventRecord, desk: Desk) -> str:
    if event.desk_id != desk.desk_id:
        return "wrong_desk"
    if not _is_what_it_says(event, desk):
        return "bad_hash"
    if event.seq <= desk.last_seq:
        return "seq_taken"
    if event.seq > desk.last_seq + 1:
        return "gap"
    return "" if event.prev_hash == desk.last_hash else "bad_chain"


def _result(event: EventRecord, status: PushStatus, reason: str = "") -> PushResult:
    return PushResult(event_id=event.event_id, status=status, reason=reason)
