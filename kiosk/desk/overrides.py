"""The day's overruled mismatches at this desk, for the supervisor: who, when, which field and why; no values of a family."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from kiosk.case.events import FieldAnswered, Undone
from kiosk.desk.people_view import OverrideLine
from kiosk.desk.rules import Rules
from kiosk.people.roster import masked_name
from kiosk.texts import Text, say, text
from kiosk.wire.models import ApplicationRecord
from offline_cache.events import StoredEvent

_ANSWERED, _UNDONE = FieldAnswered.model_fields["kind"].default, Undone.model_fields["kind"].default


class Log(Protocol):
    def of_kind(self, kind: str) -> Sequence[StoredEvent]: ...


class Registry(Protocol):
    def get(self, application_no: str) -> ApplicationRecord | None: ...


def overrides_of(log: Log, registry: Registry, rules: Rules, day: date) -> tuple[OverrideLine, ...]:
    """The latest first. An override that was taken back stays in the list, marked."""
    undone = {str(event.payload.get("event_id")) for event in log.of_kind(_UNDONE)}
    lines: list[OverrideLine] = []
    for event in reversed(log.of_kind(_ANSWERED)):
        at = datetime.fromisoformat(event.at)
        if event.payload.get("answer") != "match" or not event.payload.get("reason_code") or at.date() != day:
            continue
        record = registry.get(event.case_id)
        lines.append(_line(event, at, record, rules, undone=event.event_id in undone))
    return tuple(lines)


def _line(
    event: StoredEvent, at: datetime, record: ApplicationRecord | None, rules: Rules, *, undone: bool
) -> OverrideLine:
    doc_id, field = str(event.payload["doc_id"]), str(event.payload["field"])
    known = record is not None and rules.pack(record.pack) is not None
    child = str(record.data.get("child", {}).get("name", "")) if record is not None else ""
    return OverrideLine(
        at=f"{at:%H:%M}",
        staff=event.actor,
        second=str(event.payload.get("second", "")),
        application_no=event.case_id,
        child_masked=masked_name(child),
        document=say(rules.document_title(doc_id, record), rules.language) if record is not None and known else doc_id,
        field=_label(rules, record, doc_id, field)
        if record is not None and known
        else text("people.verbatim", said=field),
        reason=text(f"desk.override.{event.payload['reason_code']}"),
        undone=undone,
    )


def _label(rules: Rules, record: ApplicationRecord, doc_id: str, field: str) -> Text:
    """What the pack calls a field; its own name where the pack no longer has it."""
    pack = rules.of(record)
    material = pack.materials.get(doc_id.split(":", 1)[0])
    labels: Mapping[str, str] = {c.field: c.label for c in material.compare} if material is not None else {}
    for pattern, label in labels.items():
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", r"[^.\\]]+", re.escape(pattern)), field):
            return pack.labels[label].text()
    return text("people.verbatim", said=field)
