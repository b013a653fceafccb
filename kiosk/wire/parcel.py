"""A parcel: messages in one file, from one known key to another, for a site that has no network (a USB stick carries it).

    YANHE-PARCEL-1 LF
    header as one line of JSON LF      {"kind", "from", "to", "made_at", "ephemeral"}: who may open it, nothing of what is in it
    frames                             4 bytes length, then AES-256-GCM of (1 byte: 0 more follow, 1 last) ‖ message
    signature                          64 bytes Ed25519 of the sender over the label and the SHA-256 of everything before

The key is HKDF-SHA-256 of the X25519 agreement between a key made for this parcel and the receiver's; nonces count the frames; every frame is
bound to the header. The receiver's X25519 key is its Ed25519 key carried over to the other form of the same curve (RFC 7748, section 4.1), so
what a desk learnt at its enrolment is enough.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.wire.signing import SigningKey, signature_holds

SUFFIX = ".yanhe"
FROM_DESK, FROM_PLATFORM, PLATFORM = "desk-outbox", "platform-answer", "platform"
# first byte of a message: a desk sends CURSOR (where its next pull goes on), EVENTS (wire PushEvents), IMAGE (32 bytes digest, then the bytes);
# the platform answers with TIME, ANSWER (wire PushAnswer), HELD (digests it now has), CHANGES (cursor LF wire Changes)
EVENTS, IMAGE, CURSOR, ANSWER, HELD, CHANGES, TIME = b"E", b"I", b"C", b"A", b"H", b"P", b"T"

_MAGIC = b"YANHE-PARCEL-1\n"
_SIGNATURE_BYTES = 64
_MOST_FRAME = 64 * 1024 * 1024
_P = 2**255 - 19


class BadParcel(Exception):
    """The file is not a parcel, not for this receiver, not by this sender, or was altered. ``code``: not_a_parcel, wrong_signature,
    not_for_us, damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Header:
    """``sender`` and ``receiver`` are names (a desk id, "platform"); the keys behind them are the reader's knowledge."""

    kind: str
    sender: str
    receiver: str
    made_at: str
    ephemeral: str


def write_parcel(
    path: Path, messages: Iterable[bytes], *, kind: str, sender: str, receiver: str, made_at: str, key: SigningKey, to: str
) -> None:  # fmt: skip
    """Writes aside and renames: who finds the file finds all of it. ``key`` signs, ``to`` is the receiver's Ed25519 public key (base64)."""
    own = X25519PrivateKey.generate()
    header = Header(
        kind, sender, receiver, made_at, base64.b64encode(own.public_key().public_bytes_raw()).decode("ascii")
    )
    head = _MAGIC + json.dumps(_as_dict(header), ensure_ascii=True).encode("ascii") + b"\n"
    cipher = AESGCM(_agreed(own, _exchange_public(to), head))
    aside = path.with_name(path.name + ".part")
    digest = hashlib.sha256()
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as out:

        def put(data: bytes) -> None:
            digest.update(data)
            out.write(data)

        put(head)
        for number, (message, last) in enumerate(_with_last(messages)):
            sealed = cipher.encrypt(number.to_bytes(12, "big"), (b"\x01" if last else b"\x00") + message, head)
            put(len(sealed).to_bytes(4, "big") + sealed)
        out.write(base64.b64decode(key.sign(_MAGIC + digest.digest())))
        out.flush()
        os.fsync(out.fileno())
    aside.replace(path)


def header_of(path: Path) -> Header:
    """Raises BadParcel not_a_parcel. Nothing in a header is proven before ``read_parcel``."""
    with path.open("rb") as file:
        return _header(file)[0]


def read_parcel(path: Path, *, sender_key: str, key: SigningKey) -> Iterator[bytes]:
    """The messages, once the sender's signature over the whole file has been checked. Raises BadParcel."""
    _check_signature(path, sender_key)
    with path.open("rb") as file:
        header, head = _header(file)
        try:
            ephemeral = X25519PublicKey.from_public_bytes(base64.b64decode(header.ephemeral, validate=True))
        except ValueError as error:
            raise BadParcel("not_a_parcel") from error
        cipher = AESGCM(_agreed(_exchange_private(key), ephemeral, head))
        number, last = 0, False
        while not last:
            length = int.from_bytes(file.read(4), "big")
            if not 17 <= length <= _MOST_FRAME:
                raise BadParcel("damaged")
            try:
                plain = cipher.decrypt(number.to_bytes(12, "big"), file.read(length), head)
            except InvalidTag as error:
                raise BadParcel("not_for_us" if number == 0 else "damaged") from error
            number, last = number + 1, plain[:1] == b"\x01"
            if len(plain) > 1 or not last:
                yield plain[1:]


def _with_last(messages: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    for message in messages:
        yield message, False
    yield b"", True  # an empty last frame: a parcel that was cut has no end


def _check_signature(path: Path, sender_key: str) -> None:
    size = path.stat().st_size
    if size < len(_MAGIC) + _SIGNATURE_BYTES:
        raise BadParcel("not_a_parcel")
    digest, left = hashlib.sha256(), size - _SIGNATURE_BYTES
    with path.open("rb") as file:
        while left:
            block = file.read(min(left, 1 << 20))
            if not block:
                raise BadParcel("damaged")
            digest.update(block)
            left -= len(block)
        signature = file.read()
    message = _MAGIC + digest.digest()
    if not signature_holds(sender_key, message, base64.b64encode(signature).decode("ascii")):
        raise BadParcel("wrong_signature")


def _header(file: IO[bytes]) -> tuple[Header, bytes]:
    magic, line = file.readline(100), file.readline(4096)
    try:
        body: dict[str, Any] = json.loads(line)
        header = Header(body["kind"], body["from"], body["to"], body["made_at"], body["ephemeral"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadParcel("not_a_parcel") from error
    if magic != _MAGIC or not all(isinstance(value, str) for value in vars(header).values()):
        raise BadParcel("not_a_parcel")
    return header, magic + line


def _as_dict(header: Header) -> dict[str, str]:
    return {
        "kind": header.kind,
        "from": header.sender,
        "to": header.receiver,
        "made_at": header.made_at,
        "ephemeral": header.ephemeral,
    }


def _agreed(own: X25519PrivateKey, other: X25519PublicKey, head: bytes) -> bytes:
    salt = hashlib.sha256(head).digest()
    return HKDF(hashes.SHA256(), 32, salt, b"yanhe parcel 1").derive(own.exchange(other))


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
