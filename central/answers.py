"""Two things around every request: no body beyond the limit comes in, no answer to a desk goes out unsigned."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.authentication import nonce_is_usable
from kiosk.wire.models import Problem
from kiosk.wire.signing import NONCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, SigningKey, answer_message


class BodyLimit:
    """Refuses requests that bring, or might bring, more than ``limit`` bytes before a byte of them is read."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isascii() or not length.isdigit():
            answer = JSONResponse(Problem(code="length_required").model_dump(), 411)
            return await answer(scope, receive, send)
        if int(length) > self._limit:
            answer = JSONResponse(Problem(code="too_large").model_dump(), 413)
            return await answer(scope, receive, send)
        return await self._app(scope, receive, send)


class SignedAnswers:
    """Signs the answer to every request that carries a nonce (kiosk.wire.signing.answer_message)."""

    def __init__(self, app: ASGIApp, key: SigningKey) -> None:
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = Headers(scope=scope).get(NONCE_HEADER, "") if scope["type"] == "http" else ""
        if not nonce_is_usable(nonce):
            return await self._app(scope, receive, send)
        start: Message = {}
        body = bytearray()

        async def held_back(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                self._sign(start, nonce, b"" if scope["method"] == "HEAD" else bytes(body))
                await send(start)
                await send({"type": "http.response.body", "body": bytes(body)})

        await self._app(scope, receive, held_back)

    def _sign(self, start: Message, nonce: str, body: bytes) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        headers = MutableHeaders(raw=start["headers"])
        headers[TIME_HEADER] = at
        headers[SIGNATURE_HEADER] = self._key.sign(answer_message(nonce, start["status"], at, body, self._key.suite))
        start["headers"] = headers.raw
