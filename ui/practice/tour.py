"""The guided tour's course: which act each step waits for, and how far one is. No widget here.

A step is over when the desk's own view shows that the person did it; pressing the button of the tour only skips. Whoever leaves goes on later
at the same step; when the step needs an open family and none is open, the tour asks for one first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.desk.view import DeskView, Phase, RowVerdict

_ANSWERED = (RowVerdict.CONFIRMED, RowVerdict.REFUSED, RowVerdict.UNREADABLE)


class Step(StrEnum):
    """What the person is to do; the words for it are the window's."""

    FIND = "find"
    LAY = "lay"
    STOPS = "stops"
    DIFFERS = "differs"
    UNDO = "undo"
    HOLD = "hold"
    RESUME = "resume"
    REST = "rest"
    QUESTION = "question"
    DECIDE = "decide"
    NEXT = "next"


class TourMemory(Protocol):
    """Where it is kept how far the person was, for the next time the program starts."""

    def load(self) -> int | None:
        """The step left at; the number of steps when all were taken; None when the tour was never offered."""
        ...

    def save(self, step: int) -> None: ...


def _answers(view: DeskView) -> int:
    case = view.case
    return sum(row.verdict in _ANSWERED for d in case.documents for row in d.rows) if case is not None else 0


def _captures(view: DeskView) -> int:
    return view.case.captures if view.case is not None else 0


def _opened(_: DeskView, now: DeskView) -> bool:
    return now.case is not None and now.phase is Phase.CHECKING


def _laid(before: DeskView, now: DeskView) -> bool:
    return _captures(now) > _captures(before)


def _stopped(_: DeskView, now: DeskView) -> bool:
    return now.case is not None and now.case.current_row is not None


def _answered(before: DeskView, now: DeskView) -> bool:
    return _answers(now) > _answers(before)


def _taken_back(before: DeskView, now: DeskView) -> bool:
    return now.case is not None and _answers(now) < _answers(before)


def _left(_: DeskView, now: DeskView) -> bool:
    return now.case is None


def _all_read(_: DeskView, now: DeskView) -> bool:
    case = now.case
    if case is None or case.reading or case.current_row is not None:
        return False
    return bool(case.decision.allowed) and case.decision.decision != "PENDING"


def _nothing_asked(_: DeskView, now: DeskView) -> bool:
    return now.case is not None and all(q.answer is not None for q in now.case.questions)


def _decided(_: DeskView, now: DeskView) -> bool:
    return now.phase is Phase.DECIDED


@dataclass(frozen=True)
class _Course:
    step: Step
    done: Callable[[DeskView, DeskView], bool]  # (view when the step began, view now)
    needs_case: bool = True


COURSE = (
    _Course(Step.FIND, _opened, needs_case=False),
    _Course(Step.LAY, _laid),
    _Course(Step.STOPS, _stopped),
    _Course(Step.DIFFERS, _answered),
    _Course(Step.UNDO, _taken_back),
    _Course(Step.HOLD, _left),
    _Course(Step.RESUME, _opened, needs_case=False),
    _Course(Step.REST, _all_read),
    _Course(Step.QUESTION, _nothing_asked),
    _Course(Step.DECIDE, _decided),
    _Course(Step.NEXT, _left),
)


class Tour:
    """``family_id``: the practice family that has something for every step."""

    def __init__(self, family_id: str, memory: TourMemory | None = None) -> None:
        self.family_id = family_id
        self._memory = memory
        known = memory.load() if memory is not None else None
        self.offered = memory is not None and known is None  # the first time: the person may take it or not
        self.running = False
        self._at = min(max(known or 0, 0), len(COURSE))
        self._view: DeskView | None = None
        self._began: DeskView | None = None

    # ── how far ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def total(self) -> int:
        return len(COURSE)

    @property
    def number(self) -> int:
        """The step the person is at, 1 … total; total also when all is done."""
        return min(self._at + 1, self.total)

    @property
    def finished(self) -> bool:
        return self._at >= self.total

    @property
    def step(self) -> Step | None:
        """What the person is to do now; None when the tour is over or not running."""
        if not self.running or self.finished:
            return None
        return Step.FIND if self._family_is_missing() else COURSE[self._at].step

    def _family_is_missing(self) -> bool:
        """A step that needs an open family, taken up while none is (after leaving the tour, or after a restart)."""
        return COURSE[self._at].needs_case and self._view is not None and self._view.case is None

    # ── what the person does ────────────────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Start, go on where one left, or start again after the end."""
        if self.finished:
            self._at = 0
        self.offered = False
        self.running = True
        self._keep()
        self._enter()

    def leave(self) -> None:
        """Put the tour aside; also the answer to an offer that is not wanted."""
        self.offered = False
        self.running = False
        self._keep()

    def skip(self) -> None:
        if self.running and not self.finished:
            self._advance()

    def see(self, view: DeskView) -> bool:
        """Take in what the desk shows; true when the tour moved or says something else now."""
        before = (self.step, self._at)
        self._view = view
        if self.running and not self.finished:
            self._follow()
        return (self.step, self._at) != before

    def _follow(self) -> None:
        assert self._view is not None
        if self._began is None:
            self._began = self._view
        while not self.finished and COURSE[self._at].done(self._began, self._view):
            self._advance()

    def _advance(self) -> None:
        self._at += 1
        if self.finished:
            self.running = False
        self._keep()
        self._enter()

    def _enter(self) -> None:
        self._began = self._view

    def _keep(self) -> None:
        if self._memory is not None:
            self._memory.save(self._at)
