"""What other desks decided of a family, as the platform tells it: known before a decision is made, shown when two desks differ, and how a
supervisor settled it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

from pydantic import ValidationError

from kiosk.texts import Text, text
from kiosk.wire.results import DecisionRecord, RefusedSettlement, ResultRecord, SettlementRecord


class Results(Protocol):
    """As much of the store as is asked here (offline_cache.store.Store)."""

    @property
    def cursor(self) -> str: ...
    def case_result(self, application_no: str) -> dict[str, Any] | None: ...
    def disputed_results(self) -> list[dict[str, Any]]: ...


class Elsewhere:
    """``desk_id``: this desk, whose own decisions are no news to it. ``name_of``: how a colleague is named, by staff number."""

    def __init__(self, results: Results, desk_id: str, name_of: Callable[[str], str] = str) -> None:
        self._results = results
        self.desk_id = desk_id
        self.name_of = name_of

    @property
    def cursor(self) -> str:
        """Changes with everything the platform says."""
        return self._results.cursor

    def known(self, application_no: str) -> str:
        """The event of another desk's decision that stands as far as this desk knows, "" when there is none: what a decision made now
        may replace (docs/platform.md, "Two desks, one family")."""
        result = self.result(application_no)
        standing = result.standing if result is not None else None
        return standing.event_id if standing is not None and standing.desk_id != self.desk_id else ""

    def sentences(self, application_no: str) -> tuple[Text, ...]:
        """One sentence for what another desk decided, one for every contradiction or for how it was settled; none in the ordinary case."""
        result = self.result(application_no)
        if result is None or result.standing is None:
            return ()
        standing = result.standing
        said = [] if standing.desk_id == self.desk_id else [_decided(standing)]
        for other in result.conflicting:
            key = "mine_stands" if standing.desk_id == self.desk_id else "other_stands"
            about = other if standing.desk_id == self.desk_id else standing
            sentence = text(f"elsewhere.conflict.{key}", desk=desk_of(about), outcome=outcome_of(about))
            if sentence not in said:
                said.append(sentence)
        if (settled := self.settled(result)) is not None:
            said.append(settled)
        return tuple(said)

    def concerns(self, result: ResultRecord) -> bool:
        """Whether a settlement was made at this desk or is about one of its decisions."""
        word = result.settlement
        about = (result.standing, word, *word.overruled) if word is not None else (result.standing,)
        return any(one is not None and one.desk_id == self.desk_id for one in about)

    def settled(self, result: ResultRecord) -> Text | None:
        """How a contradiction was settled, for as long as that is what stands: which paper holds, which are to be taken back."""
        settlement, standing = settlement_in_force(result), result.standing
        if settlement is None or standing is None:
            return None
        mine = standing.desk_id == self.desk_id
        own = [one for one in settlement.overruled if one.desk_id == self.desk_id]
        key = "mine_stands" if mine else "other_stands" if own else "seen"
        withdrawn = own if key == "other_stands" else settlement.overruled
        return text(
            f"elsewhere.settled.{key if withdrawn else 'alone'}",
            who=self.name_of(settlement.actor),
            desk=desk_of(standing),
            outcome=outcome_of(standing),
            number=standing.paper_no,
            withdrawn=_numbers(withdrawn),
        )

    def refused(self, result: ResultRecord, settlement: RefusedSettlement) -> Text:
        """Why a settlement made at this desk had no effect."""
        why = settlement.why if settlement.why in ("not_supervisor", "already_settled") else "overtaken"
        word, standing = result.settlement, result.standing
        if why == "already_settled" and (word is None or standing is None):
            why = "overtaken"
        return text(
            f"elsewhere.refused.{why}",
            actor=settlement.actor,
            who=self.name_of(word.actor) if word is not None else "",
            desk=desk_of(standing) if standing is not None else "",
            outcome=outcome_of(standing) if standing is not None else "",
        )

    def result(self, application_no: str) -> ResultRecord | None:
        body = self._results.case_result(application_no)
        return _record(body) if body is not None else None

    def disputed(self) -> list[ResultRecord]:
        """Every application on which desks differ, or differed until it was settled."""
        found = (_record(body) for body in self._results.disputed_results())
        return [result for result in found if result is not None and result.standing is not None]


def settlement_in_force(result: ResultRecord) -> SettlementRecord | None:
    """The settlement, unless what it let stand has given way to something later or is disputed again."""
    settlement, standing = result.settlement, result.standing
    if settlement is None or standing is None or result.conflicting:
        return None
    return settlement if standing.event_id == settlement.stands else None


def desk_of(decision: DecisionRecord) -> str:
    return decision.desk_name or decision.desk_id


def outcome_of(decision: DecisionRecord) -> Text:
    known = decision.decision if decision.decision in ("RECEIPT", "RETURN", "REFER") else "other"
    return text(f"elsewhere.outcome.{known}")


def reasons_of(decision: DecisionRecord) -> tuple[str, ...]:
    return tuple(str(reason.get("text") or reason.get("code", "")) for reason in decision.reasons)


def at_of(decision: DecisionRecord) -> str:
    return datetime.fromisoformat(decision.at).strftime("%m-%d %H:%M")


def _record(body: dict[str, Any]) -> ResultRecord | None:
    try:
        return ResultRecord.model_validate(body)
    except ValidationError:
        return None  # a later platform's form: the desk goes on without it


def _decided(decision: DecisionRecord) -> Text:
    return text(
        "elsewhere.decided",
        desk=desk_of(decision),
        at=at_of(decision),
        outcome=outcome_of(decision),
        number=decision.paper_no,
        reasons="；".join(reasons_of(decision)),
    )


def _numbers(decisions: Iterable[DecisionRecord]) -> str:
    return "、".join(decision.paper_no for decision in decisions)
