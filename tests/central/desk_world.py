"""Fictitious applications, and a desk as the platform sees one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.sync.http import HttpTransport
from kiosk.wire.chain import GENESIS, link
from kiosk.wire.models import EventRecord
from kiosk.wire.signing import SigningKey


def application(number: str, school: str = "X01", name: str = "陈试远") -> dict[str, Any]:
    return {
        "application_no": number,
        "school_code": school,
        "pack": "NS2014",
        "revision": 1,
        "data": {
            "school": {"code": school, "name": f"虚构小学{school}"},
            "child": {"name": name, "id_no": "440000200802140135"},
        },
        "department_results": [{"about": "C01", "result": "matched", "detail": "一致"}],
        "family_id": f"F-{number}",
    }


@dataclass
class TestDesk:
    """A desk as the platform sees one: an id, a key, and events it chains by itself."""

    __test__ = False
    desk_id: str
    key: SigningKey
    transport: HttpTransport
    seq: int = 0
    head: str = GENESIS

    def event(
        self, case_id: str, kind: str = "visit.opened", payload: dict[str, Any] | None = None, actor: str = "li"
    ) -> EventRecord:
        self.seq += 1
        made = chained(self.desk_id, self.seq, self.head, case_id, kind, payload or {}, actor)
        self.head = made.hash
        return made

    def decided(self, case_id: str, decision: str, *reasons: str) -> EventRecord:
        payload = {
            "decision": decision,
            "paper_no": f"{self.desk_id}-{self.seq + 1}",
            "category": None,
            "reasons": [{"code": code} for code in reasons],
        }
        return self.event(case_id, "case.decided", payload)

    def settled(self, actor: str, stands: EventRecord, *others: EventRecord, reason: str = "MISTAKE") -> EventRecord:
        between = [event.event_id for event in (stands, *others)]
        payload = {"stands": stands.event_id, "between": between, "reason": reason}
        return self.event(stands.case_id, "conflict.settled", payload, actor)


def chained(
    desk_id: str, seq: int, prev_hash: str, case_id: str, kind: str, payload: dict[str, Any], actor: str = "li"
) -> EventRecord:
    body = {
        "event_id": f"{desk_id}-{seq}",
        "desk_id": desk_id,
        "seq": seq,
        "case_id": case_id,
        "kind": kind,
        "at": "2014-04-19T09:00:00.000+08:00",
        "actor": actor,
        "payload": payload,
    }
    return EventRecord(**body, prev_hash=prev_hash, hash=link(prev_hash, body))
