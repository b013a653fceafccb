"""Taking the parcels that desks without a network send by USB stick, and answering them in kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from central.authentication import KnownDesk
from central.changes import changes_for
from central.ingest import take
from central.platform import Platform
from central.problems import ApiProblem
from central.tables import Desk
from kiosk.wire.models import PushAnswer, PushEvents, PushStatus
from kiosk.wire.parcel import (
    ANSWER,
    CHANGES,
    CURSOR,
    EVENTS,
    FROM_DESK,
    FROM_PLATFORM,
    HELD,
    IMAGE,
    PLATFORM,
    SUFFIX,
    TIME,
    BadParcel,
    header_of,
    read_parcel,
    write_parcel,
)

_PAGE = 200


@dataclass(frozen=True)
class Taken:
    """What came of one parcel. ``problem``: why it was left alone (a code), then nothing of it was taken."""

    path: Path
    desk_id: str = ""
    accepted: int = 0
    duplicates: int = 0
    refused: int = 0
    images: int = 0
    answer: Path | None = None
    problem: str = ""


def take_folder(platform: Platform, folder: Path) -> list[Taken]:
    """Takes every desk's parcel in ``folder`` and writes an answer beside each. Taking one again does no harm: its answer says ``duplicate``."""
    taken: list[Taken] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            if header_of(path).kind == FROM_DESK:
                taken.append(_take(platform, path))
        except BadParcel as problem:
            taken.append(Taken(path, problem=problem.code))
        except ApiProblem as problem:
            taken.append(Taken(path, problem=problem.code))
        except (ValidationError, ValueError):
            taken.append(Taken(path, problem="invalid_request"))
    return taken


def _take(platform: Platform, path: Path) -> Taken:
    """The desk's signature over the whole file stands for the signature of each request. Raises BadParcel, ApiProblem."""
    desk_id = header_of(path).sender
    with platform.database.reading() as session:
        desk = session.get(Desk, desk_id)
        if desk is None:
            raise ApiProblem(401, "unknown_desk")
        if desk.revoked_at is not None:
            raise ApiProblem(401, "desk_revoked")
        by, sender_key = KnownDesk(desk.desk_id, desk.school_code), desk.public_key
    answers: list[PushAnswer] = []
    held: list[str] = []
    cursor = ""
    for message in read_parcel(path, sender_key=sender_key, key=platform.key):
        kind, body = message[:1], message[1:]
        if kind == CURSOR:
            cursor = body.decode("ascii")
        elif kind == EVENTS:
            with platform.database.writing() as session:
                answers.append(take(session, by, PushEvents.model_validate_json(body), platform.key))
        elif kind == IMAGE:
            digest = body[:32].hex()
            with platform.database.writing() as session:
                platform.images.keep(session, digest, body[32:], desk_id)
            held.append(digest)
    said = [result.status for answer in answers for result in answer.results]
    return Taken(
        path,
        desk_id,
        said.count(PushStatus.ACCEPTED),
        said.count(PushStatus.DUPLICATE),
        said.count(PushStatus.REFUSED),
        len(held),
        _answer(platform, path.parent, by, sender_key, answers, held, cursor),
    )


def _answer(
    platform: Platform, folder: Path, by: KnownDesk, to: str, answers: list[PushAnswer], held: list[str], cursor: str
) -> Path:
    now = datetime.now(UTC)
    path = folder / f"answer-{by.desk_id}-{now:%Y%m%dT%H%M%S%f}{SUFFIX}"

    def messages() -> Iterator[bytes]:
        yield TIME + now.isoformat(timespec="seconds").encode("ascii")
        for answer in answers:
            yield ANSWER + answer.model_dump_json().encode("utf-8")
        if held:
            yield HELD + json.dumps(held).encode("ascii")
        since, more = cursor, True
        while more:
            with platform.database.reading() as session:
                page = changes_for(session, by.school_code, since, _PAGE)
            yield CHANGES + since.encode("ascii") + b"\n" + page.model_dump_json().encode("utf-8")
            since, more = page.cursor, page.more

    write_parcel(
        path, messages(), kind=FROM_PLATFORM, sender=PLATFORM, receiver=by.desk_id, made_at=now.isoformat(timespec="seconds"),
        key=platform.key, to=to,
    )  # fmt: skip
    return path
