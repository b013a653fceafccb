"""Images as encrypted files, addressed by the digest of their content: SHA-256, or that of the store's cipher (offline_cache.ciphers).

Each file is nonce (12 bytes) ‖ sealed content with the address as associated data, under a key of its own that exists only
in the encrypted database: forgetting that row erases the image for good, whatever the disk keeps. The row names the cipher. File names are
random, so that the folder does not tell which images it holds. Why files and not rows: docs/decisions/0010-images-beside-the-database.md.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from offline_cache.connection import Database
from offline_cache.files import write_aside
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.values import Values

_NONCE_BYTES = 12


@dataclass(frozen=True)
class WrittenBlob:
    """An encrypted file that is on the disk but not yet in the database."""

    digest: str
    file: str
    key: bytes
    size: int
    cipher: str


class ImageShelf:
    def __init__(self, db: Database, folder: Path, values: Values) -> None:
        self._db = db
        self._folder = folder
        self._values = values
        folder.mkdir(exist_ok=True, mode=0o700)

    def has(self, digest: str) -> bool:
        return (
            self._db.execute("SELECT 1 FROM images WHERE digest = ? AND erased_at = ''", [digest]).fetchone()
            is not None
        )

    def write(self, data: bytes, digest: str) -> WrittenBlob:
        """Encrypts to a new file and makes it durable. Until ``register`` commits, the file belongs to nothing and ``sweep`` may remove it."""
        cipher = self._values.cipher
        key, nonce = secrets.token_bytes(cipher.key_bytes), secrets.token_bytes(_NONCE_BYTES)
        name = secrets.token_hex(16)
        path = self._folder / name[:2] / name
        path.parent.mkdir(exist_ok=True, mode=0o700)
        write_aside(path, nonce + cipher.seal(key, nonce, data, digest.encode("ascii")))
        return WrittenBlob(digest, name, key, len(data), cipher.name)

    def register(self, blob: WrittenBlob) -> None:
        """Runs inside the caller's transaction."""
        kept_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._db.execute(
            # a picture that was erased by age may come again: it gets a key of its own again
            "INSERT INTO images (digest, file, key, size, kept_at, cipher) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE"
            " SET file = excluded.file, key = excluded.key, size = excluded.size, kept_at = excluded.kept_at, cipher = excluded.cipher,"
            " erased_at = ''",
            [blob.digest, blob.file, self._key(blob), blob.size, kept_at, blob.cipher],
        )

    def exchange(self, blob: WrittenBlob) -> Path | None:
        """Puts another file, under another key, in the place of an image's; returns the old one to remove after the commit, None when the image
        has been erased meanwhile. Runs inside the caller's transaction."""
        row = self._db.execute("SELECT file FROM images WHERE digest = ? AND erased_at = ''", [blob.digest]).fetchone()
        if row is None:
            return None
        self._db.execute(
            "UPDATE images SET file = ?, key = ?, cipher = ? WHERE digest = ?",
            [blob.file, self._key(blob), blob.cipher, blob.digest],
        )
        return self._path(row[0])

    def _key(self, blob: WrittenBlob) -> bytes:
        return self._values.seal_key(blob.key, "images", blob.digest)

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
        sql = "SELECT file, key, cipher FROM images WHERE digest = ? AND erased_at = ''"
        row = self._db.execute(sql, [digest]).fetchone()
        if row is None:
            raise StoreProblem(Trouble.IMAGE_MISSING, digest)
        path, cipher = self._path(row[0]), self._values.by_name(row[2])
        key = self._values.open_key(row[1], cipher, "images", digest)

        def read() -> bytes:
            try:
                sealed = path.read_bytes()
                return cipher.open(key, sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], digest.encode("ascii"))
            except FileNotFoundError as error:
                raise StoreProblem(Trouble.IMAGE_MISSING, digest) from error
            except ValueError as error:
                raise StoreProblem(Trouble.CORRUPT, f"image {digest}") from error

        return read

    def next_not_by(self, cipher: str, after: str) -> str | None:
        """The first image after ``after``, by address, that another cipher encrypts; None when there is none."""
        sql = "SELECT digest FROM images WHERE erased_at = '' AND cipher <> ? AND digest > ? ORDER BY digest LIMIT 1"
        row = self._db.execute(sql, [cipher, after]).fetchone()
        return row[0] if row else None

    def sweep(self) -> int:
        """Removes files no row knows: left by a crash between writing a file and its transaction. Returns how many."""
        known = {file for (file,) in self._db.execute("SELECT file FROM images")}
        strays = [path for path in self._folder.glob("??/*") if path.name not in known]
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def _path(self, file: str) -> Path:
        return self._folder / file[:2] / file
