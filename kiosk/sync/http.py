"""Signed HTTP to the platform."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.http_client import httpx
from kiosk.sync.transport import Refused, Unreachable
from kiosk.sync.trust import refuse_plain_lines, trusted
from kiosk.sync.why import unreachable, unwilling
from kiosk.wire.models import (
    Changes,
    EnrolAnswer,
    EnrolRequest,
    EventRecord,
    Problem,
    PushAnswer,
    PushEvents,
    UploadState,
)
from kiosk.wire.signing import (
    DESK_HEADER,
    NEW_DESK,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    SigningKey,
    answer_message,
    request_message,
    signature_holds,
)
from kiosk.wire.suite import suite_of

_CONNECT_S = 5.0
_ANSWER_S = 15.0
_SLOWEST_BYTES_PER_S = 32_000  # a school's line at its worst; slower than this counts as cut
_Model = TypeVar("_Model", bound=BaseModel)


def timeout_for(size: int, answer_s: float = _ANSWER_S) -> httpx.Timeout:
    """Time limits for sending ``size`` bytes: a large picture on a slow line is not a dead line."""
    return httpx.Timeout(answer_s + size / _SLOWEST_BYTES_PER_S, connect=_CONNECT_S)


class HttpTransport:
    """``Transport`` over HTTP. Requests carry the desk's signature; only answers signed by ``platform_key`` count as the platform's.

    A clock that is wrong by more than the platform tolerates costs one extra request: the platform's signed time tells the offset,
    which is used from then on. The machine's clock is left alone. ``authority``: see ``trusted``. ``answer_s``: how long silence lasts before it counts as no answer.
    """

    def __init__(
        self,
        url: str,
        desk_id: str,
        key: SigningKey,
        platform_key: str,
        *,
        authority: str = "",
        answer_s: float = _ANSWER_S,
    ) -> None:
        self._url = url
        self._authority = authority
        self._answer_s = answer_s
        self._desk_id = desk_id
        self._key = key
        self._platform_key = platform_key
        self._clock_offset = timedelta()
        self._measured: timedelta | None = None

    @cached_property
    def _client(self) -> httpx.Client:
        """Made with the first request: reading the machine's certificates is no business of a window that opens."""
        return httpx.Client(base_url=self._url, verify=trusted(self._url, self._authority))

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> HttpTransport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def clock_offset(self) -> timedelta:
        """How far the platform's clock is ahead of this machine's, as far as it had to be corrected."""
        return self._clock_offset

    @property
    def measured_offset(self) -> timedelta | None:
        """How far the platform's clock was ahead of this machine's at its last answer, a transfer's duration included; None before the first."""
        return self._measured

    def changes(self, cursor: str, limit: int) -> Changes:
        return parsed(Changes, self._ask("GET", "/v1/changes", params={"cursor": cursor, "limit": str(limit)}))

    def push(self, events: Sequence[EventRecord]) -> PushAnswer:
        body = PushEvents(events=list(events)).model_dump_json().encode("utf-8")
        return parsed(PushAnswer, self._ask("POST", "/v1/events", body, "application/json"))

    def has_image(self, digest: str) -> bool:
        try:
            self._ask("HEAD", f"/v1/images/{digest}")
        except Refused as refused:
            if refused.status == 404:
                return False
            raise
        return True

    def put_image(self, digest: str, data: bytes) -> None:
        self._ask("PUT", f"/v1/images/{digest}", data, "application/octet-stream")

    def upload_state(self, digest: str) -> UploadState:
        return parsed(UploadState, self._ask("GET", f"/v1/images/{digest}/pieces"))

    def put_piece(self, digest: str, piece: bytes, offset: int, total: int) -> UploadState:
        place = {"offset": str(offset), "total": str(total)}
        return parsed(
            UploadState, self._ask("PUT", f"/v1/images/{digest}/pieces", piece, "application/octet-stream", place)
        )

    def _ask(
        self, method: str, path: str, body: bytes = b"", media_type: str = "", params: dict[str, str] | None = None
    ) -> httpx.Response:
        def attempt() -> httpx.Response:
            return self._attempt(method, path, body, media_type, params)

        return _once_more_with_the_right_clock(attempt)

    def _attempt(
        self, method: str, path: str, body: bytes, media_type: str, params: dict[str, str] | None
    ) -> httpx.Response:
        request = self._client.build_request(
            method,
            path,
            params=params,
            content=body,
            headers={"Content-Type": media_type} if media_type else {},
            timeout=timeout_for(len(body), self._answer_s),
        )
        nonce = sign_request(request, self._desk_id, self._key, datetime.now(UTC) + self._clock_offset)
        try:
            answer = self._client.send(request)
        except httpx.HTTPError as error:
            raise unreachable(error) from error
        platform_time = verified_time(answer, nonce, self._platform_key)
        self._measured = platform_time - datetime.now(UTC)
        if answer.is_success:
            return answer
        refused = problem_of(answer)
        if refused.code == "clock_skew":
            self._clock_offset = platform_time - datetime.now(UTC)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise unwilling(answer)
        raise refused


def _once_more_with_the_right_clock(attempt: Callable[[], httpx.Response]) -> httpx.Response:
    try:
        return attempt()
    except Refused as refused:
        if refused.code != "clock_skew":
            raise
    return attempt()


def sign_request(request: httpx.Request, desk_id: str, key: SigningKey, at: datetime) -> str:
    """Adds the signature headers; returns the nonce."""
    nonce, when = secrets.token_hex(16), at.isoformat(timespec="milliseconds")
    target = request.url.raw_path.decode("ascii")
    message = request_message(request.method, target, desk_id, when, nonce, request.content, key.suite)
    request.headers.update(
        {DESK_HEADER: desk_id, TIME_HEADER: when, NONCE_HEADER: nonce, SIGNATURE_HEADER: key.sign(message)}
    )
    return nonce


def verified_time(answer: httpx.Response, nonce: str, platform_key: str) -> datetime:
    """The platform's time from an answer it signed. Raises Unreachable when somebody else answered."""
    at, signature = answer.headers.get(TIME_HEADER, ""), answer.headers.get(SIGNATURE_HEADER, "")
    message = answer_message(nonce, answer.status_code, at, answer.content, suite_of(platform_key))
    if not signature_holds(platform_key, message, signature):
        if answer.status_code in (429, 502, 503, 504):
            raise unwilling(answer)  # a gateway before the platform, which has no key to sign with
        raise Unreachable(f"{answer.status_code} not signed by the platform", "stranger", status=answer.status_code)
    return datetime.fromisoformat(at)


def problem_of(answer: httpx.Response) -> Refused:
    """The refusal in an answer; its code is empty where there is no body (HEAD)."""
    try:
        return Refused(answer.status_code, Problem.model_validate_json(answer.content).code)
    except ValidationError:
        return Refused(answer.status_code, "")


def parsed(model: type[_Model], answer: httpx.Response) -> _Model:
    """The answer's body. Raises Unreachable when the platform speaks a version we do not understand: nothing is marked, nothing is lost."""
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        raise Unreachable("an answer of another version", "version") from error


def ask_to_enrol(url: str, request: EnrolRequest, key: SigningKey, authority: str = "") -> EnrolAnswer:
    """The one request made before this machine is a desk. Raises Unreachable, Refused, PlainLine, AuthorityProblem.

    The platform's key is learnt here: from then on no other platform is believed. TLS and the one-time code, handed over by a
    person, are what this first contact rests on.
    """
    refuse_plain_lines(url)
    body = request.model_dump_json().encode("utf-8")
    with httpx.Client(base_url=url, timeout=timeout_for(len(body)), verify=trusted(url, authority)) as client:
        asked = client.build_request(
            "POST", "/v1/desks/enrol", content=body, headers={"Content-Type": "application/json"}
        )
        nonce = sign_request(asked, NEW_DESK, key, datetime.now(UTC))
        try:
            answer = client.send(asked)
        except httpx.HTTPError as error:
            raise unreachable(error) from error
    if answer.status_code >= 500:
        raise unwilling(answer)
    if not answer.is_success:
        raise problem_of(answer)
    enrolled = parsed(EnrolAnswer, answer)
    verified_time(answer, nonce, enrolled.platform_public_key)
    return enrolled
