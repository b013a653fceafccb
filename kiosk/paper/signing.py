"""Who signs papers and how their keys are known: a small wall behind which stand Ed25519 and SM2."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.wire.signing import SigningKey, is_public_key, signature_holds

SIGNATURE_BYTES = 64  # Ed25519 (RFC 8032); SM2 as r‖s has the same length


class Signer(Protocol):
    def sign(self, message: bytes) -> bytes:
        """A signature of ``SIGNATURE_BYTES`` over ``message``."""
        ...

    def digest(self, data: bytes) -> bytes:
        """32 bytes, by the digest that belongs to the signature."""
        ...


class Verifier(Protocol):
    def verify(self, message: bytes, signature: bytes) -> bool: ...


class Ed25519Signer:
    """Signs with the desk's enrolment key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def digest(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def verifier(self) -> Ed25519Verifier:
        return Ed25519Verifier(self._key.public_key().public_bytes_raw())


class DeskSigner:
    """Signs with the desk's enrolment key, whichever suite it belongs to (kiosk.wire.suite)."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def sign(self, message: bytes) -> bytes:
        return base64.b64decode(self._key.sign(message))

    def digest(self, data: bytes) -> bytes:
        return bytes.fromhex(self._key.suite.digest(data))

    def verifier(self) -> DeskVerifier:
        return DeskVerifier(self._key.public)


class DeskVerifier:
    """Verifies with a desk's public key as the platform tells it. Raises ValueError when it is none."""

    def __init__(self, public_key: str) -> None:
        if not is_public_key(public_key):
            raise ValueError("not a public key")
        self.public_key = public_key

    def verify(self, message: bytes, signature: bytes) -> bool:
        return signature_holds(self.public_key, message, base64.b64encode(signature).decode("ascii"))


class Ed25519Verifier:
    """Verifies with a desk's public key: 32 raw bytes. Raises ValueError for any other length."""

    def __init__(self, public_key: bytes) -> None:
        self.public_key = public_key
        self._key = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(self, message: bytes, signature: bytes) -> bool:
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


Keyring: TypeAlias = Mapping[str, tuple[Verifier, ...]]  # desk id → its keys, the present one and earlier ones


class KeyringError(ValueError):
    """The file of trusted keys is missing or not what it should be; the message has no key material."""


def keyring(keys: Mapping[str, str | Iterable[str]]) -> Keyring:
    """From base64 public keys by desk id; a desk that was enrolled again has a list. Raises KeyringError."""
    ring: dict[str, tuple[Verifier, ...]] = {}
    for desk_id, value in keys.items():
        try:
            encoded = [value] if isinstance(value, str) else list(value)
            ring[desk_id] = tuple(DeskVerifier(key) for key in encoded)
        except (ValueError, TypeError, binascii.Error) as error:
            raise KeyringError(f"the key of desk {desk_id} is not a public key") from error
    return ring


def load_keyring(path: Path) -> Keyring:
    """``trusted-keys.json``: ``{"<desk id>": "<base64>" | ["<base64>", …]}``. Raises KeyringError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KeyringError(f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise KeyringError("is not JSON") from error
    if not isinstance(content, dict):
        raise KeyringError("is not an object of desk ids and keys")
    return keyring(content)


def save_keyring(path: Path, keys: Mapping[str, str | list[str]]) -> None:
    """Write ``trusted-keys.json`` aside and rename it, so that a reader sees the old file or the new one."""
    keyring(keys)
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(keys, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    aside.replace(path)
