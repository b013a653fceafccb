"""Is the log the platform holds the one the desks wrote: nothing altered, missing or reordered.

Two chains are followed. Each desk's own (kiosk.wire.chain) binds its acts to each other in the desk's order. The platform's receipt chain
binds all acts in the order in which they came, which decides what stands when two desks differ:

    receipt(n) = digest( receipt(n−1) ‖ n ‖ desk ‖ hash of the event ‖ time of receipt ), receipt(0) = 64 zeros

by the digest of the platform's suite, SHA-256 or SM3.

Whoever can rewrite the whole database can rewrite both chains. What they cannot rewrite are the heads that left it: each receipt paper and each
day's tally carries its desk's head, and ``yanhe-central audit head`` prints the platform's to be written down elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.tables import Desk, Event, ReceiptHead
from kiosk.wire.chain import GENESIS, link
from kiosk.wire.suite import INTERNATIONAL, SUITES, Suite, suite_of

_BATCH = 2000
_AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Fault:
    """``what``: altered, missing, reordered, unknown_desk, head_differs, receipt_chain; ``seq`` is the desk's number (or the receipt's)."""

    what: str
    desk_id: str
    seq: int

    def __str__(self) -> str:
        return f"{self.what}  {self.desk_id or 'platform'}  {self.seq}"


def receipt_link(
    before: str, number: int, desk_id: str, event_hash: str, received_at: datetime, suite: Suite = INTERNATIONAL
) -> str:
    at = received_at.astimezone(UTC).isoformat(timespec="microseconds")
    return suite.digest(f"{before}\n{number}\n{desk_id}\n{event_hash}\n{at}".encode())


def verify(session: Session, head: tuple[int, str] | None = None) -> list[Fault]:
    """Every fault, none for a whole log. ``head``: a head of the receipt chain that was written down earlier, as (number, hash)."""
    return [*_desk_chains(session), *_receipts(session, head)]


def receipt_head(session: Session) -> tuple[int, str]:
    """(number, hash) of the newest receipt, (0, 64 zeros) before the first."""
    row = session.scalars(select(ReceiptHead)).one_or_none()
    return (row.number, row.hash) if row is not None else (0, GENESIS)


def future_dated(session: Session) -> list[Event]:
    """Acts whose desk's clock said more than a day after the platform had them: no fault of the log (the order of receipt decides what
    stands), but somebody should look at that desk's clock."""
    return [
        event
        for event in session.scalars(select(Event).order_by(Event.receipt_no).execution_options(yield_per=_BATCH))
        if datetime.fromisoformat(event.at) > event.received_at + _AHEAD
    ]


def _desk_chains(session: Session) -> Iterator[Fault]:
    desks = {desk.desk_id: desk for desk in session.scalars(select(Desk))}
    for desk_id in session.scalars(select(Event.desk_id).distinct()):
        if desk_id not in desks:
            yield Fault("unknown_desk", desk_id, 0)
    for desk_id, desk in sorted(desks.items()):
        expected, before, suite = 1, GENESIS, suite_of(desk.public_key)
        for event in _events(session, desk_id):
            if event.seq != expected:
                yield Fault("missing" if event.seq > expected else "reordered", desk_id, expected)
                expected, before = event.seq, event.prev_hash
            if event.prev_hash != before or link(event.prev_hash, _body(event), suite) != event.hash:
                yield Fault("altered", desk_id, event.seq)
            expected, before = event.seq + 1, event.hash
        if (desk.last_seq, desk.last_hash) != (expected - 1, before):
            yield Fault("head_differs", desk_id, desk.last_seq)


def _events(session: Session, desk_id: str) -> Iterator[Event]:
    last = 0
    while True:
        batch = session.scalars(
            select(Event).where(Event.desk_id == desk_id, Event.seq > last).order_by(Event.seq).limit(_BATCH)
        ).all()
        if not batch:
            return
        yield from batch
        last = batch[-1].seq
        session.expunge_all()


def _body(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "desk_id": event.desk_id,
        "seq": event.seq,
        "case_id": event.case_id,
        "kind": event.kind,
        "at": event.at,
        "actor": event.actor,
        "payload": event.payload,
    }


def _receipts(session: Session, written_down: tuple[int, str] | None) -> Iterator[Fault]:
    number, before, last = 0, GENESIS, -1
    seen = written_down is None or written_down[0] == 0
    while True:
        batch = session.scalars(
            select(Event).where(Event.receipt_no > last).order_by(Event.receipt_no).limit(_BATCH)
        ).all()
        if not batch:
            break
        for event in batch:
            number += 1
            at = before, event.receipt_no, event.desk_id, event.hash, event.received_at
            if event.receipt_no != number:
                yield Fault("missing" if event.receipt_no > number else "reordered", "", number)
                number = event.receipt_no
            elif all(event.receipt_hash != receipt_link(*at, suite) for suite in SUITES):
                yield Fault("receipt_chain", event.desk_id, event.seq)
            before = event.receipt_hash
            if written_down is not None and number == written_down[0]:
                seen = True
                if event.receipt_hash != written_down[1]:
                    yield Fault("head_differs", "", number)
        last = batch[-1].receipt_no
        session.expunge_all()
    if (number, before) != receipt_head(session) or not seen:
        yield Fault("head_differs", "", number)
    count = session.scalars(select(func.count()).select_from(Event)).one()
    if count != number:
        yield Fault("missing", "", count)
