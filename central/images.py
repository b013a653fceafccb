"""Images from the desks: content-addressed files beside the database, and a row for each that is whole."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from central.problems import ApiProblem
from central.tables import Image
from kiosk.wire.models import UploadState
from kiosk.wire.suite import is_digest

MAX_IMAGE_BYTES = 20 * 1024 * 1024
_PIECES = "pieces"
_PIECES_LIFE_S = 7 * 24 * 3600  # what nobody has gone on with for a week is not coming


class ImageFiles:
    """The folder ``<data>/images/<first two digits>/<digest>``; the digest is that of the suite of the desk that sent it first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, session: Session, digest: str, data: bytes, desk_id: str) -> bool:
        """Stores an image once; True when it is new. Raises ApiProblem digest_mismatch. The file is whole and on the disk before its row."""
        if not is_digest(digest, data):
            raise ApiProblem(400, "digest_mismatch")
        if self.holds(session, digest):
            return False
        self._write(digest, data)
        session.add(Image(digest=digest, size=len(data), desk_id=desk_id, received_at=datetime.now(UTC)))
        return True

    def forget(self, digest: str) -> None:
        """Deletes the file. The platform's volume is encrypted (docs/platform.md); a disk that leaves the house is erased as a whole."""
        (self._folder / digest[:2] / digest).unlink(missing_ok=True)

    def upload_state(self, session: Session, digest: str, desk_id: str) -> UploadState:
        """How far this desk's piecewise upload of an image has come."""
        complete = self.holds(session, digest)
        return UploadState(offset=0 if complete else _size(self._pieces(digest, desk_id)), complete=complete)

    def append(self, session: Session, digest: str, piece: bytes, offset: int, total: int, desk_id: str) -> UploadState:
        """Takes the piece of an image that begins at ``offset``; with the last one the image is kept.

        Safe to repeat, and in any order: a piece that does not begin where the held ones end (or before) changes nothing, and the answer says
        where to go on. Raises ApiProblem too_large, and digest_mismatch when all has come and is not the image: the pieces are thrown away.
        """
        if total > MAX_IMAGE_BYTES or offset + len(piece) > total:
            raise ApiProblem(413, "too_large")
        path = self._pieces(digest, desk_id)
        if self.holds(session, digest) or offset > _size(path):
            return self.upload_state(session, digest, desk_id)
        self._forget_old_pieces()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # written to its own place: a piece that two requests bring at once lies there once
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.seek(offset)
            out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if _size(path) > total:  # pieces of something else under this name
            path.unlink(missing_ok=True)
        elif _size(path) == total:
            whole = path.read_bytes()
            path.unlink(missing_ok=True)
            self.keep(session, digest, whole, desk_id)
        return self.upload_state(session, digest, desk_id)

    def _pieces(self, digest: str, desk_id: str) -> Path:
        """Where one desk's pieces lie: two desks that send the same picture do not meet."""
        return self._folder / _PIECES / f"{digest}.{hashlib.sha256(desk_id.encode()).hexdigest()[:16]}"

    def _forget_old_pieces(self) -> None:
        before = time.time() - _PIECES_LIFE_S
        for path in (self._folder / _PIECES).glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

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


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
