"""Who is asking: a desk by its signature, a supervisor by a token."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from central.problems import ApiProblem
from central.tables import Desk, Nonce
from kiosk.wire.signing import request_message, signature_holds
from kiosk.wire.suite import suite_of

CLOCK_TOLERANCE = timedelta(minutes=5)
_MAX_NONCE = 64


@dataclass(frozen=True)
class SignedRequest:
    """What a desk's signature covers (kiosk.wire.signing)."""

    method: str
    target: str
    desk_id: str
    at: str
    nonce: str
    signature: str
    body: bytes

    def signed_by(self, public_key: str) -> bool:
        try:
            message = request_message(
                self.method, self.target, self.desk_id, self.at, self.nonce, self.body, suite_of(public_key)
            )
        except ValueError:
            return False
        return signature_holds(public_key, message, self.signature)


@dataclass(frozen=True)
class KnownDesk:
    desk_id: str
    school_code: str


def authenticate(session: Session, request: SignedRequest) -> KnownDesk:
    """The desk that signed this request, once. Raises ApiProblem 401: unknown_desk, bad_signature, desk_revoked, clock_skew, replayed.

    The signature is checked before everything else, so that only an enrolled desk is told that it was revoked, or to set its clock right.
    """
    desk = session.get(Desk, request.desk_id)
    if desk is None:
        raise ApiProblem(401, "unknown_desk")
    if not request.signed_by(desk.public_key):
        raise ApiProblem(401, "bad_signature")
    if desk.revoked_at is not None:
        raise ApiProblem(401, "desk_revoked")
    check_time(request.at)
    now = datetime.now(UTC)
    # beyond twice the tolerance the time alone refuses a repeated request
    session.execute(delete(Nonce).where(Nonce.used_at < now - 2 * CLOCK_TOLERANCE))
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    fresh = session.execute(
        insert(Nonce)
        .values(desk_id=desk.desk_id, nonce=request.nonce, used_at=now)
        .on_conflict_do_nothing()
        .returning(Nonce.nonce)
    ).first()
    if fresh is None:
        raise ApiProblem(401, "replayed")
    session.execute(update(Desk).where(Desk.desk_id == desk.desk_id).values(last_seen_at=now))
    return KnownDesk(desk.desk_id, desk.school_code)


def check_time(at: str) -> None:
    """Raises ApiProblem clock_skew when ``at`` is no time with offset or too far from now."""
    try:
        skew = abs(datetime.fromisoformat(at) - datetime.now(UTC))
    except (ValueError, TypeError) as error:
        raise ApiProblem(401, "clock_skew") from error
    if skew > CLOCK_TOLERANCE:
        raise ApiProblem(401, "clock_skew")


def nonce_is_usable(nonce: str) -> bool:
    return 16 <= len(nonce) <= _MAX_NONCE and nonce.isascii() and nonce.isalnum()


def token_holds(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode("utf-8"), given.encode("utf-8"))
