"""What the platform still has to hear, item by item, in four states a person can read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from offline_cache.connection import Database


class Delivery(StrEnum):
    WAITING = "waiting"
    SENT = "sent"  # handed to the network, no answer yet: will be sent again
    ACCEPTED = "accepted"  # by the platform's own reply, never before
    REFUSED = "refused"  # stays visible with its reason


def _none() -> dict[Delivery, int]:
    return dict.fromkeys(Delivery, 0)


@dataclass(frozen=True)
class OutboxCounts:
    """Items by state; every state is present."""

    events: dict[Delivery, int] = field(default_factory=_none)
    images: dict[Delivery, int] = field(default_factory=_none)

    @property
    def open_events(self) -> int:
        """Not yet accepted and not refused."""
        return self.events[Delivery.WAITING] + self.events[Delivery.SENT]

    @property
    def open_images(self) -> int:
        return self.images[Delivery.WAITING] + self.images[Delivery.SENT]


@dataclass(frozen=True)
class Undelivered:
    """One item the platform refused: its event id or image digest, the platform's reason code and when it said so."""

    item: Literal["event", "image"]
    key: str
    reason: str
    at: str


class Outbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add_event(self, event_id: str, seq: int) -> None:
        self._db.execute(
            "INSERT INTO event_outbox VALUES (?, ?, ?, '', ?)", [event_id, seq, Delivery.WAITING.value, _now()]
        )

    def add_image(self, digest: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO image_outbox (digest, state, reason, changed_at) VALUES (?, ?, '', ?)",
            [digest, Delivery.WAITING.value, _now()],
        )

    def mark_event(self, event_id: str, state: Delivery, reason: str, at: str = "") -> None:
        self._mark("event_outbox", "event_id", event_id, state, reason, at)

    def mark_image(self, digest: str, state: Delivery, reason: str, at: str = "") -> None:
        self._mark("image_outbox", "digest", digest, state, reason, at)

    def _mark(self, table: str, column: str, key: str, state: Delivery, reason: str, at: str) -> None:
        self._db.execute(
            f"UPDATE {table} SET state = ?, reason = ?, changed_at = ? WHERE {column} = ?",
            [state.value, reason, at or _now(), key],
        )

    def delivery(self, event_id: str) -> Delivery | None:
        row = self._db.execute("SELECT state FROM event_outbox WHERE event_id = ?", [event_id]).fetchone()
        return Delivery(row[0]) if row else None

    def waiting_images(self, limit: int) -> list[str]:
        """Digests the platform has not answered for, oldest first."""
        return [
            digest
            for (digest,) in self._db.execute(
                "SELECT digest FROM image_outbox WHERE state IN ('waiting', 'sent') ORDER BY no LIMIT ?", [limit]
            )
        ]

    def counts(self) -> OutboxCounts:
        return OutboxCounts(self._count("event_outbox"), self._count("image_outbox"))

    def _count(self, table: str) -> dict[Delivery, int]:
        counted = _none()
        # the open states come from the partial index; only the accepted majority is counted by subtraction
        sql = f"SELECT state, count(*) FROM {table} WHERE state <> 'accepted' GROUP BY state"
        for state, number in self._db.execute(sql):
            counted[Delivery(state)] = number
        total = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        counted[Delivery.ACCEPTED] = total - sum(counted.values())
        return counted

    def refused(self) -> list[Undelivered]:
        events = self._db.execute(
            "SELECT event_id, reason, changed_at FROM event_outbox WHERE state = 'refused' ORDER BY seq"
        )
        images = self._db.execute(
            "SELECT digest, reason, changed_at FROM image_outbox WHERE state = 'refused' ORDER BY no"
        )
        return [Undelivered("event", *row) for row in events] + [Undelivered("image", *row) for row in images]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
