"""Nothing is kept longer than it is needed: pictures go when the platform has them and their time is over.

Age is counted from the platform's acceptance, by the platform's clock: a machine whose clock is wrong erases nothing early. What the platform
has not accepted is never erased, however old. Acts are dealt with in the order of the log, so a picture that may stay longer keeps those of later acts with it.

Erasing destroys the picture's own key in the database (the row's bytes are overwritten, SQLite ``secure_delete``, and the write-ahead log is
emptied) and removes the file. What a flash disk keeps of old blocks is then a ciphertext without its key. What remains possible: whoever has
the machine's secret *and* reads worn-out blocks with laboratory means may find an old copy of the database page that held the key; whole-disk
encryption is the answer to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from offline_cache.connection import Database
from offline_cache.events import payload_of
from offline_cache.store import Store, StoreParts

_DONE = "retention.seq"  # every event up to this one has been dealt with
_BATCH = 200

Pictures = Callable[[Mapping[str, Any]], Iterable[str]]  # payload → digests of the blobs it names
KeepDays = Callable[[str], int]  # case → how long its pictures may stay after the platform has them


@dataclass(frozen=True)
class Erased:
    images: int
    up_to_seq: int


def retire(store: Store, now: datetime, *, pictures: Pictures, keep_days: KeepDays) -> Erased:
    """Erases what is due at ``now`` (the platform's time). Safe to call often and to be killed in: it goes on where it was."""
    files: list[Path] = []
    with store.upkeep() as parts:
        db, images = parts.db, parts.images
        done = int(parts.settings.get(_DONE) or 0)
        with db.atomic():
            for seq, case_id, payload, accepted_at in _accepted(parts, done):
                if datetime.fromisoformat(accepted_at) + timedelta(days=keep_days(case_id)) > now:
                    break
                named = [digest for digest in pictures(payload) if digest]
                if any(_on_its_way(db, digest) for digest in named):
                    break
                gone = [digest for digest in named if not _shown_later(db, digest, seq)]
                files += [file for digest in gone if (file := images.erase(digest, _text(now))) is not None]
                done = seq
            parts.settings.put({_DONE: str(done)})
        if files:
            # the log still holds the pages as they were before
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in files:
        file.unlink(missing_ok=True)
    return Erased(len(files), done)


def _accepted(parts: StoreParts, after: int) -> list[tuple[int, str, dict[str, Any], str]]:
    """(seq, case, payload, accepted at) of the next events in order, up to the first that the platform has not accepted."""
    rows = parts.db.execute(
        "SELECT e.seq, e.event_id, e.case_id, e.payload, o.state, o.changed_at FROM events e JOIN event_outbox o ON o.event_id = e.event_id"
        " WHERE e.seq > ? ORDER BY e.seq LIMIT ?",
        [after, _BATCH],
    ).fetchall()
    found: list[tuple[int, str, dict[str, Any], str]] = []
    for seq, event_id, case_id, held, state, changed_at in rows:
        if state != "accepted":
            break
        found.append((seq, case_id, payload_of(parts.values, event_id, held), changed_at))
    return found


def _on_its_way(db: Database, digest: str) -> bool:
    """The platform has not taken this picture (yet)."""
    sql = "SELECT 1 FROM image_outbox WHERE digest = ? AND state <> 'accepted'"
    return db.execute(sql, [digest]).fetchone() is not None


def _shown_later(db: Database, digest: str, seq: int) -> bool:
    """A later event shows the same picture: it goes with that one."""
    sql = "SELECT 1 FROM event_images WHERE digest = ? AND seq > ?"
    return db.execute(sql, [digest, seq]).fetchone() is not None


def _text(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="milliseconds")
