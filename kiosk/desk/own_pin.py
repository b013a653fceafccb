"""What a person who changes the own PIN at the desk is told before anything is tried, and what becomes of the try off the desk's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kiosk.people.gate import Gate, NotYet, Renewed, Wrong
from kiosk.people.pins import weakness
from kiosk.texts import Text, text
from kiosk.wire.sealed import bound_to_pin, seal_for

Seal: TypeAlias = Callable[[str, int, str], str]
"""(staff number, administrator's reset, verifier) → the verifier for the platform alone."""


@dataclass(frozen=True)
class NewPin:
    """``reset``: the one under which the old PIN was right; ``sealed``: the verifier as the log may hold it."""

    verifier: str
    reset: int
    sealed: str


def seal_by(desk_id: str, platform_key: str) -> Seal:
    """``platform_key``: public, as this desk learnt it at its enrolment."""
    return lambda number, reset, verifier: seal_for(platform_key, verifier, bound_to_pin(desk_id, number, reset))


def why_not(old: str, new: str, number: str) -> Text | None:
    """The rules of the platform for a new PIN (kiosk.people.pins.weakness), and that it is new. Costs no try."""
    weak = weakness(new, number) or ("same" if new == old else "")
    return text(f"people.pin.{weak}") if weak else None


def wrong_pin(waits: bool) -> Text:
    """At sign-in and for the second person. ``waits``: the next try does not count at once."""
    return text("people.wrong_wait") if waits else text("people.wrong")


def wrong_old_pin(waits: bool) -> Text:
    return text("people.pin.wrong_wait") if waits else text("people.pin.wrong")


def renewed(gate: Gate, seal: Seal, number: str, old: str, new: str) -> NewPin | Wrong | NotYet:
    """Costs CPU time like two sign-ins: not on the desk's thread."""
    answer = gate.renew(number, old, new)
    if not isinstance(answer, Renewed):
        return answer
    reset = answer.person.reset
    return NewPin(answer.verifier, reset, seal(answer.person.number, reset, answer.verifier))
