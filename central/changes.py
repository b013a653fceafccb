"""The pull feed: everything a desk must know, in the order in which it last changed, resumable by cursor.

A cursor is ``<epoch>.<number>``: the database's name and the number of the last change taken. A cursor of another database, or
one ahead of this one (a restored backup), begins from the start: pulling again is harmless, missing a change is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, or_, select, tuple_, update
from sqlalchemy.orm import Session

from central.problems import ApiProblem
from central.tables import Application, ChangeRow, Counter, Desk, Fact, IssuedPack, Result, School, Staff
from kiosk.wire.models import ApplicationRecord, Change, Changes
from kiosk.wire.staff import StaffRecord

_BATCH = 1000


def touch(session: Session, kind: str, keys: Sequence[str], school_code: str | None) -> None:
    """Says that these things changed (``school_code`` None: of interest to every school). Numbers are given in the writer's own
    transaction behind one row's lock, so a reader never sees a number while a smaller one is still to come."""
    if not keys:
        return
    last = session.scalars(
        update(Counter)
        .where(Counter.name == "changes")
        .values(value=Counter.value + len(keys))
        .returning(Counter.value)
    ).one()
    for start in range(0, len(keys), _BATCH):  # databases limit how many values one statement may name
        batch = keys[start : start + _BATCH]
        session.execute(delete(ChangeRow).where(ChangeRow.type == kind, ChangeRow.key.in_(batch)))
    first = last - len(keys) + 1
    session.add_all(
        ChangeRow(no=first + index, type=kind, key=key, school_code=school_code) for index, key in enumerate(keys)
    )
    session.flush()


def changes_for(session: Session, school_code: str, cursor: str, limit: int) -> Changes:
    """The next ``limit`` changes of interest to a school after ``cursor`` ("" for all). Raises ApiProblem bad_cursor."""
    epoch = session.scalars(select(Fact.value).where(Fact.name == "epoch")).one()
    newest = session.scalars(select(Counter.value).where(Counter.name == "changes")).one()
    after = _number(cursor, epoch)
    if after > newest:
        after = 0
    rows = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.no > after, or_(ChangeRow.school_code.is_(None), ChangeRow.school_code == school_code))
        .order_by(ChangeRow.no)
        .limit(limit + 1)
    ).all()
    page, more = rows[:limit], len(rows) > limit
    bodies = {kind: read(session, [row.key for row in page if row.type == kind]) for kind, read in _READERS.items()}
    return Changes(
        changes=[Change(type=row.type, key=row.key, body=bodies[row.type][row.key]) for row in page],
        cursor=f"{epoch}.{page[-1].no if page else after}",
        more=more,
    )


def _number(cursor: str, epoch: str) -> int:
    if not cursor:
        return 0
    of_epoch, dot, number = cursor.partition(".")
    if not dot or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise ApiProblem(400, "bad_cursor")
    return int(number) if of_epoch == epoch else 0


def _applications(session: Session, keys: list[str]) -> dict[str, dict[str, Any]]:
    rows = session.scalars(select(Application).where(Application.application_no.in_(keys)))
    return {row.application_no: record_of(row).model_dump() for row in rows}


def record_of(row: Application) -> ApplicationRecord:
    return ApplicationRecord(
        application_no=row.application_no,
        school_code=row.school_code,
        pack=row.pack,
        revision=row.revision,
        data=row.data,
        department_results=row.department_results,
        family_id=row.family_id,
    )


def _desk_keys(session: Session, keys: list[str]) -> dict[str, dict[str, Any]]:
    rows = session.scalars(select(Desk).where(Desk.desk_id.in_(keys)))
    return {
        row.desk_id: {"public_key": row.public_key, "name": row.name, "school_code": row.school_code} for row in rows
    }


def _schools(session: Session, keys: list[str]) -> dict[str, dict[str, Any]]:
    rows = session.scalars(select(School).where(School.code.in_(keys)))
    return {row.code: {"name": row.name, "district": row.district} for row in rows}


def _packs(session: Session, keys: list[str]) -> dict[str, dict[str, Any]]:
    wanted = [tuple(key.split(" ", 1)) for key in keys]
    rows = session.scalars(select(IssuedPack).where(tuple_(IssuedPack.pack_id, IssuedPack.version).in_(wanted)))
    return {
        f"{row.pack_id} {row.version}": {"id": row.pack_id, "version": row.version, "files": row.files} for row in rows
    }


def _staff(session: Session, keys: list[str]) -> dict[str, dict[str, Any]]:
    wanted = [tuple(key.split(" ", 1)) for key in keys]
    rows = session.scalars(select(Staff).where(tuple_(Staff.school_code, Staff.staff_no).in_(wanted)))
    return {f"{row.school_code} {row.staff_no}": staff_record(row).model_dump() for row in rows}


def staff_record(row: Staff) -> StaffRecord:
    roles = [role for role in row.roles.split(",") if role]
    return StaffRecord(
        staff_no=row.staff_no,
        name=row.name,
        roles=roles,
        active=row.active,
        verifier=row.verifier,
        reset=row.resets,
        heard=sorted(row.pin_heard.values()),
    )


def _results(session: Session, keys: list[str]) -> dict[str, dict[str, Any]]:
    """What stands of an application, what conflicts with it and how that was settled, with the desks' names."""
    rows = session.scalars(select(Result).where(Result.application_no.in_(keys))).all()
    names = {desk.desk_id: desk.name for desk in session.scalars(select(Desk))} if rows else {}

    def named(decision: dict[str, Any]) -> dict[str, Any]:
        return {**decision, "desk_name": names.get(decision["desk_id"], "")}

    return {
        row.application_no: {
            "application_no": row.application_no,
            "school_code": row.school_code,
            "standing": named(row.standing) if row.standing else None,
            "conflicting": [named(decision) for decision in row.conflicting],
            "settlement": named({**row.settlement, "overruled": [named(one) for one in row.settlement["overruled"]]})
            if row.settlement
            else None,
            "refused_settlements": row.refused_settlements,
            "events": row.events,
            "last_event_at": row.last_event_at,
        }
        for row in rows
    }


_READERS: dict[str, Callable[[Session, list[str]], dict[str, dict[str, Any]]]] = {
    "application": _applications,
    "desk_key": _desk_keys,
    "school": _schools,
    "pack": _packs,
    "staff": _staff,
    "result": _results,
}
