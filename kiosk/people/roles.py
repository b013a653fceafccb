"""The roles of a desk's people, and what each of them may do.

A verifier works cases. A supervisor does too, and besides sees the overrides of the day, takes a printed decision back and settles what two
desks decided differently. IT looks
after the machine and never sees a family's case (PIPL art. 6 and 51: no more access than the task needs). The devices and their
check are nobody's secret: whoever sits at the desk when the camera fails must be able to mend it.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"
    IT = "it"


class Right(StrEnum):
    WORK_CASES = "work_cases"
    UNDO_PRINTED = "undo_printed"  # take back a decision whose paper has left the printer
    SEE_OVERRIDES = "see_overrides"  # the day's overruled mismatches, whoever did them
    SETTLE_CONFLICTS = "settle_conflicts"  # say which of two desks' decisions stands


_WHO: dict[Right, frozenset[Role]] = {
    Right.WORK_CASES: frozenset({Role.VERIFIER, Role.SUPERVISOR}),
    Right.UNDO_PRINTED: frozenset({Role.SUPERVISOR}),
    Right.SEE_OVERRIDES: frozenset({Role.SUPERVISOR}),
    Right.SETTLE_CONFLICTS: frozenset({Role.SUPERVISOR}),
}


def may(roles: Collection[Role], right: Right) -> bool:
    return bool(_WHO[right] & set(roles))


def roles_with(right: Right) -> frozenset[Role]:
    return _WHO[right]
