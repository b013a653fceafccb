"""The person and the families of a day that runs by itself: whatever the desk shows, the next thing to do. What is done goes through a
``Hand``: straight to the desk, or by the keys of its window (benchmarks.trials.window_hand)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any, Protocol

from benchmarks.trials.prompt_reader import frame_of, laid_papers
from kiosk.desk.desk import Desk
from kiosk.desk.ports import Captured
from kiosk.desk.view import Candidate, CaseView, ComparisonRow, DeskView, Phase
from practice.world import families
from scanner.types import Image

PATIENCE_S = 60.0


class Hand(Protocol):
    """How a person does things at the desk. Each call is one intent, given when it returns."""

    def open(self, application_no: str) -> None: ...
    def choose(self, candidates: tuple[Candidate, ...]) -> None: ...
    def lay(self, frame: Image) -> None: ...
    def answer(self, row: ComparisonRow) -> None: ...
    def answer_question(self, question_id: str) -> None: ...
    def discard(self, doc_id: str) -> None: ...
    def undo(self) -> None: ...
    def hold(self) -> None: ...
    def decide(self, outcome: str) -> None: ...
    def reprint(self) -> None: ...
    def finish(self) -> None: ...


class DeskHand:
    """Intents straight to the desk, as its window gives them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self, application_no: str) -> None:
        self._desk.code_seen(f"YH1:{application_no}")

    def choose(self, candidates: tuple[Candidate, ...]) -> None:
        self._desk.open_case(candidates[0].application_no)

    def lay(self, frame: Image) -> None:
        self._desk.captured(Captured([frame], None))

    def answer(self, row: ComparisonRow) -> None:
        self._desk.answer_field(row.doc_id, row.field, "mismatch")

    def answer_question(self, question_id: str) -> None:
        self._desk.answer_question(question_id, True)

    def discard(self, doc_id: str) -> None:
        self._desk.discard_document(doc_id)

    def undo(self) -> None:
        self._desk.undo()

    def hold(self) -> None:
        self._desk.suspend("")

    def decide(self, outcome: Any) -> None:
        self._desk.decide(outcome)

    def reprint(self) -> None:
        self._desk.reprint()

    def finish(self) -> None:
        self._desk.finish()


class DayAtTheDesk:
    """Give it every view (``seen``), and call ``go_on`` again and again on a thread of its own: one intent each, and the view that answers it.

    ``intents``: how many were given; ``visits``: families that have left. Raises RuntimeError when the desk stands still.
    """

    def __init__(self, hand: Hand, seed: int) -> None:
        self._hand = hand
        self._chance = random.Random(seed)
        self._news = threading.Condition()
        self._view: DeskView | None = None
        self._serial = 0
        self.intents = 0
        self.visits = 0

    def seen(self, view: DeskView) -> None:
        with self._news:
            self._view = view
            self._serial += 1
            self._news.notify_all()

    def first_view(self) -> DeskView:
        return self._until(lambda view: view.header.expected_today > 0)

    def _until(self, holds: Callable[[DeskView], bool]) -> DeskView:
        with self._news:
            if not self._news.wait_for(lambda: self._view is not None and holds(self._view), PATIENCE_S):
                raise RuntimeError(f"the desk stands still: {self._view and (self._view.phase, self._view.notice)}")
            assert self._view is not None
            return self._view

    def _do(self, act: Callable[[], None]) -> None:
        """One intent, and the view that answers it."""
        before = self._serial
        act()
        self.intents += 1
        with self._news:
            if not self._news.wait_for(lambda: self._serial > before, PATIENCE_S):
                raise RuntimeError("the desk does not answer")

    def go_on(self) -> None:
        view = self._until(lambda _: True)
        if view.phase is Phase.CANDIDATES:
            self._do(lambda: self._hand.choose(view.candidates))
        elif view.case is None:
            found = self._chance.choice(families())
            self._do(lambda: self._hand.open(found.application_numbers[0]))
        elif view.phase is Phase.CHECKING:
            self._check(view.case)
        else:
            self._close(view.case)

    def _check(self, case: CaseView) -> None:
        hand, dice = self._hand, self._chance.random()
        index, papers = self._papers(case.application_no)
        if case.reading:
            self._until(lambda view: view.case is None or not view.case.reading)
        elif dice < 0.02:
            self._leave(hand.hold)
        elif dice < 0.05 and case.can_undo:
            self._do(hand.undo)
        elif dice < 0.07 and case.documents:
            self._do(lambda: hand.discard(case.documents[-1].doc_id))
        elif case.captures < len(papers):
            frame = frame_of(index, case.captures)
            self._do(lambda: hand.lay(frame))
        elif not self._answer(case):
            choice = next(iter(sorted(case.decision.allowed)), None)  # a receipt before referral or return
            if choice is None:
                self._leave(hand.hold)
            else:
                self._do(lambda: hand.decide(choice))

    def _answer(self, case: CaseView) -> bool:
        for document in case.documents:
            for row in document.rows:
                if row.needs_person:
                    self._do(lambda row=row: self._hand.answer(row))
                    return True
        question = next((q for q in case.questions if q.answer is None), None)
        if question is not None:
            self._do(lambda: self._hand.answer_question(question.question_id))
        return question is not None

    def _close(self, case: CaseView) -> None:
        if case.paper is None or case.paper.state not in ("saved", "printed", "failed"):
            if case.paper is None or case.paper.state == "none":
                self._do(self._hand.reprint)  # the program ended before the paper was out
            self._until(
                lambda v: v.case is None or (v.case.paper is not None and v.case.paper.state in ("saved", "failed"))
            )
        elif self._chance.random() < 0.1:
            self._do(self._hand.reprint)
        else:
            self._leave(self._hand.finish)

    def _leave(self, act: Callable[[], None]) -> None:
        self._do(act)
        self.visits += 1

    @staticmethod
    def _papers(application_no: str) -> tuple[int, list[Any]]:
        for index, found in enumerate(families()):
            if application_no in found.application_numbers:
                return index, laid_papers(found.id)
        raise KeyError(application_no)
