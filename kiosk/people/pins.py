"""PINs: how one becomes a verifier, and which are too simple. A PIN itself is never stored and never travels.

A verifier is a PHC string of Argon2id (RFC 9106). The parameters follow the second recommendation of its section 4 (64 MiB, three
passes) with one lane, because a desk has two cores and a camera: about 0.16 s of CPU time on the machine of our measurements. A six-digit
PIN stays a small secret all the same: whoever holds the verifiers can try all of them in two days of CPU time. They therefore lie only
in the desk's encrypted store and in the platform's database.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from itertools import pairwise
from typing import Protocol

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 6, 12  # digits
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1
# what a verifier from elsewhere may cost at most: a wrong line in a roster must not stop the desk
_LONGEST_VERIFIER = 200  # characters
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 256 * 1024, 10, 4


class Pins(Protocol):
    """Behind this stands Argon2id; a district that must use another function puts its own here."""

    def verifier(self, pin: str) -> str:
        """A new verifier of ``pin`` with a salt of its own."""
        ...

    def holds(self, verifier: str, pin: str) -> bool:
        """Whether ``verifier`` is of ``pin``; False for anything that is no verifier. Costs the same time either way."""
        ...

    @property
    def of_nobody(self) -> str:
        """A verifier no PIN fits: checking an unknown number costs as much as checking a known one."""
        ...


class Argon2Pins:
    """``Pins`` by Argon2id. Cheaper parameters are for tests and practice only."""

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES, lanes: int = LANES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes, type=Type.ID)
        self._of_nobody = ""

    def verifier(self, pin: str) -> str:
        return self._hasher.hash(pin)

    def holds(self, verifier: str, pin: str) -> bool:
        try:
            return _affordable(verifier) and self._hasher.verify(verifier, pin)
        except (Argon2Error, InvalidHashError):
            return False

    @property
    def of_nobody(self) -> str:
        if not self._of_nobody:
            self._of_nobody = self._hasher.hash(secrets.token_hex(32))
        return self._of_nobody


def is_verifier(text: str) -> bool:
    """Whether a verifier from elsewhere is one that ``Argon2Pins`` would check."""
    try:
        return len(text) <= _LONGEST_VERIFIER and _affordable(text)
    except (Argon2Error, InvalidHashError):
        return False


def _affordable(verifier: str) -> bool:
    found = extract_parameters(verifier)
    return (
        found.type is Type.ID
        and found.memory_cost <= _MOST_MEMORY_KIB
        and found.time_cost <= _MOST_PASSES
        and found.parallelism <= _MOST_LANES
    )


def weakness(pin: str, staff_no: str = "") -> str:
    """Why a PIN is not taken: ``not_digits``, ``length``, ``too_simple``, ``like_number``; empty when it is good enough.

    Not taken are one digit over and over, a group of two or three over and over, digits in a row up or down, and the staff number.
    """
    if not (pin.isascii() and pin.isdigit()):
        return "not_digits"
    if not SHORTEST <= len(pin) <= LONGEST:
        return "length"
    if any(pin == (pin[:size] * len(pin))[: len(pin)] for size in (1, 2, 3)):
        return "too_simple"
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({1}, {9}):
        return "too_simple"
    digits = "".join(c for c in staff_no if c.isdigit())
    return "like_number" if len(digits) >= 4 and digits in pin else ""


def new_pin(staff_no: str = "", digit: Callable[[], int] = lambda: secrets.randbelow(10)) -> str:
    """A drawn PIN of the shortest length that is not weak."""
    while True:
        pin = "".join(str(digit()) for _ in range(SHORTEST))
        if not weakness(pin, staff_no):
            return pin
