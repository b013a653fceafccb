"""The outcome of a visit: as the rules allow it and a person confirms it, on disk first, then on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from kiosk.case.events import Decided, VisitorNamed
from kiosk.case.state import CaseStatus
from kiosk.desk.bench import Bench
from kiosk.desk.carry import rests_on
from kiosk.desk.intake import Intake
from kiosk.desk.papers import PaperDesk, PaperJob, decision_on_file
from kiosk.desk.visitor import guess
from kiosk.texts import text

Outcome: TypeAlias = Literal["RECEIPT", "RETURN", "REFER"]


class Deciding:
    """``known_elsewhere``: what this desk knew of other desks' decisions of a case; ``begun``: hears which paper is being printed."""

    def __init__(
        self,
        bench: Bench,
        papers: PaperDesk,
        intake: Intake,
        *,
        known_elsewhere: Callable[[str], str],
        begun: Callable[[str], None],
    ) -> None:
        self._bench = bench
        self._papers = papers
        self._intake = intake
        self._known_elsewhere = known_elsewhere
        self._begun = begun

    def decide(self, outcome: Outcome) -> None:
        case = self._bench.family.active
        if case is None or case.state.status is not CaseStatus.OPEN:
            return
        assessment = self._bench.assess(case)
        if self._intake.readings or outcome not in assessment.allowed:
            self._bench.tell("warn", text("desk.not_allowed_yet"))
            return
        if case.state.visitor is None:
            self._bench.append(VisitorNamed(who=guess(case.record, case.state), assumed=True), case=case)
        final = assessment.final()
        self._bench.append(
            Decided(
                decision=outcome,
                paper_no=self._papers.next_number(case.record, self._bench.log.next_counter()),
                category=final.category if outcome == "RECEIPT" else None,
                reasons=[dict(r) for r in final.reasons],
                materials=[dict(m) for m in final.materials],
                evaluation=dict(final.as_data),
                knew=self._known_elsewhere(case.number),
                rests_on=rests_on(self._bench.rules_for(case), case.record, case.state.documents()),
            ),
            case=case,
        )
        self.print()

    def print(self) -> None:
        case = self._bench.family.active
        if case is None or case.state.decision is None:
            return
        number = case.number
        event = self._bench.log.newest(number, "case.decided")
        self._begun(case.state.decision.paper_no)
        case.paper = self._papers.start(
            case.record,
            decision_on_file(case.state.decision, event, event.hash, case.state.papers),
            done=lambda job: self._bench.post(lambda: self._print_news(number, job)),
        )
        self._bench.publish()

    def _print_news(self, application_no: str, job: PaperJob) -> None:
        case = self._bench.family.get(application_no)
        if case is not None:
            case.paper = job
        if job.event is not None:  # also when the family has left meanwhile: what came out, or did not, is known
            self._bench.append_to(application_no, job.event)
        self._bench.publish()
