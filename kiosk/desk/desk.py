"""The desk at work: commands in, events on disk, a new view out.

Every public method returns at once; the work is done on the desk's own thread (kiosk.desk.actor). The order inside each act is always
the same: decide → append to the log (durable) → project → publish. What a person sees is therefore never ahead of what is stored.
"""

from __future__ import annotations

import functools
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, Protocol

from kiosk.case.events import (
    Act,
    Decided,
    FieldAnswered,
    PageCaptured,
    PageDiscarded,
    PageUnknown,
    QuestionAnswered,
    Undone,
    VisitEnded,
    VisitOpened,
    VisitSuspended,
    to_payload,
)
from kiosk.case.state import CaseState, CaseStatus, project
from kiosk.desk.actor import Actor
from kiosk.desk.assess import Assessment, assess
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.guards import Guards, trouble_text
from kiosk.desk.log import CaseLog
from kiosk.desk.papers import PaperDesk, PaperJob, decision_on_file
from kiosk.desk.ports import Camera, Captured, Clock, DeskIdentity, PageReader, Sync
from kiosk.desk.present import Crops, Presenter
from kiosk.desk.rules import Rules
from kiosk.desk.understand import CASE_CODE, understand
from kiosk.desk.view import Candidate, DeskView, DeviceView, HeaderView, Light, Notice, Phase, PreviewView
from kiosk.policy import Pack
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord
from scanner.types import Reading

_LOG = logging.getLogger(__name__)
PAPER_PREFIX = "YHR"

Answer = Literal["match", "mismatch", "unreadable"]
Outcome = Literal["RECEIPT", "RETURN", "REFER"]
_NO_CAMERA = (Light.OFF, text("desk.camera.none"))


class Registry(Protocol):
    """The school's applications as this desk holds them."""

    def get(self, application_no: str) -> ApplicationRecord | None: ...
    def find(self, query: str, limit: int) -> list[ApplicationRecord]: ...
    def count(self) -> int: ...


class Desk:
    """One desk, one case at a time. Implements kiosk.desk.view.DeskPort."""

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
        self._elsewhere = elsewhere
        self._guards = guards
        self._camera: Camera | None = None
        self._actor = Actor("desk", on_fault=self._fault)
        self._actor.every(self._refresh_devices)
        self._listeners: list[Callable[[DeskView], None]] = []
        self._presenter = Presenter(rules, Crops(log))
        self._record: ApplicationRecord | None = None
        self._state: CaseState | None = None
        self._shown: str | None = None
        self._readings = 0  # captures that are being read now
        self._paper: PaperJob | None = None
        self._serial = 0
        self._view = DeskView(Phase.FINDING, self._header())

    # ── life ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, camera: Camera | None = None) -> None:
        """Begin work. A case that was open when the program ended (however it ended) is opened again where it was."""
        self._camera = camera
        self._actor.start()
        self._actor.post(self._recover)

    def stop(self) -> None:
        self._actor.stop()

    def subscribe(self, listener: Callable[[DeskView], None]) -> Callable[[], None]:
        def add() -> None:
            self._listeners.append(listener)
            listener(self._view)

        self._actor.post(add)
        return lambda: self._actor.post(
            lambda: self._listeners.remove(listener) if listener in self._listeners else None
        )

    def preview(self) -> PreviewView | None:
        return self._camera.preview() if self._camera is not None else None

    # ── intents (any thread) ────────────────────────────────────────────────────────────────────────────────────────

    def find(self, query: str) -> None:
        self._actor.post(lambda: self._find(query))

    def open_case(self, application_no: str) -> None:
        self._actor.post(lambda: self._open(application_no, "typed"))

    def code_seen(self, code: str) -> None:
        """A code before the camera or from a hand-held scanner."""
        self._actor.post(lambda: self._code(code))

    def captured(self, capture: Captured) -> None:
        self._actor.post(lambda: self._capture(capture))

    def shoot(self) -> None:
        if self._camera is not None:
            self._camera.shoot()

    def show_document(self, doc_id: str) -> None:
        def show() -> None:
            self._shown = doc_id
            self._publish()

        self._actor.post(show)

    def answer_field(self, doc_id: str, field: str, answer: Answer, reason_code: str = "") -> None:
        act = FieldAnswered(doc_id=doc_id, field=field, answer=answer, reason_code=reason_code)
        self._actor.post(lambda: self._act_on_open_case(act))

    def answer_question(self, question_id: str, answer: bool) -> None:
        self._actor.post(lambda: self._act_on_open_case(QuestionAnswered(question_id=question_id, answer=answer)))

    def discard_document(self, doc_id: str) -> None:
        self._actor.post(lambda: self._discard(doc_id))

    def undo(self) -> None:
        self._actor.post(self._undo)

    def decide(self, outcome: Outcome) -> None:
        self._actor.post(lambda: self._decide(outcome))

    def reprint(self) -> None:
        self._actor.post(self._print)

    def suspend(self, note: str = "") -> None:
        self._actor.post(lambda: self._leave(VisitSuspended(note=note)))

    def finish(self) -> None:
        self._actor.post(self._finish)

    # ── finding and opening ─────────────────────────────────────────────────────────────────────────────────────────

    def _recover(self) -> None:
        for application_no in self._log.recent_cases():
            state = project(application_no, self._log.acts(application_no))
            if state.status in (CaseStatus.OPEN, CaseStatus.DECIDED):
                self._open(application_no, "resumed")
                return
        self._publish()

    def _code(self, code: str) -> None:
        if code.startswith(PAPER_PREFIX):
            self._paper_shown(code)
            return
        found = CASE_CODE.fullmatch(code.strip())
        if found is None or (self._record is not None and self._record.application_no == found.group(1)):
            return
        if self._record is not None:
            self._tell("warn", text("desk.other_case_open", number=found.group(1)))
            return
        self._open(found.group(1), "code")

    def _paper_shown(self, code: str) -> None:
        """A family shows a receipt or slip of an earlier visit, made here or at another desk: it opens its case."""
        if self._record is not None:
            return  # one of our own papers on the table while another family is served: nothing to do
        checked = self._papers.check(code)
        if checked.ok and checked.fields is not None:
            self._open(checked.fields.application_no, "code")
        else:
            self._tell("warn", text("desk.paper_code.bad", why=checked.why))

    def _find(self, query: str) -> None:
        query = query.strip()
        if not query:
            self._view = replace(self._view, phase=Phase.FINDING, candidates=(), query="")
            self._publish()
            return
        if self._record is not None:
            self._tell("warn", text("desk.finish_first"))
            return
        if query.startswith(PAPER_PREFIX):
            self._paper_shown(query)
            return
        code = CASE_CODE.fullmatch(query.upper())
        if code is not None and self._registry.get(code.group(1)) is not None:
            self._open(code.group(1), "typed")
            return
        found = self._registry.find(query, 20)
        self._view = replace(self._view, query=query, candidates=tuple(self._candidate(r) for r in found))
        if not found:
            self._view = replace(self._view, phase=Phase.FINDING)
            self._tell("warn", text("desk.nobody_found", query=query))
            return
        self._view = replace(self._view, phase=Phase.CANDIDATES)
        self._publish()

    def _candidate(self, record: ApplicationRecord) -> Candidate:
        state = project(record.application_no, self._log.acts(record.application_no))
        child = str(record.data.get("child", {}).get("name", ""))
        return Candidate(
            application_no=record.application_no,
            child_masked=mask_name(child),
            school=str(record.data.get("school", {}).get("name", record.school_code)),
            earlier=self._presenter.earlier(state)[-1] if state.earlier else None,
        )

    def _open(self, application_no: str, via: Literal["code", "typed", "resumed"]) -> None:
        record = self._registry.get(application_no)
        if record is None:
            self._tell("warn", text("desk.not_in_list", number=application_no))
            return
        pack = self._rules.pack(record.pack)
        if pack is None:
            self._tell("error", text("desk.no_pack", pack=record.pack))
            return
        state = project(application_no, self._log.acts(application_no))
        if state.status is not CaseStatus.CLOSED:
            via = "resumed"
        elif self._guards is not None and (stop := self._guards.stop()) is not None:
            self._tell("error", stop)  # a family that is at the table is finished; no new one is begun
            return
        version, older = self._version(record, state, pack)
        self._record, self._shown, self._paper = record, None, None
        self._append(
            VisitOpened(
                visit_id=uuid.uuid4().hex,
                via=via,
                pack=record.pack,
                pack_version=version,
                record_revision=record.revision,
                desk_date=self._rules.desk_date(record, self._clock.now()).isoformat(),
            )
        )
        self._view = replace(self._view, candidates=(), query="")
        self._reread_interrupted()
        if self._camera is not None and via == "code":
            self._camera.rearm()  # the form that carries the code is itself one of the originals
        said = self._said_elsewhere()
        if older is not None:
            self._tell(*older)
        elif said:
            self._tell("warn", said[-1])
        else:
            self._publish()

    def _said_elsewhere(self) -> tuple[Text, ...]:
        """What other desks decided of the open case."""
        if self._elsewhere is None or self._record is None:
            return ()
        return self._elsewhere.sentences(self._record.application_no)

    def results_changed(self) -> None:
        """The platform has said something of decisions: who works on a family that another desk has decided hears of it at once."""

        def look() -> None:
            said = self._said_elsewhere()
            case = self._view.case
            if case is not None and any(sentence not in case.earlier for sentence in said):
                self._tell("warn", said[-1])

        self._actor.post(look)

    def _version(
        self, record: ApplicationRecord, state: CaseState, newest: Pack
    ) -> tuple[str, tuple[Literal["info", "warn"], Text] | None]:
        """The version by which the case is decided: the one it was begun under, while this desk has it; and what to say of that."""
        begun = state.visit.pack_version if state.visit is not None and state.visit.pack == record.pack else ""
        if not begun or begun == newest.version:
            return newest.version, None
        if self._rules.holds(record.pack, begun):
            return begun, ("info", text("desk.pack.older", version=begun, newest=newest.version))
        return newest.version, ("warn", text("desk.pack.gone", version=begun, newest=newest.version))

    @property
    def _case_rules(self) -> Rules:
        """The rules for the open case."""
        visit = self._state.visit if self._state is not None else None
        return self._rules if visit is None else self._rules.under(visit.pack_version)

    def packs_changed(self, level: Literal["info", "warn"], sentence: Text) -> None:
        """A pack has arrived, or was refused: people hear of it; the open case goes on under its own version."""
        self._actor.post(lambda: self._tell(level, sentence))

    # ── capturing and reading ───────────────────────────────────────────────────────────────────────────────────────

    def _capture(self, capture: Captured) -> None:
        if self._state is None or self._state.status is not CaseStatus.OPEN:
            return
        digest = self._log.keep_frame(capture.frames[0])
        capture_id = uuid.uuid4().hex
        self._append(PageCaptured(capture_id=capture_id, images=[digest], by_hand=capture.by_hand))
        self._read(capture_id, capture)

    def _read(self, capture_id: str, capture: Captured) -> None:
        assert self._record is not None
        application_no = self._record.application_no
        expects = self._case_rules.expected(self._record)
        future = self._reader.submit(capture.frames, corners=capture.corners, expects=expects)
        self._readings += 1
        future.add_done_callback(
            lambda done: self._actor.post(
                functools.partial(self._read_done, application_no, capture_id, done.exception() or done.result())
            )
        )
        self._publish()

    def _reread_interrupted(self) -> None:
        """A capture whose reading the program did not live to see is read again from the stored frame."""
        assert self._state is not None
        for capture_id in self._state.unread:
            frames = [f for d in self._state.captures[capture_id] if (f := self._log.frame(d)) is not None]
            if frames:
                self._read(capture_id, Captured(frames, None))

    def _read_done(self, application_no: str, capture_id: str, outcome: Reading | BaseException) -> None:
        self._readings -= 1
        if self._record is None or self._state is None or self._record.application_no != application_no:
            return  # the family has left; the capture stays unread in its case and is read when they are back
        if isinstance(outcome, BaseException):
            _LOG.warning("a capture was not read: %s", type(outcome).__name__)
            self._append(PageUnknown(capture_id=capture_id, reason="reader_failed"))
            self._drop_frames(capture_id)
            self._tell("error", text("desk.reader_failed"))
            return
        found = understand(outcome, capture_id, self._record, self._state, self._case_rules, self._log.keep_crops)
        self._append(found.act, found.images)
        self._drop_frames(capture_id)
        self._shown = found.shown or self._shown
        if found.warning is not None:
            self._tell("warn", found.warning)
        elif found.hint is not None:
            self._tell("info", found.hint)
        else:
            self._publish()

    def _drop_frames(self, capture_id: str) -> None:
        """The whole camera frame shows more of the table than the rules need: once the page is read it goes."""
        if self._state is not None:
            for digest in self._state.captures.get(capture_id, ()):
                self._log.drop_frame(digest)

    # ── a person's acts ─────────────────────────────────────────────────────────────────────────────────────────────

    def _act_on_open_case(self, act: Act) -> None:
        if self._state is not None and self._state.status is CaseStatus.OPEN:
            self._append(act)
            self._publish()

    def _discard(self, doc_id: str) -> None:
        if self._state is None:
            return
        for page in [p for p in self._state.pages.values() if p.doc_id == doc_id]:
            self._append(PageDiscarded(capture_id=page.capture_id))
        self._publish()

    def _undo(self) -> None:
        if self._state is not None and self._state.undoable:
            self._append(Undone(event_id=self._state.undoable[-1]))
            self._paper = None
            self._publish()

    def _decide(self, outcome: Outcome) -> None:
        if self._record is None or self._state is None or self._state.status is not CaseStatus.OPEN:
            return
        assessment = self._assess()
        if self._readings or outcome not in assessment.allowed:
            self._tell("warn", text("desk.not_allowed_yet"))
            return
        final = assessment.final()
        self._append(
            Decided(
                decision=outcome,
                paper_no=self._papers.next_number(self._record, self._log.next_counter()),
                category=final.category,
                reasons=[dict(r) for r in final.reasons],
                materials=[dict(m) for m in final.materials],
                evaluation=dict(final.as_data),
                knew=self._elsewhere.known(self._record.application_no) if self._elsewhere is not None else "",
            )
        )
        self._print()

    def _print(self) -> None:
        if self._record is None or self._state is None or self._state.decision is None:
            return
        application_no = self._record.application_no
        event = self._log.newest(application_no, "case.decided")
        self._paper = self._papers.start(
            self._record,
            decision_on_file(self._state.decision, event, event.hash, self._state.papers),
            done=lambda job: self._actor.post(lambda: self._print_news(application_no, job)),
        )
        self._publish()

    def _print_news(self, application_no: str, job: PaperJob) -> None:
        if self._record is None or self._record.application_no != application_no:
            return
        self._paper = job
        if job.event is not None:
            self._append(job.event)
        self._publish()

    def _finish(self) -> None:
        if self._state is None:
            return
        if self._state.status is not CaseStatus.DECIDED:
            self._tell("warn", text("desk.decide_or_suspend_first"))
            return
        self._leave(VisitEnded(originals_returned=len(self._state.documents())))

    def _leave(self, act: VisitSuspended | VisitEnded) -> None:
        if self._state is None:
            return
        self._append(act)
        self._record = self._state = self._shown = self._paper = None
        self._presenter.crops.forget()  # nothing of this family stays at hand
        if self._camera is not None:
            self._camera.rearm()
        self._view = replace(self._view, notice=None)
        self._publish()

    # ── the log and the view ────────────────────────────────────────────────────────────────────────────────────────

    def _append(self, act: Act, images: Sequence[bytes] = ()) -> None:
        assert self._record is not None
        kind, payload = to_payload(act)
        self._log.append(self._record.application_no, kind, self._identity.staff_no, payload, images)
        self._state = project(self._record.application_no, self._log.acts(self._record.application_no))
        self._sync.nudge()

    def _assess(self) -> Assessment:
        assert self._record is not None
        assert self._state is not None
        return assess(self._case_rules, self._record, self._state)

    def _tell(self, level: Literal["info", "warn", "error"], sentence: Text) -> None:
        self._serial += 1
        self._view = replace(self._view, notice=Notice(self._serial, level, sentence))
        self._publish()

    def _fault(self, fault: Exception) -> None:
        self._tell("error", trouble_text(fault))

    def _publish(self) -> None:
        case = None
        phase = Phase.CANDIDATES if self._view.candidates else Phase.FINDING
        if self._record is not None and self._state is not None:
            case = self._presenter.under(self._case_rules).case(
                self._record, self._state, self._assess(), self._shown, self._paper, reading=self._readings > 0
            )
            case = replace(case, earlier=(*case.earlier, *self._said_elsewhere()))
            phase = Phase.DECIDED if self._state.status is CaseStatus.DECIDED else Phase.CHECKING
        self._view = replace(self._view, phase=phase, case=case, header=self._header())
        for listener in list(self._listeners):
            listener(self._view)

    def _refresh_devices(self) -> None:
        if self._guards is not None and (warning := self._guards.news()) is not None:
            self._tell("warn", warning)
        header = self._header()
        if header != self._view.header:
            self._view = replace(self._view, header=header)
            for listener in list(self._listeners):
                listener(self._view)

    def _header(self) -> HeaderView:
        events, images = self._log.waiting()
        return HeaderView(
            school=self._identity.school_name,
            desk=self._identity.desk_name,
            staff=self._identity.staff_name,
            practice=self._identity.practice,
            network=self._sync.device(),
            camera=self._camera.device() if self._camera is not None else DeviceView(*_NO_CAMERA),
            printer=self._papers.device(),
            reader=self._reader.device(),
            waiting_events=events,
            waiting_images=images,
            seen_today=self._log.decided_today(self._clock.now().date()),
            expected_today=self._registry.count(),
        )


def mask_name(name: str) -> str:
    """陈试远 → 陈*远, 陈远 → 陈*: enough to choose by, not enough to tell a stranger (GB/T 35273)."""
    if len(name) <= 1:
        return name
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
