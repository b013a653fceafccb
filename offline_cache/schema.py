"""The store's tables, as migrations: each runs once, in one transaction with its own record. Never edit one that has shipped."""

from __future__ import annotations

from offline_cache.connection import Database, Migrations

migrations = Migrations("offline_cache")
# every name ever applied by this version; a store that knows others was written by a later one
MIGRATION_NAMES = ("001_first_tables", "002_results_and_retention", "003_ciphers", "004_disputed_results")


@migrations(name=MIGRATION_NAMES[0])
def first_tables(db: Database) -> None:
    for statement in _FIRST_TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations(name=MIGRATION_NAMES[1])
def results_and_retention(db: Database) -> None:
    for statement in _RESULTS_AND_RETENTION.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations(name=MIGRATION_NAMES[2])
def ciphers(db: Database) -> None:
    # by which cipher a picture is encrypted; empty: as all were before there was a choice
    db.execute("ALTER TABLE images ADD COLUMN cipher TEXT NOT NULL DEFAULT ''")


@migrations(name=MIGRATION_NAMES[3])
def disputed_results(db: Database) -> None:
    """Few among tens of thousands: a supervisor's list must not look through all of them. The content may be sealed, so the mark stands beside
    it; a sealed one from before is marked unseen, and the list leaves out what is none."""
    for statement in _DISPUTED_RESULTS.split(";\n"):
        db.execute(statement)


_DISPUTED_RESULTS = """
ALTER TABLE case_results ADD COLUMN disputed INTEGER NOT NULL DEFAULT 0;
UPDATE case_results SET disputed = 1 WHERE typeof(body) = 'blob' OR json_array_length(body, '$.conflicting') > 0;
CREATE INDEX case_results_disputed ON case_results (application_no) WHERE disputed = 1
"""

_RESULTS_AND_RETENTION = """
CREATE TABLE case_results (application_no TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE images ADD COLUMN erased_at TEXT NOT NULL DEFAULT '';
CREATE INDEX images_kept ON images (kept_at) WHERE erased_at = '';
CREATE TABLE lost_events (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, noted_at TEXT NOT NULL)
"""

_FIRST_TABLES = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE applications (
  id INTEGER PRIMARY KEY,
  application_no TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  record TEXT NOT NULL,
  terms TEXT NOT NULL
);
CREATE TABLE application_terms (
  term TEXT NOT NULL,
  application_id INTEGER NOT NULL REFERENCES applications(id),
  PRIMARY KEY (term, application_id)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE application_parts USING fts5(terms, content='', contentless_delete=1, tokenize='trigram');

CREATE TABLE desk_keys (desk_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  desk_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  payload TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX events_case ON events (case_id, seq);
CREATE INDEX events_kind ON events (kind, seq);
CREATE TABLE event_outbox (
  event_id TEXT PRIMARY KEY REFERENCES events(event_id),
  seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  changed_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_outbox_open ON event_outbox (state, seq) WHERE state <> 'accepted';

CREATE TABLE images (
  digest TEXT PRIMARY KEY,
  file TEXT NOT NULL UNIQUE,
  key BLOB NOT NULL,
  size INTEGER NOT NULL,
  kept_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE event_images (
  seq INTEGER NOT NULL REFERENCES events(seq),
  digest TEXT NOT NULL REFERENCES images(digest),
  PRIMARY KEY (seq, digest)
) WITHOUT ROWID;
CREATE TABLE image_outbox (
  no INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE REFERENCES images(digest),
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  changed_at TEXT NOT NULL
);
CREATE INDEX image_outbox_open ON image_outbox (state, no) WHERE state <> 'accepted'
"""
