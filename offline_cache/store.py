"""The desk's memory: one encrypted folder, one connection, one lock. Everything the desk must not lose goes through ``Store``.

    folder/desk.db      SQLCipher: applications, event log, outbox, settings
    folder/images/      encrypted images (offline_cache.images)
    folder/key.json     its keys, wrapped, and by which cipher it seals (offline_cache.data_key)
    folder/lock         held while open

All methods may be called from any thread. A method that writes has the data on the disk when it returns, or raises StoreProblem
and has changed nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from offline_cache.applications import ApplicationRow, Applications, FoundApplication
from offline_cache.ciphers import Ciphers, StoreCipher
from offline_cache.connection import Database, open_encrypted
from offline_cache.data_key import StoreKeys, change_cipher, open_data_key
from offline_cache.events import ChainLink, EventLog, StoredEvent
from offline_cache.folder_lock import FolderLock
from offline_cache.images import ImageShelf, WrittenBlob
from offline_cache.keys import KeySource
from offline_cache.outbox import Delivery, Outbox, OutboxCounts, Undelivered
from offline_cache.problems import StoreProblem, Trouble, known_problems
from offline_cache.schema import MIGRATION_NAMES, migrations
from offline_cache.settings import SettingsTable
from offline_cache.values import Values

_DESK_ID = "desk.id"
_CURSOR = "sync.cursor"
_KeepKeys: TypeAlias = Callable[[StoreCipher], StoreKeys]


@dataclass(frozen=True)
class StoreParts:
    """For what looks after the store itself (offline_cache.retention, offline_cache.reseal)."""

    db: Database
    images: ImageShelf
    settings: SettingsTable
    values: Values


class Store:
    """See the module. Open with ``Store.open``; usable as a context manager."""

    def __init__(
        self, folder: Path, db: Database, chain: ChainLink, lock: FolderLock, values: Values, keep: _KeepKeys
    ) -> None:
        self._folder_lock = lock
        self._lock = threading.RLock()
        self._db = db
        self._values = values
        self._keep_keys = keep
        self._settings = SettingsTable(db, values)
        self._applications = Applications(db, values)
        self._events = EventLog(db, chain, values)
        self._outbox = Outbox(db)
        self._images = ImageShelf(db, folder / "images", values)
        self._images.sweep()

    @classmethod
    def open(cls, folder: Path, keys: KeySource, *, chain: ChainLink, ciphers: Ciphers) -> Store:
        """Opens the store in ``folder``, making it when there is none. ``chain`` is the hash chain's link function (kiosk.wire.chain.link);
        ``ciphers`` all that are known (kiosk.wire.suite.SUITES), the first for a new store.

        Raises StoreProblem: IN_USE, KEY_MISSING, WRONG_KEY, CORRUPT, READ_ONLY, DISK_FULL, NEWER_VERSION.
        """
        with known_problems(), ExitStack() as undo:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FolderLock(folder / "lock")
            undo.callback(lock.release)
            path = folder / "desk.db"
            record = folder / "key.json"
            held = open_data_key(record, keys, ciphers, may_create=not path.exists())
            db = open_encrypted(path, held.page)
            undo.callback(db.close)
            _migrate(db)
            store = cls(
                folder, db, chain, lock, Values(held, ciphers), lambda cipher: change_cipher(record, keys, held, cipher)
            )
            undo.pop_all()
            return store

    def close(self) -> None:
        """Releases the folder. Safe to call twice."""
        with self._lock:
            self._db.close()
            self._folder_lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, known_problems():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, known_problems(), self._db.atomic():
            yield

    # settings and identity

    def setting(self, key: str) -> str | None:
        with self._reading():
            return self._settings.get(key)

    def put_settings(self, values: Mapping[str, str]) -> None:
        with self._writing():
            self._settings.put(values)

    @property
    def desk_id(self) -> str | None:
        """Who this desk is; None before enrolment."""
        return self.setting(_DESK_ID)

    def become_desk(self, desk_id: str, settings: Mapping[str, str] | None = None) -> None:
        """Gives the store its identity, with further settings, in one step. Raises ValueError when events of another desk lie here."""
        with self._writing():
            held = self._settings.get(_DESK_ID)
            if held not in (None, desk_id) and self._events.head()[0] > 0:
                raise ValueError("this store holds another desk's events")
            self._settings.put({_DESK_ID: desk_id, **(settings or {})})

    @property
    def chain(self) -> ChainLink:
        """By what this desk's acts are chained."""
        return self._events.chain

    def use_chain(self, chain: ChainLink) -> None:
        """From now on acts are chained, and the chain is followed, by this link: a desk's key says which (kiosk.sync.enrolment)."""
        with self._lock:
            self._events.chain = chain

    def use_cipher(self, cipher: StoreCipher) -> None:
        """From now on everything the store seals is sealed by ``cipher``; offline_cache.reseal does the same for what is there. Nothing happens
        where it is in use, or where the store seals its values by another already: that choice is made once."""
        with self._lock, known_problems():
            if cipher.name != self._values.cipher.name and not self._values.sealing:
                self._values.use(self._keep_keys(cipher))

    @property
    def cipher(self) -> str:
        """The name of the cipher in use."""
        return self._values.cipher.name

    @property
    def cursor(self) -> str:
        """Where the next pull goes on; empty before the first."""
        return self.setting(_CURSOR) or ""

    # what comes from the platform

    def put_changes(
        self,
        cursor: str,
        *,
        applications: Iterable[ApplicationRow] = (),
        desk_keys: Mapping[str, Mapping[str, Any]] | None = None,
        results: Mapping[str, Mapping[str, Any]] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """One page of a pull with its cursor, in one transaction: after a crash the pull goes on where the data end."""
        with self._writing():
            self._applications.put(applications)
            self._settings.put_desk_keys(desk_keys or {})
            self._applications.put_results(results or {})
            self._settings.put({_CURSOR: cursor, **(settings or {})})

    def put_applications(self, rows: Iterable[ApplicationRow], cursor: str) -> None:
        self.put_changes(cursor, applications=rows)

    def get_application(self, application_no: str) -> dict[str, Any] | None:
        """The record as the platform sent it, None when this school has no such application."""
        with self._reading():
            return self._applications.get(application_no)

    def find_applications(self, query: str, limit: int = 10) -> list[FoundApplication]:
        """Best hits first: a whole term, a beginning, a part of four or more characters (offline_cache.applications)."""
        with self._reading():
            return self._applications.find(query, limit)

    def case_result(self, application_no: str) -> dict[str, Any] | None:
        """What the platform last said of an application's decisions, None before it said anything."""
        with self._reading():
            return self._applications.result(application_no)

    def disputed_results(self) -> list[dict[str, Any]]:
        """What the platform said of the applications on which desks differ, or differed until a supervisor settled it; by number."""
        with self._reading():
            return self._applications.disputed()

    def count_applications(self) -> int:
        with self._reading():
            return self._applications.count()

    def desk_key(self, desk_id: str) -> dict[str, Any] | None:
        """What the platform says of a desk's public key, None when it named no such desk."""
        with self._reading():
            return self._settings.desk_key(desk_id)

    def desk_keys(self) -> dict[str, dict[str, Any]]:
        """Every desk the platform named, by desk id."""
        with self._reading():
            return self._settings.desk_keys()

    # acts at the desk

    def append(
        self,
        case_id: str,
        kind: str,
        actor: str,
        payload: Mapping[str, Any],
        *,
        images: Sequence[bytes] = (),
        at: datetime | None = None,
        settings: Callable[[StoredEvent], Mapping[str, str]] | None = None,
    ) -> StoredEvent:
        """Writes one act; on the disk when this returns, with its outbox entry, its images and its settings, or not at all.

        ``images`` are encoded pictures; the payload names them by ``address_of``. ``at`` defaults to now and needs an offset.
        ``settings``: what this machine keeps with the act, made when the act is known.
        Raises StoreProblem (NOT_ENROLLED before ``become_desk``) and ValueError for a payload that is not JSON.
        """
        when = at or datetime.now().astimezone()
        if when.tzinfo is None:
            raise ValueError("a time without an offset")
        with self._lock, known_problems(), self._new_blobs(images) as blobs, self._db.atomic():
            desk_id = self._settings.get(_DESK_ID)
            if desk_id is None:
                raise StoreProblem(Trouble.NOT_ENROLLED)
            event = self._events.append(desk_id, case_id, kind, actor, payload, when)
            self._outbox.add_event(event.event_id, event.seq)
            self._register(blobs)
            for digest in dict.fromkeys(self.address_of(image) for image in images):
                self._images.link(event.seq, digest)
                self._outbox.add_image(digest)
            if settings is not None:
                self._settings.put(settings(event))
            return event

    def address_of(self, data: bytes) -> str:
        """By what a picture that is kept from now on is named: the digest of its bytes by the store's cipher, in lower-case hex."""
        return self._values.cipher.digest(data)

    def put_image(self, data: bytes) -> str:
        """Keeps an image by itself and queues it for the platform; returns its digest. The same bytes twice are kept once."""
        with self._lock, known_problems(), self._new_blobs([data]) as blobs, self._db.atomic():
            self._register(blobs)
            digest = self.address_of(data)
            self._outbox.add_image(digest)
            return digest

    def keep_local(self, data: bytes) -> str:
        """Keeps bytes on this machine only (a camera frame until it is read, pieces for the screen); returns their digest."""
        with self._lock, known_problems(), self._new_blobs([data]) as blobs, self._db.atomic():
            self._register(blobs)
            return self.address_of(data)

    def forget_local(self, digest: str) -> None:
        """Erases a local blob: its key is gone when this returns. What is queued for the platform or shown by an event stays."""
        with self._lock, known_problems():
            with self._db.atomic():
                file = self._images.forget_unused(digest)
            if file is not None:
                file.unlink(missing_ok=True)

    def image(self, digest: str) -> bytes:
        """The image's bytes. Raises StoreProblem IMAGE_MISSING or CORRUPT."""
        with self._reading():
            read = self._images.reader(digest)
        with known_problems():
            try:
                return read()
            except StoreProblem:
                with self._lock:  # another file may have taken its place between the two (offline_cache.reseal)
                    return self._images.reader(digest)()

    @contextmanager
    def _new_blobs(self, images: Sequence[bytes]) -> Iterator[list[WrittenBlob]]:
        """Files first, rows after: a crash between leaves a stray file for the next sweep, never a row without its file."""
        unknown = {self.address_of(image): image for image in images}
        blobs: list[WrittenBlob] = []
        try:
            for digest, image in unknown.items():
                if not self._images.has(digest):
                    blobs.append(self._images.write(image, digest))
            yield blobs
        except BaseException:
            for blob in blobs:
                self._images.discard(blob)
            raise

    def _register(self, blobs: Iterable[WrittenBlob]) -> None:
        for blob in blobs:
            self._images.register(blob)

    def events(self, case_id: str) -> list[StoredEvent]:
        """The acts of one case, oldest first."""
        with self._reading():
            return self._events.of_case(case_id)

    def event(self, event_id: str) -> StoredEvent | None:
        """One act by its id, None when there is none."""
        with self._reading():
            return self._events.one(event_id)

    def events_of_kind(self, kind: str) -> list[StoredEvent]:
        """All acts of one kind, oldest first."""
        with self._reading():
            return self._events.of_kind(kind)

    def events_after(self, seq: int, limit: int = 500) -> list[StoredEvent]:
        with self._reading():
            return self._events.after(seq, limit)

    def last_event_per_case(self) -> list[StoredEvent]:
        """The newest act of every case, oldest first: enough to see which cases were left open."""
        with self._reading():
            return self._events.last_of_each_case()

    def head(self) -> tuple[int, str]:
        """(seq, hash) of the newest event; the hash stands on receipts and on the day's tally."""
        with self._reading():
            return self._events.head()

    def first_broken_link(self) -> int | None:
        """Number of the first event that was altered or lost, None when the log is whole."""
        with self._reading():
            return self._events.first_broken_link()

    @contextmanager
    def upkeep(self) -> Iterator[StoreParts]:
        """The parts, under the store's lock."""
        with self._lock, known_problems():
            yield StoreParts(self._db, self._images, self._settings, self._values)

    # what the platform must still hear

    def waiting_events(self, limit: int = 200) -> list[StoredEvent]:
        with self._reading():
            return self._events.waiting(limit)

    def waiting_images(self, limit: int = 50) -> list[str]:
        with self._reading():
            return self._outbox.waiting_images(limit)

    def mark_event(self, event_id: str, state: Delivery, reason: str = "") -> None:
        self.mark_events([(event_id, state, reason)])

    def mark_events(self, marks: Iterable[tuple[str, Delivery, str]], at: datetime | None = None) -> None:
        """A whole answer of the platform in one transaction. ``at``: the platform's time, by which ages are counted (retention)."""
        with self._writing():
            for event_id, state, reason in marks:
                self._outbox.mark_event(event_id, state, reason, _utc(at))

    def mark_image(self, digest: str, state: Delivery, reason: str = "", at: datetime | None = None) -> None:
        with self._writing():
            self._outbox.mark_image(digest, state, reason, _utc(at))

    def delivery(self, event_id: str) -> Delivery | None:
        """How the sending of one event stands; None when there is no such event."""
        with self._reading():
            return self._outbox.delivery(event_id)

    def outbox_counts(self) -> OutboxCounts:
        with self._reading():
            return self._outbox.counts()

    def refused(self) -> list[Undelivered]:
        """Everything the platform would not take, with its reason."""
        with self._reading():
            return self._outbox.refused()


def _utc(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if at is not None else ""


def _migrate(db: Database) -> None:
    applied = {step.name for step in migrations.applied(db)}
    unknown = applied - set(MIGRATION_NAMES)
    if unknown:
        raise StoreProblem(Trouble.NEWER_VERSION, ", ".join(sorted(unknown)))
    migrations.apply(db)
