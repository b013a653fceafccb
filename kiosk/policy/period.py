"""Where in the year's calendar a visit falls (domain.md §1.6, §1.7). The desk clock decides the day; weekends are days like others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.policy.schema import Calendar

PeriodKind = Literal["early", "verify", "between", "supplement", "over"]


@dataclass(frozen=True)
class Period:
    """``days_left`` are the supplementary days still to come after this visit; without any a return cannot be cured this year."""

    day: str
    kind: PeriodKind
    days_left: tuple[str, ...]


def period_of(calendar: Calendar, day: str) -> Period:
    """``day`` is an ISO date. ``between``: no day of verification, and not over; an application unseen so far is ABSENT."""
    left = tuple(d for d in calendar.supplement_days if d > day)
    if day in calendar.verify_days:
        kind: PeriodKind = "verify"
    elif day in calendar.supplement_days:
        kind = "supplement"
    elif day < min(calendar.verify_days):
        kind = "early"
    elif day > max((*calendar.verify_days, *calendar.supplement_days)):
        kind = "over"
    else:
        kind = "between"
    return Period(day, kind, left)
