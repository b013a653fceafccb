"""What a window shows of a family beyond the one case: the other children, the originals on the table, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.case.state import CaseStatus
from kiosk.desk.family import Family, OpenCase
from kiosk.desk.finding import masked_child
from kiosk.desk.flow_view import SiblingView
from kiosk.desk.rules import Rules
from kiosk.desk.view import CaseView
from kiosk.desk.visitor import visitor_view
from kiosk.texts import Text, say, text

_PRINTING = ("making", "printing", "failed")


def with_family(shown: CaseView, family: Family, rules_for: Callable[[OpenCase], Rules]) -> CaseView:
    """The active case's view with what concerns the whole family."""
    active = family.active
    assert active is not None
    on_table = family.originals()
    originals = tuple(
        say(rules_for(case).document_title(doc_id, case.record), rules_for(case).language)
        for case in family
        for doc_id in on_table.get(case.number, ())
    )
    waiting = family.waiting()
    view = replace(
        shown,
        siblings=tuple(_sibling(case, family) for case in family) if len(family) > 1 else (),
        originals=originals,
        next_child=masked_child(waiting.record) if waiting is not None else "",
        note=active.note,
        visitor=visitor_view(active.record, active.state, rules_for(active)),
    )
    settled = active.state.status is CaseStatus.DECIDED and not (view.paper and view.paper.state in _PRINTING)
    return replace(view, next_step=_after_decision(view)) if settled else view


def _after_decision(view: CaseView) -> Text:
    if view.next_child:
        return text("flow.sibling.next", child=view.next_child)
    return text("desk.next.hand_back", count=len(view.originals or ()))


def _sibling(case: OpenCase, family: Family) -> SiblingView:
    return SiblingView(
        application_no=case.number,
        child_masked=masked_child(case.record),
        state=_state(case),
        text=text(f"flow.sibling.state.{_state(case)}"),
        active=case is family.active,
    )


def _state(case: OpenCase) -> str:
    state = case.state
    if state.status is CaseStatus.OPEN:
        return "OPEN"
    if state.status is CaseStatus.SUSPENDED:
        return "HELD"
    if state.status is CaseStatus.DECIDED and state.decision is not None:
        return state.decision.decision
    return f"EARLIER_{state.earlier[-1][1].decision}" if state.earlier else "WAITING"
