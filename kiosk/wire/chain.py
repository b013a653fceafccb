"""The hash chain that makes the event log tamper-evident.

hash(n) = digest( hash(n−1) ‖ canonical JSON of event n without its hash ), hash(0) = 64 zeros; the digest is that of the desk's suite
(kiosk.wire.suite): SHA-256 or SM3.
Canonical JSON: UTF-8, keys sorted, no spaces, as in RFC 8785 for the types we use (no floats outside readings).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from kiosk.wire.suite import INTERNATIONAL, Suite

GENESIS = "0" * 64


def canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def link(prev_hash: str, event: Mapping[str, Any], suite: Suite = INTERNATIONAL) -> str:
    """The hash of ``event`` (its own ``hash`` and ``prev_hash`` keys are left out) after ``prev_hash``."""
    body = {k: v for k, v in event.items() if k not in ("hash", "prev_hash")}
    return suite.digest(prev_hash.encode("ascii") + canonical(body))


def link_by(suite: Suite) -> Callable[[str, Mapping[str, Any]], str]:
    """The link function of a desk whose key belongs to ``suite``."""
    return lambda prev_hash, event: link(prev_hash, event, suite)
