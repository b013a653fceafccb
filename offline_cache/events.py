"""The event log: append-only, numbered without gaps, each event chained to the one before by its hash."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeAlias

from offline_cache.connection import Database
from offline_cache.problems import StoreProblem
from offline_cache.values import Values

# (hash of the event before, event) → hash of the event
ChainLink: TypeAlias = Callable[[str, Mapping[str, Any]], str]
GENESIS = "0" * 64
_COLUMNS = "event_id, desk_id, seq, case_id, kind, at, actor, payload, prev_hash, hash"


@dataclass(frozen=True)
class StoredEvent:
    """One act as it lies on the disk. ``at`` is ISO 8601 with offset, by this machine's clock; ``seq`` is the order that counts."""

    event_id: str
    desk_id: str
    seq: int
    case_id: str
    kind: str
    at: str
    actor: str
    payload: dict[str, Any]
    prev_hash: str
    hash: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def payload_of(values: Values, event_id: str, held: str | bytes) -> dict[str, Any]:
    """What an act's row holds. Raises StoreProblem CORRUPT."""
    return json.loads(values.open(held, "events", event_id))


class EventLog:
    def __init__(self, db: Database, chain: ChainLink, values: Values) -> None:
        self._db = db
        self._values = values
        self.chain = chain

    def append(
        self, desk_id: str, case_id: str, kind: str, actor: str, payload: Mapping[str, Any], at: datetime
    ) -> StoredEvent:
        """Writes the next event. Runs inside the caller's transaction, under the store's lock: that keeps ``seq`` gapless.

        Raises ValueError when the payload is not JSON (NaN and infinities are not: they would not survive the wire).
        """
        seq, prev_hash = self.head()
        body = {
            "event_id": uuid.uuid4().hex,
            "desk_id": desk_id,
            "seq": seq + 1,
            "case_id": case_id,
            "kind": kind,
            "at": at.isoformat(timespec="milliseconds"),
            "actor": actor,
            # through JSON and back: what is hashed is exactly what a reader of the log will see
            "payload": json.loads(json.dumps(payload, allow_nan=False)),
        }
        event = StoredEvent(**body, prev_hash=prev_hash, hash=self.chain(prev_hash, body))
        sealed = self._values.seal(json.dumps(event.payload, ensure_ascii=False), "events", event.event_id)
        self._db.execute(
            f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*{**event.as_dict(), "payload": sealed}.values()],
        )
        return event

    def head(self) -> tuple[int, str]:
        """(seq, hash) of the last event, (0, 64 zeros) before the first."""
        row = self._db.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        return (row[0], row[1]) if row else (0, GENESIS)

    def one(self, event_id: str) -> StoredEvent | None:
        return next(iter(self._select("WHERE event_id = ?", [event_id])), None)

    def of_case(self, case_id: str) -> list[StoredEvent]:
        return self._select("WHERE case_id = ? ORDER BY seq", [case_id])

    def of_kind(self, kind: str) -> list[StoredEvent]:
        return self._select("WHERE kind = ? ORDER BY seq", [kind])

    def after(self, seq: int, limit: int) -> list[StoredEvent]:
        return self._select("WHERE seq > ? ORDER BY seq LIMIT ?", [seq, limit])

    def last_of_each_case(self) -> list[StoredEvent]:
        return self._select(
            "WHERE seq IN (SELECT max(seq) FROM events WHERE case_id <> '' GROUP BY case_id) ORDER BY seq", []
        )

    def waiting(self, limit: int) -> list[StoredEvent]:
        """Events the platform has not answered for, oldest first."""
        return self._select(
            "WHERE seq IN (SELECT seq FROM event_outbox WHERE state IN ('waiting', 'sent') ORDER BY seq LIMIT ?) ORDER BY seq",
            [limit],
        )

    def first_broken_link(self) -> int | None:
        """Number of the first event that does not follow from the one before, None when the log is whole. Events that a repair had to give up
        (lost_events; the platform holds them) are stepped over: what follows must still follow from what they were."""
        lost = dict(self._db.execute("SELECT first, last + 1 FROM lost_events").fetchall())
        expected_seq, expected_prev = 1, GENESIS
        while batch := self._held("WHERE seq > ? ORDER BY seq LIMIT 1000", [expected_seq - 1]):
            for row in batch:
                try:
                    event = self._event(row)
                except StoreProblem:  # its contents do not open
                    return row["seq"]
                if expected_seq in lost and event.seq == lost[expected_seq]:
                    expected_seq, expected_prev = event.seq, event.prev_hash
                whole = (event.seq, event.prev_hash) == (expected_seq, expected_prev)
                if not whole or self.chain(event.prev_hash, event.as_dict()) != event.hash:
                    return event.seq
                expected_seq, expected_prev = event.seq + 1, event.hash
        return None

    def _select(self, condition: str, parameters: list[Any]) -> list[StoredEvent]:
        return [self._event(row) for row in self._held(condition, parameters)]

    def _held(self, condition: str, parameters: list[Any]) -> list[dict[str, Any]]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM events {condition}", parameters)
        return [dict(zip(_COLUMNS.split(", "), row, strict=True)) for row in rows]

    def _event(self, held: dict[str, Any]) -> StoredEvent:
        return StoredEvent(**{**held, "payload": payload_of(self._values, held["event_id"], held["payload"])})
