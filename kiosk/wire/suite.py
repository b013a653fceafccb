"""Signatures, digests and ciphers behind one interface, in two complete choices: Ed25519, SHA-256, AES-256-GCM (default), and SM2, SM3, SM4-GCM.

A key says by itself to which suite it belongs (``sm2:…`` or nothing before it), so that desks of both kinds can talk to one platform, and a platform
of either kind to a desk. Texts are base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.wire import sm2

_SM_MARK = "sm2:"
_TAG = 16


class SealBroken(ValueError):
    """What was sealed was altered, or sealed under another key."""


class Hasher(Protocol):
    """A digest that is fed piece by piece."""

    def update(self, data: bytes, /) -> object: ...
    def digest(self) -> bytes:
        """32 bytes. The last call."""
        ...


class Suite(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def block(self) -> str:
        """The block cipher that ``seal`` uses."""
        ...

    @property
    def key_bytes(self) -> int:
        """Length of a key for ``seal``."""
        ...

    def new_key(self) -> str: ...
    def public_of(self, key: str) -> str:
        """Raises ValueError when ``key`` is not a private key of this suite."""
        ...

    def is_public(self, public: str) -> bool: ...
    def sign(self, key: str, message: bytes) -> str: ...
    def verify(self, public: str, message: bytes, signature: str) -> bool:
        """False for a wrong signature and for anything that is not a key or a signature at all."""
        ...

    def digest(self, data: bytes) -> str:
        """32 bytes in lower-case hex."""
        ...

    def hasher(self) -> Hasher:
        """For what is too long to be held at once."""
        ...

    def derive(self, secret: bytes, salt: bytes, info: bytes) -> bytes:
        """A key for ``seal`` (HKDF over the suite's digest)."""
        ...

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """``bound`` is authenticated with it. A nonce (12 bytes) counts once under a key."""
        ...

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Raises SealBroken."""
        ...


class International:
    name = "ed25519-sha256-aes256gcm"
    block = "aes-256"
    key_bytes = 32

    def new_key(self) -> str:
        return _text(Ed25519PrivateKey.generate().private_bytes_raw())

    def public_of(self, key: str) -> str:
        return _text(self._private(key).public_key().public_bytes_raw())

    def is_public(self, public: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(_bytes(public))
        except ValueError:
            return False
        return True

    def sign(self, key: str, message: bytes) -> str:
        return _text(self._private(key).sign(message))

    def verify(self, public: str, message: bytes, signature: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(_bytes(public)).verify(_bytes(signature), message)
        except (ValueError, InvalidSignature):
            return False
        return True

    def digest(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    def hasher(self) -> Hasher:
        return hashlib.sha256()

    def derive(self, secret: bytes, salt: bytes, info: bytes) -> bytes:
        return HKDF(hashes.SHA256(), self.key_bytes, salt, info).derive(secret)

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, plain, bound)

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(nonce, sealed, bound)
        except InvalidTag as error:
            raise SealBroken from error

    @staticmethod
    def _private(key: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(_bytes(key))


class _Sm3:
    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._hash.update(data)

    def digest(self) -> bytes:
        return self._hash.finalize()


class ShangMi:
    name = "sm2-sm3-sm4gcm"
    block = "sm4"
    key_bytes = 16

    def new_key(self) -> str:
        return _SM_MARK + _text(sm2.new_private().to_bytes(32, "big"))

    def public_of(self, key: str) -> str:
        x, y = sm2.public_of(self._private(key))
        return _SM_MARK + _text(x.to_bytes(32, "big") + y.to_bytes(32, "big"))

    def is_public(self, public: str) -> bool:
        try:
            return sm2.on_curve(self._point(public))
        except ValueError:
            return False

    def sign(self, key: str, message: bytes) -> str:
        r, s = sm2.sign(self._private(key), message)
        return _text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def verify(self, public: str, message: bytes, signature: str) -> bool:
        try:
            both = _bytes(signature)
            if len(both) != 64:
                return False
            return sm2.verify(self._point(public), message, (_number(both[:32]), _number(both[32:])))
        except ValueError:
            return False

    def digest(self, data: bytes) -> str:
        return sm2.sm3(data).hex()

    def hasher(self) -> Hasher:
        return _Sm3()

    def derive(self, secret: bytes, salt: bytes, info: bytes) -> bytes:
        return HKDF(hashes.SM3(), self.key_bytes, salt, info).derive(secret)

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        encryptor = Cipher(SM4(key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        if len(sealed) < _TAG:
            raise SealBroken
        decryptor = Cipher(SM4(key), modes.GCM(nonce, sealed[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(bound)
        try:
            return decryptor.update(sealed[:-_TAG]) + decryptor.finalize()
        except InvalidTag as error:
            raise SealBroken from error

    @staticmethod
    def _private(key: str) -> int:
        number = _number(_marked(key, 32))
        if not 0 < number < sm2.N - 1:
            raise ValueError("not a key of SM2")
        return number

    @staticmethod
    def _point(public: str) -> sm2.Point:
        both = _marked(public, 64)
        return _number(both[:32]), _number(both[32:])


INTERNATIONAL: Suite = International()
SHANGMI: Suite = ShangMi()
SUITES = (INTERNATIONAL, SHANGMI)


def with_first(suite: Suite) -> tuple[Suite, ...]:
    """All suites, this one first: by the first a new store seals (offline_cache.ciphers)."""
    return suite, *(other for other in SUITES if other is not suite)


def is_digest(text: str, data: bytes) -> bool:
    """Whether ``text`` (lower-case hex) is the digest of ``data`` by one of the suites."""
    return any(suite.digest(data) == text for suite in SUITES)


def suite_of(key: str) -> Suite:
    """The suite to which a private or public key belongs."""
    return SHANGMI if key.startswith(_SM_MARK) else INTERNATIONAL


def agreed_sm2(key: str, public: str) -> bytes:
    """What an SM2 private key and another's public key agree on. Raises ValueError for what are none."""
    return sm2.agreed(_number(_marked(key, 32)), ShangMi._point(public))


def new_secret(suite: Suite) -> bytes:
    return secrets.token_bytes(suite.key_bytes)


def _marked(text: str, length: int) -> bytes:
    if not text.startswith(_SM_MARK):
        raise ValueError("not a key of SM2")
    data = _bytes(text.removeprefix(_SM_MARK))
    if len(data) != length:
        raise ValueError("not a key of SM2")
    return data


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
