"""PINs: what checking one costs, and how many of ten thousand an attacker gets tried in a day."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

from kiosk.people.gate import Gate, NotYet, Wrong
from kiosk.people.pins import LANES, MEMORY_KIB, PASSES, SHORTEST, Argon2Pins
from kiosk.people.roster import ROSTER, with_changes

CHECKS, ATTACK = 15, 10_000
DAY_S = 24 * 3600.0


class _Notes:
    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self._kept.get(key)

    def put_settings(self, values: Mapping[str, str]) -> None:
        self._kept.update(values)


class _Free:
    """PINs that cost nothing: the attack is about waiting, not about computing."""

    of_nobody = "nobody"

    def verifier(self, pin: str) -> str:
        return pin

    def holds(self, verifier: str, pin: str) -> bool:
        return verifier == pin


def run() -> str:
    pins = Argon2Pins()
    verifier = pins.verifier("480213")
    cpu = []
    for number in range(CHECKS):
        began = time.process_time()
        pins.holds(verifier, f"{number:06d}")
        cpu.append(time.process_time() - began)
    one = statistics.median(cpu)
    all_pins_h = one * 10**SHORTEST / 3600
    lines = [
        f"| check one PIN: Argon2id, {MEMORY_KIB // 1024} MiB, {PASSES} passes, {LANES} lane | {one:.2f} s of CPU (median of {CHECKS}) |",
        f"| all PINs of {SHORTEST} digits against one stolen verifier, one core | {all_pins_h:.0f} h |",
        f"| wrong PINs tried for one number in a day, of {ATTACK} offered, program started anew each time | {_attack(1)} |",
        f"| the same over the numbers of 500 people | {_attack(500)} |",
    ]
    return "| what | figure |\n|---|---|\n" + "\n".join(lines)


def _attack(people: int) -> int:
    """The attacker comes back the very second a wait is over."""
    notes, now = _Notes(), [1_714_000_000.0]
    records = [
        {"staff_no": f"T{n}", "name": "-", "roles": ["verifier"], "active": True, "verifier": "x"}
        for n in range(people)
    ]
    notes.put_settings({ROSTER: with_changes(None, records)})
    end, tried = now[0] + DAY_S, 0
    for number in range(ATTACK):
        answer = Gate(notes, _Free(), lambda: now[0]).check(f"T{number % people}", f"{number:06d}")
        tried += isinstance(answer, Wrong)
        if isinstance(answer, NotYet):
            now[0] += answer.wait_s
        if now[0] > end:
            break
    return tried
