"""What a desk throws away by itself: pictures whose time is over, and yesterday's papers. And what it brings over to another cipher."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from kiosk.policy import Pack
from kiosk.wire.models import ApplicationRecord
from offline_cache.reseal import reseal
from offline_cache.retention import Erased, retire
from offline_cache.store import Store

DEFAULT_DAYS = 30  # for a case whose pack is not here any more
RESEAL_S = 3.0  # at most so long at a time: the line has other work
PAPERS_DAYS = 1  # a saved paper names a child; the log can draw it again


class Records(Protocol):
    def get(self, application_no: str) -> ApplicationRecord | None: ...


class Packs(Protocol):
    def pack(self, pack_id: str) -> Pack | None: ...


def pictures_in(payload: Mapping[str, Any]) -> Iterator[str]:
    """The digests of the pictures an act names (kiosk.case.events)."""
    yield from (str(payload[name]) for name in ("page_image", "crops") if payload.get(name))
    images = payload.get("images")
    if isinstance(images, list):
        yield from (str(digest) for digest in images)


class Tidy:
    """Called with the platform's time. ``papers``: the folder of saved papers."""

    def __init__(self, store: Store, records: Records, packs: Packs, papers: Path) -> None:
        self._store = store
        self._records = records
        self._packs = packs
        self._papers = papers

    def __call__(self, now: datetime) -> None:
        self.pictures(now)
        self.old_papers(now)
        self.bring_over()

    def pictures(self, now: datetime) -> Erased:
        """Erases what the pack's ``image_retention_days`` no longer allow, counted from the platform's acceptance."""
        return retire(self._store, now, pictures=pictures_in, keep_days=self._keep_days)

    def old_papers(self, now: datetime) -> int:
        """Deletes papers saved more than a day ago; returns how many."""
        before = (now - timedelta(days=PAPERS_DAYS)).timestamp()
        old = [path for path in self._papers.glob("*.pdf") if path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def bring_over(self, seconds: float = RESEAL_S) -> None:
        """Goes on sealing by the desk's cipher what was written before that was chosen (offline_cache.reseal), for so long."""
        until = time.monotonic() + seconds
        while reseal(self._store) and time.monotonic() < until:
            pass

    def _keep_days(self, case_id: str) -> int:
        record = self._records.get(case_id) if case_id else None
        pack = self._packs.pack(record.pack) if record is not None else None
        return pack.image_retention_days if pack is not None else DEFAULT_DAYS
