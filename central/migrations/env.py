"""Alembic's environment: the connection comes from central.database.migrate, there is no ini file."""

from __future__ import annotations

from alembic import context

from central.tables import Table

connection = context.config.attributes["connection"]
# SQLite cannot alter columns in place: alembic rebuilds the table instead
context.configure(
    connection=connection, target_metadata=Table.metadata, render_as_batch=connection.dialect.name == "sqlite"
)
with context.begin_transaction():
    context.run_migrations()
