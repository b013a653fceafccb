"""A pack's signature: a manifest of all its files with their digests, signed by whoever issues packs.

``manifest.json`` stands beside the files: ``format``, ``id``, ``version``, ``files`` (name → digest, lower-case hex) and ``signature``
(``algorithm``, ``key``, ``value``). Digests are SHA-256 with Ed25519 and SM3 with SM2. The signature covers the canonical JSON (kiosk.wire.chain) of everything but itself, so nothing can be
altered, left out or added without its being named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.policy.mistakes import Mistake
from kiosk.policy.pack import Pack
from kiosk.texts import text
from kiosk.wire.chain import canonical
from kiosk.wire.signing import SigningKey, signature_holds
from kiosk.wire.suite import INTERNATIONAL, SHANGMI

MANIFEST = "manifest.json"
_FORMAT = "yanhe-pack-1"
_ALGORITHMS = {"Ed25519": INTERNATIONAL, "SM2": SHANGMI}
_PREFIX = b"YANHE-PACK-1\n"  # a pack's signature can never be taken for one of a request or an answer


@dataclass(frozen=True)
class Signature:
    """What a manifest says and what is wrong with it. ``key`` is the public key that signed, "" when nothing usable is there."""

    id: str
    version: str
    key: str
    mistakes: tuple[Mistake, ...]

    @property
    def holds(self) -> bool:
        return not self.mistakes


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its name, with / between folders. Raises OSError when one cannot be read."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def manifest(pack: Pack, contents: Mapping[str, bytes], key: SigningKey) -> bytes:
    """The signed manifest of a pack's files (one among them that is called manifest.json is replaced)."""
    algorithm = next(name for name, suite in _ALGORITHMS.items() if suite is key.suite)
    body = {
        "format": _FORMAT,
        "id": pack.id,
        "version": pack.version,
        "files": {name: key.suite.digest(data) for name, data in contents.items() if name != MANIFEST},
    }
    signature = {"algorithm": algorithm, "key": key.public, "value": key.sign(_message(body))}
    return (json.dumps({**body, "signature": signature}, indent=2, sort_keys=True) + "\n").encode("utf-8")


def check_signature(contents: Mapping[str, bytes], trusted: Collection[str], where: str = "") -> Signature:
    """Whether these files are those that one of the ``trusted`` public keys (base64) signed; every difference is named."""

    def mistake(file: str, kind: str, **params: Any) -> Mistake:
        return Mistake(where + file, 0, 0, "", text(f"pack.mistake.{kind}", **params))

    written = _read(contents.get(MANIFEST))
    if written is None:
        kind = "bad_manifest" if MANIFEST in contents else "unsigned"
        return Signature("", "", "", (mistake(MANIFEST, kind),))
    body = {name: value for name, value in written.items() if name != "signature"}
    signature: Mapping[str, str] = written["signature"]
    found: list[Mistake] = []
    # a key of SM2 under the name of the other is what was written before digests went with their signature
    suite = _ALGORITHMS.get(signature["algorithm"])
    if suite is None or not signature_holds(signature["key"], _message(body), signature["value"]):
        found.append(mistake(MANIFEST, "bad_signature"))
    elif signature["key"] not in trusted:
        found.append(mistake(MANIFEST, "stranger", print=fingerprint(signature["key"])))
    listed: Mapping[str, str] = body["files"]
    for name in sorted({*listed, *contents} - {MANIFEST}):
        if name not in contents:
            found.append(mistake(name, "file_gone"))
        elif name not in listed:
            found.append(mistake(name, "file_extra"))
        elif suite is not None and suite.digest(contents[name]) != listed[name]:
            found.append(mistake(name, "file_altered"))
    return Signature(body["id"], body["version"], signature["key"], tuple(found))


def fingerprint(public_key: str) -> str:
    """A key in a form that people can compare: the first 16 hex digits of the SHA-256 of its base64 form, in groups of four."""
    digits = hashlib.sha256(public_key.encode("ascii", "replace")).hexdigest()[:16]
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))


def _read(data: bytes | None) -> dict[str, Any] | None:
    try:
        written = json.loads(data or b"")
    except ValueError:
        return None
    if not isinstance(written, dict) or written.get("format") != _FORMAT:
        return None
    signature, files = written.get("signature"), written.get("files")
    texts = [written.get("id"), written.get("version")]
    if isinstance(signature, dict) and isinstance(files, dict):
        texts += [*files.values(), *(signature.get(name) for name in ("algorithm", "key", "value"))]
        if all(isinstance(value, str) for value in texts):
            return written
    return None


def _message(body: Mapping[str, Any]) -> bytes:
    return _PREFIX + canonical(body)
