"""The first tables

Revision: 0001, after nothing
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("school_code", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_changes")),
        sa.UniqueConstraint("type", "key", name=op.f("uq_changes_type_key")),
    )
    op.create_index("changes_of_school", "changes", ["school_code", "no"], unique=False)
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )
    op.create_table(
        "nonces",
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", "nonce", name=op.f("pk_nonces")),
    )
    op.create_index(op.f("ix_nonces_used_at"), "nonces", ["used_at"], unique=False)
    op.create_table(
        "schools",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("district", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_schools")),
    )
    op.create_table(
        "applications",
        sa.Column("application_no", sa.String(length=64), nullable=False),
        sa.Column("school_code", sa.String(length=40), nullable=False),
        sa.Column("family_id", sa.String(length=64), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("department_results", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_code"], ["schools.code"], name=op.f("fk_applications_school_code")),
        sa.PrimaryKeyConstraint("application_no", name=op.f("pk_applications")),
    )
    op.create_index(op.f("ix_applications_school_code"), "applications", ["school_code"], unique=False)
    op.create_table(
        "desks",
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("school_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("public_key", sa.String(length=100), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["school_code"], ["schools.code"], name=op.f("fk_desks_school_code")),
        sa.PrimaryKeyConstraint("desk_id", name=op.f("pk_desks")),
        sa.UniqueConstraint("public_key", name=op.f("uq_desks_public_key")),
    )
    op.create_index(op.f("ix_desks_school_code"), "desks", ["school_code"], unique=False)
    op.create_table(
        "enrol_codes",
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("school_code", sa.String(length=40), nullable=False),
        sa.Column("desk_name", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("desk_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["school_code"], ["schools.code"], name=op.f("fk_enrol_codes_school_code")),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_enrol_codes")),
    )
    op.create_table(
        "events",
        sa.Column("received_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.desk_id"], name=op.f("fk_events_desk_id")),
        sa.PrimaryKeyConstraint("received_no", name=op.f("pk_events")),
        sa.UniqueConstraint("desk_id", "seq", name=op.f("uq_events_desk_id_seq")),
        sa.UniqueConstraint("event_id", name=op.f("uq_events_event_id")),
    )
    op.create_index(op.f("ix_events_case_id"), "events", ["case_id"], unique=False)
    op.create_table(
        "images",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.desk_id"], name=op.f("fk_images_desk_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_images")),
    )
    op.create_table(
        "results",
        sa.Column("application_no", sa.String(length=64), nullable=False),
        sa.Column("school_code", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("standing", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("conflicting", sa.JSON(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("last_event_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_no"], ["applications.application_no"], name=op.f("fk_results_application_no")
        ),
        sa.PrimaryKeyConstraint("application_no", name=op.f("pk_results")),
    )
    op.create_index(op.f("ix_results_decision"), "results", ["decision"], unique=False)
    op.create_index(op.f("ix_results_school_code"), "results", ["school_code"], unique=False)
    op.execute("INSERT INTO counters (name, value) VALUES ('changes', 0)")
    op.execute(f"INSERT INTO facts (name, value) VALUES ('epoch', '{uuid.uuid4().hex}')")
