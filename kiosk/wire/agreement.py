"""What a key made for one message agrees on with a receiver's known key. X25519 takes the receiver's Ed25519 key in the other form of the same
curve (RFC 7748, section 4.1), the SM2 curve its SM2 key: what a desk learnt at its enrolment is enough."""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SHANGMI, agreed_sm2, suite_of

_P = 2**255 - 19


def agreement_with(to: str) -> tuple[str, bytes]:
    """(public half of a key made for this once, what it agrees on with the receiver's public key). Raises ValueError for no public key."""
    suite = suite_of(to)
    if suite is SHANGMI:
        own = suite.new_key()
        return suite.public_of(own), agreed_sm2(own, to)
    fresh = X25519PrivateKey.generate()
    public = base64.b64encode(fresh.public_key().public_bytes_raw()).decode("ascii")
    return public, fresh.exchange(_exchange_public(to))


def agreement_of(key: SigningKey, ephemeral: str) -> bytes:
    """The same from the receiver's side. Raises ValueError."""
    if key.suite is SHANGMI:
        return agreed_sm2(key.text, ephemeral)
    public = X25519PublicKey.from_public_bytes(base64.b64decode(ephemeral, validate=True))
    return _exchange_private(key).exchange(public)


def _exchange_private(key: SigningKey) -> X25519PrivateKey:
    """The X25519 scalar of an Ed25519 key: the clamped first half of the seed's SHA-512 (RFC 8032, section 5.1.5)."""
    scalar = bytearray(hashlib.sha512(base64.b64decode(key.text)).digest()[:32])
    scalar[0] &= 248
    scalar[31] = (scalar[31] & 127) | 64
    return X25519PrivateKey.from_private_bytes(bytes(scalar))


def _exchange_public(public: str) -> X25519PublicKey:
    """u = (1 + y) / (1 - y) of an Ed25519 public key's y (RFC 7748, section 4.1)."""
    y = int.from_bytes(base64.b64decode(public, validate=True), "little") & ((1 << 255) - 1)
    u = (1 + y) * pow(1 - y, -1, _P) % _P
    return X25519PublicKey.from_public_bytes(u.to_bytes(32, "little"))
