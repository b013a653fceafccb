"""Replayed, altered, reordered and future-dated requests and events at the platform."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from attacked_desk import URL, AttackedDesk, Line

from central.audit import future_dated, verify
from central.platform import Platform
from central.results import result_of
from kiosk.sync.exchange import Exchange
from kiosk.sync.http import sign_request
from kiosk.sync.transport import Unreachable
from kiosk.wire.chain import link
from kiosk.wire.models import EventRecord, PushEvents
from kiosk.wire.signing import SIGNATURE_HEADER, TIME_HEADER, SigningKey
from kiosk.wire.suite import SHANGMI, SUITES
from practice.world import family

F01 = family("F01").application_numbers[0]


def _decide(desk: AttackedDesk, outcome: str) -> EventRecord:
    payload = {"decision": outcome, "paper_no": "P1", "category": None, "reasons": []}
    return EventRecord(**desk.store.append(F01, "case.decided", "li", payload).as_dict())


def _request(desk: AttackedDesk, events: list[EventRecord], at: datetime | None = None) -> httpx.Request:
    body = PushEvents(events=events).model_dump_json().encode()
    request = desk.line._client.build_request(
        "POST", f"{URL}/v1/events", content=body, headers={"Content-Type": "application/json"}
    )
    sign_request(request, desk.who.desk_id, desk.who.key, at or datetime.now(UTC))
    return request


def _code(answer: httpx.Response) -> str:
    return "" if answer.is_success else answer.json()["code"]


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name, indirect=True)
def test_a_request_that_was_overheard_works_once(desk: AttackedDesk) -> None:
    request = _request(desk, [_decide(desk, "RECEIPT")])
    assert _code(desk.line._client.send(request)) == ""
    assert _code(desk.line._client.send(request)) == "replayed"


def test_nothing_of_a_request_can_be_altered(desk: AttackedDesk, new_desk: Callable[[], AttackedDesk]) -> None:
    other = new_desk()
    events = [_decide(desk, "RECEIPT")]
    signed = _request(desk, events)
    changes: dict[str, dict[str, str]] = {
        "time": {TIME_HEADER: (datetime.now(UTC) + timedelta(seconds=1)).isoformat()},
        "desk": {"Yanhe-Desk": other.who.desk_id},
        "nonce": {"Yanhe-Nonce": "0" * 32},
    }
    for what, header in changes.items():
        assert _code(_resent(desk, signed, headers=header)) == "bad_signature", what
    other_outcome = signed.content.replace(b"RECEIPT", b"RETURN ")
    assert _code(_resent(desk, signed, content=other_outcome)) == "bad_signature"
    assert _code(_resent(desk, signed, path="/v1/events?x=1")) == "bad_signature"
    assert _code(_resent(desk, signed, method="PUT", path=f"/v1/images/{'0' * 64}")) == "bad_signature"
    assert _code(desk.line._client.send(signed)) == "", "as it was signed it is taken"


def _resent(
    desk: AttackedDesk, signed: httpx.Request, *, method: str = "POST", path: str = "/v1/events",
    content: bytes | None = None, headers: dict[str, str] | None = None,
) -> httpx.Response:  # fmt: skip
    """The request with something else in it under the old signature."""
    altered = httpx.Headers(signed.headers)
    altered.update(headers or {})
    del altered["content-length"]
    body = signed.content if content is None else content
    return desk.line._client.send(
        desk.line._client.build_request(method, f"{URL}{path}", content=body, headers=altered)
    )


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(minutes=6), -timedelta(days=1)])
def test_a_request_kept_for_later_or_dated_ahead_is_refused(desk: AttackedDesk, off: timedelta) -> None:
    request = _request(desk, [_decide(desk, "RECEIPT")], datetime.now(UTC) + off)
    assert _code(desk.line._client.send(request)) == "clock_skew"


def test_a_request_of_a_key_nobody_enrolled_is_refused(desk: AttackedDesk) -> None:
    request = _request(desk, [_decide(desk, "RECEIPT")])
    stranger = SigningKey.new()
    del request.headers[SIGNATURE_HEADER]
    sign_request(request, desk.who.desk_id, stranger, datetime.now(UTC))
    assert _code(desk.line._client.send(request)) == "bad_signature"


@pytest.mark.parametrize("suite", [SHANGMI], ids=["sm"], indirect=True)
def test_with_sm2_and_sm3_everything_arrives_and_the_chains_hold(desk: AttackedDesk, platform: Platform) -> None:
    for outcome in ("RETURN", "RECEIPT"):
        desk.store.append(F01, "page.read", "li", {"text": "样例"}, images=[outcome.encode() * 9000])
        _decide(desk, outcome)
    Exchange(desk.store, desk.line).pull()
    Exchange(desk.store, desk.line).push()
    assert desk.who.key.public.startswith("sm2:") and desk.who.platform_key.startswith("sm2:")
    assert desk.store.refused() == [] and desk.store.outbox_counts().open_events == 0
    assert desk.store.first_broken_link() is None
    first = desk.store.events_after(0, 1)[0]
    assert first.hash == link(first.prev_hash, first.as_dict(), SHANGMI) != link(first.prev_hash, first.as_dict())
    with platform.database.reading() as session:
        assert verify(session) == []


def test_events_sent_again_out_of_order_or_altered_change_nothing(desk: AttackedDesk, platform: Platform) -> None:
    first, second, third = (_decide(desk, outcome) for outcome in ("RETURN", "REFER", "RECEIPT"))

    def said(*events: EventRecord) -> list[str]:
        return [result.reason or result.status.value for result in desk.line.push(events).results]

    assert said(second, first) == ["gap", "accepted"], "in the desk's own order only"
    assert said(first, first) == ["duplicate", "duplicate"]
    body = {**second.model_dump(), "payload": {**second.payload, "decision": "RECEIPT"}}
    forged = EventRecord(**{**body, "hash": link(body["prev_hash"], body)})
    assert said(second, forged, third) == ["accepted", "altered", "accepted"]
    with platform.database.reading() as session:
        result = result_of(session, F01)
        assert result is not None and result.standing is not None
        assert (result.events, result.standing.event_id) == (3, third.event_id)
        assert verify(session) == []


def test_an_act_dated_ahead_gains_nothing_and_is_noticed(
    desk: AttackedDesk, new_desk: Callable[[], AttackedDesk], platform: Platform
) -> None:
    """What stands is decided by the order of receipt: neither a clock set ahead nor one set back wins."""
    other = new_desk()
    _decide(desk, "RECEIPT")
    Exchange(desk.store, desk.line).push()
    payload = {"decision": "RETURN", "paper_no": "P2", "category": None, "reasons": []}
    for days in (-300, 300):
        other.store.append(F01, "case.decided", "li", payload, at=datetime.now(UTC) + timedelta(days=days))
    Exchange(other.store, other.line).push()
    with platform.database.reading() as session:
        result = result_of(session, F01)
        assert result is not None and result.standing is not None
        assert result.standing.desk_id == desk.who.desk_id
        assert [(event.desk_id, event.seq) for event in future_dated(session)] == [(other.who.desk_id, 2)]


def test_another_platforms_answer_marks_nothing_as_accepted(desk: AttackedDesk, tmp_path) -> None:
    impostor = Platform.open(tmp_path / "impostor")
    try:
        _decide(desk, "RECEIPT")
        with Line(impostor, desk.who) as line, pytest.raises(Unreachable):
            Exchange(desk.store, line).push()
        assert desk.store.outbox_counts().open_events == 1
    finally:
        impostor.database.close()
