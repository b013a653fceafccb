"""Making a machine a desk: a one-time code, given to the school, is exchanged for a desk id bound to the machine's own key."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.changes import touch
from central.problems import ApiProblem
from central.tables import Desk, EnrolCode, School
from kiosk.wire.chain import GENESIS
from kiosk.wire.models import EnrolAnswer, EnrolRequest

# Crockford's base 32: no I, L, O, U, so that a code survives being read over the telephone
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP = 12, 4  # 60 bits
CODE_LIFE = timedelta(days=7)


def new_code(session: Session, school_code: str, desk_name: str) -> str:
    """A fresh code like ``7Q2K-M9XD-04TB``. Raises ApiProblem unknown_school."""
    if session.get(School, school_code) is None:
        raise ApiProblem(404, "unknown_school")
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    session.add(
        EnrolCode(
            code_digest=_digest(code),
            school_code=school_code,
            desk_name=desk_name,
            expires_at=datetime.now(UTC) + CODE_LIFE,
            desk_id=None,
        )
    )
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def enrol(session: Session, request: EnrolRequest, platform_public_key: str) -> EnrolAnswer:
    """Uses the code up. The same machine asking again (its first answer was lost) hears the same; any other key is refused.

    Raises ApiProblem bad_code (unknown or expired), code_used, key_used.
    """
    code = session.scalars(
        select(EnrolCode).where(EnrolCode.code_digest == _digest(_tidy(request.code))).with_for_update()
    ).one_or_none()
    if code is None:
        raise ApiProblem(403, "bad_code")
    holder = session.scalars(select(Desk).where(Desk.public_key == request.public_key)).one_or_none()
    if code.desk_id is not None:
        if holder is None or holder.desk_id != code.desk_id:
            raise ApiProblem(403, "code_used")
        return _answer(session, holder, platform_public_key)
    if code.expires_at < datetime.now(UTC):
        raise ApiProblem(403, "bad_code")
    if holder is not None:
        raise ApiProblem(409, "key_used")
    now = datetime.now(UTC)
    desk = Desk(
        desk_id=_new_desk_id(session, code.school_code),
        school_code=code.school_code,
        name=request.desk_name or code.desk_name,
        public_key=request.public_key,
        enrolled_at=now,
        last_seen_at=now,
        last_seq=0,
        last_hash=GENESIS,
    )
    session.add(desk)
    code.desk_id = desk.desk_id
    session.flush()
    touch(session, "desk_key", [desk.desk_id], school_code=None)
    return _answer(session, desk, platform_public_key)


def _new_desk_id(session: Session, school_code: str) -> str:
    """Like ``X01-7Q2K``: short and in capitals, because it stands three times in the code of every paper; drawn, not counted, so that a
    platform restored from a backup gives no id twice."""
    while True:
        desk_id = f"{school_code}-{''.join(secrets.choice(_ALPHABET) for _ in range(4))}"
        if session.get(Desk, desk_id) is None:
            return desk_id


def _answer(session: Session, desk: Desk, platform_public_key: str) -> EnrolAnswer:
    school = session.get_one(School, desk.school_code)
    return EnrolAnswer(
        desk_id=desk.desk_id,
        school_code=school.code,
        school_name=school.name,
        district=school.district,
        platform_public_key=platform_public_key,
        desk_name=desk.name,
    )


def _tidy(typed: str) -> str:
    """What Crockford's alphabet lets people mistype is put right; hyphens and spaces are for reading only."""
    return typed.upper().translate(str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None}))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8")).hexdigest()
