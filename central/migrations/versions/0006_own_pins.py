"""People change their own PINs at a desk

Revision: 0006_own_pins, after 0005_settlements
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_own_pins"
down_revision = "0005_settlements"


def upgrade() -> None:
    op.create_table(
        "pin_changes",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("school_code", sa.String(length=40), nullable=False),
        sa.Column("staff_no", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_pin_changes_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_pin_changes")),
    )
    op.create_index(op.f("ix_pin_changes_school_code"), "pin_changes", ["school_code"])
    op.add_column("staff", sa.Column("resets", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("staff", sa.Column("pin_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("staff", sa.Column("pin_desk", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("staff", sa.Column("pin_heard", sa.JSON(), nullable=False, server_default="{}"))
