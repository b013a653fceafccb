"""Pictures of originals leave the platform when their pack's time is over; what was read and decided stays in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.images import ImageFiles
from central.tables import Application, Event, Image

_READ = "page.read"


def retire(session: Session, files: ImageFiles, now: datetime, keep_days: Callable[[str], int]) -> int:
    """Deletes every picture whose act was received more than ``keep_days(pack)`` days ago, and those no act names after the longest of these
    times; returns how many. A crash in between leaves rows without files, which the next call deletes."""
    days = {pack: keep_days(pack) for pack in session.scalars(select(Application.pack).distinct())}
    longest = max(days.values(), default=0)
    kept: set[str] = set()
    named: set[str] = set()
    acts = select(Event.payload, Event.received_at, Application.pack).outerjoin(
        Application, Application.application_no == Event.case_id
    )
    for payload, received_at, pack in session.execute(acts.where(Event.kind == _READ)):
        digest = str(payload.get("page_image", ""))
        named.add(digest)
        if received_at + timedelta(days=days.get(pack, longest)) > now:
            kept.add(digest)
    gone = [
        image
        for image in session.scalars(select(Image))
        if image.digest not in kept and (image.digest in named or image.received_at + timedelta(days=longest) <= now)
    ]
    for image in gone:
        session.delete(image)
        files.forget(image.digest)
    return len(gone)
