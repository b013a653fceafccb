"""Bringing applications in: a list of ApplicationRecord, or the practice world's families.json."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.changes import touch
from central.results import project
from central.tables import Application, Event, School
from kiosk.wire.models import ApplicationRecord

_BATCH = 1000
_RECORDS = TypeAdapter(list[ApplicationRecord])


class ImportProblem(ValueError):
    """The file is not what an import takes. The message names places, never values."""


@dataclass(frozen=True)
class ImportCounts:
    new: int
    changed: int
    unchanged: int

    def __add__(self, other: ImportCounts) -> ImportCounts:
        return ImportCounts(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


def records_in(content: Any) -> list[ApplicationRecord]:
    """The applications of a parsed JSON file. Raises ImportProblem."""
    try:
        if isinstance(content, dict) and "families" in content:
            return [record for family in content["families"] for record in _of_family(family)]
        return _RECORDS.validate_python(content)
    except ValidationError as error:
        places = {".".join(str(step) for step in item["loc"]) + f": {item['type']}" for item in error.errors()}
        raise ImportProblem("; ".join(sorted(places)[:5])) from error
    except (KeyError, TypeError, IndexError) as error:
        raise ImportProblem(f"not in the shape of families.json: {type(error).__name__}") from error


def _of_family(family: dict[str, Any]) -> Iterator[ApplicationRecord]:
    for index, data in enumerate(family["applications"]):
        results = [
            {key: value for key, value in answer.items() if key != "application"}
            for answer in family["department_results"]
            if answer["application"] == index
        ]
        yield ApplicationRecord(
            application_no=data["application_no"],
            school_code=data["school"]["code"],
            pack=family["policy"],
            revision=1,
            data=data,
            department_results=results,
            family_id=family["id"],
        )


def import_records(session: Session, records: Sequence[ApplicationRecord], district: str = "") -> ImportCounts:
    """Adds and updates; what is held already with the same content stays untouched, what differs becomes the next revision.

    Raises ImportProblem when an application is known under another school: moving one needs a decision, not an import.
    """
    counts = ImportCounts(0, 0, 0)
    for start in range(0, len(records), _BATCH):
        counts += _import_batch(session, records[start : start + _BATCH], district)
    return counts


def _import_batch(session: Session, records: Sequence[ApplicationRecord], district: str) -> ImportCounts:
    now = datetime.now(UTC)
    _ensure_schools(session, records, district)
    numbers = [record.application_no for record in records]
    rows = session.scalars(select(Application).where(Application.application_no.in_(numbers)))
    held = {row.application_no: row for row in rows}
    new: list[ApplicationRecord] = []
    changed: list[ApplicationRecord] = []
    for record in records:
        row = held.get(record.application_no)
        if row is None:
            row = held[record.application_no] = Application(**record.model_dump(), updated_at=now)
            session.add(row)
            new.append(record)
        elif row.school_code != record.school_code:
            raise ImportProblem(f"application {record.application_no} belongs to another school")
        elif _differs(row, record):
            row.revision = max(row.revision + 1, record.revision)
            row.pack, row.family_id = record.pack, record.family_id
            row.data, row.department_results, row.updated_at = record.data, record.department_results, now
            changed.append(record)
    session.flush()
    by_school: dict[str, list[str]] = {}
    for record in (*new, *changed):
        by_school.setdefault(record.school_code, []).append(record.application_no)
    for school, touched in sorted(by_school.items()):
        touch(session, "application", list(dict.fromkeys(touched)), school)
    # events may have come before their application did
    early = select(Event.case_id).where(Event.case_id.in_([record.application_no for record in new])).distinct()
    project(session, session.scalars(early).all())
    return ImportCounts(len(new), len(changed), len(records) - len(new) - len(changed))


def _ensure_schools(session: Session, records: Sequence[ApplicationRecord], district: str) -> None:
    for code, record in {record.school_code: record for record in reversed(records)}.items():
        if session.get(School, code) is not None:
            continue
        declared = record.data.get("school")
        name = declared.get("name", "") if isinstance(declared, dict) else ""
        session.add(School(code=code, name=name or code, district=district))
        session.flush()
        touch(session, "school", [code], code)


def _differs(row: Application, record: ApplicationRecord) -> bool:
    held = (row.pack, row.family_id, row.data, row.department_results)
    return held != (record.pack, record.family_id, record.data, record.department_results)
