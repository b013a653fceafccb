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
    """``events`` of one case, oldest receipt first. A later decision replaces an earlier one (the family came again), except that a
    receipt given by one desk is not taken back by another: that decision is kept as conflicting. An undone act does not count."""
    known = list(events)
    # a desk can undo its own acts only
    undone = {(event.desk_id, event.payload.get("event_id")) for event in known if event.kind == UNDONE}
    standing: DecisionRecord | None = None
    conflicting: list[DecisionRecord] = []
    for event in known:
        if event.kind != DECIDED or (event.desk_id, event.event_id) in undone:
            continue
        decision = _decision(event)
        if standing is not None and standing.decision == "RECEIPT" and standing.desk_id != decision.desk_id:
            conflicting.append(decision)
        else:
            standing = decision
    return Outcome(standing, conflicting)


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
    )
