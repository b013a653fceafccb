"""Becoming a desk, and proving to be one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from kiosk.sync.http import HttpTransport, ask_to_enrol, sign_request
from kiosk.sync.transport import Refused, Unreachable
from kiosk.wire.models import EnrolRequest, Problem
from kiosk.wire.signing import SigningKey
from yanhe.platform_process import PlatformProcess


def _enrol(url: str, code: str, key: SigningKey | None = None) -> str:
    key = key or SigningKey.new()
    return ask_to_enrol(url, EnrolRequest(code=code, public_key=key.public), key).desk_id


def test_a_code_makes_one_machine_a_desk_of_its_school(
    platform: PlatformProcess, code_for: Callable[[str], str]
) -> None:
    key = SigningKey.new()
    answer = ask_to_enrol(platform.url, EnrolRequest(code=code_for("X01"), public_key=key.public), key)
    assert (answer.school_code, answer.school_name, answer.district) == ("X01", "虚构小学X01", "虚构区")
    assert answer.desk_name == "2号桌"


def test_a_code_works_once_but_the_same_machine_may_repeat_itself(
    platform: PlatformProcess, code_for: Callable[[str], str]
) -> None:
    code, key = code_for("X01"), SigningKey.new()
    desk_id = _enrol(platform.url, code, key)
    assert _enrol(platform.url, code.lower().replace("-", " "), key) == desk_id, "as after a lost answer"
    with pytest.raises(Refused) as refused:
        _enrol(platform.url, code)
    assert refused.value.code == "code_used"
    with pytest.raises(Refused) as refused:
        _enrol(platform.url, code_for("X01"), key)
    assert refused.value.code == "key_used"


def test_a_wrong_code_is_refused(platform: PlatformProcess) -> None:
    with pytest.raises(Refused) as refused:
        _enrol(platform.url, "0000-0000-0000")
    assert refused.value.code == "bad_code"


def test_nobody_enrols_a_key_they_do_not_hold(platform: PlatformProcess, code_for: Callable[[str], str]) -> None:
    thief, victim = SigningKey.new(), SigningKey.new()
    with pytest.raises(Refused) as refused:
        ask_to_enrol(platform.url, EnrolRequest(code=code_for("X01"), public_key=victim.public), thief)
    assert refused.value.code == "bad_signature"


def test_another_key_does_not_speak_for_a_desk(platform: PlatformProcess, new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    with HttpTransport(platform.url, desk.desk_id, SigningKey.new(), "") as forger, pytest.raises(Unreachable):
        forger.changes("", 10)  # an answer signed by a platform this forger does not know
    answer = _send(platform.url, desk.desk_id, SigningKey.new())
    assert (answer.status_code, Problem.model_validate_json(answer.content).code) == (401, "bad_signature")


def _send(
    url: str,
    desk_id: str,
    key: SigningKey,
    at: datetime | None = None,
    change: Callable[[httpx.Request], None] | None = None,
) -> httpx.Response:
    with httpx.Client(base_url=url) as client:
        request = client.build_request("POST", "/v1/events", json={"events": []})
        sign_request(request, desk_id, key, at or datetime.now(UTC))
        if change:
            change(request)
        return client.send(request)


def test_a_request_counts_once(platform: PlatformProcess, new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    with httpx.Client(base_url=platform.url) as client:
        request = client.build_request("POST", "/v1/events", json={"events": []})
        sign_request(request, desk.desk_id, desk.key, datetime.now(UTC))
        assert client.send(request).status_code == 200
        again = client.send(request)
    assert (again.status_code, again.json()["code"]) == (401, "replayed")


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_request_from_another_time_is_refused(
    platform: PlatformProcess, new_desk: Callable[..., Any], minutes: int
) -> None:
    desk = new_desk()
    answer = _send(platform.url, desk.desk_id, desk.key, datetime.now(UTC) + timedelta(minutes=minutes))
    assert (answer.status_code, answer.json()["code"]) == (401, "clock_skew")


@pytest.mark.parametrize("header", ["Yanhe-Desk", "Yanhe-Time", "Yanhe-Nonce", "Yanhe-Signature"])
def test_every_part_of_the_signature_is_needed(
    platform: PlatformProcess, new_desk: Callable[..., Any], header: str
) -> None:
    desk = new_desk()

    def drop(request: httpx.Request) -> None:
        del request.headers[header]

    answer = _send(platform.url, desk.desk_id, desk.key, change=drop)
    assert (answer.status_code, answer.json()["code"]) == (401, "unsigned")


def test_a_request_cannot_be_sent_elsewhere(platform: PlatformProcess, new_desk: Callable[..., Any]) -> None:
    desk = new_desk()

    def redirect(request: httpx.Request) -> None:
        request.url = request.url.copy_with(path="/v1/images/" + "0" * 64)
        request.method = "HEAD"

    assert _send(platform.url, desk.desk_id, desk.key, change=redirect).status_code == 401


def test_a_desk_with_a_wrong_clock_works_after_learning_the_platforms_time(
    platform: PlatformProcess, new_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk()

    class YearBehind(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) - timedelta(days=365)

    monkeypatch.setattr("kiosk.sync.http.datetime", YearBehind)
    assert desk.transport.changes("", 10).changes
    assert desk.transport.clock_offset > timedelta(days=364)
