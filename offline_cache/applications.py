"""The school's applications as pulled from the platform, and finding one while the family is already sitting down.

Three ways to hit, best first: a whole term, the beginning of a term (both by B-tree), a part of four or more characters inside a
term (FTS5 trigrams). What the terms are (numbers, names, pinyin initials) is the caller's knowledge; here they are only strings.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from offline_cache.connection import Database
from offline_cache.values import Values

MIN_PART = 4  # shorter parts of a number would fit half the school
_COMPLETE = 12  # characters from which a query that is somebody's whole term is looked for no further
_AFTER_EVERY_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class ApplicationRow:
    """One application to keep: the record as the platform sent it (JSON-able) and the terms by which it is found."""

    application_no: str
    revision: int
    record: Mapping[str, Any]
    terms: tuple[str, ...]


class Hit(IntEnum):
    """How well a query fitted; smaller is better."""

    WHOLE = 0
    BEGINNING = 1
    PART = 2


@dataclass(frozen=True)
class FoundApplication:
    application_no: str
    record: dict[str, Any]
    hit: Hit


def folded(term: str) -> str:
    """A term or query as compared: compatibility forms and case folded away, no white space or control characters (typed,
    scanned and printed forms meet)."""
    before = None
    while term != before:  # folding one thing may bring out another (´ becomes a space and an accent)
        before = term
        composed = unicodedata.normalize("NFKC", term).casefold()
        term = "".join(c for c in composed if not c.isspace() and unicodedata.category(c) != "Cc")
    return term


class Applications:
    def __init__(self, db: Database, values: Values) -> None:
        self._db = db
        self._values = values

    def put(self, rows: Iterable[ApplicationRow]) -> None:
        """Inserts or replaces; an older revision never displaces a newer one. Runs inside the caller's transaction."""
        for row in rows:
            self._put_one(row)

    def _put_one(self, row: ApplicationRow) -> None:
        held = self._db.execute(
            "SELECT id, revision, terms FROM applications WHERE application_no = ?", [row.application_no]
        ).fetchone()
        terms = sorted({folded(term) for term in row.terms} - {""})
        record = self._values.seal(json.dumps(row.record, ensure_ascii=False), "applications", row.application_no)
        terms_text = json.dumps(terms, ensure_ascii=False)
        if held is None:
            key = self._db.execute(
                "INSERT INTO applications (application_no, revision, record, terms) VALUES (?, ?, ?, ?)",
                [row.application_no, row.revision, record, terms_text],
            ).lastrowid
        else:
            key, revision, old_terms = held
            if revision > row.revision:
                return
            self._db.execute(
                "UPDATE applications SET revision = ?, record = ?, terms = ? WHERE id = ?",
                [row.revision, record, terms_text, key],
            )
            if old_terms == terms_text:
                return
            self._db.conn.executemany(
                "DELETE FROM application_terms WHERE term = ? AND application_id = ?",
                [(term, key) for term in json.loads(old_terms)],
            )
            self._db.execute("DELETE FROM application_parts WHERE rowid = ?", [key])
        self._db.conn.executemany("INSERT INTO application_terms VALUES (?, ?)", [(term, key) for term in terms])
        long_terms = " ".join(term for term in terms if len(term) > MIN_PART)
        self._db.execute("INSERT INTO application_parts (rowid, terms) VALUES (?, ?)", [key, long_terms])

    def get(self, application_no: str) -> dict[str, Any] | None:
        row = self._db.execute("SELECT record FROM applications WHERE application_no = ?", [application_no]).fetchone()
        return json.loads(self._values.open(row[0], "applications", application_no)) if row else None

    def put_results(self, results: Mapping[str, Mapping[str, Any]]) -> None:
        """What the platform says of applications: the decision that stands, those that conflict. Runs inside the caller's transaction."""
        for application_no, body in results.items():
            self._db.execute(
                "INSERT OR REPLACE INTO case_results (application_no, body, disputed) VALUES (?, ?, ?)",
                [
                    application_no,
                    self._values.seal(json.dumps(body, ensure_ascii=False), "case_results", application_no),
                    _disputed(body),
                ],
            )

    def result(self, application_no: str) -> dict[str, Any] | None:
        row = self._db.execute("SELECT body FROM case_results WHERE application_no = ?", [application_no]).fetchone()
        return json.loads(self._values.open(row[0], "case_results", application_no)) if row else None

    def disputed(self) -> list[dict[str, Any]]:
        """What the platform said of every application on which desks differ, or differed until it was settled; by number."""
        sql = "SELECT application_no, body FROM case_results WHERE disputed = 1 ORDER BY application_no"
        bodies = [json.loads(self._values.open(held, "case_results", number)) for number, held in self._db.execute(sql)]
        return [body for body in bodies if _disputed(body)]

    def count(self) -> int:
        return self._db.execute("SELECT count(*) FROM applications").fetchone()[0]

    def find(self, query: str, limit: int) -> list[FoundApplication]:
        """Best hits first, each application once, at most ``limit``; an empty query finds nothing."""
        wanted = folded(query)
        if not wanted:
            return []
        hits: dict[int, Hit] = {}
        for hit, sql, parameters in self._searches(wanted, limit):
            if len(hits) >= limit:
                break
            for (key,) in self._db.execute(sql, parameters):
                hits.setdefault(key, hit)
            if hits and len(wanted) >= _COMPLETE:
                break  # a whole number was given: nobody means a longer one that happens to contain it
        return [self._found(key, hit) for key, hit in list(hits.items())[:limit]]

    @staticmethod
    def _searches(wanted: str, limit: int) -> Iterable[tuple[Hit, str, list[str | int]]]:
        yield Hit.WHOLE, "SELECT application_id FROM application_terms WHERE term = ? LIMIT ?", [wanted, limit]
        # one application may have several terms with this beginning: ask for enough rows to fill the limit all the same
        yield (
            Hit.BEGINNING,
            "SELECT DISTINCT application_id FROM application_terms WHERE term > ? AND term < ? LIMIT ?",
            [wanted, wanted + _AFTER_EVERY_CHARACTER, 2 * limit],
        )
        if len(wanted) >= MIN_PART:
            phrase = '"' + wanted.replace('"', '""') + '"'
            yield (
                Hit.PART,
                "SELECT rowid FROM application_parts WHERE application_parts MATCH ? LIMIT ?",
                [phrase, 2 * limit],
            )

    def _found(self, key: int, hit: Hit) -> FoundApplication:
        number, record = self._db.execute(
            "SELECT application_no, record FROM applications WHERE id = ?", [key]
        ).fetchone()
        return FoundApplication(number, json.loads(self._values.open(record, "applications", number)), hit)


def _disputed(body: Mapping[str, Any]) -> bool:
    return bool(body.get("conflicting")) or bool(body.get("settlement"))
