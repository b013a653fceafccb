"""One exchange with the platform: pull what changed, push what happened. No thread, no waiting; kiosk.sync.worker repeats it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from kiosk.sync.enrolment import school_settings
from kiosk.sync.staff import staff_settings
from kiosk.sync.terms import row_of
from kiosk.sync.transport import Refused, Transport, Unreachable
from kiosk.wire.models import ApplicationRecord, Changes, EventRecord, PushAnswer, PushStatus
from offline_cache.events import StoredEvent
from offline_cache.outbox import Delivery
from offline_cache.problems import StoreProblem
from offline_cache.store import Store

PULL_PAGE = 200  # what the store keeps in one transaction: the desk may have to wait for it
PUSH_BATCH = 200
_WORTH_ASKING = 64 * 1024  # bytes from which asking whether an image is there already costs less than sending it again
PIECE = 256 * 1024  # larger images go in pieces of this size: a line that is cut loses one piece, not the picture
_GAP = "gap"
DELIVERIES = {
    PushStatus.ACCEPTED: Delivery.ACCEPTED,
    PushStatus.DUPLICATE: Delivery.ACCEPTED,
    PushStatus.REFUSED: Delivery.REFUSED,
}
TakePack = Callable[[Mapping[str, bytes]], object]


def keep(store: Store, page: Changes, take_pack: TakePack) -> None:
    """One page of changes with its cursor, in one transaction."""
    settings: dict[str, str] = staff_settings(store, page.changes)
    for change in page.changes:
        if change.type == "school":
            settings.update(school_settings(str(change.body["name"]), str(change.body["district"])))
        elif change.type == "pack":
            take_pack({name: str(data).encode("utf-8") for name, data in change.body["files"].items()})
    store.put_changes(
        page.cursor,
        applications=[
            row_of(ApplicationRecord(**change.body)) for change in page.changes if change.type == "application"
        ],
        desk_keys={change.key: change.body for change in page.changes if change.type == "desk_key"},
        results={change.key: change.body for change in page.changes if change.type == "result"},
        settings=settings,
    )


class Exchange:
    """``store`` and ``transport`` put together. ``on_progress`` is called whenever the store has changed, ``take_pack`` with the files
    of each service pack that comes (again, if the pull was cut before its cursor was kept).

    Both directions raise Unreachable, and Refused when the platform refuses this desk itself.
    """

    def __init__(
        self,
        store: Store,
        transport: Transport,
        on_progress: Callable[[], None] = lambda: None,
        take_pack: TakePack = lambda _: None,
    ) -> None:
        self._store = store
        self._take_pack = take_pack
        self._transport = transport
        self._on_progress = on_progress

    def pull(self) -> None:
        """Takes all pages since the stored cursor; each is kept with its cursor before the next is asked for."""
        more = True
        while more:
            page = self._transport.changes(self._store.cursor, PULL_PAGE)
            keep(self._store, page, self._take_pack)
            if page.changes:
                self._on_progress()
            more = page.more

    def push(self) -> None:
        """Sends every waiting event, then every waiting image; events that happen meanwhile go before the next image."""
        while True:
            # the image is chosen before the events go: the act that names it was written with it, and so is among them
            image = self._store.waiting_images(limit=1)
            self._push_events()
            if not image:
                return
            self._push_image(image[0])

    def _push_events(self) -> None:
        asked_for: int | None = None
        events = self._store.waiting_events(PUSH_BATCH)
        while events:
            answer = self._offer(events)
            if not any(result.reason == _GAP for result in answer.results):
                events = self._store.waiting_events(PUSH_BATCH)
            elif answer.next_seq == asked_for:
                return  # it asks for an event that it has just refused: a person must look, the rest keeps waiting
            else:
                # it lacks events from before these, perhaps since it was restored from a backup
                asked_for = answer.next_seq
                events = self._store.events_after(asked_for - 1, PUSH_BATCH)

    def _offer(self, events: Sequence[StoredEvent]) -> PushAnswer:
        """One batch; everything the platform settled is marked. What it refused only for a gap stays on its way."""
        self._store.mark_events([(event.event_id, Delivery.SENT, "") for event in events])
        answer = self._transport.push([EventRecord(**event.as_dict()) for event in events])
        if {result.event_id for result in answer.results} != {event.event_id for event in events}:
            raise Unreachable("an answer to something else", "stranger")
        self._store.mark_events(
            [
                (result.event_id, DELIVERIES[result.status], result.reason)
                for result in answer.results
                if result.reason != _GAP
            ],
            at=self._platform_now(),
        )
        self._on_progress()
        return answer

    def _platform_now(self) -> datetime:
        """The platform's time: ages are counted by it, whatever this machine's clock says."""
        return datetime.now(UTC) + self._transport.clock_offset

    def _push_image(self, digest: str) -> None:
        try:
            data = self._store.image(digest)
        except StoreProblem as problem:
            self._store.mark_image(
                digest, Delivery.REFUSED, str(problem.code)
            )  # lost here: say so, go on with the rest
        else:
            self._store.mark_image(digest, Delivery.SENT)
            self._store.mark_image(digest, *self._sent(digest, data), at=self._platform_now())
        self._on_progress()

    def _sent(self, digest: str, data: bytes) -> tuple[Delivery, str]:
        try:
            if len(data) > PIECE:
                self._send_in_pieces(digest, data)
            elif len(data) < _WORTH_ASKING or not self._transport.has_image(digest):
                self._transport.put_image(digest, data)
        except Refused as refused:
            if refused.status == 401:
                raise  # the desk is refused, not the image
            return Delivery.REFUSED, refused.code
        return Delivery.ACCEPTED, ""

    def _send_in_pieces(self, digest: str, data: bytes) -> None:
        """From where the platform says it stands; a cut between two pieces costs nothing, one within a piece costs that piece."""
        state, restarts, sent = self._transport.upload_state(digest), 0, 0
        most = 2 * (len(data) // PIECE + 2)  # a platform that never comes to an end is as good as silent
        while not state.complete:
            sent += 1
            if sent > most:
                raise Unreachable("pieces without an end")
            begin = min(
                state.offset, len(data) - 1
            )  # all pieces there, but their end was never confirmed: the last byte again
            piece = data[begin : begin + PIECE]
            try:
                state = self._transport.put_piece(digest, piece, begin, len(data))
            except Refused as refused:
                # the pieces were damaged over there (a power cut): once more from the start before it is called refused
                if refused.code != "digest_mismatch" or restarts:
                    raise
                restarts += 1
                state = self._transport.upload_state(digest)
            self._on_progress()
            self._push_events()  # a verdict does not wait for the end of a large picture
