"""What travels between desk and platform. Shared by both; imports neither store nor Qt nor network.

Times are ISO 8601 with offset. Digests are lower-case hex SHA-256 unless the district chooses another suite.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class WireModel(BaseModel):
    """Strict and immutable: an unknown key or a wrong type is an error, never a guess."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ApplicationRecord(WireModel):
    """One child's online application as the platform holds it, with the departments' answers to it.

    ``data`` is the declaration in the shape of ``applications[]`` of resources/…/families.json; ``department_results`` items carry
    about / result / detail / department / answered_on. ``revision`` grows with every change; the platform's wins.
    """

    application_no: str
    school_code: str
    pack: str  # id of the service pack whose rules hold, e.g. NS2014
    revision: int = Field(ge=1)
    data: dict[str, Any]
    department_results: list[dict[str, Any]] = []
    family_id: str = ""  # applications of one family share it


class EventRecord(WireModel):
    """One act at a desk. ``seq`` is the desk's own counter without gaps; ``hash`` chains to the event before (kiosk.wire.chain)."""

    event_id: str
    desk_id: str
    seq: int = Field(ge=1)
    case_id: str  # application number, or "" for acts of the desk itself
    kind: str
    at: str
    actor: str
    payload: dict[str, Any]
    prev_hash: str
    hash: str


class PushStatus(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"  # already held, identical: as good as accepted
    REFUSED = "refused"


class PushResult(WireModel):
    event_id: str
    status: PushStatus
    reason: str = ""


class PushEvents(WireModel):
    events: list[EventRecord] = Field(max_length=500)


class PushAnswer(WireModel):
    """``next_seq``: the number the platform expects next of this desk; after a refusal ``gap`` the desk goes on from there."""

    results: list[PushResult]
    received_at: str
    next_seq: int


class Change(WireModel):
    """One item of the pull stream: ``type`` application | staff | desk_key | school | pack | result | revocation."""

    type: str
    key: str
    body: dict[str, Any]


class Changes(WireModel):
    changes: list[Change]
    cursor: str
    more: bool


class UploadState(WireModel):
    """How much of an image the platform holds of a piecewise upload; the desk goes on from ``offset``. ``complete``: all of it, and its digest fits."""

    offset: int = Field(ge=0)
    complete: bool


class EnrolRequest(WireModel):
    code: str
    public_key: str  # Ed25519, base64
    desk_name: str = ""


class EnrolAnswer(WireModel):
    desk_id: str
    school_code: str
    school_name: str
    district: str = ""
    platform_public_key: str
    desk_name: str = ""


class Problem(WireModel):
    """Every error body of the platform. ``code`` is stable and has a text in resources/texts; ``detail`` is for engineers, without personal data."""

    code: str
    detail: str = ""
