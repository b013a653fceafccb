"""What other desks decided of a family, as the platform tells it: known before a decision is made, shown when two desks differ."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from pydantic import ValidationError

from kiosk.texts import Text, text
from kiosk.wire.results import DecisionRecord, ResultRecord


class Results(Protocol):
    """As much of the store as is asked here (offline_cache.store.Store)."""

    def case_result(self, application_no: str) -> dict[str, Any] | None: ...


class Elsewhere:
    """``desk_id``: this desk, whose own decisions are no news to it."""

    def __init__(self, results: Results, desk_id: str) -> None:
        self._results = results
        self._desk_id = desk_id

    def known(self, application_no: str) -> str:
        """The event of another desk's decision that stands as far as this desk knows, "" when there is none: what a decision made now
        may replace (docs/platform.md, "Two desks, one family")."""
        result = self._result(application_no)
        standing = result.standing if result is not None else None
        return standing.event_id if standing is not None and standing.desk_id != self._desk_id else ""

    def sentences(self, application_no: str) -> tuple[Text, ...]:
        """One sentence for what another desk decided, one for every contradiction; none in the ordinary case."""
        result = self._result(application_no)
        if result is None or result.standing is None:
            return ()
        standing = result.standing
        said = [] if standing.desk_id == self._desk_id else [_decided(standing)]
        for other in result.conflicting:
            key = "mine_stands" if standing.desk_id == self._desk_id else "other_stands"
            about = other if standing.desk_id == self._desk_id else standing
            sentence = text(f"elsewhere.conflict.{key}", desk=_desk(about), outcome=_outcome(about))
            if sentence not in said:
                said.append(sentence)
        return tuple(said)

    def in_conflict(self, application_no: str) -> bool:
        result = self._result(application_no)
        return result is not None and bool(result.conflicting)

    def _result(self, application_no: str) -> ResultRecord | None:
        body = self._results.case_result(application_no)
        if body is None:
            return None
        try:
            return ResultRecord.model_validate(body)
        except ValidationError:
            return None  # a later platform's form: the desk goes on without it


def _decided(decision: DecisionRecord) -> Text:
    return text(
        "elsewhere.decided",
        desk=_desk(decision),
        at=datetime.fromisoformat(decision.at).strftime("%m-%d %H:%M"),
        outcome=_outcome(decision),
        number=decision.paper_no,
        reasons="；".join(str(reason.get("text") or reason.get("code", "")) for reason in decision.reasons),
    )


def _desk(decision: DecisionRecord) -> str:
    return decision.desk_name or decision.desk_id


def _outcome(decision: DecisionRecord) -> Text:
    known = decision.decision if decision.decision in ("RECEIPT", "RETURN", "REFER") else "other"
    return text(f"elsewhere.outcome.{known}")
