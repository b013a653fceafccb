"""A store that has chosen another cipher brings over what it holds: values in the database and pictures beside it, a few at a time.

Every step is whole: a value is sealed in place; a picture gets another file under another key before the old one goes. Killed anywhere, it goes on
where it was, and the store is readable at every moment. What a flash disk keeps of old blocks is under the old keys, which are gone from the
database (SQLite ``secure_delete``, the write-ahead log emptied at the end).
"""

from __future__ import annotations

from pathlib import Path

from offline_cache.problems import StoreProblem, Trouble
from offline_cache.store import Store, StoreParts

# settings: the cipher by which everything is sealed; the last picture that was looked at
_DONE, _PICTURE = "reseal.done", "reseal.picture"
# (table, key, column); settings last: among them is the note that all is done
_SEALED = (
    ("applications", "application_no", "record"),
    ("case_results", "application_no", "body"),
    ("events", "event_id", "payload"),
    ("settings", "key", "value"),
)


def reseal(store: Store, limit: int = 100) -> int:
    """Brings over at most ``limit`` values, or one picture; returns how many it was, 0 when all is done. Raises StoreProblem.

    A picture that is lost or damaged stays as it is: that is told where it is looked for (offline_cache.examine).
    """
    with store.upkeep() as parts:
        if not parts.values.sealing or parts.settings.get(_DONE) == store.cipher:
            return 0
        for table, key, column in _SEALED:
            if done := _values(parts, table, key, column, limit):
                return done
        digest = parts.images.next_not_by(store.cipher, parts.settings.get(_PICTURE) or "")
        if digest is None:
            parts.settings.put({_DONE: store.cipher})
            parts.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return 0
        old = _picture(parts, digest)
    if old is not None:
        old.unlink(missing_ok=True)
    return 1


def _values(parts: StoreParts, table: str, key: str, column: str, limit: int) -> int:
    rows = parts.db.execute(f"SELECT {key}, {column} FROM {table} WHERE typeof({column}) = 'text' LIMIT ?", [limit])
    plain: list[tuple[str, str]] = rows.fetchall()
    with parts.db.atomic():
        for name, value in plain:
            sealed = parts.values.seal(value, table, name)
            parts.db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [sealed, name])
    return len(plain)


def _picture(parts: StoreParts, digest: str) -> Path | None:
    """The file that is not needed any more."""
    try:
        blob = parts.images.write(parts.images.reader(digest)(), digest)
    except StoreProblem as problem:
        if problem.code not in (Trouble.IMAGE_MISSING, Trouble.CORRUPT):
            raise
        blob = None
    try:
        with parts.db.atomic():
            parts.settings.put({_PICTURE: digest})
            return parts.images.exchange(blob) if blob is not None else None
    except BaseException:
        if blob is not None:
            parts.images.discard(blob)
        raise
