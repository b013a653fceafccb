"""The staff of each school: bring them in, give them PINs, let them go. Every change reaches the school's desks with their next pull."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.changes import touch
from central.tables import School, Staff
from kiosk.people.pins import Pins, weakness
from kiosk.people.roles import Role

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z_-]{0,19}")
_COLUMNS = {
    "school": ("school", "school_code", "学校", "学校代码", "學校", "學校代碼"),
    "staff_no": ("staff_no", "number", "编号", "工号", "編號", "工號"),
    "name": ("name", "姓名"),
    "roles": ("roles", "role", "角色"),
    "active": ("active", "在岗", "在崗"),
}
_ROLES = {
    **{role.value: role for role in Role},
    "验核员": Role.VERIFIER, "驗核員": Role.VERIFIER,
    "负责人": Role.SUPERVISOR, "負責人": Role.SUPERVISOR,
    "信息": Role.IT, "信息老师": Role.IT, "資訊": Role.IT, "資訊老師": Role.IT,
}  # fmt: skip
_YES, _NO = ("", "1", "yes", "true", "y", "是"), ("0", "no", "false", "n", "否")


class StaffProblem(ValueError):
    """What was asked cannot be done. The message names lines and numbers, never names of persons."""


@dataclass(frozen=True)
class StaffLine:
    school_code: str
    staff_no: str
    name: str
    roles: tuple[Role, ...]
    active: bool


@dataclass(frozen=True)
class StaffCounts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def lines_in(content: bytes, school: str = "") -> list[StaffLine]:
    """The persons of a CSV file: UTF-8, or GB 18030 as office programs write it. ``school`` stands in where there is no such column.

    Raises StaffProblem with every mistake: the file is taken as a whole or not at all.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    rows = csv.reader(io.StringIO(text))
    place = _places(next(rows, []), school)
    lines: list[StaffLine] = []
    mistakes: list[str] = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            lines.append(_line({name: row[at].strip() if at < len(row) else "" for name, at in place.items()}, school))
        except StaffProblem as problem:
            mistakes.append(f"line {rows.line_num}: {problem}")
    keys = [(line.school_code, line.staff_no) for line in lines]
    mistakes += [
        f"{number} of {code} is there twice" for code, number in sorted({k for k in keys if keys.count(k) > 1})
    ]
    if mistakes:
        raise StaffProblem("; ".join(mistakes[:20]))
    return lines


def _places(heads: Sequence[str], school: str) -> dict[str, int]:
    named = [head.strip().lower() for head in heads]
    place = {name: named.index(word) for name, words in _COLUMNS.items() for word in words if word in named}
    wanted = [
        name
        for name in ("school", "staff_no", "name", "roles")
        if name not in place and not (name == "school" and school)
    ]
    if wanted:
        raise StaffProblem(f"the first line must name the columns; missing: {', '.join(wanted)}")
    return place


def _line(cells: dict[str, str], school: str) -> StaffLine:
    number = cells["staff_no"].upper()
    if not _NUMBER.fullmatch(number):
        raise StaffProblem("a staff number has letters and digits, at most 20")
    if not cells["name"]:
        raise StaffProblem("a name is missing")
    active = cells.get("active", "").lower()
    if active not in (*_YES, *_NO):
        raise StaffProblem("active is yes or no")
    return StaffLine(cells.get("school") or school, number, cells["name"], roles_in(cells["roles"]), active in _YES)


def roles_in(text: str) -> tuple[Role, ...]:
    """Roles as people write them: ``verifier,supervisor``, ``验核员、负责人``. Raises StaffProblem."""
    words = [word for word in re.split(r"[\s,;、，；/|+]+", text.strip().lower()) if word]
    unknown = [word for word in words if word not in _ROLES]
    if unknown or not words:
        raise StaffProblem(f"a role is one of {', '.join(role.value for role in Role)}")
    return tuple(dict.fromkeys(_ROLES[word] for word in words))


def put(session: Session, lines: Sequence[StaffLine]) -> StaffCounts:
    """Adds and updates; PINs stay as they are. Raises StaffProblem for a school the platform does not know."""
    new = changed = 0
    touched: dict[str, list[str]] = {}
    for line in lines:
        if session.get(School, line.school_code) is None:
            raise StaffProblem(f"unknown school {line.school_code}")
        row = session.get(Staff, (line.school_code, line.staff_no))
        roles = ",".join(line.roles)
        if row is None:
            session.add(
                Staff(
                    school_code=line.school_code,
                    staff_no=line.staff_no,
                    name=line.name,
                    roles=roles,
                    active=line.active,
                    verifier="",
                    updated_at=datetime.now(UTC),
                )
            )
            new += 1
        elif (row.name, row.roles, row.active) != (line.name, roles, line.active):
            row.name, row.roles, row.active, row.updated_at = line.name, roles, line.active, datetime.now(UTC)
            changed += 1
        else:
            continue
        touched.setdefault(line.school_code, []).append(line.staff_no)
    tell(session, touched)
    return StaffCounts(new, changed, len(lines) - new - changed)


def set_pin(session: Session, school_code: str, staff_no: str, pin: str, pins: Pins) -> None:
    """Keeps the PIN's verifier, not the PIN; ends the person's own one. Raises StaffProblem for an unknown person and a weak PIN."""
    row = person(session, school_code, staff_no)
    weak = weakness(pin, row.staff_no)
    if weak:
        raise StaffProblem(_WEAK[weak])
    row.verifier, row.updated_at = pins.verifier(pin), datetime.now(UTC)
    # whatever the person changes under an earlier reset, and wherever, no longer counts
    row.resets, row.pin_at, row.pin_desk, row.pin_heard = row.resets + 1, None, "", {}
    tell(session, {row.school_code: [row.staff_no]})


_WEAK = {
    "not_digits": "a PIN has digits only",
    "length": "a PIN has 6 to 12 digits",
    "too_simple": "this PIN is too simple: no rows (123456) and no repetitions (111111, 121212)",
    "like_number": "a PIN must not contain the staff number",
}


def set_active(session: Session, school_code: str, staff_no: str, active: bool) -> None:
    """Raises StaffProblem for an unknown person."""
    row = person(session, school_code, staff_no)
    if row.active != active:
        row.active, row.updated_at = active, datetime.now(UTC)
        tell(session, {row.school_code: [row.staff_no]})


def person(session: Session, school_code: str, staff_no: str) -> Staff:
    row = session.get(Staff, (school_code, staff_no.strip().upper()), with_for_update=True)
    if row is None:
        raise StaffProblem(f"nobody with this number at {school_code}")
    return row


def listed(session: Session, school_code: str = "") -> list[Staff]:
    """By school and number; of one school, or of all."""
    rows = select(Staff).order_by(Staff.school_code, Staff.staff_no)
    return list(session.scalars(rows.where(Staff.school_code == school_code) if school_code else rows))


def tell(session: Session, by_school: dict[str, list[str]]) -> None:
    """Staff numbers by school: their records go to the school's desks with the next pull."""
    session.flush()
    for school, numbers in sorted(by_school.items()):
        touch(session, "staff", [f"{school} {number}" for number in numbers], school)
