"""A parcel: messages in one file, from one known key to another, for a site that has no network (a USB stick carries it).

    YANHE-PARCEL-1 LF
    header as one line of JSON LF      {"kind", "from", "to", "made_at", "ephemeral"}: who may open it, nothing of what is in it
    frames                             4 bytes length, then the sealed (1 byte: 0 more follow, 1 last) ‖ message
    signature                          64 bytes of the sender over the label and the digest, by its suite, of everything before

The receiver's suite (kiosk.wire.suite) seals: AES-256-GCM or SM4-GCM under the HKDF of a Diffie-Hellman agreement between a key made for this
parcel and the receiver's own (kiosk.wire.agreement); nonces count the frames; every frame is bound to the header.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kiosk.wire.agreement import agreement_of, agreement_with
from kiosk.wire.signing import SigningKey, signature_holds
from kiosk.wire.suite import SealBroken, suite_of

SUFFIX = ".yanhe"
FROM_DESK, FROM_PLATFORM, PLATFORM = "desk-outbox", "platform-answer", "platform"
# first byte of a message: a desk sends CURSOR (where its next pull goes on), EVENTS (wire PushEvents), IMAGE (32 bytes digest, then the bytes);
# the platform answers with TIME, ANSWER (wire PushAnswer), HELD (digests it now has), CHANGES (cursor LF wire Changes)
EVENTS, IMAGE, CURSOR, ANSWER, HELD, CHANGES, TIME = b"E", b"I", b"C", b"A", b"H", b"P", b"T"

_MAGIC = b"YANHE-PARCEL-1\n"
_INFO = b"yanhe parcel 1"
_SIGNATURE_BYTES = 64
_MOST_FRAME = 64 * 1024 * 1024


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
    """Writes aside and renames: who finds the file finds all of it. ``key`` signs, ``to`` is the receiver's public key."""
    suite = suite_of(to)
    ephemeral, secret = agreement_with(to)
    header = Header(kind, sender, receiver, made_at, ephemeral)
    head = _MAGIC + json.dumps(_as_dict(header), ensure_ascii=True).encode("ascii") + b"\n"
    sealing = suite.derive(secret, bytes.fromhex(suite.digest(head)), _INFO)
    aside = path.with_name(path.name + ".part")
    digest = key.suite.hasher()
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as out:

        def put(data: bytes) -> None:
            digest.update(data)
            out.write(data)

        put(head)
        for number, (message, last) in enumerate(_with_last(messages)):
            sealed = suite.seal(sealing, number.to_bytes(12, "big"), (b"\x01" if last else b"\x00") + message, head)
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
            secret = agreement_of(key, header.ephemeral)
        except ValueError as error:
            raise BadParcel("not_a_parcel") from error
        sealing = key.suite.derive(secret, bytes.fromhex(key.suite.digest(head)), _INFO)
        number, last = 0, False
        while not last:
            length = int.from_bytes(file.read(4), "big")
            if not 17 <= length <= _MOST_FRAME:
                raise BadParcel("damaged")
            try:
                plain = key.suite.open(sealing, number.to_bytes(12, "big"), file.read(length), head)
            except SealBroken as error:
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
    digest, left = suite_of(sender_key).hasher(), size - _SIGNATURE_BYTES
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
