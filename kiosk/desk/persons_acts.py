"""A person's acts on what was read: answers, taking a photograph away, undo. What concerns a page that serves several children is done once."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.case.events import FieldAnswered, PageDiscarded, QuestionAnswered, Undone, VisitorNamed
from kiosk.case.state import CaseStatus
from kiosk.desk.assess import Question
from kiosk.desk.bench import Bench
from kiosk.desk.family import OpenCase
from kiosk.desk.sharing import same_field, same_paper
from kiosk.desk.visitor import Who
from offline_cache.events import StoredEvent


class PersonsActs:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def answer_field(self, act: FieldAnswered) -> None:
        """What a person saw on a page that serves several children is asked once."""
        self._answer(act, lambda one, other: same_field(one, other, act.doc_id, act.field, self._bench.rules_for))

    def answer_question(self, act: QuestionAnswered) -> None:
        if (case := self._bench.family.active) is None or case.state.status is not CaseStatus.OPEN:
            return
        asked = {c.number: self._question(c, act.question_id) for c in self._bench.family.in_hand()}
        mine = asked[case.number]

        def is_the_same(one: OpenCase, other: OpenCase) -> bool:
            theirs = asked[other.number]
            return mine is not None and mine == theirs and same_paper(one, other, mine.doc_id)

        self._answer(act, is_the_same)

    def _question(self, case: OpenCase, question_id: str) -> Question | None:
        return next((q for q in self._bench.assess(case).questions if q.question_id == question_id), None)

    def _answer(self, act: FieldAnswered | QuestionAnswered, same: Callable[[OpenCase, OpenCase], bool]) -> None:
        case = self._bench.family.active
        if case is None or case.state.status is not CaseStatus.OPEN:
            return
        for other in self._bench.family.in_hand():
            if other is case or same(case, other):
                self._bench.append(act, case=other)
        self._bench.publish()

    def name_visitor(self, who: Who, *, assumed: bool = False) -> None:
        """One person came for all children: it is asked once."""
        for case in self._bench.family.in_hand():
            self._bench.append(VisitorNamed(who=who, assumed=assumed), case=case)
        self._bench.publish()

    def discard(self, doc_id: str) -> None:
        """The photographs of a document go, from every child's case that rests on them."""
        case = self._bench.family.active
        if case is None or case.state.status is not CaseStatus.OPEN:
            return
        gone = {page.capture_id for page in case.state.documents().get(doc_id, ())}
        for other in self._bench.family.in_hand():
            for capture_id in sorted(gone & {page.capture_id for page in other.state.pages.values()}):
                self._bench.append(PageDiscarded(capture_id=capture_id), case=other)
        self._bench.publish()

    def undo(self) -> None:
        """The last act of this case goes back; where it was one act on a shared page, in the other children's cases as well."""
        case = self._bench.family.active
        if case is None or not case.state.undoable:
            return
        last = self._bench.log.act(case.number, case.state.undoable[-1])
        for other in self._bench.family.in_hand():
            if other is not case:
                twin = (self._bench.log.act(other.number, event_id) for event_id in reversed(other.state.undoable))
                if (same := next((e for e in twin if _one_act(last, e)), None)) is not None:
                    self._bench.append(Undone(event_id=same.event_id), case=other)
        self._bench.append(Undone(event_id=last.event_id), case=case)
        case.paper = None
        self._bench.publish()


def _one_act(one: StoredEvent, other: StoredEvent) -> bool:
    """Two children's cases tell of one and the same thing: one photograph, or one answer about it."""
    capture = one.payload.get("capture_id")
    if capture is not None:
        return other.payload.get("capture_id") == capture
    return one.kind == other.kind != "case.decided" and one.payload == other.payload
