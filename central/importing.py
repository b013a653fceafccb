"""Bringing applications in: a list of ApplicationRecord, or the practice world's families.json."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from central.changes import touch
from central.results import project
from central.tables import Application, School
from kiosk.wire.models import ApplicationRecord

_RECORDS = TypeAdapter(list[ApplicationRecord])


class ImportProblem(ValueError):
    """The file is not what an import takes. The message names places, never values."""


@dataclass(frozen=True)
class ImportCounts:
    new: int
    changed: int
    unchanged: int


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
    now = datetime.now(UTC)
    new: list[ApplicationRecord] = []
    changed: list[ApplicationRecord] = []
    for record in records:
        _ensure_school(session, record, district)
        row = session.get(Application, record.application_no)
        if row is None:
            session.add(Application(**record.model_dump(), updated_at=now))
            new.append(record)
        elif row.school_code != record.school_code:
            raise ImportProblem(f"application {record.application_no} belongs to another school")
        elif _differs(row, record):
            row.revision = max(row.revision + 1, record.revision)
            row.pack, row.family_id = record.pack, record.family_id
            row.data, row.department_results, row.updated_at = record.data, record.department_results, now
            changed.append(record)
    session.flush()
    for school in sorted({record.school_code for record in (*new, *changed)}):
        numbers = [record.application_no for record in (*new, *changed) if record.school_code == school]
        touch(session, "application", numbers, school)
    # events may have come before their application did
    project(session, (record.application_no for record in new))
    return ImportCounts(len(new), len(changed), len(records) - len(new) - len(changed))


def _ensure_school(session: Session, record: ApplicationRecord, district: str) -> None:
    if session.get(School, record.school_code) is not None:
        return
    declared = record.data.get("school")
    name = declared.get("name", "") if isinstance(declared, dict) else ""
    session.add(School(code=record.school_code, name=name or record.school_code, district=district))
    session.flush()
    touch(session, "school", [record.school_code], record.school_code)


def _differs(row: Application, record: ApplicationRecord) -> bool:
    held = (row.pack, row.family_id, row.data, row.department_results)
    return held != (record.pack, record.family_id, record.data, record.department_results)
