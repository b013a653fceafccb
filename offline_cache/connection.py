"""An encrypted SQLite connection under sqlite-utils.

sqlite-utils takes ``pysqlite3`` when there is one, and the error classes of whatever it took. SQLCipher must therefore stand in
for it *before* sqlite-utils is imported, or its errors would be strangers to sqlite-utils. Import ``sqlite``, ``Database`` and
``Migrations`` from here only.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import sqlcipher3.dbapi2

sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

from sqlite_utils import Database, Migrations  # noqa: E402
from sqlite_utils.db import Table  # noqa: E402

# same interface as the standard library's sqlite3; the extension has no type stubs
sqlite = cast(Any, cast(ModuleType, sqlcipher3.dbapi2))

__all__ = ["Database", "Migrations", "Table", "open_encrypted", "sqlite"]


def open_encrypted(path: Path, key: bytes) -> Database:
    """A database whose every page is encrypted with ``key`` (32 random bytes; no derivation, so opening takes milliseconds).

    A commit is on the disk when it returns (WAL with synchronous=FULL); freed pages are overwritten. Every statement stands alone
    unless inside ``db.atomic()``. Raises sqlite.DatabaseError when the file is not a database under this key.
    """
    conn = sqlite.connect(str(path), check_same_thread=False, isolation_level=None, timeout=5.0)
    try:
        conn.execute("PRAGMA cipher_log_level=NONE")
        conn.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute("PRAGMA secure_delete=ON")
        conn.execute("PRAGMA foreign_keys=ON")
        return Database(conn)
    except BaseException:
        conn.close()
        raise
