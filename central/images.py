"""Images from the desks: content-addressed files beside the database, and a row for each that is whole."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from central.problems import ApiProblem
from central.tables import Image

MAX_IMAGE_BYTES = 20 * 1024 * 1024


class ImageFiles:
    """The folder ``<data>/images/<first two digits>/<sha256>``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, session: Session, digest: str, data: bytes, desk_id: str) -> bool:
        """Stores an image once; True when it is new. Raises ApiProblem digest_mismatch. The file is whole and on the disk before its row."""
        if hashlib.sha256(data).hexdigest() != digest:
            raise ApiProblem(400, "digest_mismatch")
        if self.holds(session, digest):
            return False
        self._write(digest, data)
        session.add(Image(digest=digest, size=len(data), desk_id=desk_id, received_at=datetime.now(UTC)))
        return True

    def holds(self, session: Session, digest: str) -> bool:
        return session.get(Image, digest) is not None

    def _write(self, digest: str, data: bytes) -> None:
        path = self._folder / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # a name of its own: two desks may send the same picture at the same moment
        aside = path.with_name(f"{digest}.{secrets.token_hex(4)}.part")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
