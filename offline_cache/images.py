"""Images as encrypted files, addressed by the SHA-256 of their content.

Each file is nonce (12 bytes) ‖ AES-256-GCM ciphertext with the digest as associated data, under a key of its own that exists only
in the encrypted database: forgetting that row erases the image for good, whatever the disk keeps. File names are random, so that
the folder does not tell which images it holds. Why files and not rows: docs/decisions/0010-images-beside-the-database.md.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_cache.connection import Database
from offline_cache.files import write_aside
from offline_cache.problems import StoreProblem, Trouble

_NONCE_BYTES = 12


def digest_of(data: bytes) -> str:
    """The address of an image: lower-case hex SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class WrittenBlob:
    """An encrypted file that is on the disk but not yet in the database."""

    digest: str
    file: str
    key: bytes
    size: int


class ImageShelf:
    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._folder = folder
        folder.mkdir(exist_ok=True, mode=0o700)

    def has(self, digest: str) -> bool:
        return (
            self._db.execute("SELECT 1 FROM images WHERE digest = ? AND erased_at = ''", [digest]).fetchone()
            is not None
        )

    def write(self, data: bytes) -> WrittenBlob:
        """Encrypts to a new file and makes it durable. Until ``register`` commits, the file belongs to nothing and ``sweep`` may remove it."""
        digest, key, nonce = digest_of(data), secrets.token_bytes(32), secrets.token_bytes(_NONCE_BYTES)
        name = secrets.token_hex(16)
        path = self._folder / name[:2] / name
        path.parent.mkdir(exist_ok=True, mode=0o700)
        write_aside(path, nonce + AESGCM(key).encrypt(nonce, data, digest.encode("ascii")))
        return WrittenBlob(digest, name, key, len(data))

    def register(self, blob: WrittenBlob) -> None:
        """Runs inside the caller's transaction."""
        self._db.execute(
            # a picture that was erased by age may come again: it gets a key of its own again
            "INSERT INTO images (digest, file, key, size, kept_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE"
            " SET file = excluded.file, key = excluded.key, size = excluded.size, kept_at = excluded.kept_at, erased_at = ''",
            [blob.digest, blob.file, blob.key, blob.size, datetime.now(UTC).isoformat(timespec="milliseconds")],
        )

    def link(self, seq: int, digest: str) -> None:
        """Notes that event ``seq`` shows this image. Runs inside the caller's transaction."""
        self._db.execute("INSERT INTO event_images VALUES (?, ?)", [seq, digest])

    def discard(self, blob: WrittenBlob) -> None:
        """Removes a file whose transaction failed."""
        self._path(blob.file).unlink(missing_ok=True)

    def forget_unused(self, digest: str) -> Path | None:
        """Drops the key of a blob that neither an event nor the outbox names; returns the file to remove, None when it is in use.

        Runs inside the caller's transaction; the file goes after the commit (a crash between leaves it to ``sweep``).
        """
        row = self._db.execute(
            "SELECT file FROM images WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM event_images WHERE digest = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM image_outbox WHERE digest = ?1)",
            [digest],
        ).fetchone()
        if row is None:
            return None
        self._db.execute("DELETE FROM images WHERE digest = ?", [digest])
        return self._path(row[0])

    def erase(self, digest: str, at: str) -> Path | None:
        """Destroys the key of an image and forgets its file; that there was one stays known. Returns the file to remove after the commit,
        None when there is nothing to erase. Runs inside the caller's transaction."""
        row = self._db.execute("SELECT file FROM images WHERE digest = ? AND erased_at = ''", [digest]).fetchone()
        if row is None:
            return None
        self._db.execute(
            "UPDATE images SET key = x'', file = 'erased ' || digest, erased_at = ? WHERE digest = ?", [at, digest]
        )
        return self._path(row[0])

    def digests(self) -> list[str]:
        """Every image that is kept and not erased."""
        return [digest for (digest,) in self._db.execute("SELECT digest FROM images WHERE erased_at = ''")]

    def reader(self, digest: str) -> Callable[[], bytes]:
        """Looks the image up now and reads it when called, so that decrypting needs no lock on the store.

        Raises StoreProblem IMAGE_MISSING for an unknown digest; the reader raises it for a lost file and CORRUPT for an altered one.
        """
        row = self._db.execute("SELECT file, key FROM images WHERE digest = ? AND erased_at = ''", [digest]).fetchone()
        if row is None:
            raise StoreProblem(Trouble.IMAGE_MISSING, digest)
        path, key = self._path(row[0]), row[1]

        def read() -> bytes:
            try:
                sealed = path.read_bytes()
                return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], digest.encode("ascii"))
            except FileNotFoundError as error:
                raise StoreProblem(Trouble.IMAGE_MISSING, digest) from error
            except (InvalidTag, ValueError) as error:
                raise StoreProblem(Trouble.CORRUPT, f"image {digest}") from error

        return read

    def sweep(self) -> int:
        """Removes files no row knows: left by a crash between writing a file and its transaction. Returns how many."""
        known = {file for (file,) in self._db.execute("SELECT file FROM images")}
        strays = [path for path in self._folder.glob("??/*") if path.name not in known]
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def _path(self, file: str) -> Path:
        return self._folder / file[:2] / file
