"""Nothing is lost: kills, bad networks and big pulls, as long as you like.

script/bench reliability --with kills=500 --with platform_kills=100 --with events=2000 --with images=300 --with visits=30 --with applications=50000
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.store import _QUERIES as BY_NUMBER_AND_NAME
from benchmarks.store import _record
from benchmarks.trials.bad_line import Weather
from benchmarks.trials.kills import DeskKills, kill_desks, quantile
from benchmarks.trials.network import STORMY, BadNetwork, through_bad_weather
from benchmarks.trials.platform_kills import PlatformKills, kill_platform
from benchmarks.trials.window_weather import WindowInWeather, window_in_weather
from kiosk.sync.enrolment import enrol, transport_for
from kiosk.sync.exchange import Exchange
from kiosk.sync.terms import name_terms
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import SCHOOL_CODE, application_records
from yanhe.platform_process import PlatformProcess

POSTGRESQL_VARIABLE = "YANHE_TRIAL_POSTGRESQL"
LOOKUPS = 200
WINDOW_EVENTS, WINDOW_IMAGES = (
    300,
    40,
)  # wait to be sent when the day at the window begins; it brings as many of its own
SILENT = Weather(silent_after=200_000)
LONG_S = 5.0  # a request worth telling of
_IMPORT_BATCH = 10_000


def run(
    kills: int = 500,
    platform_kills: int = 100,
    events: int = 2000,
    images: int = 300,
    visits: int = 30,
    applications: int = 50_000,
) -> str:
    """A length of 0 leaves that part out. ``visits``: families at the staff's window in each weather, at least."""
    parts: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        if kills:
            _say(f"killing the desk {kills} times")
            parts.append(_desk(kill_desks(base / "desk", kills, told=lambda found: _say(f"  {found.kills}", end="\r"))))
        if platform_kills:
            _say(f"killing the platform {platform_kills} times")
            parts.append(_platform("SQLite", kill_platform(base / "platform", platform_kills)))
            url = os.environ.get(POSTGRESQL_VARIABLE)
            if url:
                parts.append(_platform("PostgreSQL", kill_platform(base / "pg", platform_kills, database=url)))
        network: list[str] = []
        if events:
            _say(f"{events} acts and {images} pictures through a bad line")
            network.append(_network(through_bad_weather(base / "line", events=events, images=images)))
        if visits:
            network += ([] if events else ["| | |\n|---|---|"]) + _at_the_window(base / "window", visits)
        if network:
            parts.append("\n".join(network))
        if applications:
            _say(f"a first pull of {applications} applications")
            parts.append(first_pull(base / "pull", applications))
    return "\n\n".join(parts)


def _desk(found: DeskKills) -> str:
    last = ", ".join(f"{kind} {times}" for kind, times in found.last_acts.most_common(6))
    return (
        "**The desk's process killed with SIGKILL** at random moments of a scripted day (open, capture, answer, decide, draw and save the paper, "
        "send); camera, reader and person are played, everything else is the program.\n\n"
        "| | |\n|---|---|\n"
        f"| kills | {found.kills}, in {found.days} days |\n"
        f"| acts called written before a kill | {found.acts} |\n"
        f"| of these lost | {len(found.lost)} |\n"
        f"| chains broken | {len(found.broken_chains)} |\n"
        f"| restarts that did not show the family where it was | {len(found.misplaced)} |\n"
        f"| acts or paper numbers doubled | {len(found.doubled)} |\n"
        f"| acts missing at the platform at the end of a day | {len(found.missing_at_platform)} |\n"
        f"| pictures missing there | {found.images_lost} |\n"
        f"| kills with something still to be sent | {found.open_when_killed} |\n"
        f"| last act before the kill | {last} |\n"
        f"| usable again, start of the interpreter included ({len(found.usable_s)} starts) | median {quantile(found.usable_s, 0.5):.1f} s, "
        f"p95 {quantile(found.usable_s, 0.95):.1f} s; CPU {quantile(found.usable_cpu_s, 0.5):.1f} s |"
    )


def _platform(database: str, found: PlatformKills) -> str:
    return (
        f"**The platform's process killed with SIGKILL** while a desk sends ({database}).\n\n"
        "| | |\n|---|---|\n"
        f"| kills | {found.kills} |\n| acts, pictures sent | {found.events}, {found.images} |\n"
        f"| missing | {len(found.missing)} |\n| foreign or doubled | {len(found.foreign)} |\n"
        f"| out of order | {'yes' if found.unordered else 'no'} |\n| torn pictures | {len(found.torn_images)} |\n"
        f"| listening again | median {quantile(found.answered_s, 0.5):.1f} s |"
    )


def _network(found: BadNetwork) -> str:
    weather = ", ".join(f"{what} {times}" for what, times in found.happened.most_common())
    return (
        "**A bad line**: a TCP proxy that delays, cuts every connection after 700 kB, resets, truncates, swallows, and answers 429 or 500 in the "
        f"platform's place ({weather}).\n\n"
        "| | |\n|---|---|\n"
        f"| acts, pictures | {found.events}, {found.images} ({found.megabytes:.0f} MB) in {found.took_s:.0f} s |\n"
        f"| missing | {len(found.missing)} |\n| doubled | {len(found.doubled)} |\n"
        f"| out of order | {'yes' if found.unordered else 'no'} |\n| torn pictures | {len(found.torn)} |\n"
        f"| pictures that came before their act | {found.pictures_before_verdicts} |\n"
        f"| writing an act meanwhile | p95 {found.p95_wait_ms:.1f} ms, longest {found.longest_wait_ms:.0f} ms |"
    )


def _at_the_window(base: Path, visits: int) -> list[str]:
    """The rows of the staff's window, worked by keys while its own process sends through the same lines."""
    day = partial(window_in_weather, events=WINDOW_EVENTS, images=WINDOW_IMAGES, large=1)
    _say(f"{visits} families at the window, bad line")
    bad = day(base / "bad", STORMY, visits=visits)
    _say(f"{bad.visits} families at the window, good line")
    good = day(base / "good", Weather.calm(), visits=bad.visits)
    _say(f"{visits} families at the window, silent line")
    silent = day(base / "silent", SILENT, visits=visits, until_sent=False)
    days = {"bad line": bad, "good line": good, "line that falls silent in every upload": silent}
    return [_window_row(weather, day) for weather, day in days.items()]


def _window_row(weather: str, day: WindowInWeather) -> str:
    longest = f"; longest request {day.longest['seconds']:.0f} s, {day.longest['answers']} keys answered during it"
    return (
        f"| the staff's window, {weather} | {day.visits} families, {day.intents} intents in {day.seconds:.0f} s: stalls p99.9 "
        f"{day.stall_ms(0.999):.0f} ms, longest {day.longest_stall_ms:.0f} ms; key → drawn answer p95 {day.p95_wait_ms:.0f} ms, longest "
        f"{day.longest_wait_ms:.0f} ms{longest if day.longest['seconds'] > LONG_S else ''}; missing, doubled, torn or out of order in the "
        f"end: {day.arrived.faults} |"
    )


def first_pull(folder: Path, applications: int) -> str:
    """A new desk of a school with very many applications: how long until it has them all, how much it takes, how soon one is found."""
    chance = random.Random(7)
    template = application_records()[0]
    records = [_record(template, number, chance) for number in range(applications)]
    platform = PlatformProcess(folder / "platform")
    for start in range(0, applications, _IMPORT_BATCH):
        platform.load(records[start : start + _IMPORT_BATCH], "南山区")
    code = platform.enrol_code(SCHOOL_CODE, "2号桌")
    platform.start()
    try:
        with Store.open(folder / "store", KeyFile(folder / "keys" / "k"), chain=link, ciphers=SUITES) as store:
            with transport_for(enrol(platform.url, code, store)) as line:
                memory = _forget_peak_memory()
                began, cpu = time.monotonic(), time.process_time()
                Exchange(store, line).pull()
                took, cpu = time.monotonic() - began, time.process_time() - cpu
            grown = _peak_memory_mb() - memory
            count = store.count_applications()
            size = sum(path.stat().st_size for path in (folder / "store").glob("desk.db*")) / 1e6
            rows = [
                _lookup(store, name, [pick(chance.choice(records)) for _ in range(LOOKUPS)])
                for name, pick in QUERIES.items()
            ]
    finally:
        platform.stop()
    return (
        f"**A first pull** of {count} applications of one school: {took:.0f} s ({cpu:.0f} s CPU of the desk), {size:.0f} MB database, memory "
        f"{grown:+.0f} MB at its peak.\n\n| lookup by | median ms | p95 ms | longest ms | CPU p95 ms |\n|---|---|---|---|---|\n"
        + "\n".join(rows)
    )


QUERIES = {
    **BY_NUMBER_AND_NAME,
    "pinyin initials": lambda record: _initials(record.data["child"]["name"]),
    "beginning of the name": lambda record: record.data["child"]["name"][:2],
    "last four of the ID number": lambda record: record.data["child"]["id_no"][-4:],
}


def _initials(name: str) -> str:
    return next(term for term in name_terms(name) if term.isascii() and len(term) == len(name))


def _lookup(store: Store, name: str, queries: list[str]) -> str:
    wall: list[float] = []
    cpu: list[float] = []
    for query in queries:
        began, used = time.perf_counter(), time.process_time()
        found = store.find_applications(query, 20)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
        assert found, name
    return f"| {name} | {quantile(wall, 0.5):.1f} | {quantile(wall, 0.95):.1f} | {max(wall):.0f} | {quantile(cpu, 0.95):.1f} |"


def _forget_peak_memory() -> float:
    """Begins a new peak where the system lets us (Linux); returns what is held now, in MB."""
    path = Path("/proc/self/clear_refs")
    if path.exists():
        path.write_text("5")
    return _peak_memory_mb()


def _peak_memory_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def _say(line: str, end: str = "\n") -> None:
    print(line, file=sys.stderr, end=end, flush=True)
