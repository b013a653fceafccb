"""A line to the platform that can be cut, slow, flapping, refused with 429 or 500, or answered by somebody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from kiosk.sync.transport import Transport, Unreachable
from kiosk.wire.models import Changes, EventRecord, PushAnswer, UploadState

FAULTS = ("cut", "slow", "flapping", "overloaded", "server", "certificate", "certificate_date", "stranger")
_FLAP_S = 8.0
_SLOW_S = 6.0
_RETRY_AFTER_S = 20.0


class FaultyTransport:
    """``transport`` while ``fault`` is empty. ``heal`` ends a slow call at once."""

    def __init__(self, transport: Transport, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._transport = transport
        self._clock = clock
        self._healed = threading.Event()
        self._fault = ""

    @property
    def fault(self) -> str:
        return self._fault

    @fault.setter
    def fault(self, fault: str) -> None:
        self._fault = fault
        self._healed.set() if not fault else self._healed.clear()

    @property
    def clock_offset(self) -> timedelta:
        return self._transport.clock_offset

    def changes(self, cursor: str, limit: int) -> Changes:
        self._meet()
        return self._transport.changes(cursor, limit)

    def push(self, events: Sequence[EventRecord]) -> PushAnswer:
        self._meet()
        return self._transport.push(events)

    def has_image(self, digest: str) -> bool:
        self._meet()
        return self._transport.has_image(digest)

    def put_image(self, digest: str, data: bytes) -> None:
        self._meet()
        self._transport.put_image(digest, data)

    def upload_state(self, digest: str) -> UploadState:
        self._meet()
        return self._transport.upload_state(digest)

    def put_piece(self, digest: str, piece: bytes, offset: int, total: int) -> UploadState:
        self._meet()
        return self._transport.put_piece(digest, piece, offset, total)

    def _meet(self) -> None:
        match self._fault:
            case "":
                return
            case "cut":
                raise Unreachable("ConnectError", "no_line")
            case "flapping":
                if int(self._clock() / _FLAP_S) % 2:
                    raise Unreachable("ConnectError", "no_line")
            case "slow":
                if not self._healed.wait(_SLOW_S):
                    raise Unreachable("ReadTimeout", "slow")
            case "overloaded":
                raise Unreachable("429", "overloaded", status=429, retry_after_s=_RETRY_AFTER_S)
            case "server":
                raise Unreachable("500", "server", status=500)
            case other:
                raise Unreachable(other, other)
