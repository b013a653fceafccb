"""A short secret in a desk's log that only the platform can read: the log, its exports and whoever audits it hold nothing but the seal.

``<public half of a key made for it> <base64 of the sealed>``, by the suite of the receiver's key (kiosk.wire.suite): the key for one message comes
from the agreement of kiosk.wire.agreement, so the nonce is always zero. ``bound`` is authenticated with it and not contained in it.
"""

from __future__ import annotations

import base64
import binascii

from kiosk.wire.agreement import agreement_of, agreement_with
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SealBroken, suite_of

_INFO = b"yanhe sealed 1"
_NONCE = bytes(12)


def seal_for(to: str, secret: str, bound: bytes) -> str:
    """``to``: the receiver's public key. Raises ValueError when it is none."""
    suite = suite_of(to)
    ephemeral, agreed = agreement_with(to)
    sealed = suite.seal(suite.derive(agreed, ephemeral.encode("ascii"), _INFO), _NONCE, secret.encode("utf-8"), bound)
    return f"{ephemeral} {base64.b64encode(sealed).decode('ascii')}"


def open_sealed(key: SigningKey, text: str, bound: bytes) -> str:
    """Raises SealBroken: not for this key, altered, bound to something else, or nothing sealed at all."""
    ephemeral, _, sealed = text.partition(" ")
    try:
        derived = key.suite.derive(agreement_of(key, ephemeral), ephemeral.encode("ascii"), _INFO)
        return key.suite.open(derived, _NONCE, base64.b64decode(sealed, validate=True), bound).decode("utf-8")
    except (ValueError, binascii.Error) as error:  # SealBroken is a ValueError
        raise SealBroken from error


def bound_to_pin(desk_id: str, staff_no: str, reset: int) -> bytes:
    """A verifier is of one person, made at one desk, under one of the administrator's resets."""
    return "\n".join(("YANHE-PIN-1", desk_id, staff_no, str(reset))).encode("utf-8")
