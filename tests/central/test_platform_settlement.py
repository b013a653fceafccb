"""A supervisor settles what two desks decided: once, for what was seen, by the roster; both desks hear of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import httpx
import pytest
from desk_world import TestDesk

from central.cli import main
from central.projection import CaseEvent, Outcome, outcome
from kiosk.wire.models import EventRecord, PushStatus
from kiosk.wire.results import ResultRecord

AT = "2014-04-19T09:00:00+08:00"
NewDesk = Callable[..., TestDesk]


# ── the rule ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _decided(event_id: str, desk: str, decision: str = "RECEIPT", knew: str = "") -> CaseEvent:
    payload = {"decision": decision, "paper_no": f"P-{event_id}", "category": None, "reasons": [], "knew": knew}
    return CaseEvent(event_id, desk, "case.decided", "li", AT, "", payload)


def _undone(event_id: str, desk: str) -> CaseEvent:
    return CaseEvent(f"u{event_id}", desk, "act.undone", "li", AT, "", {"event_id": event_id})


def _settled(event_id: str, stands: str, between: str, *, supervisor: bool = True, desk: str = "A") -> CaseEvent:
    payload = {"stands": stands, "between": list(between), "reason": "MISTAKE"}
    return CaseEvent(event_id, desk, "conflict.settled", "wang", AT, "", payload, by_supervisor=supervisor)


def _told(found: Outcome) -> tuple[str, list[str], list[tuple[str, str]]]:
    standing = found.standing.event_id if found.standing else ""
    return (
        standing,
        [decision.event_id for decision in found.conflicting],
        [(refused.event_id, refused.why) for refused in found.refused],
    )


@pytest.mark.parametrize("stands", ["a", "b"])
@pytest.mark.parametrize("order", list(permutations(("a", "b"))))
def test_whichever_came_first_the_decision_the_supervisor_names_stands(stands: str, order: tuple[str, ...]) -> None:
    decisions = {"a": _decided("a", "A", "RECEIPT"), "b": _decided("b", "B", "RETURN")}
    found = outcome([*(decisions[name] for name in order), _settled("s", stands, "ab")])
    assert _told(found) == (stands, [], [])
    assert found.settlement is not None
    assert (found.settlement.stands, found.settlement.actor, found.settlement.reason) == (stands, "wang", "MISTAKE")
    assert [decision.event_id for decision in found.settlement.overruled] == [{"a": "b", "b": "a"}[stands]]


def test_the_second_settlement_has_no_effect_and_says_so() -> None:
    found = outcome([
        _decided("a", "A"), _decided("b", "B"), _settled("s", "b", "ab"), _settled("t", "a", "ab", desk="B"),
    ])  # fmt: skip
    assert _told(found) == ("b", [], [("t", "already_settled")])
    assert found.settlement is not None and found.settlement.event_id == "s"


def test_a_verifier_settles_nothing() -> None:
    found = outcome([_decided("a", "A"), _decided("b", "B"), _settled("s", "b", "ab", supervisor=False)])
    assert _told(found) == ("a", ["b"], [("s", "not_supervisor")])
    assert found.settlement is None


@pytest.mark.parametrize(
    "seen, what_came",
    [
        ("ab", [_decided("c", "C")]),  # a third desk
        ("ab", [_decided("c", "A")]),  # the first desk thought again
        ("abc", []),  # something that is not there
        ("a", []),
    ],
)
def test_what_the_supervisor_did_not_see_is_not_settled(seen: str, what_came: list[CaseEvent]) -> None:
    found = outcome([_decided("a", "A"), _decided("b", "B"), *what_came, _settled("s", "a", seen)])
    assert found.refused[0].why == "overtaken"
    assert found.settlement is None and found.conflicting


def test_where_nothing_conflicts_nothing_is_settled() -> None:
    assert _told(outcome([_decided("a", "A"), _settled("s", "a", "a")])) == ("a", [], [("s", "overtaken")])
    assert _told(outcome([_settled("s", "a", "ab")])) == ("", [], [("s", "overtaken")])


def test_a_settlement_falls_with_the_decision_it_let_stand() -> None:
    found = outcome([_decided("a", "A"), _decided("b", "B"), _settled("s", "b", "ab"), _undone("b", "B")])
    assert _told(found) == ("a", [], [("s", "overtaken")])


def test_a_settlement_holds_when_the_overruled_decision_is_undone() -> None:
    found = outcome([_decided("a", "A"), _decided("b", "B"), _settled("s", "b", "ab"), _undone("a", "A")])
    assert _told(found) == ("b", [], [])
    assert found.settlement is not None and found.settlement.overruled == []
    again = [
        _decided("a", "A"),
        _decided("b", "B"),
        _settled("s", "b", "ab"),
        _settled("t", "b", "ab"),
        _undone("a", "A"),
    ]
    assert _told(outcome(again)) == ("b", [], [("t", "already_settled")])


def test_no_desk_undoes_anothers_decision_under_a_settlement() -> None:
    found = outcome([_decided("a", "A"), _decided("b", "B"), _undone("a", "B"), _settled("s", "a", "ab")])
    assert _told(found) == ("a", [], [])


def test_after_a_settlement_a_desk_that_does_not_know_of_it_conflicts_anew_and_is_settled_anew() -> None:
    events = [_decided("a", "A"), _decided("b", "B"), _settled("s", "b", "ab"), _decided("c", "A", "RETURN")]
    assert _told(outcome(events)) == ("b", ["c"], [])
    assert _told(outcome([*events, _settled("t", "c", "bc")])) == ("c", [], [])


def test_after_a_settlement_the_family_comes_again_as_ever() -> None:
    events = [_decided("a", "A"), _decided("b", "B", "RETURN"), _settled("s", "b", "ab")]
    assert _told(outcome([*events, _decided("c", "A", "RECEIPT", knew="b")])) == ("c", [], [])


# ── the platform ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def school(platform_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    def has(number: str, roles: str) -> None:
        person = ["--school", "X01", "--number", number, "--name", "王拟", "--roles", roles]
        assert main(["staff", "add", "--data", str(platform_folder), *person]) == 0
        capsys.readouterr()

    has("W1", "supervisor")
    has("L1", "verifier")
    return has


def _result(desk: TestDesk, case: str) -> ResultRecord:
    told = {change.key: change.body for change in desk.transport.changes("", 1000).changes if change.type == "result"}
    return ResultRecord.model_validate(told[case])


def _two_decisions(case: str, first: TestDesk, second: TestDesk) -> tuple[EventRecord, EventRecord]:
    one, other = first.decided(case, "RECEIPT"), second.decided(case, "RETURN", "R-MISSING")
    first.transport.push([one])
    second.transport.push([other])
    return one, other


def test_both_desks_hear_what_was_settled_and_the_log_is_whole(
    new_desk: NewDesk, school: Callable[..., None], platform_folder: Path, supervisor: httpx.Client,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    first, second = new_desk(), new_desk()
    receipt, slip = _two_decisions("X01-0", first, second)
    word = first.settled("W1", slip, receipt)
    assert [result.status for result in first.transport.push([word]).results] == [PushStatus.ACCEPTED]
    for desk in (first, second):
        result = _result(desk, "X01-0")
        assert result.standing is not None and result.standing.event_id == slip.event_id
        assert result.conflicting == [] and result.settlement is not None
        assert (result.settlement.actor, result.settlement.desk_name) == ("W1", "2号桌")
        assert [decision.paper_no for decision in result.settlement.overruled] == [receipt.payload["paper_no"]]
    assert supervisor.get("/v1/results/X01-0").json()["settlement"]["event_id"] == word.event_id
    assert main(["results", "--data", str(platform_folder)]) == 0
    assert f"RETURN {slip.payload['paper_no']} {slip.at}  SETTLED" in capsys.readouterr().out
    assert main(["audit", "verify", "--data", str(platform_folder)]) == 0


def test_a_settlement_that_is_sent_again_is_taken_once(new_desk: NewDesk, school: Callable[..., None]) -> None:
    first, second = new_desk(), new_desk()
    receipt, slip = _two_decisions("X01-1", first, second)
    word = first.settled("W1", slip, receipt)
    statuses = [first.transport.push([word]).results[0].status for _ in range(3)]
    assert statuses == [PushStatus.ACCEPTED, PushStatus.DUPLICATE, PushStatus.DUPLICATE]
    result = _result(second, "X01-1")
    assert result.settlement is not None and result.settlement.event_id == word.event_id
    assert result.refused_settlements == [] and result.events == 3


def test_two_supervisors_who_settle_without_knowing_of_each_other_do_so_once(
    new_desk: NewDesk, school: Callable[..., None]
) -> None:
    first, second = new_desk(), new_desk()
    receipt, slip = _two_decisions("X01-2", first, second)
    late, word = first.settled("W1", receipt, slip), second.settled("W1", slip, receipt)
    second.transport.push([word])
    assert first.transport.push([late]).results[0].status is PushStatus.ACCEPTED, "kept in the log, as any act"
    for desk in (first, second):
        result = _result(desk, "X01-2")
        assert result.standing is not None and result.standing.event_id == slip.event_id
        assert [(r.event_id, r.why) for r in result.refused_settlements] == [(late.event_id, "already_settled")]


@pytest.mark.parametrize("actor", ["L1", "NOBODY", "li", ""])
def test_the_platform_believes_its_own_roster_and_no_desk(
    actor: str, new_desk: NewDesk, school: Callable[..., None]
) -> None:
    first, second = new_desk(), new_desk()
    receipt, slip = _two_decisions("X01-3", first, second)
    before = _result(first, "X01-3")
    first.transport.push([first.settled(actor, slip, receipt)])
    result = _result(second, "X01-3")
    assert result.standing == before.standing and result.conflicting and result.settlement is None
    assert result.refused_settlements[-1].why == "not_supervisor"


def test_what_a_supervisor_settled_holds_when_she_has_left(new_desk: NewDesk, school: Callable[..., None]) -> None:
    first, second = new_desk(), new_desk()
    receipt, slip = _two_decisions("X01-4", first, second)
    school("W2", "supervisor")
    first.transport.push([first.settled("W2", slip, receipt)])
    school("W2", "verifier")
    second.transport.push([second.event("X01-4")])  # the case is projected anew
    result = _result(first, "X01-4")
    assert result.settlement is not None and result.refused_settlements == []
