"""What a case's events say: the decision that stands, and those that conflict with it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kiosk.wire.results import DecisionRecord

DECIDED, UNDONE = "case.decided", "act.undone"


@dataclass(frozen=True)
class CaseEvent:
    """An event of a case in the order of receipt, as much of it as the projection reads."""

    event_id: str
    desk_id: str
    kind: str
    actor: str
    at: str
    received_at: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    standing: DecisionRecord | None
    conflicting: list[DecisionRecord]


def outcome(events: Iterable[CaseEvent]) -> Outcome:
    """``events`` of one case, in the order in which the platform received them. The first decision stands, and is replaced

    - by a later one of the same desk, and
    - by one of another desk that *knew* of it (``knew`` names its event: the family came again, or a supervisor sent it),
      except that a receipt is not taken back by another desk.

    Every other decision conflicts: two desks handled one family without knowing of each other. An undone act does not count. The order is the
    platform's, not the desks' clocks': what has been confirmed to a family is not overturned by a desk that comes back later.
    """
    known = list(events)
    # a desk can undo its own acts only
    undone = {(event.desk_id, event.payload.get("event_id")) for event in known if event.kind == UNDONE}
    standing: DecisionRecord | None = None
    conflicting: list[DecisionRecord] = []
    for event in known:
        if event.kind != DECIDED or (event.desk_id, event.event_id) in undone:
            continue
        decision = _decision(event)
        if standing is None or decision.desk_id == standing.desk_id or _follows(event, decision, standing):
            standing = decision
        else:
            conflicting.append(decision)
    return Outcome(standing, conflicting)


def _follows(event: CaseEvent, decision: DecisionRecord, standing: DecisionRecord) -> bool:
    """Whether another desk's decision was made in the knowledge of the standing one, and may take its place."""
    knew = event.payload.get("knew") == standing.event_id
    return knew and (standing.decision != "RECEIPT" or decision.decision == "RECEIPT")


def _decision(event: CaseEvent) -> DecisionRecord:
    payload = event.payload
    return DecisionRecord(
        decision=str(payload.get("decision", "")),
        paper_no=str(payload.get("paper_no", "")),
        category=payload.get("category") if isinstance(payload.get("category"), str) else None,
        reasons=[reason for reason in payload.get("reasons") or [] if isinstance(reason, dict)],
        desk_id=event.desk_id,
        actor=event.actor,
        at=event.at,
        received_at=event.received_at,
        event_id=event.event_id,
    )
