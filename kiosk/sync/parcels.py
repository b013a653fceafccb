"""Exchange with the platform by USB stick: what waits goes out in a parcel, the platform's answer and news come back in one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from kiosk.sync.enrolment import Enrolment
from kiosk.sync.exchange import DELIVERIES, TakePack, keep
from kiosk.sync.worker import CONTACT
from kiosk.wire.models import Changes, EventRecord, PushAnswer, PushEvents
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
from offline_cache.outbox import Delivery
from offline_cache.problems import StoreProblem
from offline_cache.store import Store

_BATCH = 200


@dataclass(frozen=True)
class Exported:
    path: Path
    events: int
    images: int


@dataclass(frozen=True)
class Imported:
    """``accepted`` and ``refused``: acts and pictures the platform has answered for; ``changes``: news taken."""

    parcels: int = 0
    accepted: int = 0
    refused: int = 0
    changes: int = 0

    def __add__(self, other: Imported) -> Imported:
        return Imported(
            self.parcels + other.parcels, self.accepted + other.accepted, self.refused + other.refused,
            self.changes + other.changes,
        )  # fmt: skip


def export(store: Store, desk: Enrolment, folder: Path) -> Exported:
    """Everything that waits for the platform, encrypted to its key, as one file in ``folder``. It goes on waiting until the answer is back.

    Raises StoreProblem and OSError.
    """
    now = datetime.now(UTC)
    path = folder / f"{desk.desk_id}-{now:%Y%m%dT%H%M%S}{SUFFIX}"
    events = store.waiting_events(1_000_000)
    images = store.waiting_images(1_000_000)

    def messages() -> Iterator[bytes]:
        yield CURSOR + store.cursor.encode("ascii")
        for start in range(0, len(events), _BATCH):
            batch = [EventRecord(**event.as_dict()) for event in events[start : start + _BATCH]]
            yield EVENTS + PushEvents(events=batch).model_dump_json().encode("utf-8")
        for digest in images:
            try:
                yield IMAGE + bytes.fromhex(digest) + store.image(digest)
            except StoreProblem as problem:
                store.mark_image(digest, Delivery.REFUSED, str(problem.code))  # lost here: a person sees it

    write_parcel(
        path, messages(), kind=FROM_DESK, sender=desk.desk_id, receiver=PLATFORM, made_at=now.isoformat(timespec="seconds"),
        key=desk.key, to=desk.platform_key,
    )  # fmt: skip
    store.mark_events([(event.event_id, Delivery.SENT, "") for event in events])
    return Exported(path, len(events), len(images))


def import_answers(
    store: Store, desk: Enrolment, folder: Path, take_pack: TakePack = lambda _: None, bad: Callable[[Path, str], None] = lambda *_: None
) -> Imported:  # fmt: skip
    """Takes every answer of the platform for this desk in ``folder``; taking one twice changes nothing. ``bad`` hears of parcels that are not
    the platform's or were altered; they are left alone."""
    total = Imported()
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            header = header_of(path)
            if (header.kind, header.receiver) == (FROM_PLATFORM, desk.desk_id):
                total += _take(store, desk, path, take_pack)
        except BadParcel as problem:
            bad(path, problem.code)
    return total


def _take(store: Store, desk: Enrolment, path: Path, take_pack: TakePack) -> Imported:
    accepted = refused = changes = 0
    for message in read_parcel(path, sender_key=desk.platform_key, key=desk.key):
        kind, body = message[:1], message[1:]
        try:
            if kind == ANSWER:
                answer = PushAnswer.model_validate_json(body)
                at = datetime.fromisoformat(answer.received_at)
                settled = [result for result in answer.results if result.reason != "gap"]
                store.mark_events([(r.event_id, DELIVERIES[r.status], r.reason) for r in settled], at)
                done = sum(DELIVERIES[r.status] is Delivery.ACCEPTED for r in settled)
                accepted, refused = accepted + done, refused + len(settled) - done
            elif kind == HELD:
                for digest in json.loads(body):
                    store.mark_image(str(digest), Delivery.ACCEPTED)
                    accepted += 1
            elif kind == CHANGES:
                since, _, page = body.partition(b"\n")
                # an older answer must not turn the desk's knowledge back
                if since.decode("ascii") == store.cursor:
                    news = Changes.model_validate_json(page)
                    keep(store, news, take_pack)
                    changes += len(news.changes)
            elif kind == TIME:
                told = datetime.fromisoformat(body.decode("ascii"))
                kept = store.setting(CONTACT)
                if kept is None or datetime.fromisoformat(kept) < told:
                    store.put_settings({CONTACT: told.isoformat(timespec="seconds")})
        except (ValidationError, ValueError) as error:
            raise BadParcel("not_a_parcel") from error
    return Imported(1, accepted, refused, changes)
