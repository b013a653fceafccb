"""Two desks, one family: both evidences are kept, the first decision at the platform stands, everybody concerned sees the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from central.projection import CaseEvent, outcome
from kiosk.wire.results import ResultRecord


def _decided(event_id: str, desk: str, decision: str, knew: str = "") -> CaseEvent:
    payload = {"decision": decision, "paper_no": f"P-{event_id}", "category": None, "reasons": [], "knew": knew}
    return CaseEvent(event_id, desk, "case.decided", "li", "2014-04-19T09:00:00+08:00", "", payload)


def _undone(event_id: str, desk: str) -> CaseEvent:
    return CaseEvent(f"u{event_id}", desk, "act.undone", "li", "2014-04-19T09:05:00+08:00", "", {"event_id": event_id})


def _told(*events: CaseEvent) -> tuple[str, list[str]]:
    found = outcome(events)
    return found.standing.event_id if found.standing else "", [decision.event_id for decision in found.conflicting]


@pytest.mark.parametrize("first", ["RECEIPT", "RETURN", "REFER"])
@pytest.mark.parametrize("second", ["RECEIPT", "RETURN", "REFER"])
def test_of_two_decisions_made_without_knowing_of_each_other_the_first_to_arrive_stands(
    first: str, second: str
) -> None:
    assert _told(_decided("a", "A", first), _decided("b", "B", second)) == ("a", ["b"])
    assert _told(_decided("b", "B", second), _decided("a", "A", first)) == ("b", ["a"])


def test_a_family_that_comes_again_to_another_desk_is_decided_anew() -> None:
    assert _told(_decided("a", "A", "RETURN"), _decided("b", "B", "RECEIPT", knew="a")) == ("b", [])


def test_a_receipt_is_not_taken_back_by_another_desk_even_knowingly() -> None:
    assert _told(_decided("a", "A", "RECEIPT"), _decided("b", "B", "RETURN", knew="a")) == ("a", ["b"])


def test_a_desk_may_change_its_own_decision() -> None:
    assert _told(_decided("a", "A", "RETURN"), _decided("b", "B", "REFER"), _decided("c", "A", "RECEIPT")) == (
        "c",
        ["b"],
    )


def test_when_the_standing_decision_is_undone_the_other_stands() -> None:
    assert _told(_decided("a", "A", "RECEIPT"), _decided("b", "B", "RETURN"), _undone("a", "A")) == ("b", [])


def test_a_decision_that_knew_of_something_else_conflicts() -> None:
    assert _told(_decided("a", "A", "RETURN"), _decided("b", "B", "RECEIPT", knew="elsewhere")) == ("a", ["b"])


def test_every_desk_of_the_school_is_told_what_stands_and_what_conflicts(
    new_desk: Callable[..., Any], supervisor: httpx.Client
) -> None:
    first, second, stranger = new_desk(), new_desk(), new_desk("X02")
    decision = first.decided("X01-5", "RETURN", "R-MISSING")
    first.transport.push([first.event("X01-5"), decision])
    second.transport.push([second.decided("X01-5", "RECEIPT")])
    for desk in (first, second):
        told = {
            change.key: change.body for change in desk.transport.changes("", 1000).changes if change.type == "result"
        }
        result = ResultRecord.model_validate(told["X01-5"])
        assert result.standing is not None
        assert (result.standing.event_id, result.standing.desk_name) == (decision.event_id, "2号桌")
        assert [other.desk_id for other in result.conflicting] == [second.desk_id]
    assert not [change for change in stranger.transport.changes("", 1000).changes if change.type == "result"]
    assert "▲ 另有 1 个不同结论" in _page(supervisor)


def _page(supervisor: httpx.Client) -> str:
    token = supervisor.headers["Authorization"].removeprefix("Bearer ")
    return supervisor.get("/", params={"token": token}, follow_redirects=True).text
