"""The end of a visit: the next child's turn, stepping aside, or the originals back in the family's hands and an empty desk."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.case.events import VisitEnded, VisitSuspended
from kiosk.case.state import CaseStatus
from kiosk.desk.bench import Bench
from kiosk.desk.finding import masked_child
from kiosk.desk.reception import Reception
from kiosk.texts import text


class Leaving:
    """``gone``: nothing of the family that left stays at hand, and the camera looks anew."""

    def __init__(self, bench: Bench, reception: Reception, *, gone: Callable[[], None]) -> None:
        self._bench = bench
        self._reception = reception
        self._gone = gone

    def finish(self) -> None:
        """The next child of this family, if one is still neither decided nor held; else the originals go back and the family leaves."""
        case = self._bench.family.active
        if case is None:
            return
        if case.state.status is not CaseStatus.DECIDED:
            self._bench.tell("warn", text("desk.decide_or_suspend_first"))
        elif (waiting := self._bench.family.waiting()) is not None:
            self._reception.turn_to(waiting.number)
        else:
            self.leave()

    def hold(self, act: VisitSuspended, *, everyone: bool) -> None:
        """``everyone``: the whole family steps aside, not only the child whose turn it is."""
        case = self._bench.family.active
        if case is None:
            return
        for held in self._bench.family.in_hand() if everyone else [case]:
            self._bench.append(act, case=held)
        others = [c for c in self._bench.family if c.at_desk]
        turn = self._bench.family.waiting() or (others[0] if others else None)
        if turn is None:
            self.leave()
            return
        self._bench.family.turn_to(turn.number)
        self._bench.tell(
            "info", text("flow.sibling.held", child=masked_child(case.record), other=masked_child(turn.record))
        )

    def leave(self) -> None:
        originals = self._bench.family.originals()
        for case in list(self._bench.family):
            if case.state.status is CaseStatus.DECIDED:
                self._bench.append(VisitEnded(originals_returned=len(originals[case.number])), case=case)
        self._reception.gone({case.number for case in self._bench.family})
        self._bench.family.leave()
        self._gone()
        self._bench.quiet()
        self._bench.publish()
