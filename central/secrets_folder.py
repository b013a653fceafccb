"""The platform's own secrets, as files readable by their owner alone: its signing key and the supervisors' token."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, Suite

TOKEN_VARIABLE = "YANHE_CENTRAL_TOKEN"
SUITE_VARIABLE = "YANHE_CENTRAL_SUITE"


def platform_key(folder: Path) -> SigningKey:
    """The key that signs the platform's answers, made at the first start. Desks learn its public half at enrolment."""
    return SigningKey(_kept(folder / "platform.key", lambda: SigningKey.new(_suite()).text))


def _suite() -> Suite:
    """By what a platform made now signs: SM2 and SM3 when the environment asks for them, Ed25519 and SHA-256 else."""
    return SHANGMI if os.environ.get(SUITE_VARIABLE, "").lower() == "sm" else INTERNATIONAL


def supervisor_token(folder: Path) -> str:
    """The bearer token of the supervisors' read API: from the environment, else kept in a file and made at the first start."""
    return os.environ.get(TOKEN_VARIABLE) or _kept(folder / "supervisor.token", lambda: secrets.token_urlsafe(24))


def _kept(path: Path, make: Callable[[], str]) -> str:
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = make()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of ours was quicker
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(text + "\n")
    return text
