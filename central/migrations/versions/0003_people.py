"""The staff of each school, revoked desks, and requests that were refused

Revision: 0003_people, after 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_people"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("school_code", sa.String(length=40), nullable=False),
        sa.Column("staff_no", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_code"], ["schools.code"], name=op.f("fk_staff_school_code")),
        sa.PrimaryKeyConstraint("school_code", "staff_no", name=op.f("pk_staff")),
    )
    op.create_table(
        "refused_requests",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("desk_id", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_refused_requests")),
    )
    op.create_index(op.f("ix_refused_requests_at"), "refused_requests", ["at"])
    op.add_column("desks", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("desks", sa.Column("revoked_why", sa.String(length=200), nullable=False, server_default=""))
