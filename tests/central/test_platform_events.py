"""Events arrive once, in order, unaltered, and become results."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from kiosk.sync.transport import Refused
from kiosk.wire.chain import link
from kiosk.wire.models import EventRecord, PushAnswer
from kiosk.wire.results import ResultRecord


def _said(answer: PushAnswer) -> list[tuple[str, str]]:
    return [(result.status.value, result.reason) for result in answer.results]


def test_events_are_accepted_in_order_and_again_as_duplicates(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    events = [
        desk.event("X01-0", payload={"score": 0.1, "n": 1.0, "name": "陈试远", "deep": [{"a": None}]}) for _ in range(3)
    ]
    first = desk.transport.push(events[:2])
    assert (_said(first), first.next_seq) == ([("accepted", "")] * 2, 3)
    again = desk.transport.push(events)
    assert _said(again) == [("duplicate", "")] * 2 + [("accepted", "")]


def test_a_gap_is_refused_until_what_is_missing_comes(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    events = [desk.event("X01-0") for _ in range(3)]
    desk.transport.push(events[:1])
    answer = desk.transport.push(events[2:])
    assert (_said(answer), answer.next_seq) == ([("refused", "gap")], 2)
    assert _said(desk.transport.push(events[1:])) == [("accepted", "")] * 2


def _altered(event: EventRecord, **changes: Any) -> EventRecord:
    return event.model_copy(update=changes)


def test_altered_events_are_refused(new_desk: Callable[..., Any]) -> None:
    desk, other = new_desk(), new_desk()
    first, second = desk.event("X01-0"), desk.event("X01-0")
    assert _said(desk.transport.push([_altered(first, payload={"n": 2})])) == [("refused", "bad_hash")]
    assert _said(desk.transport.push([first])) == [("accepted", "")]

    forged = desk_like(desk, first, payload={"n": 2})
    assert _said(desk.transport.push([forged])) == [("refused", "altered")]
    assert _said(desk.transport.push([desk_like(desk, first, event_id="new")])) == [("refused", "seq_taken")]
    assert _said(other.transport.push([first])) == [("refused", "wrong_desk")]

    broken = desk_like(desk, second, prev_hash="f" * 64)
    assert _said(desk.transport.push([broken])) == [("refused", "bad_chain")]
    assert _said(desk.transport.push([second])) == [("accepted", "")]


def desk_like(desk: Any, event: EventRecord, **changes: Any) -> EventRecord:
    """The event with changes and a hash that fits them: what somebody with the desk's key could send."""
    body = {**event.model_dump(), **changes}
    return EventRecord(**{**body, "hash": link(body["prev_hash"], body)})


def test_decisions_become_results(new_desk: Callable[..., Any], supervisor: httpx.Client) -> None:
    desk = new_desk()
    desk.transport.push([desk.event("X01-1"), desk.decided("X01-1", "RETURN", "R-ADDR-DIFF", "R-MISSING")])
    result = ResultRecord.model_validate_json(supervisor.get("/v1/results/X01-1").content)
    assert result.events == 2
    assert result.standing is not None
    assert (result.standing.decision, result.standing.desk_id) == ("RETURN", desk.desk_id)
    assert [reason["code"] for reason in result.standing.reasons] == ["R-ADDR-DIFF", "R-MISSING"]
    assert "X01-1" in [item["application_no"] for item in supervisor.get("/v1/results").json()["results"]]


def test_an_opened_case_has_a_result_without_a_decision(new_desk: Callable[..., Any], supervisor: httpx.Client) -> None:
    desk = new_desk()
    desk.transport.push([desk.event("X01-2")])
    assert supervisor.get("/v1/results/X01-2").json()["standing"] is None
    missing = supervisor.get("/v1/results/X01-5")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


def test_an_undone_decision_does_not_stand(new_desk: Callable[..., Any], supervisor: httpx.Client) -> None:
    desk, other = new_desk(), new_desk()
    decision = desk.decided("X01-3", "RECEIPT")
    desk.transport.push([decision])
    other.transport.push([other.event("X01-3", "act.undone", {"event_id": decision.event_id})])
    assert supervisor.get("/v1/results/X01-3").json()["standing"] is not None, "nobody undoes another desk's act"
    desk.transport.push([desk.event("X01-3", "act.undone", {"event_id": decision.event_id})])
    assert supervisor.get("/v1/results/X01-3").json()["standing"] is None


def test_a_receipt_stands_against_another_desks_later_decision(
    new_desk: Callable[..., Any], supervisor: httpx.Client
) -> None:
    first, second = new_desk(), new_desk()
    first.transport.push([first.decided("X01-4", "RECEIPT")])
    second.transport.push([second.decided("X01-4", "RETURN", "R-MISSING")])
    result = ResultRecord.model_validate_json(supervisor.get("/v1/results/X01-4").content)
    assert result.standing is not None and result.standing.desk_id == first.desk_id
    assert [decision.desk_id for decision in result.conflicting] == [second.desk_id]


def test_acts_of_another_school_are_kept_without_effect(new_desk: Callable[..., Any], supervisor: httpx.Client) -> None:
    stranger = new_desk("X01")
    assert _said(stranger.transport.push([stranger.decided("X02-0", "RECEIPT")])) == [("accepted", "")]
    assert supervisor.get("/v1/results/X02-0").status_code == 404


def test_images_arrive_once_and_whole(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    picture = bytes(range(256)) * 800
    digest = hashlib.sha256(picture).hexdigest()
    assert not desk.transport.has_image(digest)
    desk.transport.put_image(digest, picture)
    desk.transport.put_image(digest, picture)
    assert desk.transport.has_image(digest)
    with pytest.raises(Refused) as refused:
        desk.transport.put_image("0" * 64, picture)
    assert refused.value.code == "digest_mismatch"
    with pytest.raises(Refused) as refused:
        desk.transport.put_image(digest, bytes(20 * 1024 * 1024 + 1))
    assert refused.value.code == "too_large"
