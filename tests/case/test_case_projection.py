"""The case is a projection of its events: undo, re-reading, leaving and coming back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.case.events import (
    Act,
    Decided,
    FieldAnswered,
    FieldEvidence,
    PageCaptured,
    PageDiscarded,
    PageRead,
    QuestionAnswered,
    Undone,
    VisitEnded,
    VisitOpened,
    VisitSuspended,
    from_payload,
    to_payload,
)
from kiosk.case.state import CaseState, CaseStatus, project


@dataclass
class Log:
    """A log in memory with ids that count."""

    events: list[Any] = field(default_factory=list)

    def add(self, *acts: Act) -> Log:
        for act in acts:
            kind, payload = to_payload(act)
            number = f"e{len(self.events)}"
            self.events.append(Event(number, kind, payload))
        return self

    def state(self) -> CaseState:
        return project("NS1", self.events)


@dataclass(frozen=True)
class Event:
    event_id: str
    kind: str
    payload: dict[str, Any]
    at: str = "2026-04-19T09:00:00+08:00"
    actor: str = "T01"


def opened(via: str = "code", visit: str = "v1") -> VisitOpened:
    return VisitOpened(
        visit_id=visit, via=via, pack="NS2014", pack_version="1", record_revision=1, desk_date="2014-04-19"
    )  # type: ignore[arg-type]


def read(capture: str = "c1", doc: str = "A03:father", page: str = "front", text: str = "陈拟山") -> list[Act]:
    return [
        PageCaptured(capture_id=capture, images=[f"{capture}-frame"]),
        PageRead(
            capture_id=capture,
            doc_id=doc,
            material=doc.split(":")[0],
            page=page,
            holder=doc.split(":")[1],
            page_image=f"{capture}-page",
            fields={"name": FieldEvidence(text=text, score=0.9)},
        ),
    ]


RECEIPT = Decided(decision="RECEIPT", paper_no="P1", category="深户本区", reasons=[], materials=[], evaluation={})


def test_a_captured_page_waits_until_it_is_read() -> None:
    log = Log().add(opened(), PageCaptured(capture_id="c1", images=["i"]))
    assert log.state().unread == ("c1",)
    log.add(*read()[1:])
    state = log.state()
    assert state.unread == ()
    assert state.pages["A03:father", "front"].page_image == "c1-page"


def test_a_second_photograph_of_a_page_replaces_the_first_and_its_answers() -> None:
    log = Log().add(
        opened(), *read("c1", text="陈拟"), FieldAnswered(doc_id="A03:father", field="name", answer="match")
    )
    assert ("A03:father", "name") in log.state().field_answers
    state = log.add(*read("c2")).state()
    assert state.pages["A03:father", "front"].fields["name"].text == "陈拟山"
    assert not state.field_answers


def test_undo_takes_back_the_newest_act_and_leaves_it_in_the_log() -> None:
    log = Log().add(opened(), *read(), FieldAnswered(doc_id="A03:father", field="name", answer="mismatch"))
    newest = log.state().undoable[-1]
    before = len(log.events)
    state = log.add(Undone(event_id=newest)).state()
    assert not state.field_answers
    assert state.undoable[-1] != newest
    assert len(log.events) == before + 1


def test_undoing_a_decision_reopens_the_case() -> None:
    log = Log().add(opened(), *read(), RECEIPT)
    assert log.state().status is CaseStatus.DECIDED
    state = log.add(Undone(event_id=log.state().undoable[-1])).state()
    assert state.status is CaseStatus.OPEN
    assert state.decision is None


def test_a_suspended_visit_keeps_its_documents_when_it_is_resumed() -> None:
    log = Log().add(opened(), *read(), VisitSuspended())
    assert log.state().status is CaseStatus.SUSPENDED
    state = log.add(opened("resumed")).state()
    assert state.status is CaseStatus.OPEN
    assert len(state.pages) == 1
    assert state.visit is not None
    assert state.visit.visit_id == "v1"


def test_a_new_visit_starts_with_a_clean_table_and_remembers_the_earlier_outcome() -> None:
    log = Log().add(opened(), *read(), RECEIPT, VisitEnded(originals_returned=1), opened(visit="v2"))
    state = log.state()
    assert not state.pages
    assert state.decision is None
    assert [decision.paper_no for _, decision in state.earlier] == ["P1"]


def test_discarding_a_page_forgets_what_was_said_of_it() -> None:
    log = Log().add(opened(), *read(), FieldAnswered(doc_id="A03:father", field="name", answer="match"))
    state = log.add(PageDiscarded(capture_id="c1")).state()
    assert not state.pages
    assert not state.field_answers


def test_an_unknown_act_is_refused_not_ignored() -> None:
    with pytest.raises(ValueError, match="kind"):
        from_payload("case.teleported", {})


ACTS = st.sampled_from(
    [
        *read("c1"),
        *read("c2", doc="A04:child", page="page"),
        FieldAnswered(doc_id="A03:father", field="name", answer="match"),
        QuestionAnswered(question_id="q1", answer=True),
        RECEIPT,
    ]
)


@given(st.lists(ACTS, max_size=8), ACTS)
def test_an_act_and_its_undo_leave_the_state_as_it_was(before: list[Act], act: Act) -> None:
    log = Log().add(opened(), *before)
    was = log.state()
    log.add(act)
    if isinstance(act, PageCaptured):
        return  # a photograph is taken back through its reading
    log.add(Undone(event_id=log.events[-1].event_id))
    assert log.state() == was


@given(st.lists(ACTS, max_size=8))
def test_every_act_survives_the_journey_to_the_log_and_back(acts: list[Act]) -> None:
    for act in acts:
        kind, payload = to_payload(act)
        assert from_payload(kind, payload) == act
