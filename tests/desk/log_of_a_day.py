"""A desk's log written act by act, chained as the store chains it; hours pass by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from kiosk.wire.chain import GENESIS, link
from offline_cache.events import StoredEvent

ZONE = timezone(timedelta(hours=8))
DAY = datetime(2024, 5, 18, 9, 0, tzinfo=ZONE)


class DayLog:
    def __init__(self) -> None:
        self.events: list[StoredEvent] = []
        self.now = DAY
        self._papers = 0

    def add(self, kind: str, case: str = "", actor: str = "T01", **payload: Any) -> StoredEvent:
        self.now += timedelta(minutes=1)
        seq = len(self.events) + 1
        before = self.events[-1].hash if self.events else GENESIS
        body: Mapping[str, Any] = {
            "event_id": f"e{seq}",
            "desk_id": "X01-02",
            "seq": seq,
            "case_id": case,
            "kind": kind,
            "at": self.now.isoformat(timespec="milliseconds"),
            "actor": actor,
            "payload": payload,
        }
        event = StoredEvent(**body, prev_hash=before, hash=link(before, body))
        self.events.append(event)
        return event

    def next_day(self) -> None:
        self.now = self.now.replace(hour=9, minute=0) + timedelta(days=1)

    def open(self, case: str, via: str = "code") -> StoredEvent:
        return self.add(
            "visit.opened", case, via=via, visit_id=case, pack="NS2024", pack_version="1", record_revision=1
        )

    def decide(self, case: str, decision: str, *reasons: str, number: int | None = None) -> str:
        """The paper's number."""
        self._papers = number or self._papers + 1
        paper_no = f"NS2024-X01-02-{self._papers:06d}"
        said = [{"code": code, "text": f"{code}的说明"} for code in reasons]
        self.add("case.decided", case, decision=decision, paper_no=paper_no, reasons=said)
        return paper_no

    def print(self, case: str, paper_no: str, copy_no: int = 1, *, settled: bool = True) -> None:
        self.add("paper.printed", case, paper_no=paper_no, copy_no=copy_no, settled=settled, target="office")

    def serve(self, case: str, decision: str, *reasons: str, originals: int = 5) -> str:
        """From the first code to the last original."""
        self.open(case)
        number = self.decide(case, decision, *reasons)
        self.print(case, number)
        self.add("visit.ended", case, originals_returned=originals)
        return number

    def altered(self, seq: int, **changes: Any) -> list[StoredEvent]:
        """The log after somebody changed one act."""
        return [replace(e, payload={**e.payload, **changes}) if e.seq == seq else e for e in self.events]
