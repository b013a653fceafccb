"""Is the store whole, and if not: what can be saved. Nothing that the platform has not accepted is ever given up.

``examine`` only looks. ``repair`` makes a new database of everything that can still be read, beside the old one, and puts it in its place only
when no unsent act would be lost; the damaged file stays beside it under another name, for an engineer and for the next try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from offline_cache.ciphers import Ciphers
from offline_cache.connection import Database, open_encrypted, sqlite
from offline_cache.data_key import open_data_key
from offline_cache.events import ChainLink, EventLog
from offline_cache.files import sync_folder
from offline_cache.folder_lock import FolderLock
from offline_cache.images import ImageShelf
from offline_cache.keys import KeySource
from offline_cache.problems import StoreProblem, Trouble, known_problems
from offline_cache.schema import migrations
from offline_cache.values import Values

# In the order of their references. Applications are not saved: the platform sends them again, from the beginning.
_TABLES = ("settings", "desk_keys", "images", "events", "event_outbox", "event_images", "image_outbox", "lost_events")
_CURSOR = "sync.cursor"


@dataclass(frozen=True)
class Examination:
    """What was found. ``pages``: damaged places of the database; ``broken_link``: first act that does not follow from the one before;
    ``missing_images``, ``damaged_images``: digests; ``unlisted``: acts without an outbox entry."""

    events: int = 0
    unsent: int = 0
    pages: int = 0
    broken_link: int | None = None
    missing_images: tuple[str, ...] = ()
    damaged_images: tuple[str, ...] = ()
    unlisted: int = 0
    readable: bool = True

    @property
    def whole(self) -> bool:
        return self.readable and not (
            self.pages or self.broken_link or self.missing_images or self.damaged_images or self.unlisted
        )


@dataclass
class Repair:
    """``done`` False: nothing was changed, ``unsafe`` says how many acts that the platform has not accepted could not be read."""

    done: bool
    saved_events: int = 0
    unsafe: int = 0
    lost: list[tuple[int, int]] = field(
        default_factory=list
    )  # accepted acts that are now only at the platform, as (first, last)
    damaged_file: str = ""


def examine(folder: Path, keys: KeySource, *, chain: ChainLink, ciphers: Ciphers) -> Examination:
    """Looks at every page, act and picture. Raises StoreProblem where it cannot even be opened (IN_USE, KEY_MISSING, WRONG_KEY)."""
    with known_problems(), _opened(folder, keys, ciphers) as (db, values):
        pages = _damaged_pages(db)
        try:
            log = EventLog(db, chain, values)
            images = ImageShelf(db, folder / "images", values)
            missing, damaged = _images(images)
            return Examination(
                events=log.head()[0],
                unsent=_one(db, "SELECT count(*) FROM event_outbox WHERE state <> 'accepted'"),
                pages=pages,
                broken_link=log.first_broken_link(),
                missing_images=missing,
                damaged_images=damaged,
                unlisted=_one(
                    db, "SELECT count(*) FROM events WHERE event_id NOT IN (SELECT event_id FROM event_outbox)"
                ),
            )
        except sqlite.DatabaseError:
            return Examination(pages=max(1, pages), readable=False)


def repair(folder: Path, keys: KeySource, *, ciphers: Ciphers) -> Repair:
    """Saves everything readable into a new database. Raises StoreProblem as ``examine`` does."""
    path, fresh = folder / "desk.db", folder / "desk.db.new"
    for leftover in folder.glob("desk.db.new*"):
        leftover.unlink()
    lock = FolderLock(folder / "lock")
    try:
        with known_problems():
            key = open_data_key(folder / "key.json", keys, ciphers, may_create=False).page
            with Damaged(path, key) as old, closing(open_encrypted(fresh, key)) as new:
                result = _save(old, new)
            if not result.done:
                for leftover in folder.glob("desk.db.new*"):
                    leftover.unlink()
                return result
            result.damaged_file = _exchange(folder)
            return result
    finally:
        lock.release()


class _opened:
    """The database as it lies there, without migrating it."""

    def __init__(self, folder: Path, keys: KeySource, ciphers: Ciphers) -> None:
        self._lock = FolderLock(folder / "lock")
        try:
            held = open_data_key(folder / "key.json", keys, ciphers, may_create=False)
            self._values = Values(held, ciphers)
            self._db = open_encrypted(folder / "desk.db", held.page)
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> tuple[Database, Values]:
        return self._db, self._values

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._lock.release()


def _damaged_pages(db: Database) -> int:
    """Pages whose authentication fails, then what SQLite finds in the structure."""
    found = 0
    for check in ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check"):
        try:
            found = max(found, sum(1 for (said,) in db.execute(check) if said != "ok"))
        except sqlite.DatabaseError:
            found = max(found, 1)
    return found


def _images(images: ImageShelf) -> tuple[tuple[str, ...], tuple[str, ...]]:
    missing: list[str] = []
    damaged: list[str] = []
    for digest in images.digests():
        try:
            images.reader(digest)()
        except StoreProblem as problem:
            (missing if problem.code is Trouble.IMAGE_MISSING else damaged).append(digest)
    return tuple(missing), tuple(damaged)


class Damaged:
    """Reads around damaged pages. SQLCipher answers nothing more on a connection that has met one: after each failure there is a new one."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._db: Database | None = None

    def __enter__(self) -> Damaged:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def _drop(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, as far as they can be read. Raises sqlite.DatabaseError where it meets a damaged page."""
        if self._db is None:
            self._db = open_encrypted(self._path, self._key)
        try:
            yield from self._db.conn.execute(sql)
        except sqlite.DatabaseError:
            self._drop()
            raise

    def all(self, sql: str) -> list[Sequence[Any]] | None:
        """All rows, None when they cannot be read."""
        try:
            return list(self.rows(sql))
        except sqlite.DatabaseError:
            return None

    def table(self, name: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Every row that can be read, some of them twice: from both ends, then one by one where neither gets through."""
        names = ", ".join(columns)
        if not self.all(f"SELECT 1 FROM pragma_table_list('{name}') WHERE wr = 0"):
            for order in ("ASC", "DESC"):
                try:
                    yield from self.rows(f"SELECT {names} FROM {name} ORDER BY 1 {order}")
                    return
                except sqlite.DatabaseError:
                    continue
            return
        seen: set[int] = set()
        for order in ("ASC", "DESC"):
            try:
                for row in self.rows(f"SELECT rowid, {names} FROM {name} NOT INDEXED ORDER BY rowid {order}"):
                    seen.add(row[0])
                    yield row[1:]
                return
            except sqlite.DatabaseError:
                continue
        top = self.all(f"SELECT max(rowid) FROM {name} NOT INDEXED")
        for rowid in range(1, (int(top[0][0] or 0) if top else max(seen, default=0)) + 1):
            if rowid not in seen:
                yield from self.all(f"SELECT {names} FROM {name} NOT INDEXED WHERE rowid = {rowid}") or []


def _save(old: Damaged, new: Database) -> Repair:
    migrations.apply(new)
    # no reference is checked while tables are filled: what one refers to may be what was lost
    new.execute("PRAGMA foreign_keys=OFF")
    with new.atomic():
        for table in _TABLES:
            columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
            held = {row[1] for row in old.all(f"PRAGMA table_info({table})") or []}
            shared = [column for column in columns if column in held]
            if not shared:
                continue
            marks = ", ".join("?" for _ in shared)
            sql = f"INSERT OR IGNORE INTO {table} ({', '.join(shared)}) VALUES ({marks})"
            for row in old.table(table, shared):
                new.execute(sql, list(row))
        new.execute("DELETE FROM settings WHERE key = ?", [_CURSOR])
        result = _account(old, new)
    new.execute("PRAGMA foreign_keys=ON")
    return result


def _account(old: Damaged, new: Database) -> Repair:
    """What is not there any more, and whether it may be given up: an act counts as unsent unless its acceptance is on record."""
    held = [seq for (seq,) in new.execute("SELECT seq FROM events ORDER BY seq")]
    accepted = {seq for (seq,) in new.execute("SELECT seq FROM event_outbox WHERE state = 'accepted'")}
    listed = {seq for (seq,) in new.execute("SELECT seq FROM event_outbox")}
    last = _last_number(old)
    newest = max([*held, *listed, last or 0])
    gone = sorted(set(range(1, newest + 1)) - set(held))
    unsafe = [seq for seq in gone if seq not in accepted]
    identified = new.execute("SELECT 1 FROM settings WHERE key = 'desk.id'").fetchone() is not None
    if unsafe or last is None or not identified:
        return Repair(False, len(held), len(unsafe))
    # what is here and has lost its outbox entry is sent again: the platform knows a duplicate when it sees one
    new.execute(
        "INSERT INTO event_outbox SELECT event_id, seq, 'waiting', '', ? FROM events"
        " WHERE event_id NOT IN (SELECT event_id FROM event_outbox)",
        [_now()],
    )
    new.execute("DELETE FROM event_outbox WHERE seq NOT IN (SELECT seq FROM events)")
    # pictures: what has lost its place in the outbox is sent again, what has lost its key is called lost where a person sees it
    new.execute(
        "INSERT OR IGNORE INTO images (digest, file, key, size, kept_at, erased_at) SELECT digest, 'lost ' || digest, x'', 0, ?1, ?1"
        " FROM (SELECT digest FROM event_images UNION SELECT digest FROM image_outbox WHERE state <> 'accepted')",
        [_now()],
    )
    new.execute(
        "INSERT OR IGNORE INTO image_outbox (digest, state, reason, changed_at)"
        " SELECT DISTINCT digest, 'waiting', '', ? FROM event_images",
        [_now()],
    )
    new.execute(
        "UPDATE image_outbox SET state = 'refused', reason = 'image_missing' WHERE state <> 'accepted'"
        " AND digest IN (SELECT digest FROM images WHERE file LIKE 'lost %')"
    )
    new.execute("DELETE FROM image_outbox WHERE digest NOT IN (SELECT digest FROM images)")
    new.execute("DELETE FROM event_images WHERE seq NOT IN (SELECT seq FROM events)")
    ranges = list(_ranges(gone))
    for first, last in ranges:
        new.execute("INSERT OR REPLACE INTO lost_events VALUES (?, ?, ?)", [first, last, _now()])
    return Repair(True, len(held), 0, ranges)


def _last_number(old: Damaged) -> int | None:
    """The number of the newest act, None when no place that would tell it can be read."""
    for sql in ("SELECT max(seq) FROM events NOT INDEXED", "SELECT max(seq) FROM event_outbox NOT INDEXED"):
        if found := old.all(sql):
            return int(found[0][0] or 0)
    return None


def _exchange(folder: Path) -> str:
    """The damaged database, with its log, under another name; the new one in its place."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    for suffix in ("-wal", "-shm", ""):
        path = folder / f"desk.db{suffix}"
        if path.exists():
            path.rename(folder / f"damaged-{stamp}.db{suffix}")
    (folder / "desk.db.new").replace(folder / "desk.db")
    for leftover in folder.glob("desk.db.new-*"):
        leftover.unlink()
    sync_folder(folder)
    return f"damaged-{stamp}.db"


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = previous = None
    for number in numbers:
        if previous is None or number != previous + 1:
            if first is not None and previous is not None:
                yield first, previous
            first = number
        previous = number
    if first is not None and previous is not None:
        yield first, previous


def _one(db: Database, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
