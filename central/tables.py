"""The platform's tables. Types are those SQLite and PostgreSQL share; every key that a district will partition by names the school."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite numbers rows by itself only in a plain INTEGER key, which there holds 64 bits anyway
BigKey = BigInteger().with_variant(Integer(), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """A moment with offset in Python, UTC in the database (SQLite keeps no offsets)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    # named constraints can be altered by later migrations on every database
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcTime,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
    }


class Fact(Table):
    """Facts of this installation: ``epoch`` names this database, so that a cursor of another one is recognised."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Counter(Table):
    """Numbers given out inside the transaction that uses them: readers of the change feed never see a later one before an earlier."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class School(Table):
    __tablename__ = "schools"
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    district: Mapped[str] = mapped_column(String(200))


class Application(Table):
    __tablename__ = "applications"
    application_no: Mapped[str] = mapped_column(String(64), primary_key=True)
    school_code: Mapped[str] = mapped_column(ForeignKey("schools.code"), index=True)
    family_id: Mapped[str] = mapped_column(String(64))
    pack: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(Integer)
    data: Mapped[dict[str, Any]]
    department_results: Mapped[list[dict[str, Any]]]
    updated_at: Mapped[datetime]


class IssuedPack(Table):
    """A service pack as its desks get it: every file by name, the signed manifest among them. Never changed once issued."""

    __tablename__ = "issued_packs"
    pack_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[str] = mapped_column(String(40), primary_key=True)
    files: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]


class EnrolCode(Table):
    """A one-time code, kept only as its digest."""

    __tablename__ = "enrol_codes"
    code_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    school_code: Mapped[str] = mapped_column(ForeignKey("schools.code"))
    desk_name: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime]
    desk_id: Mapped[str | None] = mapped_column(String(64))


class Desk(Table):
    """``last_seq`` and ``last_hash`` are the head of the desk's event chain as far as the platform holds it."""

    __tablename__ = "desks"
    desk_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    school_code: Mapped[str] = mapped_column(ForeignKey("schools.code"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    public_key: Mapped[str] = mapped_column(String(100), unique=True)
    enrolled_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    last_seq: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str] = mapped_column(String(64))
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_why: Mapped[str] = mapped_column(String(200), default="", server_default="")


class Staff(Table):
    """A person of a school. ``roles`` joined with commas; ``verifier``: Argon2id of the PIN, empty when none was set. Nobody is removed:
    desks must hear that a person no longer works there.

    ``resets``: how often the administrator has set the PIN; ``pin_at``: by which time the person's own change since then counts, None where
    the administrator's PIN stands, and ``pin_desk`` made it; ``pin_heard``: desk id → its newest change since then that was dealt with."""

    __tablename__ = "staff"
    school_code: Mapped[str] = mapped_column(ForeignKey("schools.code"), primary_key=True)
    staff_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(Boolean)
    verifier: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]
    resets: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    pin_at: Mapped[datetime | None] = mapped_column(default=None)
    pin_desk: Mapped[str] = mapped_column(String(64), default="", server_default="")
    pin_heard: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")


class PinChange(Table):
    """What became of a person's own change of PIN (central.own_pins). ``why`` it did not count, empty when it did."""

    __tablename__ = "pin_changes"
    event_id: Mapped[str] = mapped_column(ForeignKey("events.event_id"), primary_key=True)
    school_code: Mapped[str] = mapped_column(String(40), index=True)
    staff_no: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(40))


class RefusedRequest(Table):
    """A request of a desk that the platform did not serve, for the auditor: which desk, what it asked for, why not."""

    __tablename__ = "refused_requests"
    no: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    desk_id: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(200))


class Nonce(Table):
    """Numbers desks have used, for as long as a request with them would still be in time."""

    __tablename__ = "nonces"
    desk_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(index=True)


class ChangeRow(Table):
    """The pull feed: which thing changed last, and for which school (None: for all). Its body is read from its own table when pulled."""

    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("type", "key"), Index("changes_of_school", "school_code", "no"))
    no: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    school_code: Mapped[str | None] = mapped_column(String(40))


class Event(Table):
    """A desk's event, exactly as it came, and the order in which the platform received it."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("desk_id", "seq"),)
    received_no: Mapped[int] = mapped_column(BigKey, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(64), unique=True)
    desk_id: Mapped[str] = mapped_column(ForeignKey("desks.desk_id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    case_id: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(64))
    at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]]
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    receipt_no: Mapped[int] = mapped_column(BigInteger, server_default="0", index=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), server_default="")


class ReceiptHead(Table):
    """One row: the newest link of the chain of receipts (central.audit)."""

    __tablename__ = "receipt_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class Image(Table):
    """An image the platform holds as a file (central.images)."""

    __tablename__ = "images"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[str] = mapped_column(ForeignKey("desks.desk_id"))
    received_at: Mapped[datetime]


class Result(Table):
    """What the events say of one application: a projection, rewritten whenever events of the case arrive."""

    __tablename__ = "results"
    application_no: Mapped[str] = mapped_column(ForeignKey("applications.application_no"), primary_key=True)
    school_code: Mapped[str] = mapped_column(String(40), index=True)
    decision: Mapped[str | None] = mapped_column(String(20), index=True)
    standing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    conflicting: Mapped[list[dict[str, Any]]]
    events: Mapped[int] = mapped_column(Integer)
    last_event_at: Mapped[str] = mapped_column(String(40))
    settlement: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    refused_settlements: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")


class SettlementLook(Table):
    """Whether the actor of a settlement was a supervisor of the school by the roster, when the platform first looked."""

    __tablename__ = "settlement_looks"
    event_id: Mapped[str] = mapped_column(ForeignKey("events.event_id"), primary_key=True)
    by_supervisor: Mapped[bool] = mapped_column(Boolean)
    looked_at: Mapped[datetime]
