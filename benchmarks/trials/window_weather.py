"""The staff's window while the sync thread of its own process works through a bad line: is a person ever kept waiting by the network?

The platform and the line are processes and threads apart from the desk's (benchmarks.trials.window_day), so that nothing but the program itself
shares the interpreter with the window.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.trials.bad_line import BadLine, Weather
from benchmarks.trials.kills import quantile
from benchmarks.trials.network import BadNetwork, compare, picture_sizes, write
from kiosk.settings import Settings
from kiosk.sync.enrolment import enrol, enrolment, transport_for
from kiosk.sync.exchange import Exchange
from practice.world import SCHOOL_CODE, application_records
from yanhe.compose import open_store
from yanhe.platform_process import PlatformProcess

LIMIT_S = 1800.0
_YESTERDAY = [
    f"NS2014X01-EARLIER-{number}" for number in range(12)
]  # families that left before; none of them comes today


@dataclass
class WindowInWeather:
    """A day at the window. ``stalls_ms``: of its event loop (benchmarks.watchdog); ``waits_ms``: from a key to the drawn view that answers it.

    ``longest``: the request of the line that took longest, with what the window did meanwhile (benchmarks.trials.noted_line.Request).
    """

    visits: int
    intents: int
    papers: int
    seconds: float
    stalls_ms: list[float]
    waits_ms: list[tuple[str, float]]
    pictures: int
    requests: int
    longest: dict[str, Any]
    link: str
    blamed: list[Any] = field(default_factory=list)
    waiting: tuple[int, int] = (0, 0)  # acts and pictures that the platform did not have at the end of the day
    arrived: BadNetwork = field(default_factory=BadNetwork)  # both sides compared when the line was well again
    happened: Counter[str] = field(default_factory=Counter)

    def stall_ms(self, share: float) -> float:
        return quantile_of_many(self.stalls_ms, share)

    @property
    def longest_stall_ms(self) -> float:
        return max(self.stalls_ms, default=float("nan"))

    @property
    def p95_wait_ms(self) -> float:
        return quantile([wait for _, wait in self.waits_ms], 0.95)

    @property
    def longest_wait_ms(self) -> float:
        return max((wait for _, wait in self.waits_ms), default=float("nan"))


def quantile_of_many(values: list[float], share: float) -> float:
    """As ``kills.quantile`` for shares finer than a hundredth."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def window_in_weather(
    folder: Path,
    weather: Weather,
    *,
    visits: int,
    until_sent: bool = True,
    events: int = 0,
    images: int = 0,
    large: int = 0,
    seed: int = 5,
) -> WindowInWeather:
    """``events`` acts with ``images`` pictures wait to be sent when the day begins; ``visits`` families come, with ``until_sent`` as many more
    as it takes to send what waited. Raises RuntimeError when the window stands still or the program ends in another way."""
    platform = PlatformProcess(folder / "platform")
    platform.load(application_records(), "南山区")
    code = platform.enrol_code(SCHOOL_CODE, "2号桌")
    platform.start()
    try:
        with BadLine(platform.port, Weather.calm(), seed) as line:
            _the_evening_before(folder, line.url, code, events, images, large, seed)
            line.happened.clear()
            line.weather = weather
            found = _day(folder, seed, visits, until_sent)
            found.happened = line.happened.copy()
            line.weather = Weather.calm()
            _send_the_rest(folder, found)
    finally:
        platform.stop()
    return found


def _settings(folder: Path) -> Settings:
    return Settings(home=folder / "desk")


def _the_evening_before(folder: Path, url: str, code: str, events: int, images: int, large: int, seed: int) -> None:
    """The desk has its families' applications, and much that was never sent."""
    chance = random.Random(seed)
    with open_store(_settings(folder)) as store:
        with transport_for(enrol(url, code, store, "2号桌")) as line:
            Exchange(store, line).pull()
        write(store, chance, range(events), picture_sizes(chance, events, images, large), _YESTERDAY)


def _day(folder: Path, seed: int, visits: int, until_sent: bool) -> WindowInWeather:
    command = [sys.executable, "-m", "benchmarks.trials.window_day", str(folder), str(seed), "--visits", str(visits)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*command, *(["--until-sent"] if until_sent else [])], env=environment, stdout=subprocess.PIPE, text=True,
        timeout=LIMIT_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the desk ended with {done.returncode}")
    told = json.loads(done.stdout)
    if trouble := told.pop("trouble"):
        raise RuntimeError(trouble)
    return WindowInWeather(**told)


def _send_the_rest(folder: Path, found: WindowInWeather) -> None:
    """The line is well again: what the day left goes now, and both sides are compared."""
    with open_store(_settings(folder)) as store:
        counts = store.outbox_counts()
        found.waiting = counts.open_events, counts.open_images
        desk = enrolment(store)
        assert desk is not None
        with transport_for(desk) as line:
            Exchange(store, line).push()
        compare(store, folder / "platform", found.arrived)
