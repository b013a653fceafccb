"""The desk at work: commands in, events on disk, a new view out.

Every public method returns at once; the work is done on the desk's own thread (kiosk.desk.actor). The order inside each act is always
the same: decide → append to the log (durable) → project → publish. What a person sees is therefore never ahead of what is stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from kiosk.case.events import (
    Act,
    FieldAnswered,
    NoticeGiven,
    QuestionAnswered,
    VisitSuspended,
    to_payload,
)
from kiosk.case.state import CaseState, CaseStatus, project
from kiosk.desk import second
from kiosk.desk.actor import Actor
from kiosk.desk.assess import Assessment, assess
from kiosk.desk.bench import Bench
from kiosk.desk.deciding import Deciding
from kiosk.desk.devices import DeviceWatch, device_view
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.family import Family, OpenCase
from kiosk.desk.family_view import with_family
from kiosk.desk.finding import Finder, Registry
from kiosk.desk.flow_view import WalkInReason
from kiosk.desk.guards import Guards, trouble_text
from kiosk.desk.intake import Intake
from kiosk.desk.leaving import Leaving
from kiosk.desk.log import CaseLog
from kiosk.desk.machine import Machine
from kiosk.desk.opening import Opener
from kiosk.desk.overrides import overrides_of
from kiosk.desk.papers import PaperDesk
from kiosk.desk.people import Around, DeskPeople
from kiosk.desk.persons_acts import PersonsActs
from kiosk.desk.ports import Camera, Captured, Clock, DeskIdentity, PageReader, Sync
from kiosk.desk.present import Crops, Presenter
from kiosk.desk.print_later import PrintLater
from kiosk.desk.reception import Reception
from kiosk.desk.rules import Rules
from kiosk.desk.settling import Settling
from kiosk.desk.view import DeskView, HeaderView, Light, Notice, Phase, PreviewView
from kiosk.desk.visitor import Who, is_proxy, with_letter
from kiosk.policy import Pack
from kiosk.texts import Text
from kiosk.wire.models import ApplicationRecord

_LOG = logging.getLogger(__name__)

Answer = Literal["match", "mismatch", "unreadable"]
Outcome = Literal["RECEIPT", "RETURN", "REFER"]
_NO_CAMERA = device_view("camera", Light.OFF, "none")


class Desk:
    """One desk, one family at a time. Implements kiosk.desk.view.DeskPort."""

    def __init__(
        self,
        *,
        identity: DeskIdentity,
        registry: Registry,
        log: CaseLog,
        rules: Rules,
        reader: PageReader,
        papers: PaperDesk,
        sync: Sync,
        clock: Clock,
        machine: Machine | None = None,
        people: DeskPeople | None = None,
        elsewhere: Elsewhere | None = None,
        guards: Guards | None = None,
    ) -> None:
        self._identity = identity
        self._registry = registry
        self._log = log
        self._rules = rules
        self._reader = reader
        self._papers = papers
        self._sync = sync
        self._clock = clock
        self._machine = machine
        self._watch = DeviceWatch()
        self._elsewhere = elsewhere
        self._guards = guards
        self._camera: Camera | None = None
        self._actor = Actor("desk", on_fault=self._fault)
        self._actor.every(self._refresh_devices)
        self._listeners: list[Callable[[DeskView], None]] = []
        self._presenter = Presenter(rules, Crops(log))
        self._family = Family()
        bench = Bench(
            self._family,
            log,
            self._rules_for,
            self._projected,
            self._assess,
            self._append,
            self._append_to,
            self._note,
            self._tell,
            self._publish,
            self._quiet,
            self._actor.post,
        )
        self._intake = Intake(bench, reader)
        self._reception = Reception(
            bench,
            Finder(registry, self._projected, self._presenter.earlier),
            Opener(rules, clock.now),
            rules,
            self._intake,
            reader,
            check=papers.check,
            rearm=self._rearm,
            refusal=self._refusal,
            elsewhere=self._said_elsewhere,
        )
        self._acts = PersonsActs(bench)
        self._leaving = Leaving(bench, self._reception, gone=self._gone)
        self._spoken = rules.language  # on the screen; papers and log keep that of the rules
        self._serial = 0
        self._later = PrintLater(
            log, registry, papers, append=self._append_to, post=self._actor.post, changed=self._refresh_devices
        )
        self._deciding = Deciding(
            bench, papers, self._intake, known_elsewhere=self._known_elsewhere, begun=self._later.begun
        )
        self.people = people or DeskPeople.without_roster(identity, log)
        self.people.attach(
            Around(
                post=self._actor.post,
                changed=self._publish,
                tell=lambda sentence: self._tell("warn", sentence),
                cases=lambda: [case.number for case in self._family if case.at_desk],
                at_work=self._somebody_came,
                overrides=lambda: overrides_of(log, registry, rules, clock.now().date()),
                nudge=sync.nudge,
            )
        )
        self.conflicts = Settling(
            elsewhere,
            log,
            registry,
            self.people,
            append=self._append_to,
            note=self._note,
            post=self._actor.post,
            tell=self._tell,
            changed=self._publish,
            again=self._later.again,
        )
        self._recovered = False
        self._view = DeskView(Phase.FINDING, self._header())

    # ── life ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, camera: Camera | None = None) -> None:
        """Begin work. A case that was open when the program ended (however it ended) is opened again where it was."""
        self._camera = camera
        self._actor.start()
        self._actor.post(self.people.start)

    def stop(self) -> None:
        self._actor.stop()
        self.people.stop()

    def subscribe(self, listener: Callable[[DeskView], None]) -> Callable[[], None]:
        def add() -> None:
            self._listeners.append(listener)
            listener(self.people.seen(self._view))

        self._actor.post(add)
        return lambda: self._actor.post(
            lambda: self._listeners.remove(listener) if listener in self._listeners else None
        )

    @property
    def view(self) -> DeskView:
        """The newest view. Any thread."""
        return self._view

    def preview(self) -> PreviewView | None:
        return self._camera.preview() if self._camera is not None and self.people.sees_camera else None

    # ── intents (any thread) ────────────────────────────────────────────────────────────────────────────────────────

    def find(self, query: str) -> None:
        self._actor.post(self.people.only_at_work(lambda: self._reception.find(query)))

    def open_case(self, application_no: str) -> None:
        self._actor.post(self.people.only_at_work(lambda: self._reception.open(application_no, "typed")))

    def code_seen(self, code: str) -> None:
        """A code before the camera or from a hand-held scanner."""
        self._actor.post(self.people.only_at_work(lambda: self._reception.code(code), quietly=True))

    def captured(self, capture: Captured) -> None:
        self._actor.post(self.people.only_at_work(lambda: self._capture(capture), quietly=True))

    def shoot(self) -> None:
        if self._camera is not None:
            self._camera.shoot()

    def show_document(self, doc_id: str) -> None:
        def show() -> None:
            if (case := self._family.active) is not None:
                case.shown = doc_id
            self._publish()

        self._actor.post(self.people.only_at_work(show))

    def show_child(self, application_no: str) -> None:
        self._actor.post(self.people.only_at_work(lambda: self._reception.turn_to(application_no)))

    def answer_field(self, doc_id: str, field: str, answer: Answer, reason_code: str = "") -> None:
        act = FieldAnswered(doc_id=doc_id, field=field, answer=answer, reason_code=reason_code)
        need = self._need(lambda pack, case: second.for_answer(pack, lambda: self._assess(case), act))
        self._actor.post(lambda: self.people.with_second(need(), lambda: self._acts.answer_field(act)))

    def answer_question(self, question_id: str, answer: bool) -> None:
        act = QuestionAnswered(question_id=question_id, answer=answer)
        self._actor.post(self.people.only_at_work(lambda: self._acts.answer_question(act)))

    def discard_document(self, doc_id: str) -> None:
        self._actor.post(self.people.only_at_work(lambda: self._acts.discard(doc_id)))

    def undo(self) -> None:
        need = self._need(lambda pack, case: second.for_undo(pack, case.state, self.people.roles(), case.paper))

        def act() -> None:
            if self._family.active is None:
                self._reception.undo_walk_in()
            else:
                self._acts.undo()

        self._actor.post(lambda: self.people.with_second(need(), act))

    def decide(self, outcome: Outcome) -> None:
        need = self._need(lambda pack, case: second.for_decision(pack, lambda: self._assess(case), outcome))
        self._actor.post(lambda: self.people.with_second(need(), lambda: self._deciding.decide(outcome)))

    def reprint(self) -> None:
        self._actor.post(self.people.only_at_work(self._deciding.print))

    def suspend(self, note: str = "") -> None:
        self._actor.post(
            self.people.only_at_work(lambda: self._leaving.hold(VisitSuspended(note=note), everyone=False))
        )

    def finish(self) -> None:
        self._actor.post(self.people.only_at_work(self._leaving.finish))

    def name_visitor(self, who: Who) -> None:
        self._actor.post(self.people.only_at_work(lambda: self._acts.name_visitor(who)))

    def hold(self, reason: str, note: str = "", everyone: bool = True) -> None:
        act = VisitSuspended(reason=reason, note=note.strip())
        self._actor.post(self.people.only_at_work(lambda: self._leaving.hold(act, everyone=everyone)))

    def note_walk_in(self, reason: WalkInReason) -> None:
        self._actor.post(
            self.people.only_at_work(lambda: self._reception.note_walk_in(reason, self._clock.now().date()))
        )

    def show_today(self, on: bool = True) -> None:
        self._actor.post(
            self.people.only_at_work(lambda: self._reception.show_today(self._clock.now().date() if on else None))
        )

    def print_waiting(self, paper_no: str) -> None:
        """Print a paper that did not come out, of any family of this desk."""
        self._actor.post(self.people.only_at_work(lambda: self._later.print(paper_no)))

    def waiting_came_out(self, paper_no: str) -> None:
        """A person holds the paper in the hand: it leaves the list."""
        self._actor.post(self.people.only_at_work(lambda: self._later.came_out(paper_no)))

    def speak(self, language: str) -> None:
        """The language of the sentences in the view."""

        def speak() -> None:
            self._spoken = language
            self._publish()

        self._actor.post(speak)

    def notice_given(self, how: Literal["screen", "clerk"], language: str) -> None:
        """The family was told what is read and kept: once a visit, for all of its children."""

        def given() -> None:
            for case in self._family.in_hand():
                if case.state.status is CaseStatus.OPEN and case.state.notice is None:
                    self._append(NoticeGiven(how=how, language=language), case=case)
            self._publish()

        self._actor.post(self.people.only_at_work(given, quietly=True))

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _somebody_came(self) -> None:
        """The first one finds the case that was open when the program ended; everybody finds the sheet that lies there unread."""
        if not self._recovered:
            self._recovered = True
            self._recover()
        elif self._record is not None:
            self._rearm()

    def _need(self, of: Callable[[Pack, OpenCase], second.Need | None]) -> Callable[[], second.Need | None]:
        """Whether another person has to agree, by the rules of the case whose turn it is then."""

        def need() -> second.Need | None:
            case = self._family.active
            return None if case is None else of(self._rules_for(case).of(case.record), case)

        return need

    # ── finding and opening ─────────────────────────────────────────────────────────────────────────────────────────

    def _recover(self) -> None:
        for application_no in self._log.recent_cases():
            state = self._projected(application_no)
            if state.status in (CaseStatus.OPEN, CaseStatus.DECIDED):
                self._reception.open(application_no, "resumed")
                return
        self._publish()

    @property
    def _record(self) -> ApplicationRecord | None:
        """The application of the child whose turn it is."""
        case = self._family.active
        return case.record if case is not None else None

    def _said_elsewhere(self, application_no: str) -> tuple[Text, ...]:
        """What other desks decided of a case, and what a supervisor said of it."""
        said = self._elsewhere.sentences(application_no) if self._elsewhere is not None else ()
        waiting = self.conflicts.pending(application_no)
        return said if waiting is None else (*said, waiting)

    def _known_elsewhere(self, application_no: str) -> str:
        return self._elsewhere.known(application_no) if self._elsewhere is not None else ""

    def results_changed(self) -> None:
        """The platform has said something: a longer list shows at once, and who works on a family that another desk has decided hears of it."""

        def look() -> None:
            self.conflicts.heard()
            if self._registry.count() != self._view.header.expected_today:
                self._refresh_devices()
            case = self._view.case
            if case is None:
                return
            said = self._said_elsewhere(case.application_no)
            if any(sentence not in case.earlier for sentence in said):
                self._tell("warn", said[-1])

        self._actor.post(look)

    @property
    def _state(self) -> CaseState | None:
        case = self._family.active
        return case.state if case is not None else None

    def _rules_for(self, case: OpenCase) -> Rules:
        """The rules for a case: in the version it was begun under."""
        visit = case.state.visit
        rules = self._rules if visit is None else self._rules.under(visit.pack_version)
        return rules.by_proxy(is_proxy(case.state))

    def packs_changed(self, level: Literal["info", "warn"], sentence: Text) -> None:
        """A pack has arrived, or was refused: people hear of it; the open case goes on under its own version."""
        self._actor.post(lambda: self._tell(level, sentence))

    def _capture(self, capture: Captured) -> None:
        if self._family.active is not None:
            self._intake.capture(capture)
        else:
            self._reception.first.look(capture)

    def _gone(self) -> None:
        """A family has left: nothing of it stays at hand."""
        self._presenter.crops.forget()
        self._rearm()

    def _rearm(self) -> None:
        if self._camera is not None:
            self._camera.rearm()

    # ── the log and the view ────────────────────────────────────────────────────────────────────────────────────────

    def _append(self, act: Act, images: Sequence[bytes] = (), *, case: OpenCase | None = None) -> None:
        """Write an act into a case: the one whose turn it is, unless another of the family is named."""
        case = case or self._family.active
        assert case is not None
        self._append_to(case.number, act, images)

    def _append_to(self, application_no: str, act: Act, images: Sequence[bytes] = ()) -> None:
        """Write an act into a case, of the family at the desk or of one that has left."""
        kind, payload = to_payload(self.people.signed(act))
        self._later.saw(self._log.append(application_no, kind, self.people.actor, payload, images))
        case = self._family.get(application_no)
        if case is not None:
            case.state = self._projected(application_no)
        self._sync.nudge()

    def _note(self, act: Act) -> None:
        """Write an act of the desk itself, which belongs to no case."""
        kind, payload = to_payload(act)
        self._log.append("", kind, self.people.actor, payload)
        self._sync.nudge()

    def _refusal(self) -> Text | None:
        """Why no other family may be begun, None when one may."""
        found = self._machine.refusal() if self._machine is not None else None
        return found or (self._guards.stop() if self._guards is not None else None)

    def _projected(self, application_no: str) -> CaseState:
        return project(application_no, self._log.acts(application_no))

    def _assess(self, case: OpenCase, rules: Rules | None = None) -> Assessment:
        """``rules``: those of the case in another language."""
        rules = rules or self._rules_for(case)
        return with_letter(assess(rules, case.record, case.state), rules, case.record, case.state)

    def _tell(self, level: Literal["info", "warn", "error"], sentence: Text) -> None:
        self._serial += 1
        self._view = replace(self._view, notice=Notice(self._serial, level, sentence))
        self._publish()

    def _fault(self, fault: Exception) -> None:
        self._tell("error", trouble_text(fault))

    def _quiet(self) -> None:
        self._view = replace(self._view, notice=None)

    def _publish(self) -> None:
        case = None
        phase = Phase.CANDIDATES if self._reception.candidates else Phase.FINDING
        active = self._family.active
        if active is not None:
            rules = self._rules_for(active).speaking(self._spoken)
            shown = self._presenter.under(rules).case(
                active.record,
                active.state,
                self._assess(active, rules),
                active.shown,
                active.paper,
                reading=self._intake.readings > 0,
            )
            shown = replace(shown, earlier=(*shown.earlier, *self._said_elsewhere(active.number)))
            case = with_family(shown, self._family, lambda c: self._rules_for(c).speaking(self._spoken))
            phase = Phase.DECIDED if active.state.status is CaseStatus.DECIDED else Phase.CHECKING
        self._view = replace(
            self._view,
            phase=phase,
            case=case,
            header=self._header(),
            candidates=self._reception.candidates,
            query=self._reception.query,
            today=self._reception.today,
            walk_in=self._reception.walk_in,
            walk_in_noted=self._reception.walk_in_noted,
            looking=self._reception.first.looking,
            conflicts=self.conflicts.view,
            conflicts_waiting=self.conflicts.waiting,
        )
        self._send()

    def _send(self) -> None:
        seen = self.people.seen(self._view)
        for listener in list(self._listeners):
            listener(seen)

    def _refresh_devices(self) -> None:
        if self._guards is not None and (warning := self._guards.news()) is not None:
            self._tell("warn", warning)
        header = self._header()
        for level, sentence in self._watch.news():
            self._tell(level, sentence)
        if header != self._view.header:
            self._view = replace(self._view, header=header)
            self._send()

    def _header(self) -> HeaderView:
        events, images = self._log.waiting()
        seen = {
            "network": self._sync.device(),
            "camera": self._camera.device() if self._camera is not None else _NO_CAMERA,
            "printer": self._papers.device(),
            "reader": self._reader.device(),
            **(self._machine.devices() if self._machine is not None else {}),
        }
        devices = self._watch.see(seen, self._clock.now())
        return HeaderView(
            school=self._identity.school_name,
            desk=self._identity.desk_name,
            staff=self.people.name,
            practice=self._identity.practice,
            network=devices["network"],
            camera=devices["camera"],
            printer=devices["printer"],
            reader=devices["reader"],
            waiting_events=events,
            waiting_images=images,
            seen_today=self._log.decided_today(self._clock.now().date()),
            expected_today=self._registry.count(),
            disk=devices.get("disk"),
            clock=devices.get("clock"),
            unprinted=self._later.views(),
            ready=self._machine.ready() if self._machine is not None else None,
        )
