"""The gate: a staff number and a PIN go in; admitted, wrong or not yet comes out. The same answer, at the same cost, whichever part was wrong."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Protocol, TypeAlias

from kiosk.people.backoff import OF_DESK, OF_PERSON, Tries, not_after
from kiosk.people.own_pins import OWN_PINS, OwnPin, own_pins_of, still_needed, text_of, with_own_pins
from kiosk.people.pins import LONGEST, Pins
from kiosk.people.roster import ROSTER, Person, Roster, roster_of

TRIES = "people.tries"  # the setting under which the store keeps them
_DESK = ""  # stands for all numbers together
_MOST_KEPT = 200  # numbers with wrong PINs; beyond that the oldest are forgotten
_LONGEST_NUMBER = 40


class Notes(Protocol):
    """As much of the store as the gate needs (offline_cache.store.Store). ``put_settings`` is durable when it returns."""

    def setting(self, key: str) -> str | None: ...
    def put_settings(self, values: Mapping[str, str]) -> None: ...


@dataclass(frozen=True)
class Admitted:
    person: Person


@dataclass(frozen=True)
class Wrong:
    """Number or PIN, nobody says which. ``wait_s``: until the next try counts; ``failed``: wrong ones in a row for this number."""

    wait_s: float
    failed: int


@dataclass(frozen=True)
class NotYet:
    """Nothing was tried: the wait of earlier wrong ones is not over."""

    wait_s: float


Answer: TypeAlias = Admitted | Wrong | NotYet


@dataclass(frozen=True)
class Renewed:
    """The old PIN was right. ``person`` as admitted by it; ``verifier``: of the new one."""

    person: Person
    verifier: str


class Gate:
    """``roster`` is that of the store when it was last looked at (``reload``). Usable from any thread; ``check`` costs CPU time."""

    def __init__(self, notes: Notes, pins: Pins, clock: Callable[[], float] = time.time) -> None:
        self.notes = notes
        self._pins = pins
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: tuple[str | None, str | None] = (None, None)
        self.roster: Roster = roster_of(None)
        self.reload()

    def reload(self) -> bool:
        """True when the roster differs from the one before."""
        kept = self.notes.setting(ROSTER), self.notes.setting(OWN_PINS)
        if kept == self._kept:
            return False
        self._kept, self.roster = kept, with_own_pins(roster_of(kept[0]), own_pins_of(kept[1]))
        return True

    def renew(self, number: str, old: str, new: str) -> Renewed | Wrong | NotYet:
        """A try with the old PIN, and the new one's verifier if it was right. Nothing but the try is written."""
        answer = self.check(number, old)
        return Renewed(answer.person, self._pins.verifier(new)) if isinstance(answer, Admitted) else answer

    def own_pin(self, number: str, pin: OwnPin) -> dict[str, str]:
        """The settings with this person's own PIN, to be written with its act."""
        own = own_pins_of(self.notes.setting(OWN_PINS))
        return {OWN_PINS: text_of({**own, number: pin})}

    def forget_own_pins(self) -> None:
        """Erases the verifiers that the platform has dealt with. On the thread that also writes them."""
        own = own_pins_of(self.notes.setting(OWN_PINS))
        left = still_needed(self.roster, own)
        if len(left) < len(own):
            self.notes.put_settings({OWN_PINS: text_of(left)})
            self.reload()  # nobody's PIN differs by it

    def wait_for(self, number: str) -> float:
        """Seconds until a try for this number counts."""
        with self._lock:
            return self._left(self._tries(), _tidy(number), self._clock())

    def check(self, number: str, pin: str) -> Answer:
        """A try. It is written down as failed before the PIN is looked at, so that ending the program saves nobody a wait."""
        with self._lock:
            number = _tidy(number)
            now = self._clock()
            tries = self._tries()
            left = self._left(tries, number, now)
            if left > 0:
                self._keep(tries)
                return NotYet(left)
            person = self.roster.get(number)
            failed = OF_PERSON.failed(tries.get(number, Tries()), now, _mark(person))
            self._keep({**tries, number: failed, _DESK: OF_DESK.failed(tries.get(_DESK, Tries()), now)})
            verifier = person.verifier if person is not None and person.can_sign_in else self._pins.of_nobody
            if self._pins.holds(verifier, pin[: LONGEST + 1]) and person is not None and person.can_sign_in:
                self._keep({key: value for key, value in tries.items() if key not in (number, _DESK)})
                return Admitted(person)
            return Wrong(self._left(self._tries(), number, now), failed.failed)

    def _left(self, tries: Mapping[str, Tries], number: str, now: float) -> float:
        of_person = OF_PERSON.left(tries.get(number, Tries()), now)
        return max(of_person, OF_DESK.left(tries.get(_DESK, Tries()), now))

    def _tries(self) -> dict[str, Tries]:
        """As kept; counts that belong to an earlier PIN of a person are over."""
        now = self._clock()
        kept = {key: Tries(**value) for key, value in json.loads(self.notes.setting(TRIES) or "{}").items()}
        return {
            key: not_after(tries, now)
            for key, tries in kept.items()
            if key == _DESK or tries.of == _mark(self.roster.get(key))
        }

    def _keep(self, tries: Mapping[str, Tries]) -> None:
        latest = sorted(tries, key=lambda key: (key == _DESK, key in self.roster.persons, tries[key].at))[-_MOST_KEPT:]
        self.notes.put_settings({TRIES: json.dumps({key: asdict(tries[key]) for key in sorted(latest)})})


def _tidy(number: str) -> str:
    return number.strip().upper()[:_LONGEST_NUMBER]


def _mark(person: Person | None) -> str:
    """Tells one verifier from the next without being one."""
    return hashlib.sha256(person.verifier.encode("utf-8")).hexdigest()[:16] if person is not None else ""
