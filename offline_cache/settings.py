"""Small facts: the desk's identity, the pull's cursor, and the public keys of the district's desks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from offline_cache.connection import Database
from offline_cache.values import Values


class SettingsTable:
    def __init__(self, db: Database, values: Values) -> None:
        self._db = db
        self._values = values

    def get(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
        return self._values.open(row[0], "settings", key) if row else None

    def put(self, values: Mapping[str, str]) -> None:
        for key, value in values.items():
            sealed = self._values.seal(value, "settings", key)
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [key, sealed])

    def put_desk_keys(self, keys: Mapping[str, Mapping[str, Any]]) -> None:
        for desk_id, body in keys.items():
            self._db.execute("INSERT OR REPLACE INTO desk_keys VALUES (?, ?)", [desk_id, json.dumps(body)])

    def desk_key(self, desk_id: str) -> dict[str, Any] | None:
        row = self._db.execute("SELECT body FROM desk_keys WHERE desk_id = ?", [desk_id]).fetchone()
        return json.loads(row[0]) if row else None

    def desk_keys(self) -> dict[str, dict[str, Any]]:
        return {desk_id: json.loads(body) for desk_id, body in self._db.execute("SELECT * FROM desk_keys")}
