"""The store's keys: random, made once, kept beside the data only in wrapped form, with the choice of the cipher.

``key.json``, version 2: ``cipher`` (by which this store seals), ``source`` of the machine's secret, ``salt``, ``nonce``, ``wrapped`` =
cipher.seal(cipher.derive(machine's secret, salt), page key ‖ values' key), bound to everything else in the record. The values' key is there when the
cipher is not that of the database's pages. A record without a version is the first: AES key wrap (RFC 3394) of the page key under HKDF-SHA-256;
it stays as it is until another cipher is chosen. Losing the machine's secret erases the data for good, and changing how the secret is kept or
by which cipher does not rewrite the database.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from offline_cache.ciphers import PAGES, Ciphers, StoreCipher, named, of_pages
from offline_cache.files import write_aside
from offline_cache.keys import KeySource
from offline_cache.problems import StoreProblem, Trouble

VERSION = 2
_INFO_1, _INFO = b"yanhe data key 1", b"yanhe data key 2"
_PAGE_KEY_BYTES, _NONCE_BYTES = 32, 12


@dataclass(frozen=True)
class StoreKeys:
    """``page`` opens the database; ``values`` seals what lies in it, empty where the pages' own encryption is of the chosen kind."""

    cipher: StoreCipher
    page: bytes
    values: bytes = b""


def open_data_key(record: Path, source: KeySource, ciphers: Ciphers, *, may_create: bool) -> StoreKeys:
    """The keys of ``record``, made new by the first of ``ciphers`` when there is no record and ``may_create``.

    Raises StoreProblem: KEY_MISSING (no record beside existing data, or the machine's secret is gone), WRONG_KEY (another
    machine's secret, or an altered record), CORRUPT (the record is not what we write), NEWER_VERSION (a cipher or version nobody here knows).
    """
    if not record.exists():
        if not may_create:
            raise StoreProblem(Trouble.KEY_MISSING, "data without their key record")
        keys = StoreKeys(ciphers[0], secrets.token_bytes(_PAGE_KEY_BYTES), _values_key(ciphers[0]))
        _write(record, source, keys)
        return keys
    held = _read(record)
    version = held.get("version", 1)
    if version not in (1, VERSION):
        raise StoreProblem(Trouble.NEWER_VERSION, "key record")
    cipher = named(ciphers, held["cipher"]) if version == VERSION else of_pages(ciphers)
    secret = source.load()
    if secret is None or held["source"] != source.name:
        raise StoreProblem(Trouble.KEY_MISSING, f"the key is kept in: {held['source']}")
    return _unwrapped(held, secret, cipher) if version == VERSION else StoreKeys(cipher, _unwrapped_1(held, secret))


def change_cipher(record: Path, source: KeySource, keys: StoreKeys, cipher: StoreCipher) -> StoreKeys:
    """Wraps the same page key by another cipher, with a new key for values where it needs one. On the disk when this returns."""
    changed = StoreKeys(cipher, keys.page, _values_key(cipher))
    _write(record, source, changed)
    return changed


def _values_key(cipher: StoreCipher) -> bytes:
    return b"" if cipher.block == PAGES else secrets.token_bytes(cipher.key_bytes)


def _read(record: Path) -> dict[str, Any]:
    """Raises StoreProblem CORRUPT."""
    try:
        held = json.loads(record.read_text("ascii"))
        wanted = (
            ("cipher", "source", "salt", "nonce", "wrapped") if "version" in held else ("source", "salt", "wrapped")
        )
        for name in wanted:
            if not isinstance(held[name], str):
                raise TypeError(name)
        for name in ("salt", "nonce", "wrapped"):
            bytes.fromhex(held.get(name, ""))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreProblem(Trouble.CORRUPT, "key record") from error
    return held


def _write(record: Path, source: KeySource, keys: StoreKeys) -> None:
    secret = source.load() or source.create()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE_BYTES)
    body = {
        "version": VERSION,
        "cipher": keys.cipher.name,
        "source": source.name,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
    }
    wrapping = keys.cipher.derive(secret, salt, _INFO)
    wrapped = keys.cipher.seal(wrapping, nonce, keys.page + keys.values, _bound(body))
    write_aside(record, json.dumps({**body, "wrapped": wrapped.hex()}).encode("ascii"))


def _unwrapped(held: dict[str, Any], secret: bytes, cipher: StoreCipher) -> StoreKeys:
    wrapping = cipher.derive(secret, bytes.fromhex(held["salt"]), _INFO)
    body = {name: value for name, value in held.items() if name != "wrapped"}
    try:
        both = cipher.open(wrapping, bytes.fromhex(held["nonce"]), bytes.fromhex(held["wrapped"]), _bound(body))
    except ValueError as error:
        raise StoreProblem(Trouble.WRONG_KEY) from error
    return StoreKeys(cipher, both[:_PAGE_KEY_BYTES], both[_PAGE_KEY_BYTES:])


def _unwrapped_1(held: dict[str, Any], secret: bytes) -> bytes:
    wrapping = HKDF(algorithm=hashes.SHA256(), length=32, salt=bytes.fromhex(held["salt"]), info=_INFO_1).derive(secret)
    try:
        return aes_key_unwrap(wrapping, bytes.fromhex(held["wrapped"]))
    except (InvalidUnwrap, ValueError) as error:
        raise StoreProblem(Trouble.WRONG_KEY) from error


def _bound(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("ascii")
