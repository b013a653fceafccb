"""Receiving a family: its code, its slip or what was typed; the case opened, and with it those of brothers and sisters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kiosk.case.events import FormSeen, Undone, WalkInNoted
from kiosk.case.state import CaseStatus
from kiosk.desk.bench import Bench
from kiosk.desk.carry import carried_over, form_holds, told
from kiosk.desk.family import OpenCase
from kiosk.desk.finding import Finder, masked_number
from kiosk.desk.first_paper import FirstPaper
from kiosk.desk.flow_view import TodayView, WalkInChoice, WalkInReason, WalkInView
from kiosk.desk.intake import Intake
from kiosk.desk.opening import Opener, Told, Via, comes_along, resumed
from kiosk.desk.ports import PageReader
from kiosk.desk.rules import Rules
from kiosk.desk.today import TodaysList
from kiosk.desk.view import Candidate
from kiosk.paper.code import Verified
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord

PAPER_PREFIX = "YHR"
WALK_IN_CHOICES = tuple(
    WalkInChoice(code, text(f"flow.walk_in.{code}.title"), text(f"flow.walk_in.{code}.tell"))
    for code in ("OTHER_SCHOOL", "NOT_DELIVERED", "NOT_APPLIED", "OTHER")
)


class Reception:
    """``candidates`` and ``query``: what was found and for what. ``check``: what the code on one of our papers says; ``rearm``: have the
    camera take the sheet that lies there once more; ``refusal``: why no further case may be opened just now; ``elsewhere``: what other desks
    decided of a case."""

    def __init__(
        self,
        bench: Bench,
        finder: Finder,
        opener: Opener,
        rules: Rules,
        intake: Intake,
        reader: PageReader,
        *,
        check: Callable[[str], Verified],
        rearm: Callable[[], None],
        refusal: Callable[[], Text | None] = lambda: None,
        elsewhere: Callable[[str], tuple[Text, ...]] = lambda _: (),
    ) -> None:
        self._bench = bench
        self._finder = finder
        self._opener = opener
        self._rules = rules
        self._intake = intake
        self._check = check
        self._rearm = rearm
        self._refusal = refusal
        self._elsewhere = elsewhere
        self.candidates: tuple[Candidate, ...] = ()
        self.query = ""
        self.today: TodayView | None = None
        self.walk_in: WalkInView | None = None
        self.walk_in_noted = False  # the last thing that happened here, so that undo may take it back
        self._todays = TodaysList(bench.log.day, finder.get)
        self._gone: set[str] = set()  # the family that left last, until another paper lies there
        self.first = FirstPaper(bench, reader, code=self.code, numbers=self._by_numbers, said=self._warn)

    def code(self, code: str) -> None:
        if code.startswith(PAPER_PREFIX):
            self._paper_shown(code)
            return
        number = self._finder.by_code(code)
        if number is None:
            return
        case = self._bench.family.get(number)
        if case is not None:
            self._own_code(case)
        elif self._bench.family.active is not None:
            self._bench.tell("warn", text("desk.other_case_open", number=number))
        else:
            self.open(number, "code")

    def _own_code(self, case: OpenCase) -> None:
        """The form of a child at the desk is shown: it counts as seen, and need not be laid down."""
        visit = case.state.visit
        known = case.state.form_seen or (visit is not None and visit.via == "code")
        if case.state.status is CaseStatus.OPEN and not known:
            self._bench.append(FormSeen(), case=case)
            self._bench.publish()

    def _paper_shown(self, code: str) -> None:
        """A family shows a receipt or slip of an earlier visit, made here or at another desk: it opens its case."""
        if self._bench.family.active is not None:
            return  # one of our own papers on the table while another family is served: nothing to do
        checked = self._check(code)
        if checked.ok and checked.fields is not None:
            self.open(checked.fields.application_no, "code")
        else:
            self._bench.tell("warn", text("desk.paper_code.bad", why=checked.why))

    def find(self, query: str) -> None:
        query = query.strip()
        if not query:
            self.forget()
            self._bench.publish()
            return
        if self._bench.family.active is not None:
            self._scanned_meanwhile(query)
            return
        if query.startswith(PAPER_PREFIX):
            self._paper_shown(query)
            return
        number = self._finder.by_code(query)
        if number is not None and self._finder.get(number) is not None:
            self.open(number, "typed")
            return
        self._show(self._finder.find(query), query)

    def _scanned_meanwhile(self, query: str) -> None:
        """A hand-held scanner was used while a family is served: on the form of one of its children, that child's turn comes."""
        case = self._bench.family.get(self._finder.by_code(query) or "")
        if case is None:
            self._bench.tell("warn", text("desk.finish_first"))
            return
        self._own_code(case)
        self.turn_to(case.number)

    def _show(self, found: list[ApplicationRecord], query: str) -> None:
        self.forget()
        self.query = query
        self.candidates = tuple(map(self._finder.candidate, found))
        if not found:
            self._nobody(query, text("desk.nobody_found", query=query))
        else:
            self._bench.publish()

    def _by_numbers(self, numbers: list[str]) -> None:
        """The document numbers on a paper that was laid on the empty desk: shown for confirmation, never opened."""
        if self.today is not None:
            return  # the person is looking at something else
        found = self._finder.by_numbers(numbers)
        left_behind = {record.application_no for record in found} & self._gone
        self._gone = set()
        if left_behind:
            self._warn(text("flow.first.left_behind"))
        else:
            self._show(found, masked_number(numbers[0]))

    def _warn(self, sentence: Text) -> None:
        self._bench.tell("warn", sentence)

    def gone(self, numbers: set[str]) -> None:
        """This family has just left: one of its papers on the table was forgotten, and is no reason to look for it."""
        self._gone = numbers

    def _nobody(self, query: str, sentence: Text) -> None:
        self.forget()
        self.query = query
        self.walk_in = WalkInView(query, WALK_IN_CHOICES)
        self._bench.tell("warn", sentence)

    def note_walk_in(self, reason: WalkInReason, day: date) -> None:
        if self.walk_in is None:
            return
        self._bench.note(WalkInNoted(reason=reason))
        self.forget()
        self.walk_in_noted = True
        self._bench.tell("info", text("flow.walk_in.noted", count=self._bench.log.day.walk_ins(day)))

    def undo_walk_in(self) -> None:
        """The note of a moment ago was a mistake."""
        if not self.walk_in_noted:
            return
        self._bench.note(Undone(event_id=self._bench.log.day.last_walk_in))
        self.walk_in_noted = False
        self._bench.tell("info", text("flow.walk_in.undone"))

    def forget(self) -> None:
        """Nothing is being looked for any more."""
        self.candidates, self.query, self.today, self.walk_in = (), "", None, None

    def show_today(self, day: date | None) -> None:
        """The cases of this day at this desk; None puts the list away."""
        if self._bench.family.active is not None:
            self._bench.tell("warn", text("desk.finish_first"))
            return
        self.forget()
        self.today = self._todays.view(day) if day is not None else None
        self._bench.publish()

    def open(self, application_no: str, via: Via) -> None:
        """A child's case, and with it those of its brothers and sisters that are still to be settled."""
        if self._bench.family.active is not None:
            self._bench.tell("warn", text("desk.finish_first"))
            return
        record = self._finder.get(application_no)
        if record is None:
            self._nobody(application_no, text("desk.not_in_list", number=application_no))
            return
        if self._rules.pack(record.pack) is None:
            self._bench.tell("error", text("desk.no_pack", pack=record.pack))
            return
        interrupted = self._bench.state(application_no).status in (CaseStatus.OPEN, CaseStatus.DECIDED)
        if not interrupted and (refusal := self._refusal()) is not None:
            self._bench.tell("error", refusal)
            return
        self.walk_in_noted = False
        case = self._seat(record)
        told = self._begin(case, via)
        for other in map(self._seat, self._finder.siblings(record)):
            if comes_along(other.state):
                self._begin(other, "sibling")
        self.forget()
        self._gone = set()
        self._intake.reread_interrupted()
        if via == "code":
            self._rearm()  # the form that carries the code is itself one of the originals
        if told is None and (said := self._elsewhere(application_no)):
            told = ("warn", said[-1])
        if told is not None:
            self._bench.tell(*told)
        else:
            self._bench.publish()

    def _seat(self, record: ApplicationRecord) -> OpenCase:
        case = OpenCase(record, self._bench.state(record.application_no))
        self._todays.forget(record.application_no)
        self._bench.family.add(case)
        return case

    def _begin(self, case: OpenCase, via: Via) -> Told | None:
        pack = self._rules.pack(case.record.pack)
        assert pack is not None
        held = case.state.suspended if case.state.status is CaseStatus.SUSPENDED else None
        opening = self._opener.open(case.record, case.state, via, pack)
        self._bench.append(opening.act, case=case)
        if held is not None:
            case.note = resumed(held[0], held[1], self._bench.assess(case), self._rules.language)
        elif opening.act.via != "resumed":
            self._carry_over(case)
        return opening.told

    def _carry_over(self, case: OpenCase) -> None:
        """What an earlier visit at this desk verified, and what still holds of it, is not asked for again."""
        act = carried_over(self._bench.rules_for(case), case.record, case.state)
        if act is not None:
            self._bench.append(act, case=case)
            case.note = told(act)
        if form_holds(case.state, case.record):
            self._bench.append(FormSeen(), case=case)

    def turn_to(self, application_no: str) -> None:
        """Another child of the family; one that was held or settled before is opened again by this."""
        case = self._bench.family.get(application_no)
        if case is None:
            return
        told = None if case.at_desk else self._begin(case, "typed")
        self._bench.family.turn_to(application_no)
        self._bench.quiet()  # what was said concerned the child before
        self._intake.reread_interrupted()
        if told is not None:
            self._bench.tell(*told)
        else:
            self._bench.publish()
