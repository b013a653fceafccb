"""Alembic migrations of the platform's database; run by central.database.migrate."""
