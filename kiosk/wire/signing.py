"""Who speaks: every request carries its desk's signature, every answer the platform's. Ed25519 (RFC 8032), keys in base64.

A request's signature covers method, target, desk, time, a number used once and the body's digest, so nothing of it can be altered,
sent elsewhere or sent again. An answer's covers the request's nonce, the status and the body's digest: only the platform's own word
turns an event into "accepted", never an error page of a proxy in between.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DESK_HEADER = "Yanhe-Desk"
TIME_HEADER = "Yanhe-Time"  # ISO 8601 with offset
NONCE_HEADER = "Yanhe-Nonce"
SIGNATURE_HEADER = "Yanhe-Signature"
NEW_DESK = "new"  # stands for the desk id in the one request made before there is one: enrolment


def request_message(method: str, target: str, desk_id: str, at: str, nonce: str, body: bytes) -> bytes:
    """What a desk signs. ``target`` is the path with its query, as sent."""
    return _joined("YANHE-REQUEST-1", method.upper(), target, desk_id, at, nonce, hashlib.sha256(body).hexdigest())


def answer_message(nonce: str, status: int, at: str, body: bytes) -> bytes:
    """What the platform signs. ``nonce`` is that of the request it answers."""
    return _joined("YANHE-ANSWER-1", nonce, str(status), at, hashlib.sha256(body).hexdigest())


def _joined(*parts: str) -> bytes:
    if any("\n" in part for part in parts):
        raise ValueError("a line break would let two different messages look alike")
    return "\n".join(parts).encode("utf-8")


class SigningKey:
    """A private key. ``text`` is its base64 form for keeping, ``public`` its public half for telling."""

    def __init__(self, text: str) -> None:
        """Raises ValueError when ``text`` is not 32 bytes in base64."""
        self.text = text
        self._key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
        self.public = base64.b64encode(self._key.public_key().public_bytes_raw()).decode("ascii")

    @classmethod
    def new(cls) -> SigningKey:
        return cls(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode("ascii"))

    def sign(self, message: bytes) -> str:
        return base64.b64encode(self._key.sign(message)).decode("ascii")


def is_public_key(text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        return False
    return True


def signature_holds(public_key: str, message: bytes, signature: str) -> bool:
    """False for a wrong signature and for anything that is not a key or a signature at all."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message)
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True
