"""The cases touched today at this desk, folded from the few acts that change how a case stands. Fast with thousands of cases:
no case is projected, no application is read but for its child's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from kiosk.desk.finding import child_name
from kiosk.desk.flow_view import TodayRow, TodayView
from kiosk.desk.masking import mask_name
from kiosk.sync.terms import name_terms
from kiosk.texts import text
from kiosk.wire.models import ApplicationRecord
from offline_cache.applications import folded

KINDS = ("visit.opened", "case.decided", "act.undone", "visit.suspended", "visit.ended", "walkin.noted")
STATES = ("HELD", "OPEN", "RETURN", "REFER", "RECEIPT")
"""In the order of the list: what still waits for somebody comes first."""


class Logged(Protocol):
    @property
    def event_id(self) -> str: ...
    @property
    def case_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass
class _Standing:
    """How a case stands: ``since`` when. ``decided``: (event id, decision) of this visit, while it holds."""

    since: datetime
    open: bool = True
    held_for: str = ""
    note: str = ""
    decided: tuple[str, str] | None = None

    @property
    def state(self) -> str:
        if self.decided is not None:
            return self.decided[1]
        return "OPEN" if self.open else "HELD"


class Day:
    """Fed with every act in the order of the log (``see``); knows each case's last standing and today's walk-ins."""

    def __init__(self, events: Iterable[Logged] = ()) -> None:
        self._cases: dict[str, _Standing] = {}
        self._walk_ins: dict[str, date] = {}  # event id → day, those taken back left out
        for event in events:
            self.see(event)

    def see(self, event: Logged) -> None:
        if event.kind not in KINDS:
            return
        at = datetime.fromisoformat(event.at)
        if event.kind == "walkin.noted":
            self._walk_ins[event.event_id] = at.date()
            return
        if event.kind == "act.undone" and self._walk_ins.pop(str(event.payload.get("event_id")), None) is not None:
            return
        case = self._cases.setdefault(event.case_id, _Standing(at))
        if event.kind == "act.undone":
            if case.decided is None or case.decided[0] != event.payload.get("event_id"):
                return
            case.decided, case.open = None, True
        elif event.kind == "visit.opened":
            if event.payload.get("via") != "resumed":
                case.decided = None
            case.open = True
        elif event.kind == "case.decided":
            case.decided = (event.event_id, str(event.payload.get("decision", "")))
        elif event.kind == "visit.suspended":
            case.open = False
            case.held_for, case.note = str(event.payload.get("reason", "")), str(event.payload.get("note", ""))
        case.since = at

    def walk_ins(self, day: date) -> int:
        return sum(noted == day for noted in self._walk_ins.values())

    @property
    def last_walk_in(self) -> str:
        """The event id of the one noted last; "" when there is none."""
        return next(reversed(self._walk_ins), "")

    def touched(self, day: date) -> list[tuple[str, _Standing]]:
        """(application number, standing) of the cases touched on ``day``: what waits first, then the newest first."""
        found = [(number, case) for number, case in self._cases.items() if case.since.date() == day]
        found.sort(key=lambda item: item[1].since, reverse=True)
        return sorted(found, key=lambda item: STATES.index(item[1].state) if item[1].state in STATES else len(STATES))


class TodaysList:
    """The list as a window shows it. Names and the words they are found by are worked out once for each application."""

    def __init__(self, day: Day, record_of: Callable[[str], ApplicationRecord | None]) -> None:
        self._day = day
        self._record_of = record_of
        self._names: dict[str, tuple[str, tuple[str, ...]]] = {}

    def view(self, today: date) -> TodayView:
        rows = tuple(self._row(number, case) for number, case in self._day.touched(today))
        return TodayView(rows, self._day.walk_ins(today))

    def forget(self, application_no: str) -> None:
        """The application may have changed: look at it anew."""
        self._names.pop(application_no, None)

    def _row(self, number: str, case: _Standing) -> TodayRow:
        masked, terms = self._name(number)
        detail = None
        if case.state == "HELD":
            detail = text("flow.today.held", reason=text(f"flow.hold.{case.held_for or 'NONE'}"), note=case.note)
        return TodayRow(number, masked, case.state, case.since.strftime("%H:%M"), detail, terms)

    def _name(self, number: str) -> tuple[str, tuple[str, ...]]:
        if number not in self._names:
            record = self._record_of(number)
            name = child_name(record) if record is not None else ""
            terms = dict.fromkeys(folded(term) for term in (number, *name_terms(name)))
            self._names[number] = (mask_name(name), tuple(terms))
        return self._names[number]
