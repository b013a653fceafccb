"""Who works at this desk now: signing in, the lock, handing over, the second person. On the desk's thread but for the checking of PINs.

The open case belongs to the desk, not to a person: it stays where it is while nobody is signed in, and whoever takes over goes on with
it. Everything here becomes an event of the desk itself (docs/events.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Literal, Protocol, TypeVar

from kiosk.case.events import (
    Act,
    CaseTakenOver,
    DeskLocked,
    OverridesSeen,
    PersonRefused,
    PersonSignedIn,
    PersonSignedOut,
    PinChanged,
    to_payload,
)
from kiosk.desk.own_pin import NewPin, Seal, renewed, why_not, wrong_old_pin, wrong_pin
from kiosk.desk.people_view import Door, OverrideLine, PeopleView, PersonChoice, SecondAsk
from kiosk.desk.ports import DeskIdentity
from kiosk.desk.second import Need
from kiosk.desk.view import DeskView, Phase
from kiosk.people.gate import Gate, NotYet, Wrong
from kiosk.people.own_pins import OwnPin
from kiosk.people.roles import Right, Role, may
from kiosk.people.roster import Person, masked_name
from kiosk.sync.staff import is_revoked
from kiosk.texts import Text, text
from offline_cache.events import StoredEvent

EVERY_ROLE = frozenset(Role)
_Answer = TypeVar("_Answer")
_BY_ITSELF = ("page.read", "page.unknown", "paper.printed")  # what was begun comes to its end whoever is there


class NobodyAtTheDesk(Exception):
    """An act of a person while nobody works here: it is not done."""


class Log(Protocol):
    """As much of the desk's log as this needs (kiosk.desk.log.CaseLog)."""

    def append(
        self,
        case_id: str,
        kind: str,
        actor: str,
        payload: Mapping[str, Any],
        *,
        settings: Callable[[StoredEvent], Mapping[str, str]] | None = None,
    ) -> object: ...


@dataclass(frozen=True)
class Around:
    """The desk around it. ``post``: onto its thread; ``changed``: publish a new view; ``tell``: a warning; ``cases``: the open ones;
    ``at_work``: somebody has (again) begun to work; ``overrides``: those of today; ``nudge``: something waits for the platform."""

    post: Callable[[Callable[[], None]], None]
    changed: Callable[[], None]
    tell: Callable[[Text], None]
    cases: Callable[[], Sequence[str]]
    at_work: Callable[[], None]
    overrides: Callable[[], tuple[OverrideLine, ...]]
    nudge: Callable[[], None]


@dataclass(frozen=True)
class _Pending:
    ask: SecondAsk
    need: Need
    then: Callable[[], None]
    cases: tuple[str, ...]


class DeskPeople:
    """``fallback`` is at work without a PIN for as long as the platform has sent no roster, or always in practice (``practice``), where
    the roster is made up. ``seal`` makes what the platform is told of a changed PIN; without it nobody changes one. Implements kiosk.desk.people_view.PeoplePort."""

    def __init__(
        self,
        gate: Gate | None,
        log: Log,
        fallback: Person,
        *,
        practice: bool = False,
        hint: Text | None = None,
        seal: Seal | None = None,
    ) -> None:
        self._gate = gate
        self._log = log
        self._fallback = fallback
        self._practice = practice
        self._hint = hint
        self._seal = seal
        self._pins_changed = 0
        self._checker = ThreadPoolExecutor(1, thread_name_prefix="pins")
        self._around: Around | None = None
        self._door = Door.SIGN_IN
        self._person: Person | None = None
        self._worker = ""  # number of the person who worked on families last
        self._second = ""  # who agrees to the act that is being done this moment
        self._pending: _Pending | None = None
        self._checking = False
        self._said: Text | None = None
        self._serial = 0
        self._wait_s = 0
        self._overrides: tuple[OverrideLine, ...] | None = None
        self._case_kept = False  # as of the last view; read from other threads

    @classmethod
    def without_roster(cls, identity: DeskIdentity, log: Log) -> DeskPeople:
        """A desk that knows nobody but the person it was started with."""
        return cls(None, log, Person(identity.staff_no, identity.staff_name, EVERY_ROLE))

    def attach(self, around: Around) -> None:
        self._around = around

    @property
    def _desk(self) -> Around:
        assert self._around is not None
        return self._around

    # ── for the desk, on its thread ─────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Before anything else at the desk: who is at work, or must somebody sign in first?"""
        if self._revoked():
            self._door = Door.REVOKED
        elif not self._asks_for_pins() or self._practice:
            self._enter(self._fallback, "practice" if self._practice else "start")
        self._desk.changed()

    def stop(self) -> None:
        self._checker.shutdown()

    @property
    def actor(self) -> str:
        """The staff number that acts carry: who works here, or who worked here last."""
        return self._person.number if self._person is not None else self._worker

    @property
    def name(self) -> str:
        return self._person.name if self._person is not None else ""

    @property
    def at_work(self) -> bool:
        """Somebody is here who may see families."""
        return self._door is Door.OPEN and self._may(Right.WORK_CASES)

    @property
    def sees_camera(self) -> bool:
        """The camera's picture may show a family's papers: without the right to see them, only while no case is open."""
        return self.at_work or (self._door is Door.OPEN and not self._case_kept)

    def only_at_work(self, work: Callable[[], None], *, quietly: bool = False) -> Callable[[], None]:
        """``work`` if somebody is here who may see families; a person who may not is told so, unless the camera asks (``quietly``)."""

        def guarded() -> None:
            if self.at_work:
                work()
            elif self._door is Door.OPEN and not quietly:
                self._desk.tell(text("people.not_yours.work_cases"))

        return guarded

    def signed(self, act: Act) -> Act:
        """The act as it goes into the log: with the second person who agreed to it. Raises NobodyAtTheDesk."""
        if not self.at_work and act.kind not in _BY_ITSELF:
            raise NobodyAtTheDesk
        if self._second and "second" in type(act).model_fields:
            return act.model_copy(update={"second": self._second})
        return act

    def may(self, right: Right) -> bool:
        """Whether who works here now may do that."""
        return self._door is Door.OPEN and self._may(right)

    @property
    def knows_roster(self) -> bool:
        """The school's people are known, and sign in with their PINs."""
        return self._asks_for_pins()

    def name_of(self, number: str) -> str:
        """How a colleague is named on the screen: staff number, and the masked name where the roster has it."""
        person = self._gate.roster.get(number) if self._gate is not None else None
        return f"{number} {masked_name(person.name)}" if person is not None else number

    def roles(self) -> frozenset[Role]:
        return self._person.roles if self._person is not None else frozenset()

    def with_second(self, need: Need | None, then: Callable[[], None]) -> None:
        """Do ``then`` now, or when another person has agreed, or not at all."""
        if not self.at_work:
            return
        if need is None:
            then()
            return
        if not self._asks_for_pins():
            self._desk.tell(text("people.second.no_roster", what=need.what))
            return
        self._serial += 1
        ask = SecondAsk(self._serial, need.what, text(f"people.second.by.{need.by}"))
        self._pending = _Pending(ask, need, then, tuple(self._desk.cases()))
        self._say(None)
        self._desk.changed()

    def seen(self, view: DeskView) -> DeskView:
        """The view as windows get it: nothing of a family while nobody works here who may see it."""
        people = self.view()
        if self.at_work:
            return replace(view, people=people)
        notice = view.notice if self._door is Door.OPEN else None
        header = replace(view.header, unprinted=())
        return DeskView(Phase.FINDING, header, notice=notice, people=people)

    def view(self) -> PeopleView:
        person = self._person
        roster = self._gate.roster.who_can_sign_in if self._gate is not None else []
        self._case_kept = bool(self._around is not None and self._around.cases())
        return PeopleView(
            door=self._door,
            number=person.number if person else "",
            name=person.name if person else "",
            roles=tuple(sorted(person.roles)) if person else (),
            choices=tuple(PersonChoice(p.number, masked_name(p.name)) for p in roster),
            checking=self._checking,
            said=self._said,
            said_serial=self._serial,
            wait_s=self._wait_s,
            with_pins=self._asks_for_pins(),
            case_kept=self._case_kept,
            may_work=self._may(Right.WORK_CASES),
            hint=self._hint,
            second=self._pending.ask if self._pending else None,
            overrides=self._overrides,
            may_change_pin=self._person is not None and self._why_no_pin() is None,
            pins_changed=self._pins_changed,
        )

    # ── what people ask (any thread) ────────────────────────────────────────────────────────────────────────────────

    def sign_in(self, number: str, pin: str) -> None:
        self._desk.post(lambda: self._sign_in(number, pin))

    def resume(self) -> None:
        def resume() -> None:
            if self._door is Door.LOCKED and not self._asks_for_pins() and self._person is not None:
                self._enter(self._person, "resume")

        self._desk.post(resume)

    def lock(self, *, idle: bool = False) -> None:
        self._desk.post(lambda: self._lock("idle" if idle else "by_hand"))

    def confirm_second(self, number: str, pin: str) -> None:
        self._desk.post(lambda: self._confirm_second(number, pin))

    def cancel_second(self) -> None:
        def cancel() -> None:
            self._drop_pending()
            self._desk.changed()

        self._desk.post(cancel)

    def change_pin(self, old: str, new: str) -> None:
        self._desk.post(lambda: self._change_pin(old, new))

    def show_overrides(self, on: bool) -> None:
        self._desk.post(lambda: self._show_overrides(on))

    def heard(self) -> None:
        """The platform was heard of: the roster or the standing of this desk may have changed."""
        self._desk.post(self._heard)

    # ── signing in, locking ─────────────────────────────────────────────────────────────────────────────────────────

    def _sign_in(self, number: str, pin: str) -> None:
        if self._door in (Door.SIGN_IN, Door.LOCKED) and not self._checking and self._asks_for_pins():
            self._check(number, pin, self._admitted)

    def _admitted(self, person: Person) -> None:
        if self._door not in (Door.SIGN_IN, Door.LOCKED):
            return  # revoked meanwhile
        same = self._person is not None and person.number == self._person.number
        self._enter(person, "unlock" if same else "pin")

    def _enter(self, person: Person, how: Literal["start", "practice", "pin", "unlock", "resume"]) -> None:
        self._person, self._door = person, Door.OPEN
        self._say(None)
        self._note(PersonSignedIn(how=how, roles=sorted(person.roles)))
        if self._may(Right.WORK_CASES):
            if self._worker and self._worker != person.number:
                for case_id in self._desk.cases():
                    self._note(CaseTakenOver(taken_from=self._worker), case_id)
            self._worker = person.number
            self._desk.at_work()
        self._desk.changed()

    def _lock(self, why: Literal["idle", "by_hand"]) -> None:
        if self._door is not Door.OPEN:
            return
        self._note(DeskLocked(why=why))
        self._cover(Door.LOCKED)

    def _cover(self, door: Door, said: Text | None = None) -> None:
        self._drop_pending()
        self._overrides = None
        self._door = door
        self._say(said)
        self._desk.changed()

    def _sign_out(self, why: Literal["disabled", "roster", "revoked"]) -> None:
        if self._person is not None:
            self._note(PersonSignedOut(why=why))
            self._person = None
        self._cover(Door.REVOKED if why == "revoked" else Door.SIGN_IN, text(f"people.signed_out.{why}"))

    def _heard(self) -> None:
        if self._gate is None or self._practice:
            return
        if self._revoked():
            if self._door is not Door.REVOKED:
                self._sign_out("revoked")
            return
        changed = self._gate.reload()
        self._gate.forget_own_pins()
        if self._door is Door.REVOKED:
            self._cover(Door.SIGN_IN)
            if not self._asks_for_pins():
                self._enter(self._fallback, "start")
        elif changed:
            self._renew()

    def _renew(self) -> None:
        """Another roster has come: it holds from now on."""
        assert self._gate is not None
        if self._person is self._fallback:
            self._sign_out("roster")
            return
        fresh = self._gate.roster.get(self._person.number) if self._person is not None else None
        if self._person is not None and (fresh is None or not fresh.can_sign_in):
            self._sign_out("disabled")
            return
        self._person = fresh
        self._desk.changed()

    # ── the second person ───────────────────────────────────────────────────────────────────────────────────────────

    def _confirm_second(self, number: str, pin: str) -> None:
        if self._pending is None or self._checking:
            return
        if number.strip().upper() == self.actor:
            self._say(text("people.second.same"))
            self._desk.changed()
            return
        self._check(number, pin, self._agreed)

    def _agreed(self, person: Person) -> None:
        pending = self._pending
        if pending is None:
            return
        if person.number == self.actor or not person.roles & pending.need.roles:
            self._say(text("people.second.same") if person.number == self.actor else text("people.second.not_role"))
            self._desk.changed()
            return
        self._pending = None
        if tuple(self._desk.cases()) != pending.cases:
            self._desk.changed()
            return
        self._second = person.number
        try:
            pending.then()
        finally:
            self._second = ""
        self._desk.changed()

    def _drop_pending(self) -> None:
        self._pending = None
        self._say(None)

    # ── the own PIN ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _why_no_pin(self) -> Text | None:
        """Why no PIN can be changed here, whoever is signed in."""
        if self._practice:
            return text("people.pin.practice")
        return None if self._asks_for_pins() and self._seal is not None else text("people.pin.no_roster")

    def _change_pin(self, old: str, new: str) -> None:
        person, gate, seal = self._person, self._gate, self._seal
        if self._door is not Door.OPEN or self._checking or self._pending is not None or person is None:
            return
        if why := self._why_no_pin():
            self._desk.tell(why)
            return
        if why := why_not(old, new, person.number):
            self._say(why)
            self._desk.changed()
            return
        assert gate is not None and seal is not None
        number = person.number
        self._ask(
            lambda: renewed(gate, seal, number, old, new),
            number,
            lambda pin: self._keep_pin(number, pin),
            wrong_old_pin,
        )

    def _keep_pin(self, number: str, pin: NewPin) -> None:
        """The act and what this desk checks from now on, in one step; or nothing."""
        gate, person = self._gate, self._person
        if self._door is not Door.OPEN or person is None or person.number != number or gate is None:
            return  # locked meanwhile: the old one holds, and nobody was told otherwise
        known = gate.roster.get(number)
        if known is None or known.reset != pin.reset:
            self._say(text("people.pin.reset"))
            self._desk.changed()
            return
        kind, payload = to_payload(PinChanged(reset=pin.reset, sealed=pin.sealed))
        try:
            self._log.append(
                "", kind, number, payload,
                settings=lambda event: gate.own_pin(number, OwnPin(pin.verifier, pin.reset, event.event_id)),
            )  # fmt: skip
        except Exception:
            self._say(text("people.pin.fault"))
            self._desk.changed()
            raise
        gate.reload()
        self._person = gate.roster.get(number)
        self._pins_changed += 1
        self._say(text("people.pin.changed"))
        self._desk.nudge()
        self._desk.changed()

    # ── checking ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _check(self, number: str, pin: str, then: Callable[[Person], None]) -> None:
        gate = self._gate
        assert gate is not None
        self._ask(lambda: gate.check(number, pin), number, lambda admitted: then(admitted.person))

    def _ask(
        self,
        work: Callable[[], _Answer | Wrong | NotYet],
        number: str,
        then: Callable[[_Answer], None],
        wrong: Callable[[bool], Text] = wrong_pin,
    ) -> None:
        """A PIN costs a fifth of a second of CPU time: not on the desk's thread. ``wrong``: how a wrong one is told."""
        self._checking = True
        self._said, self._wait_s = None, 0
        asked = self._checker.submit(work)
        asked.add_done_callback(lambda done: self._desk.post(lambda: self._answered(done, number, then, wrong)))
        self._desk.changed()

    def _answered(
        self,
        done: Future[_Answer | Wrong | NotYet],
        number: str,
        then: Callable[[_Answer], None],
        wrong: Callable[[bool], Text],
    ) -> None:
        self._checking = False
        try:
            answer = done.result()
        except Exception:
            self._say(text("people.fault"))
            self._desk.changed()
            raise
        if isinstance(answer, NotYet):
            self._say(text("people.wait"), ceil(answer.wait_s))
        elif isinstance(answer, Wrong):
            wait = ceil(answer.wait_s)
            self._refused(number, answer.failed)
            self._say(wrong(wait > 0), wait)
        else:
            then(answer)
            return
        self._desk.changed()

    def _refused(self, number: str, failed: int) -> None:
        assert self._gate is not None
        known = self._gate.roster.get(number.strip().upper())
        kind, payload = to_payload(PersonRefused(failed=failed, second=self._pending is not None))
        self._log.append("", kind, known.number if known else "", payload)
        self._desk.nudge()

    # ── overrides of the day ────────────────────────────────────────────────────────────────────────────────────────

    def _show_overrides(self, on: bool) -> None:
        if on and not (self._door is Door.OPEN and self._may(Right.SEE_OVERRIDES)):
            self._desk.tell(text("people.not_yours.see_overrides"))
            return
        if on:
            self._note(OverridesSeen())
        self._overrides = self._desk.overrides() if on else None
        self._desk.changed()

    # ── small things ────────────────────────────────────────────────────────────────────────────────────────────────

    def _note(self, act: Act, case_id: str = "") -> None:
        kind, payload = to_payload(act)
        self._log.append(case_id, kind, self.actor, payload)
        self._desk.nudge()

    def _say(self, said: Text | None, wait_s: int = 0) -> None:
        self._serial += 1
        self._said, self._wait_s = said, wait_s

    def _asks_for_pins(self) -> bool:
        return self._gate is not None and self._gate.roster.sent

    def _revoked(self) -> bool:
        return self._gate is not None and is_revoked(self._gate.notes)

    def _may(self, right: Right) -> bool:
        return self._person is not None and may(self._person.roles, right)
