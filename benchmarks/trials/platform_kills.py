"""SIGKILL of the platform's process at random moments while a desk sends as fast as it can, and what must be true afterwards."""

from __future__ import annotations

import hashlib
import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.trials.kills import at_platform
from kiosk.sync.enrolment import enrol, transport_for
from kiosk.sync.worker import SyncWorker
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import SCHOOL_CODE, application_records
from yanhe.platform_process import PlatformProcess

_KINDS = ("page.captured", "page.read", "field.answered", "visit.suspended")
DRAIN_LIMIT_S = 900.0


@dataclass
class PlatformKills:
    """What the kills of one run showed. ``events`` and ``images`` were sent; every list of faults must be empty."""

    kills: int = 0
    events: int = 0
    images: int = 0
    missing: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)  # at the platform, though no desk ever called it written
    unordered: bool = False
    torn_images: list[str] = field(default_factory=list)
    answered_s: list[float] = field(default_factory=list)  # start of the process until it listens

    @property
    def faults(self) -> int:
        return len(self.missing) + len(self.foreign) + len(self.torn_images) + self.unordered


def kill_platform(folder: Path, kills: int, *, seed: int = 7, database: str | None = None) -> PlatformKills:
    """One desk writes acts and pictures all the time and sends them; the platform is killed and started again ``kills`` times.

    ``database``: URL of an empty PostgreSQL database instead of the embedded SQLite."""
    chance, found = random.Random(seed), PlatformKills()
    platform = PlatformProcess(folder / "platform", database=database)
    platform.load(application_records(), "南山区")
    code = platform.enrol_code(SCHOOL_CODE, "2号桌")
    platform.start()
    with Store.open(folder / "store", KeyFile(folder / "keys" / "k"), chain=link, ciphers=SUITES) as store:
        desk = enrol(platform.url, code, store)
        with transport_for(desk) as line:
            worker = SyncWorker(store, line, retry_first_s=0.02, retry_most_s=0.1)
            worker.start()
            ending = threading.Event()
            writer = threading.Thread(target=_write, args=(store, worker, chance.randrange(1 << 30), ending))
            writer.start()
            try:
                for _ in range(kills):
                    time.sleep(chance.uniform(0.05, 0.8))
                    platform.kill()
                    found.kills += 1
                    began = time.monotonic()
                    platform.start()
                    found.answered_s.append(time.monotonic() - began)
                ending.set()
                writer.join()
                _drain(store, worker)
            finally:
                ending.set()
                writer.join()
                worker.stop()
                platform.stop()
        mine = [event.event_id for event in store.events_after(0, 1_000_000)]
        pictures = {str(event.payload["image"]) for event in store.events_of_kind("page.read")}
    theirs, images = at_platform(folder / "platform", database)
    found.events, found.images = len(mine), len(pictures)
    found.missing = [event for event in mine if event not in set(theirs)] + sorted(pictures - images)
    found.foreign = sorted(set(theirs) - set(mine))
    found.unordered = theirs != mine
    found.torn_images = [digest for digest in images if not _whole(folder / "platform" / "images", digest)]
    return found


def _write(store: Store, worker: SyncWorker, seed: int, ending: threading.Event) -> None:
    """A busy desk: about twenty acts a second, every fourth with a picture."""
    chance, cases = random.Random(seed), [record.application_no for record in application_records()]
    while not ending.wait(0.05):
        kind = chance.choice(_KINDS)
        picture = os.urandom(chance.randint(5_000, 120_000)) if kind == "page.read" else b""
        payload = {"image": hashlib.sha256(picture).hexdigest()} if picture else {}
        store.append(chance.choice(cases), kind, "T01", payload, images=[picture] if picture else [])
        worker.nudge()


def _drain(store: Store, worker: SyncWorker) -> None:
    until = time.monotonic() + DRAIN_LIMIT_S
    while time.monotonic() < until:
        counts = store.outbox_counts()
        if not (counts.open_events or counts.open_images):
            return
        worker.retry_now()
        time.sleep(0.1)
    raise RuntimeError("the outbox did not empty")


def _whole(folder: Path, digest: str) -> bool:
    return hashlib.sha256((folder / digest[:2] / digest).read_bytes()).hexdigest() == digest
