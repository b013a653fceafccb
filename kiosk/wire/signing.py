"""Who speaks: every request carries its desk's signature, every answer the platform's, by the suite of the signer's key (kiosk.wire.suite):
Ed25519 (RFC 8032) with SHA-256, or SM2 with SM3. Keys in base64, SM2's marked ``sm2:``.

A request's signature covers method, target, desk, time, a number used once and the body's digest, so nothing of it can be altered,
sent elsewhere or sent again. An answer's covers the request's nonce, the status and the body's digest: only the platform's own word
turns an event into "accepted", never an error page of a proxy in between.
"""

from __future__ import annotations

from kiosk.wire.suite import INTERNATIONAL, Suite, suite_of

DESK_HEADER = "Yanhe-Desk"
TIME_HEADER = "Yanhe-Time"  # ISO 8601 with offset
NONCE_HEADER = "Yanhe-Nonce"
SIGNATURE_HEADER = "Yanhe-Signature"
NEW_DESK = "new"  # stands for the desk id in the one request made before there is one: enrolment


def request_message(
    method: str, target: str, desk_id: str, at: str, nonce: str, body: bytes, suite: Suite = INTERNATIONAL
) -> bytes:
    """What a desk signs. ``target`` is the path with its query, as sent; ``suite`` that of the desk's key."""
    return _joined("YANHE-REQUEST-1", method.upper(), target, desk_id, at, nonce, suite.digest(body))


def answer_message(nonce: str, status: int, at: str, body: bytes, suite: Suite = INTERNATIONAL) -> bytes:
    """What the platform signs. ``nonce`` is that of the request it answers; ``suite`` that of the platform's key."""
    return _joined("YANHE-ANSWER-1", nonce, str(status), at, suite.digest(body))


def _joined(*parts: str) -> bytes:
    if any("\n" in part for part in parts):
        raise ValueError("a line break would let two different messages look alike")
    return "\n".join(parts).encode("utf-8")


class SigningKey:
    """A private key. ``text`` is its form for keeping, ``public`` its public half for telling, ``suite`` what it signs by."""

    def __init__(self, text: str) -> None:
        """Raises ValueError when ``text`` is not a key of either suite."""
        self.text = text
        self.suite = suite_of(text)
        self.public = self.suite.public_of(text)

    @classmethod
    def new(cls, suite: Suite = INTERNATIONAL) -> SigningKey:
        return cls(suite.new_key())

    def sign(self, message: bytes) -> str:
        return self.suite.sign(self.text, message)


def is_public_key(text: str) -> bool:
    return suite_of(text).is_public(text)


def signature_holds(public_key: str, message: bytes, signature: str) -> bool:
    """False for a wrong signature and for anything that is not a key or a signature at all."""
    return suite_of(public_key).verify(public_key, message, signature)
