"""A line that notes which request is under way, so that what happens at the window meanwhile can be counted for it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from kiosk.sync.transport import Transport
from kiosk.wire.models import Changes, EventRecord, PushAnswer, UploadState


@dataclass
class Request:
    """One request, and what happened at the window while it was under way: ``answers`` are keys that were pressed and answered meanwhile."""

    what: str
    began: float
    ended: float = 0.0
    beats: int = 0
    pictures: int = 0
    answers: int = 0

    @property
    def seconds(self) -> float:
        return (self.ended or time.monotonic()) - self.began


class NotedLine:
    """``Transport`` over another. ``now``: the request under way, None between two. ``longest``: the one that took longest so far."""

    def __init__(self, line: Transport) -> None:
        self._line = line
        self.now: Request | None = None
        self._longest: Request | None = None
        self.requests = 0

    @property
    def longest(self) -> Request | None:
        known = [request for request in (self._longest, self.now) if request is not None]
        return max(known, key=lambda request: request.seconds, default=None)

    @contextmanager
    def _asking(self, what: str) -> Iterator[None]:
        self.now = request = Request(what, time.monotonic())
        self.requests += 1
        try:
            yield
        finally:
            request.ended = time.monotonic()
            self._longest = self.longest
            self.now = None

    @property
    def clock_offset(self) -> timedelta:
        return self._line.clock_offset

    def changes(self, cursor: str, limit: int) -> Changes:
        with self._asking("changes"):
            return self._line.changes(cursor, limit)

    def push(self, events: Sequence[EventRecord]) -> PushAnswer:
        with self._asking("push"):
            return self._line.push(events)

    def has_image(self, digest: str) -> bool:
        with self._asking("has_image"):
            return self._line.has_image(digest)

    def put_image(self, digest: str, data: bytes) -> None:
        with self._asking("put_image"):
            self._line.put_image(digest, data)

    def upload_state(self, digest: str) -> UploadState:
        with self._asking("upload_state"):
            return self._line.upload_state(digest)

    def put_piece(self, digest: str, piece: bytes, offset: int, total: int) -> UploadState:
        with self._asking("put_piece"):
            return self._line.put_piece(digest, piece, offset, total)
