"""What supervisors, and the systems of the district, read from the platform."""

from __future__ import annotations

from typing import Any

from kiosk.wire.models import WireModel


class DecisionRecord(WireModel):
    """One decision made at a desk. ``at`` is the desk's clock, ``received_at`` the platform's."""

    decision: str  # RECEIPT | RETURN | REFER
    paper_no: str
    category: str | None
    reasons: list[dict[str, Any]]
    desk_id: str
    actor: str
    at: str
    received_at: str
    event_id: str = ""
    desk_name: str = ""


class SettlementRecord(WireModel):
    """A supervisor's word on decisions that contradicted each other: ``stands`` (event id) holds, ``overruled`` do not. ``reason`` is empty
    where the decision that stood already was kept. ``actor``: the supervisor's staff number."""

    event_id: str
    stands: str
    overruled: list[DecisionRecord]
    reason: str
    desk_id: str
    actor: str
    at: str
    received_at: str
    desk_name: str = ""


class RefusedSettlement(WireModel):
    """A settlement that the platform keeps in its log and gives no effect. ``why``: not_supervisor, already_settled, overtaken
    (docs/platform.md, "A supervisor settles")."""

    event_id: str
    desk_id: str
    actor: str
    at: str
    why: str


class ResultRecord(WireModel):
    """One application as the events tell it. ``standing`` is None while no decision holds; ``conflicting`` are decisions that another
    desk made without knowing of the standing one, or against a receipt: both evidences are kept, the first stands until a supervisor
    settles it. ``settlement``: the last one that had effect."""

    application_no: str
    school_code: str
    standing: DecisionRecord | None
    conflicting: list[DecisionRecord]
    events: int
    last_event_at: str
    settlement: SettlementRecord | None = None
    refused_settlements: list[RefusedSettlement] = []


class Results(WireModel):
    results: list[ResultRecord]


class Health(WireModel):
    status: str
    at: str
