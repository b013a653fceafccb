"""Why there was no answer, as far as it can be told: people do different things about a cable, a certificate and a busy platform."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kiosk.http_client import httpx
from kiosk.sync.transport import Unreachable

_MOST_RETRY_AFTER_S = 600.0  # whatever a platform asks for: after ten minutes a desk may ask again
_DATES = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED


def unreachable(error: httpx.HTTPError) -> Unreachable:
    """From an error of the client itself."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreachable(
                type(cause).__name__, "certificate_date" if cause.verify_code in _DATES else "certificate"
            )
        if isinstance(cause, ssl.SSLError):
            return Unreachable(type(cause).__name__, "certificate")
    slow = isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout)
    return Unreachable(type(error).__name__, "slow" if slow else "no_line")


def unwilling(answer: httpx.Response) -> Unreachable:
    """From an answer that says: not now."""
    status = answer.status_code
    why = "overloaded" if status in (429, 503) else "server"
    return Unreachable(str(status), why, status=status, retry_after_s=_retry_after(answer))


def _retry_after(answer: httpx.Response) -> float:
    """Seconds or a date (RFC 9110, 10.2.3); 0 when nothing usable is said."""
    said = answer.headers.get("Retry-After", "")
    if said.isdecimal():
        return min(float(said), _MOST_RETRY_AFTER_S)
    try:
        seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return 0.0
    return min(max(0.0, seconds), _MOST_RETRY_AFTER_S)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from. httpx wraps the client's error, which wraps the socket's."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
