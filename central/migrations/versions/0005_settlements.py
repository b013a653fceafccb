"""A supervisor's word on decisions that contradict each other

Revision: 0005_settlements, after 0004_receipts
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_settlements"
down_revision = "0004_receipts"


def upgrade() -> None:
    op.create_table(
        "settlement_looks",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("by_supervisor", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.event_id"], name=op.f("fk_settlement_looks_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_settlement_looks")),
    )
    op.add_column("results", sa.Column("settlement", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("results", sa.Column("refused_settlements", sa.JSON(), nullable=False, server_default="[]"))
