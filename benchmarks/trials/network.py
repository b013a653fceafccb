"""A desk that sends a day's acts and pictures through a bad line: does everything arrive exactly once, verdicts before pictures?"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.trials.bad_line import BadLine, Weather
from benchmarks.trials.kills import at_platform, quantile
from kiosk.sync.enrolment import enrol, enrolment
from kiosk.sync.http import HttpTransport
from kiosk.sync.worker import SyncWorker
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import SCHOOL_CODE, application_records
from yanhe.platform_process import PlatformProcess

STORMY = Weather(latency_s=0.001, cut_after=700_000, reset=0.08, truncate=0.08, swallow=0.05, refuse=0.15)
LIMIT_S = 1800.0


@dataclass
class BadNetwork:
    """What became of everything that was sent."""

    events: int = 0
    images: int = 0
    megabytes: float = 0.0
    took_s: float = 0.0
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unordered: bool = False
    torn: list[str] = field(default_factory=list)
    pictures_before_verdicts: int = 0  # pictures that came although an act written before them was still missing
    happened: Counter[str] = field(default_factory=Counter)
    desk_wait_ms: list[float] = field(default_factory=list)  # what an act had to wait for its store meanwhile

    @property
    def faults(self) -> int:
        return len(self.missing) + len(self.doubled) + len(self.torn) + self.unordered + self.pictures_before_verdicts

    @property
    def longest_wait_ms(self) -> float:
        return max(self.desk_wait_ms, default=float("nan"))

    @property
    def p95_wait_ms(self) -> float:
        return quantile(self.desk_wait_ms, 0.95)


def through_bad_weather(
    folder: Path, *, events: int, images: int, large: int = 3, weather: Weather = STORMY, seed: int = 5
) -> BadNetwork:
    """``images`` pictures of 5 to 120 kB, ``large`` of them of 2 to 5 MB, among ``events`` acts; half of them written while the line works."""
    chance, found = random.Random(seed), BadNetwork(events=events, images=images)
    platform = PlatformProcess(folder / "platform")
    platform.load(application_records(), "南山区")
    code = platform.enrol_code(SCHOOL_CODE, "2号桌")
    platform.start()
    try:
        with Store.open(folder / "store", KeyFile(folder / "keys" / "k"), chain=link, ciphers=SUITES) as store:
            enrol(platform.url, code, store)
            desk = enrolment(store)
            assert desk is not None
            cases = [record.application_no for record in application_records()]
            sizes = picture_sizes(chance, events, images, large)
            found.megabytes = sum(sizes.values()) / 1e6
            write(store, chance, range(events // 2), sizes, cases)
            with (
                BadLine(platform.port, weather, seed) as line,
                HttpTransport(line.url, desk.desk_id, desk.key, desk.platform_key, answer_s=2.0) as transport,
            ):
                began = time.monotonic()
                worker = SyncWorker(store, transport, retry_first_s=0.02, retry_most_s=0.2)
                worker.start()
                try:
                    pause = threading.Event()

                    def told(wait_ms: float) -> None:
                        found.desk_wait_ms.append(wait_ms)
                        worker.nudge()
                        pause.wait(0.002)

                    write(store, chance, range(events // 2, events), sizes, cases, told)
                    _drained(store, worker)
                finally:
                    worker.stop()
                found.took_s = time.monotonic() - began
                found.happened = line.happened
            compare(store, folder / "platform", found)
    finally:
        platform.stop()
    return found


def picture_sizes(chance: random.Random, events: int, images: int, large: int) -> dict[int, int]:
    """number of the act → bytes of its picture."""
    with_picture = sorted(chance.sample(range(events), images))
    sizes = {number: chance.randint(5_000, 120_000) for number in with_picture}
    for number in chance.sample(with_picture, min(large, images)):
        sizes[number] = chance.randint(2_000_000, 5_000_000)
    return sizes


def write(
    store: Store,
    chance: random.Random,
    numbers: range,
    sizes: dict[int, int],
    cases: Sequence[str],
    told: Callable[[float], None] = lambda _: None,
) -> None:
    """Acts of these ``cases``, some with a picture. ``told`` hears of each how many milliseconds it took to be on the disk."""
    for number in numbers:
        picture = chance.randbytes(sizes[number]) if number in sizes else b""
        seen = {"capture_id": f"{number:032x}", "images": [hashlib.sha256(picture).hexdigest()]}
        began = time.monotonic()
        store.append(
            chance.choice(cases),
            "page.captured" if picture else "notice.given",
            "T01",
            seen if picture else {"how": "clerk", "language": "zh_CN"},
            images=[picture] if picture else [],
        )
        told((time.monotonic() - began) * 1000)


def _drained(store: Store, worker: SyncWorker) -> None:
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        counts = store.outbox_counts()
        if not (counts.open_events or counts.open_images):
            return
        time.sleep(0.05)
    raise RuntimeError(f"not all arrived: {store.outbox_counts()}, {worker.state}")


def compare(store: Store, platform: Path, found: BadNetwork) -> None:
    """Both sides, act by act and picture by picture."""
    mine = [event.event_id for event in store.events_after(0, 1_000_000)]
    pictures = _first_named(store)
    theirs, images = at_platform(platform)
    found.missing = [event for event in mine if event not in set(theirs)] + sorted(pictures.keys() - images)
    found.doubled = [event for event, times in Counter(theirs).items() if times > 1]
    found.unordered = theirs != mine
    found.torn = [
        digest
        for digest in images
        if hashlib.sha256((platform / "images" / digest[:2] / digest).read_bytes()).hexdigest() != digest
    ]
    with sqlite3.connect(platform / "central.db") as tables:
        arrived = dict(tables.execute("SELECT seq, received_at FROM events"))
        came = dict(tables.execute("SELECT digest, received_at FROM images"))
    tables.close()
    # a picture never comes before the act that names it, nor before any act older than that one
    found.pictures_before_verdicts = sum(
        1 for digest, seq in pictures.items() if digest in came and came[digest] < arrived[seq]
    )


def _first_named(store: Store) -> dict[str, int]:
    """digest of each picture for the platform → number of the first act that names it."""
    with store.upkeep() as parts:
        named = "SELECT digest, min(seq) FROM event_images JOIN image_outbox USING (digest) GROUP BY digest"
        return dict(parts.db.execute(named).fetchall())
