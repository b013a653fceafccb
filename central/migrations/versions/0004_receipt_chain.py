"""The order of receipt as a chain of its own

Revision: 0004_receipts, after 0003_people
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from central.audit import receipt_link
from kiosk.wire.chain import GENESIS

revision = "0004_receipts"
down_revision = "0003_people"


def upgrade() -> None:
    op.add_column("events", sa.Column("receipt_no", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("events", sa.Column("receipt_hash", sa.String(length=64), nullable=False, server_default=""))
    op.create_index(op.f("ix_events_receipt_no"), "events", ["receipt_no"])
    op.create_table(
        "receipt_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_head")),
    )
    number, head = _chain_what_is_there(op.get_bind())
    op.execute(
        sa.text("INSERT INTO receipt_head (id, number, hash) VALUES (1, :number, :hash)").bindparams(
            number=number, hash=head
        )
    )


def _chain_what_is_there(connection: sa.Connection) -> tuple[int, str]:
    events = sa.table(
        "events",
        sa.column("received_no", sa.BigInteger()),
        sa.column("desk_id", sa.String()),
        sa.column("hash", sa.String()),
        sa.column("received_at", sa.DateTime(timezone=True)),
        sa.column("receipt_no", sa.BigInteger()),
        sa.column("receipt_hash", sa.String()),
    )
    number, head = 0, GENESIS
    columns = (events.c.received_no, events.c.desk_id, events.c.hash, events.c.received_at)
    for received_no, desk_id, event_hash, received_at in connection.execute(
        sa.select(*columns).order_by(events.c.received_no)
    ).all():
        at: datetime = received_at if received_at.tzinfo is not None else received_at.replace(tzinfo=UTC)
        number += 1
        head = receipt_link(head, number, desk_id, event_hash, at)
        connection.execute(
            sa.update(events).where(events.c.received_no == received_no).values(receipt_no=number, receipt_hash=head)
        )
    return number, head
