"""Stop before trouble: data that are too old, a clock that went back. (The disk and the platform's clock: ``kiosk.desk.machine``.)

Each is first said, then keeps the desk from beginning with another family. A family that is at the table is always finished, and what is
written is never in danger: the store refuses an act as a whole when it cannot be written (offline_cache.store).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from kiosk.desk.ports import Clock
from kiosk.sync.words import store_text
from kiosk.sync.worker import CONTACT
from kiosk.texts import Text, text
from offline_cache.events import StoredEvent
from offline_cache.problems import StoreProblem

_LOOK_EVERY = timedelta(seconds=20)


class Memory(Protocol):
    """As much of the store as the guards look at (offline_cache.store.Store)."""

    def setting(self, key: str) -> str | None: ...
    def head(self) -> tuple[int, str]: ...
    def events_after(self, seq: int, limit: int = 500) -> list[StoredEvent]: ...


@dataclass(frozen=True)
class Limits:
    """Days since the platform last answered after which the desk says so, and after which it stops; how far the clock may lie behind what is
    already written, likewise."""

    age_warn_days: int = 3
    age_stop_days: int = 10
    clock_warn: timedelta = timedelta(minutes=30)
    clock_stop: timedelta = timedelta(days=1)


@dataclass(frozen=True)
class Concern:
    level: Literal["warn", "stop"]
    sentence: Text


class Guards:
    """Used on the desk's thread."""

    def __init__(self, store: Memory, clock: Clock, limits: Limits | None = None) -> None:
        self._store = store
        self._clock = clock
        self._limits = limits or Limits()
        self._looked: datetime | None = None
        self._told: frozenset[str] = frozenset()

    def concerns(self) -> list[Concern]:
        """Everything that is wrong now, the worst first."""
        return sorted(self._time(), key=lambda concern: concern.level != "stop")

    def stop(self) -> Text | None:
        """Why no other family may be begun, None when one may."""
        worst = next(iter(self.concerns()), None)
        return worst.sentence if worst is not None and worst.level == "stop" else None

    def news(self) -> Text | None:
        """A sentence for the person when there is something wrong that was not there before. Looks every twenty seconds."""
        now = self._clock.now()
        if self._looked is not None and abs(now - self._looked) < _LOOK_EVERY:
            return None
        self._looked = now
        found = self.concerns()
        new = [concern for concern in found if concern.sentence.key not in self._told]
        self._told = frozenset(concern.sentence.key for concern in found)
        return new[0].sentence if new else None

    def _time(self) -> list[Concern]:
        now, contact = self._clock.now().astimezone(UTC), self._contact()
        written = self._newest_act()
        known = max((moment for moment in (contact, written) if moment is not None), default=None)
        if known is None:
            return []
        behind = known - now
        if behind > self._limits.clock_stop:
            return [Concern("stop", text("guard.clock.stop", now=_day(now), known=_day(known)))]
        if behind > self._limits.clock_warn:
            return [Concern("warn", text("guard.clock.warn", now=_minute(now), known=_minute(known)))]
        return self._age(now - contact) if contact is not None else []

    def _age(self, age: timedelta) -> list[Concern]:
        days = age.days
        if days >= self._limits.age_stop_days:
            return [Concern("stop", text("guard.age.stop", days=days))]
        if days >= self._limits.age_warn_days:
            return [Concern("warn", text("guard.age.warn", days=days, limit=self._limits.age_stop_days))]
        return []

    def _contact(self) -> datetime | None:
        kept = self._store.setting(CONTACT)
        return datetime.fromisoformat(kept) if kept else None

    def _newest_act(self) -> datetime | None:
        """The time of the newest act. A clock that was ahead once is forgotten with the next act."""
        newest = self._store.events_after(self._store.head()[0] - 1, 1)
        return datetime.fromisoformat(newest[0].at).astimezone(UTC) if newest else None


def trouble_text(fault: Exception) -> Text:
    """What a person is told when an act failed: the store's own sentence where it knows what is wrong."""
    if isinstance(fault, StoreProblem):
        return text("guard.not_written", why=store_text(fault.code.value))
    return text("desk.fault", kind=type(fault).__name__)


def _day(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d")


def _minute(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
