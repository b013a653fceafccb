"""SIGKILL at random moments, and what must be true afterwards."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from benchmarks.trials.desk_day import ACTS_FILE, where_it_is
from kiosk.settings import Settings
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from yanhe.practice_world import prepare

START_LIMIT_S = 120.0


@dataclass
class DeskKills:
    """What the kills of one run showed. Every list of faults must be empty."""

    kills: int = 0
    days: int = 0  # closed and compared with the platform
    acts: int = 0  # called written before a kill
    lost: list[str] = field(default_factory=list)
    broken_chains: list[int] = field(default_factory=list)
    misplaced: list[str] = field(
        default_factory=list
    )  # restarts that showed another case, page or decision than the log
    doubled: list[str] = field(default_factory=list)  # events or paper numbers
    missing_at_platform: list[str] = field(default_factory=list)
    images_lost: int = 0
    usable_s: list[float] = field(
        default_factory=list
    )  # from the start of the process, interpreter and imports included
    usable_cpu_s: list[float] = field(default_factory=list)
    last_acts: Counter[str] = field(default_factory=Counter)  # the act that was written last before the kill
    open_when_killed: int = 0  # kills with acts or pictures still on their way to the platform

    @property
    def faults(self) -> int:
        found = (self.lost, self.broken_chains, self.misplaced, self.doubled, self.missing_at_platform)
        return sum(len(faults) for faults in found) + self.images_lost


def kill_desks(
    folder: Path,
    kills: int,
    *,
    seed: int = 20140419,
    kills_a_day: int = 25,
    whole_starts: float = 0.1,
    told: Callable[[DeskKills], None] = lambda _: None,
) -> DeskKills:
    """``kills`` kills of the desk process, each at a random moment of its day; after every ``kills_a_day`` the day is closed, the platform
    compared with the desk, and a new practice district begun.

    ``whole_starts``: the share of starts with an interpreter of their own; only these tell how soon a killed desk is usable again. The others
    are forked from a process that has imported the program, and are the same from there on. ``told`` hears of every kill.
    """
    chance, found = random.Random(seed), DeskKills()
    day = 0
    with Desks(whole_starts, chance) as desks:
        while found.kills < kills:
            world = folder / f"day{day}"
            practice = prepare(world, Settings(home=folder), fresh=True)
            try:
                desks.drain(world)  # a desk gets its families' applications before the first of them sits down
                for _ in range(min(kills_a_day, kills - found.kills)):
                    _one_kill(world, desks, chance, found)
                    told(found)
                _close_day(world, desks, practice.settings, found)
            finally:
                practice.platform.stop()
            shutil.rmtree(world)
            day += 1
            found.days = day
            told(found)
    return found


class Desks:
    """Starts desk processes, whole or forked."""

    def __init__(self, whole_starts: float, chance: random.Random) -> None:
        self._whole_starts = whole_starts
        self._chance = chance
        self._environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self._command = [sys.executable, "-m", "benchmarks.trials.desk_day"]
        self._forks = subprocess.Popen(
            [*self._command, "--forks"], env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Desks:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._forks.stdin is not None and self._forks.stdout is not None
        self._forks.stdin.close()
        self._forks.wait()
        self._forks.stdout.close()

    def start(self, world: Path, seed: int) -> DeskProcess:
        if self._chance.random() < self._whole_starts:
            child = subprocess.Popen([*self._command, str(world), str(seed)], env=self._environment)
            return DeskProcess(child.pid, child.wait, whole=True)
        return self._fork(f"{world} {seed}")

    def _fork(self, line: str) -> DeskProcess:
        orders, answers = self._forks.stdin, self._forks.stdout
        assert orders is not None and answers is not None
        orders.write(line + "\n")
        orders.flush()
        return DeskProcess(int(answers.readline()), lambda: int(answers.readline()), whole=False)

    def drain(self, world: Path) -> None:
        """A desk at which nothing happens but the sending of what is left. Raises RuntimeError when not all of it goes."""
        if code := self._fork(f"{world} 0 --drain").wait():
            raise RuntimeError(f"the outbox did not empty: {code}")


@dataclass(frozen=True)
class DeskProcess:
    pid: int
    wait: Callable[[], int]
    whole: bool

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.wait()


def _notes(world: Path) -> list[dict[str, Any]]:
    path = world / ACTS_FILE
    if not path.exists():
        return []
    # a torn last line was not acknowledged
    return [json.loads(line) for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]


def _one_kill(world: Path, desks: Desks, chance: random.Random, found: DeskKills) -> None:
    with _copied_store(world) as store:
        expected = where_it_is(store)
    before = len(_notes(world))
    began = time.monotonic()
    child = desks.start(world, chance.randrange(1 << 30))
    try:
        if chance.random() < 0.1:  # some die while they start
            time.sleep(chance.uniform(0.0, 1.5))
        else:
            usable = _await_usable(world, before)
            if child.whole:
                found.usable_s.append(usable["usable"] - began)
                found.usable_cpu_s.append(usable["cpu_s"])
            if not _same_place(usable["where"], expected):
                found.misplaced.append(f"{usable['where']} instead of {expected}")
            _await_acts(world, before + 1 + chance.randint(0, 30))
            time.sleep(chance.uniform(0.0, 0.1))  # anywhere between two acts, or within one
    finally:
        child.kill()
    found.kills += 1
    _examine(world, before, found)


def _same_place(shown: dict[str, Any], expected: dict[str, Any]) -> bool:
    """The same family, in the same phase, with at least the pages the log knows (a capture left unread is read at once)."""
    if not expected or not shown:
        return not expected and not shown
    same = (shown["case"], shown["decided"]) == (expected["case"], expected["decided"])
    return same and set(expected["pages"]) <= set(shown["pages"])


def _await_usable(world: Path, before: int) -> dict[str, Any]:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until:
        for note in _notes(world)[before:]:
            if "usable" in note:
                return note
        time.sleep(0.01)
    raise RuntimeError("the desk did not become usable")


def _await_acts(world: Path, lines: int) -> None:
    until = time.monotonic() + START_LIMIT_S
    while len(_notes(world)) < lines:
        if time.monotonic() > until:
            raise RuntimeError("the day stands still")
        time.sleep(0.005)


class _copied_store:
    """A look at a killed desk's store that leaves the original as the kill left it, for the restart to deal with."""

    def __init__(self, world: Path) -> None:
        self._desk = world / "desk"
        self._copy = world / "look"

    def __enter__(self) -> Store:
        shutil.rmtree(self._copy, ignore_errors=True)
        self._copy.mkdir()
        for path in (self._desk / "store").glob("desk.db*"):
            shutil.copy(path, self._copy / path.name)
        shutil.copy(self._desk / "store" / "key.json", self._copy / "key.json")
        self._store = Store.open(self._copy, KeyFile(self._desk / "keys" / "machine.key"), chain=link, ciphers=SUITES)
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()
        shutil.rmtree(self._copy, ignore_errors=True)


def _examine(world: Path, before: int, found: DeskKills) -> None:
    new = [note for note in _notes(world)[before:] if "event_id" in note]
    found.acts += len(new)
    found.last_acts[new[-1]["kind"] if new else "(none yet)"] += 1
    with _copied_store(world) as store:
        held = {event.event_id: event.seq for event in store.events_after(0, 1_000_000)}
        acknowledged = {note["event_id"]: note["seq"] for note in _notes(world) if "event_id" in note}
        found.lost += [event_id for event_id, seq in acknowledged.items() if held.get(event_id) != seq]
        broken = store.first_broken_link()
        if broken is not None:
            found.broken_chains.append(broken)
        counts = store.outbox_counts()
        found.open_when_killed += bool(counts.open_events or counts.open_images)


def _close_day(world: Path, desks: Desks, settings: Settings, found: DeskKills) -> None:
    """Nothing more happens; the desk sends what is left, and both sides are compared event by event, picture by picture."""
    desks.drain(world)
    with Store.open(settings.store, KeyFile(settings.key_file), chain=link, ciphers=SUITES) as store:
        mine = [event.event_id for event in store.events_after(0, 1_000_000)]
        papers = [event.payload["paper_no"] for event in store.events_of_kind("case.decided")]
        pages = {event.payload["page_image"] for event in store.events_of_kind("page.read")} - {""}
    theirs, images = at_platform(world / "platform")
    found.doubled += [event for event, times in Counter(theirs).items() if times > 1]
    found.doubled += [number for number, times in Counter(papers).items() if times > 1]
    found.missing_at_platform += [event for event in mine if event not in set(theirs)]
    if theirs != mine:
        found.doubled += sorted(set(theirs) - set(mine))
    found.images_lost += len(pages - images)


def at_platform(folder: Path, database: str | None = None) -> tuple[list[str], set[str]]:
    """(event ids in the desk's order, digests of images whose file is there) as a platform's own tables hold them."""
    engine = create_engine(database or f"sqlite:///{folder / 'central.db'}")
    with engine.connect() as tables:
        events = [str(row[0]) for row in tables.execute(text("SELECT event_id FROM events ORDER BY desk_id, seq"))]
        images = {str(row[0]) for row in tables.execute(text("SELECT digest FROM images"))}
    engine.dispose()
    return events, {digest for digest in images if (folder / "images" / digest[:2] / digest).exists()}


def quantile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie; nan without values."""
    return statistics.quantiles(values, n=100)[round(share * 100) - 1] if len(values) > 1 else float("nan")
