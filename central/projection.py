"""What a case's events say: the decision that stands, those that conflict with it, and how a supervisor settled it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kiosk.wire.results import DecisionRecord, RefusedSettlement, SettlementRecord

DECIDED, UNDONE, SETTLED = "case.decided", "act.undone", "conflict.settled"


@dataclass(frozen=True)
class CaseEvent:
    """An event of a case in the order of receipt, as much of it as the projection reads. ``by_supervisor``: of a settlement, whether its
    actor was a supervisor of the school by the roster (central.settlements)."""

    event_id: str
    desk_id: str
    kind: str
    actor: str
    at: str
    received_at: str
    payload: dict[str, Any]
    by_supervisor: bool = False


@dataclass(frozen=True)
class Outcome:
    standing: DecisionRecord | None = None
    conflicting: list[DecisionRecord] = field(default_factory=list)
    settlement: SettlementRecord | None = None
    refused: list[RefusedSettlement] = field(default_factory=list)


def outcome(events: Iterable[CaseEvent]) -> Outcome:
    """``events`` of one case, in the order in which the platform received them. The first decision stands, and is replaced

    - by a later one of the same desk, and
    - by one of another desk that *knew* of it (``knew`` names its event: the family came again, or a supervisor sent it),
      except that a receipt is not taken back by another desk.

    Every other decision conflicts: two desks handled one family without knowing of each other. An undone act does not count. The order is the
    platform's, not the desks' clocks': what has been confirmed to a family is not overturned by a desk that comes back later.

    A supervisor's settlement ends the conflict, whichever decision it lets stand, if it names exactly the decisions that conflict when it is
    received: nobody settles what he has not seen.
    """
    known = list(events)
    # a desk can undo its own acts only
    undone = {(event.desk_id, event.payload.get("event_id")) for event in known if event.kind == UNDONE}
    gone = {event.event_id for event in known if event.kind == DECIDED and (event.desk_id, event.event_id) in undone}
    case = _Case(gone)
    for event in known:
        if event.kind == DECIDED and event.event_id not in gone:
            case.decide(event)
        elif event.kind == SETTLED:
            case.settle(event)
    return Outcome(case.standing, case.conflicting, case.settlement, case.refused)


class _Case:
    """``gone``: ids of undone decisions; a settlement may still name them."""

    def __init__(self, gone: set[str]) -> None:
        self._gone = gone
        self.standing: DecisionRecord | None = None
        self.conflicting: list[DecisionRecord] = []
        self.settlement: SettlementRecord | None = None
        self.refused: list[RefusedSettlement] = []

    def decide(self, event: CaseEvent) -> None:
        decision = _decision(event)
        standing = self.standing
        if standing is None or decision.desk_id == standing.desk_id or _follows(event, decision, standing):
            self.standing = decision
        else:
            self.conflicting.append(decision)

    def settle(self, event: CaseEvent) -> None:
        if why := self._why_not(event):
            self.refused.append(RefusedSettlement(
                event_id=event.event_id, desk_id=event.desk_id, actor=event.actor, at=event.at, why=why
            ))  # fmt: skip
            return
        stands = str(event.payload.get("stands"))
        there = self._there()
        self.standing = there[stands]
        self.conflicting = []
        self.settlement = SettlementRecord(
            event_id=event.event_id,
            stands=stands,
            overruled=[decision for event_id, decision in there.items() if event_id != stands],
            reason=str(event.payload.get("reason") or ""),
            desk_id=event.desk_id,
            actor=event.actor,
            at=event.at,
            received_at=event.received_at,
        )

    def _why_not(self, event: CaseEvent) -> str:
        if not event.by_supervisor:
            return "not_supervisor"
        if self.settlement is not None and not self.conflicting:
            return "already_settled"
        named = event.payload.get("between")
        seen = {str(event_id) for event_id in named} if isinstance(named, list) else set[str]()
        there = self._there()
        as_seen = len(seen) > 1 and seen - self._gone == there.keys()
        return "" if as_seen and event.payload.get("stands") in there else "overtaken"

    def _there(self) -> dict[str, DecisionRecord]:
        """What a settlement would be between."""
        if self.standing is None:
            return {}
        return {decision.event_id: decision for decision in (self.standing, *self.conflicting)}


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
