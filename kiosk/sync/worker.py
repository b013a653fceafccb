"""The sync thread: keeps desk and platform up to date and says how the line is. It never blocks the desk."""

from __future__ import annotations

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.desk.view import DeviceView
from kiosk.sync.exchange import Exchange, TakePack
from kiosk.sync.line_view import line_device
from kiosk.sync.steady import Link, Steady
from kiosk.sync.transport import Refused, Transport, Unreachable
from kiosk.sync.words import refusal_text, store_text
from kiosk.texts import Text, text
from offline_cache.outbox import OutboxCounts
from offline_cache.problems import StoreProblem
from offline_cache.store import Store

_log = logging.getLogger(__name__)

CONTACT = "sync.contact"  # the setting: when the platform last answered, by its clock, ISO 8601
CONTACT_EVERY = timedelta(minutes=1)
TIDY_EVERY = timedelta(minutes=10)
PULL_EVERY_S = 30.0
RETRY_FIRST_S, RETRY_MOST_S = 1.0, 60.0


@dataclass(frozen=True)
class SyncState:
    """How the line is, for people. ``last_contact``: when the platform last answered, by this machine's clock."""

    link: Link
    last_contact: datetime | None
    counts: OutboxCounts
    problem: str = ""  # code of a refusal or of a store problem
    why: str = ""  # of a line that is down: Unreachable.why
    status: int = 0
    failures: int = 0  # in a row
    next_try: datetime | None = None

    @property
    def refused(self) -> int:
        """Items the platform would not take; a person must see them."""
        return sum(
            n for counted in (self.counts.events, self.counts.images) for s, n in counted.items() if s == "refused"
        )

    @property
    def waiting(self) -> int:
        return self.counts.open_events + self.counts.open_images

    def text(self) -> Text:
        if self.link is Link.REJECTED:
            return text("sync.rejected", problem=refusal_text(self.problem))
        if self.link is Link.BROKEN:
            return text("sync.broken", problem=store_text(self.problem))
        if self.refused:
            return text("sync.refused", number=self.refused)
        if self.link is Link.OFFLINE and self.last_contact is not None:
            return text("sync.offline_since", waiting=self.waiting, time=f"{self.last_contact:%H:%M}")
        return text(f"sync.{self.link}", waiting=self.waiting)

    def device(self) -> DeviceView:
        return line_device(self)


class SyncWorker:
    """Pulls at the start and every ``pull_every_s``; pushes at once when nudged. Without an answer it tries again after
    ``retry_first_s``, doubling up to ``retry_most_s``, each time shortened by chance so that a school's desks don't all call at once.
    A line that gets something across before it breaks is not slowed down further: the doubling begins anew.

    ``on_change`` is called on the sync thread after every change of state, outbox or applications; it must return quickly. ``tidy`` is called
    now and then with the platform's time, when everything has been sent.
    """

    def __init__(
        self,
        store: Store,
        transport: Transport,
        *,
        on_change: Callable[[], None] = lambda: None,
        take_pack: TakePack = lambda _: None,
        tidy: Callable[[datetime], None] = lambda _: None,
        pull_every_s: float = PULL_EVERY_S,
        retry_first_s: float = RETRY_FIRST_S,
        retry_most_s: float = RETRY_MOST_S,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._transport = transport
        self._noted: datetime | None = None
        self._on_change = on_change
        self._tidy = tidy
        self._tidied: datetime | None = None
        self._exchange = Exchange(store, transport, on_progress=self._progressed, take_pack=take_pack)
        self._pull_every_s = pull_every_s
        self._retry_s = (retry_first_s, retry_most_s)
        self._chance = chance
        self._failures = 0
        self._pause_s = 0.0  # until the next attempt of a line that is down
        self._steady = Steady(clock)
        self._advanced = False  # something got across in this turn
        self._wake = threading.Condition()
        self._nudged = False
        self._urgent = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._state = SyncState(Link.STARTING, None, OutboxCounts())

    @property
    def state(self) -> SyncState:
        return self._state

    def device(self) -> DeviceView:
        """What people see: the line's light, without its twitches (kiosk.sync.steady)."""
        return replace(self._state, link=self._steady.shown).device()

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """Something waits to be sent. Returns at once; while the line is down it does not shorten the wait."""
        with self._wake:
            self._nudged = True
            self._wake.notify()

    def retry_now(self) -> None:
        """A person asks to try again: at once, also while the line is down."""
        with self._wake:
            self._urgent = True
            self._wake.notify()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Asks the thread to end and waits for it; what is being sent stays in the outbox until it is answered. Safe to call twice."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        pull = True
        while not self._stopping:
            self._turn(pull)
            pull = self._wait()

    def _turn(self, pull: bool) -> None:
        self._say(Link.SYNCING)
        self._advanced = False
        try:
            if pull:
                self._exchange.pull()
            self._exchange.push()
        except Unreachable as problem:
            _log.info("platform unreachable: %s", problem)
            if self._advanced:
                self._failures = 0
            self._fail(problem.retry_after_s)
            self._say(Link.OFFLINE, why=problem.why, status=problem.status)
        except Refused as refused:
            _log.warning("platform refuses this desk: %s", refused)
            self._fail()
            self._say(Link.REJECTED, refused.code, contact=True)
        except StoreProblem as problem:
            _log.error("store: %s", problem.code)
            self._fail()
            self._say(Link.BROKEN, str(problem.code))
        except Exception as bug:
            # the thread must outlive a bug, and people must see it; only its kind is logged, for its text may hold personal data
            _log.error("sync failed: %s at %s", type(bug).__name__, _place(bug))
            self._fail()
            self._say(Link.BROKEN)
        else:
            self._failures = 0
            self._say(Link.ONLINE, contact=True)
            self._tidy_up()

    def _wait(self) -> bool:
        """Sleeps until there is something to do. True when it is (also) time to pull."""
        with self._wake:
            if self._failures:
                self._wake.wait_for(lambda: self._urgent or self._stopping, self._pause_s)
                pull = True
            else:
                woken = self._wake.wait_for(lambda: self._nudged or self._urgent or self._stopping, self._pull_every_s)
                pull = self._urgent or not woken
            self._nudged = self._urgent = False
            return pull

    def _fail(self, at_least_s: float = 0.0) -> None:
        """``at_least_s``: how long the platform itself asked to be left alone."""
        self._failures += 1
        first, most = self._retry_s
        pause = min(most, first * 2 ** min(self._failures - 1, 16)) * (0.5 + 0.5 * self._chance())
        self._pause_s = max(pause, at_least_s)

    def _progressed(self) -> None:
        self._advanced = True
        self._say(Link.SYNCING, contact=True)

    def _say(self, link: Link, problem: str = "", *, contact: bool = False, why: str = "", status: int = 0) -> None:
        now = datetime.now().astimezone()
        last_contact = now if contact else self._state.last_contact
        try:
            if contact:
                self._note_contact()
            counts = self._store.outbox_counts()
        except StoreProblem as trouble:
            link, problem, counts = Link.BROKEN, str(trouble.code), self._state.counts
        self._steady.heard(link)
        if link is Link.SYNCING:  # while it is tried again, what was wrong is still what people should read
            why, status, problem = self._state.why, self._state.status, self._state.problem
        trying = link is Link.SYNCING or not self._failures
        next_try = None if trying else now + timedelta(seconds=self._pause_s)
        self._state = SyncState(link, last_contact, counts, problem, why, status, self._failures, next_try)
        self._on_change()

    def _tidy_up(self) -> None:
        """What is over goes, a little at a time, while there is nothing else to do."""
        now = datetime.now(UTC) + self._transport.clock_offset
        if self._tidied is not None and abs(now - self._tidied) < TIDY_EVERY:
            return
        self._tidied = now
        try:
            self._tidy(now)
        except StoreProblem as problem:
            _log.error("store: %s", problem.code)

    def _note_contact(self) -> None:
        """Keeps when the platform last answered, by its own clock: how old this desk's data are is known after a restart too."""
        now = datetime.now(UTC) + self._transport.clock_offset
        if self._noted is None or abs(now - self._noted) > CONTACT_EVERY:
            self._store.put_settings({CONTACT: now.isoformat(timespec="seconds")})
            self._noted = now


def _place(bug: Exception) -> str:
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
