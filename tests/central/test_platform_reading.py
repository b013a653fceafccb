"""What supervisors and strangers see, and the published contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from central.supervision import masked
from kiosk.sync.http import sign_request
from kiosk.wire.signing import NEW_DESK, SigningKey
from yanhe.platform_process import PlatformProcess


def test_results_need_the_token(platform: PlatformProcess) -> None:
    for path in ("/v1/results", "/v1/results/X01-0"):
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = httpx.get(platform.url + path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")


def test_health_answers_everyone(platform: PlatformProcess) -> None:
    assert httpx.get(f"{platform.url}/v1/health").json()["status"] == "ok"


def test_the_page_needs_the_token_once_and_hides_names(platform: PlatformProcess, new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    desk.transport.push([desk.decided("X01-0", "RETURN", "R-ADDR-DIFF")])
    assert httpx.get(platform.url).status_code == 401
    assert "不对" in httpx.get(f"{platform.url}/?token=wrong").text
    with httpx.Client(follow_redirects=True) as browser:
        page = browser.get(platform.supervision_url)
        assert page.status_code == 200
        assert "token" not in str(page.url)
        assert "陈*远" in page.text and "R-ADDR-DIFF" in page.text
        for secret in ("陈试远", "440000200802140135", "X01-0", "鉴伪"):
            assert secret not in page.text


def test_names_are_masked_as_the_standard_says() -> None:
    names = ["陈", "陈试", "陈试远", "欧阳例昂", "阿力木江·试例提", ""]
    assert [masked(name) for name in names] == ["*", "陈*", "陈*远", "欧**昂", "阿******提", ""]


def test_a_body_that_is_not_as_described_is_refused_without_repeating_it(platform: PlatformProcess) -> None:
    key = SigningKey.new()
    with httpx.Client(base_url=platform.url) as client:
        request = client.build_request("POST", "/v1/desks/enrol", json={"code": 7, "name": "陈试远"})
        sign_request(request, NEW_DESK, key, datetime.now(UTC))
        answer = client.send(request)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert "陈试远" not in answer.text
    assert httpx.get(f"{platform.url}/v1/nothing").json()["code"] == "not_found"


def test_the_contract_is_published_and_every_error_is_a_problem(platform: PlatformProcess) -> None:
    document = httpx.get(f"{platform.url}/openapi.json").json()
    assert set(document["paths"]) == {
        "/v1/health",
        "/v1/desks/enrol",
        "/v1/changes",
        "/v1/applications/{application_no}",
        "/v1/events",
        "/v1/images/{digest}",
        "/v1/images/{digest}/pieces",
        "/v1/results",
        "/v1/results/{application_no}",
    }
    for path in document["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if status.startswith("4"):
                    schema = answer["content"]["application/json"]["schema"]["$ref"]
                    assert schema.endswith("/Problem")
