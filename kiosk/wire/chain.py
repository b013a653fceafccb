"""The hash chain that makes the event log tamper-evident.

hash(n) = SHA-256( hash(n−1) ‖ canonical JSON of event n without its hash ), hash(0) = 64 zeros.
Canonical JSON: UTF-8, keys sorted, no spaces, as in RFC 8785 for the types we use (no floats outside readings).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def link(prev_hash: str, event: Mapping[str, Any]) -> str:
    """The hash of ``event`` (its own ``hash`` and ``prev_hash`` keys are left out) after ``prev_hash``."""
    body = {k: v for k, v in event.items() if k not in ("hash", "prev_hash")}
    return hashlib.sha256(prev_hash.encode("ascii") + canonical(body)).hexdigest()
