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


class ResultRecord(WireModel):
    """One application as the events tell it. ``standing`` is None while no decision holds; ``conflicting`` are decisions that another
    desk made without knowing of the standing one, or against a receipt: both evidences are kept, the first stands, a supervisor looks."""

    application_no: str
    school_code: str
    standing: DecisionRecord | None
    conflicting: list[DecisionRecord]
    events: int
    last_event_at: str


class Results(WireModel):
    results: list[ResultRecord]


class Health(WireModel):
    status: str
    at: str
