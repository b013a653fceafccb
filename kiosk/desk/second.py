"""Which acts need a second person: what the pack demands, and what the first person's role does not cover."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kiosk.case.events import FieldAnswered
from kiosk.case.state import CaseState, CaseStatus
from kiosk.desk.assess import Assessment
from kiosk.desk.papers import PaperJob
from kiosk.matching.result import Verdict
from kiosk.people.roles import Right, Role, may, roles_with
from kiosk.policy import Pack
from kiosk.policy.schema import By
from kiosk.texts import Text, text

_WHO: dict[By, frozenset[Role]] = {
    "colleague": roles_with(Right.WORK_CASES),
    "supervisor": frozenset({Role.SUPERVISOR}),
}


@dataclass(frozen=True)
class Need:
    """``what`` is about to be done; ``by``: whose agreement is wanted, any person with one of ``roles``."""

    what: Text
    by: By

    @property
    def roles(self) -> frozenset[Role]:
        return _WHO[self.by]


def for_answer(pack: Pack, assess: Callable[[], Assessment], answer: FieldAnswered) -> Need | None:
    """Overruling the machine's mismatch on a field of a class that the pack names."""
    demand = pack.second_person.override
    if demand is None or answer.answer != "match":
        return None
    for verdict in assess().over.field_verdicts:
        if (verdict.doc_id, verdict.field) == (answer.doc_id, answer.field):
            overruled = verdict.machine_verdict is Verdict.MISMATCH and verdict.field_class in demand.classes
            return Need(text("people.second.what.override", field=verdict.label), demand.by) if overruled else None
    return None


def for_decision(pack: Pack, assess: Callable[[], Assessment], outcome: str) -> Need | None:
    demand = pack.second_person.decide
    if demand is None or outcome not in demand.outcomes or outcome not in assess().allowed:
        return None
    return Need(text(f"people.second.what.decide.{outcome}"), demand.by)


def for_undo(pack: Pack, state: CaseState, roles: Collection[Role], paper: PaperJob | None) -> Need | None:
    """Taking back a decision whose paper has been made, or is being made (``paper``): a supervisor's right, in every service."""
    if state.status is not CaseStatus.DECIDED or state.decision is None:
        return None
    printed = any(p.settled for p in state.papers if p.paper_no == state.decision.paper_no)
    under_way = paper is not None and paper.state in ("making", "printing")
    if not (printed or under_way):
        return None
    what = text("people.second.what.undo_printed", number=state.decision.paper_no)
    demand = pack.second_person.undo_printed
    if demand is not None:
        own = may(roles, Right.UNDO_PRINTED)
        return Need(what, demand.by if own else "supervisor")
    return None if may(roles, Right.UNDO_PRINTED) else Need(what, "supervisor")
