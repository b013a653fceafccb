"""The line to the platform: what it can carry and how it can fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from kiosk.wire.models import Changes, EventRecord, PushAnswer, UploadState


class Unreachable(Exception):
    """No answer of the platform itself: no network, a time-out, a proxy's error page, a server that is starting. Try again later.

    ``why`` is one of devices.network.* in resources/texts: no_line, slow, overloaded, server, certificate, certificate_date, stranger,
    version. ``status``: the HTTP status where there was one. ``retry_after_s``: when the platform itself asks to be left alone so long.
    """

    def __init__(self, detail: str, why: str = "no_line", *, status: int = 0, retry_after_s: float = 0.0) -> None:
        super().__init__(detail)
        self.why = why
        self.status = status
        self.retry_after_s = retry_after_s


class Refused(Exception):
    """The platform's own word that it will not. ``code`` is that of wire.Problem; trying the same again will not help."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Transport(Protocol):
    """Used from one thread. Every call raises Unreachable or Refused when it does not succeed."""

    @property
    def clock_offset(self) -> timedelta:
        """How far the platform's clock is ahead of this machine's, as far as it is known; good to a few minutes after any answer."""
        ...

    def changes(self, cursor: str, limit: int) -> Changes:
        """The next changes after ``cursor`` ("" for all)."""
        ...

    def push(self, events: Sequence[EventRecord]) -> PushAnswer:
        """Offers events; safe to repeat."""
        ...

    def has_image(self, digest: str) -> bool: ...

    def put_image(self, digest: str, data: bytes) -> None:
        """Sends an image; safe to repeat."""
        ...

    def upload_state(self, digest: str) -> UploadState:
        """How far the piecewise upload of an image has come."""
        ...

    def put_piece(self, digest: str, piece: bytes, offset: int, total: int) -> UploadState:
        """Sends a piece of an image of ``total`` bytes; safe to repeat."""
        ...
