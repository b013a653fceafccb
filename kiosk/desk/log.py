"""The desk's log: acts and pictures of cases, over the encrypted store."""

from __future__ import annotations

import base64
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kiosk.case.events import Decided
from kiosk.desk.today import KINDS, Day
from offline_cache.events import StoredEvent
from offline_cache.problems import StoreProblem
from offline_cache.store import Store
from scanner.codec import from_bytes, to_jpeg
from scanner.types import Image

_DECIDED = Decided.model_fields["kind"].default
_CASES_AT_HAND = 10  # the children of one family, and some


class CaseLog:
    """What the desk asks of its store. ``append`` is durable when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # an open case is projected at every act: the events of a family's cases stay at hand
        self._cases: OrderedDict[str, list[StoredEvent]] = OrderedDict()
        self._papers = 0
        self._decided: dict[str, date] = {}
        self.day = Day()
        known = (event for kind in KINDS for event in store.events_of_kind(kind))
        for event in sorted(known, key=lambda event: event.seq):
            self._count(event)

    def _count(self, event: StoredEvent) -> None:
        self.day.see(event)
        if event.kind == _DECIDED:
            self._papers += 1
            self._decided[event.case_id] = datetime.fromisoformat(event.at).date()

    def recent_cases(self) -> list[str]:
        """Case ids, the one touched last first."""
        return [event.case_id for event in reversed(self._store.last_event_per_case())]

    def acts(self, case_id: str) -> Sequence[StoredEvent]:
        """The acts of a case, oldest first."""
        if case_id not in self._cases:
            self._cases[case_id] = self._store.events(case_id)
        self._cases.move_to_end(case_id)
        while len(self._cases) > _CASES_AT_HAND:
            self._cases.popitem(last=False)
        return self._cases[case_id]

    def of_kind(self, kind: str) -> Sequence[StoredEvent]:
        """All acts of a kind on this desk, oldest first."""
        return self._store.events_of_kind(kind)

    def act(self, case_id: str, event_id: str) -> StoredEvent:
        """One act of a case. Raises LookupError when there is none of this id."""
        for event in self.acts(case_id):
            if event.event_id == event_id:
                return event
        raise LookupError(event_id)

    def newest(self, case_id: str, kind: str) -> StoredEvent:
        """The newest act of a kind in a case. Raises LookupError when there is none."""
        for event in reversed(self.acts(case_id)):
            if event.kind == kind:
                return event
        raise LookupError(kind)

    def append(
        self,
        case_id: str,
        kind: str,
        actor: str,
        payload: Mapping[str, Any],
        images: Sequence[bytes] = (),
        settings: Callable[[StoredEvent], Mapping[str, str]] | None = None,
    ) -> StoredEvent:
        """Write one act with the pictures it names and what this machine keeps with it. Raises StoreProblem when it could not be written; then nothing has changed."""
        event = self._store.append(case_id, kind, actor, payload, images=images, settings=settings)
        if case_id in self._cases:
            self._cases[case_id] = [*self._cases[case_id], event]
        self._count(event)
        return event

    def decided_today(self, today: date) -> int:
        return sum(1 for day in self._decided.values() if day == today)

    def next_counter(self) -> int:
        """The next of this desk's paper numbers, from 1. Counted from the log, so that no crash can give a number twice."""
        return self._papers + 1

    def waiting(self) -> tuple[int, int]:
        """(events, images) that the platform has not accepted yet."""
        counts = self._store.outbox_counts()
        return counts.open_events, counts.open_images

    # pictures

    def keep_frame(self, frame: Image) -> str:
        """Keep a camera frame on this desk only, until its page is read."""
        return self._store.keep_local(to_jpeg(frame, 92))

    def frame(self, digest: str) -> Image | None:
        return from_bytes(self.picture(digest))

    def drop_frame(self, digest: str) -> None:
        self._store.forget_local(digest)

    def keep_crops(self, crops: Mapping[str, bytes]) -> str:
        """Keep the fields' pieces of the photograph together, on this desk only."""
        body = {name: base64.b64encode(data).decode("ascii") for name, data in crops.items() if data}
        return self._store.keep_local(json.dumps(body, sort_keys=True).encode("utf-8"))

    def address_of(self, picture: bytes) -> str:
        """By what a picture that goes with the next act is named in it."""
        return self._store.address_of(picture)

    def crops(self, digest: str) -> dict[str, bytes]:
        data = self.picture(digest)
        return {name: base64.b64decode(text) for name, text in json.loads(data).items()} if data else {}

    def picture(self, digest: str) -> bytes:
        """A kept picture, b"" when it is gone (retention, damage): the case goes on without it."""
        if not digest:
            return b""
        try:
            return self._store.image(digest)
        except StoreProblem:
            return b""
