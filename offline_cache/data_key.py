"""The data key: random, made once, kept beside the data only in wrapped form.

wrapped = AES key wrap (RFC 3394) of the data key under HKDF-SHA-256(machine secret, salt). Losing the machine's secret therefore
erases the data for good, and changing how the secret is kept does not rewrite them.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from offline_cache.files import write_aside
from offline_cache.keys import KeySource
from offline_cache.problems import StoreProblem, Trouble

_INFO = b"yanhe data key 1"


def open_data_key(record: Path, keys: KeySource, *, may_create: bool) -> bytes:
    """The 32-byte data key of ``record`` (a small JSON file), made new when there is none and ``may_create``.

    Raises StoreProblem: KEY_MISSING (no record beside existing data, or the machine's secret is gone), WRONG_KEY (another
    machine's secret), CORRUPT (the record is not what we write).
    """
    if not record.exists():
        if not may_create:
            raise StoreProblem(Trouble.KEY_MISSING, "data without their key record")
        return _create(record, keys)
    try:
        held = json.loads(record.read_text("ascii"))
        source, salt, wrapped = held["source"], bytes.fromhex(held["salt"]), bytes.fromhex(held["wrapped"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreProblem(Trouble.CORRUPT, "key record") from error
    secret = keys.load()
    if secret is None or source != keys.name:
        raise StoreProblem(Trouble.KEY_MISSING, f"the key is kept in: {source}")
    try:
        return aes_key_unwrap(_wrapping_key(secret, salt), wrapped)
    except InvalidUnwrap as error:
        raise StoreProblem(Trouble.WRONG_KEY) from error


def _create(record: Path, keys: KeySource) -> bytes:
    secret = keys.load() or keys.create()
    salt, data_key = secrets.token_bytes(16), secrets.token_bytes(32)
    wrapped = aes_key_wrap(_wrapping_key(secret, salt), data_key)
    write_aside(record, json.dumps({"source": keys.name, "salt": salt.hex(), "wrapped": wrapped.hex()}).encode("ascii"))
    return data_key


def _wrapping_key(secret: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=_INFO).derive(secret)
