"""A platform in memory behind the Transport protocol, with the faults a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kiosk.sync.transport import Refused, Unreachable
from kiosk.wire.models import Changes, EventRecord, PushAnswer, PushResult, PushStatus, UploadState


class FakePlatform:
    clock_offset = timedelta()

    def __init__(self) -> None:
        self.down = False
        self.refuses: str = ""  # code with which every request is refused
        self.fault: Exception | None = None
        self.refused_events: dict[str, str] = {}  # event id → reason
        self.events: list[EventRecord] = []
        self.images: dict[str, bytes] = {}
        self.pieces: dict[str, bytes] = {}
        self.log: list[str] = []

    def _called(self, what: str) -> None:
        self.log.append(what)
        if self.fault:
            raise self.fault
        if self.down:
            raise Unreachable("down")
        if self.refuses:
            raise Refused(401, self.refuses)

    def changes(self, cursor: str, limit: int) -> Changes:
        self._called("changes")
        return Changes(changes=[], cursor=cursor or "e.0", more=False)

    def push(self, events: Sequence[EventRecord]) -> PushAnswer:
        self._called("push")
        results = [self._take(event) for event in events]
        return PushAnswer(results=results, received_at="2014-04-19T09:00:00+08:00", next_seq=len(self.events) + 1)

    def _take(self, event: EventRecord) -> PushResult:
        if event in self.events:
            return PushResult(event_id=event.event_id, status=PushStatus.DUPLICATE)
        reason = self.refused_events.get(event.event_id, "")
        if not reason and event.seq != len(self.events) + 1:
            reason = "gap"
        if reason:
            return PushResult(event_id=event.event_id, status=PushStatus.REFUSED, reason=reason)
        self.events.append(event)
        return PushResult(event_id=event.event_id, status=PushStatus.ACCEPTED)

    def has_image(self, digest: str) -> bool:
        self._called("has_image")
        return digest in self.images

    def put_image(self, digest: str, data: bytes) -> None:
        self._called("put_image")
        self.images[digest] = data

    def upload_state(self, digest: str) -> UploadState:
        self._called("upload_state")
        return UploadState(offset=len(self.pieces.get(digest, b"")), complete=digest in self.images)

    def put_piece(self, digest: str, piece: bytes, offset: int, total: int) -> UploadState:
        self._called("put_piece")
        held = self.pieces.get(digest, b"")
        if offset <= len(held):
            held = self.pieces[digest] = held[:offset] + piece
        if len(held) == total:
            self.images[digest] = self.pieces.pop(digest)
        return UploadState(offset=len(held), complete=digest in self.images)
