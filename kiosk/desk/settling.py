"""Applications on which desks differ, for the school's supervisor: what each desk decided, and which decision stands from now on.

The word is an act in this desk's log like any other; it holds when the platform says so (docs/platform.md, "A supervisor settles").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from kiosk.case.events import Act, ConflictSettled, ConflictsSeen
from kiosk.desk.conflicts_view import ConflictSide, ConflictsView, ConflictView, SettlingReason
from kiosk.desk.elsewhere import Elsewhere, at_of, desk_of, outcome_of, reasons_of, settlement_in_force
from kiosk.desk.finding import masked_child
from kiosk.desk.people import DeskPeople
from kiosk.people.roles import Right
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord
from kiosk.wire.results import DecisionRecord, RefusedSettlement, ResultRecord
from offline_cache.events import StoredEvent

REASONS = ("COMPLETE", "LATER", "MISTAKE", "AGREED")
MOST_SHOWN = 60  # settled ones go on being listed; nobody reads through more
_SETTLED = ConflictSettled.model_fields["kind"].default
_ORDER = ("open", "pending", "settled")


class Log(Protocol):
    def of_kind(self, kind: str) -> Sequence[StoredEvent]: ...


class Records(Protocol):
    def get(self, application_no: str) -> ApplicationRecord | None: ...


class Settling:
    """Implements kiosk.desk.conflicts_view.ConflictsPort. ``append(application_no, act)`` writes into a case, ``note(act)`` an act of the desk;
    ``post`` brings work to the desk's thread, ``tell`` shows a message, ``changed`` a new view; ``again`` prints a paper of this desk once
    more."""

    def __init__(
        self,
        elsewhere: Elsewhere | None,
        log: Log,
        records: Records,
        people: DeskPeople,
        *,
        append: Callable[[str, Act], None],
        note: Callable[[Act], None],
        post: Callable[[Callable[[], None]], None],
        tell: Callable[[Literal["info", "warn"], Text], None],
        changed: Callable[[], None],
        again: Callable[[str], None],
    ) -> None:
        self._elsewhere = elsewhere
        self._log = log
        self._records = records
        self._people = people
        self._append = append
        self._note = note
        self._post = post
        self._tell = tell
        self._changed = changed
        self._again = again
        self._shown_to = ""  # staff number of the supervisor who looks at the list
        self._list = ConflictsView()
        self.waiting = 0
        """How many wait for a supervisor."""
        self._own: dict[str, StoredEvent] = {}  # the last settlement of each case that was made at this desk
        self._told: set[str] = (
            set()
        )  # ids of settlements that people were told of, or that were there when the program began
        self._cursor = elsewhere.cursor if elsewhere is not None else ""
        self._load()
        self._news(self._disputed())

    # ── for the desk, on its thread ─────────────────────────────────────────────────────────────────────────────────

    @property
    def view(self) -> ConflictsView | None:
        """The list while a supervisor looks at it. Whoever takes the desk over does not inherit it."""
        looks = self._shown_to and self._shown_to == self._people.actor and self._people.may(Right.SETTLE_CONFLICTS)
        return self._list if looks else None

    def pending(self, application_no: str) -> Text | None:
        """What was settled here and waits for the platform's word."""
        result = self._elsewhere.result(application_no) if self._elsewhere is not None else None
        return self._waiting_word(result) if result is not None else None

    def heard(self) -> None:
        """The platform has said something of decisions: what was settled is told at the desks it concerns, and what had no effect where it
        was tried."""
        cursor = self._elsewhere.cursor if self._elsewhere is not None else ""
        if cursor == self._cursor:  # asked at every step of the line; only a pull brings results
            return
        self._cursor = cursor
        disputed, before = self._disputed(), self.waiting
        for sentence in self._news(disputed):
            self._tell("warn", sentence)
        if self._shown_to:
            self._list = self._listed(disputed)
        if self._shown_to or self.waiting != before:
            self._changed()

    # ── what people ask (any thread) ────────────────────────────────────────────────────────────────────────────────

    def show(self, on: bool) -> None:
        self._post(lambda: self._show(on))

    def settle(self, application_no: str, stands: str, reason: str = "") -> None:
        self._post(lambda: self._settle(application_no, stands, reason))

    def print_again(self, paper_no: str) -> None:
        self._post(self._people.only_at_work(lambda: self._again(paper_no)))

    def _show(self, on: bool) -> None:
        if on and not self._may():
            return
        if on:
            self._note(ConflictsSeen())
            self._list = self._listed(self._disputed())
        self._shown_to = self._people.actor if on else ""
        self._changed()

    def _settle(self, application_no: str, stands: str, reason: str) -> None:
        if not self._may():
            return
        result = self._elsewhere.result(application_no) if self._elsewhere is not None else None
        if not self._people.knows_roster:
            self._tell("warn", text("conflicts.no_roster"))
        elif result is None or result.standing is None or not result.conflicting:
            self._tell("warn", text("conflicts.nothing", number=application_no))
        elif (waiting := self._waiting_word(result)) is not None:
            self._tell("warn", waiting)
        elif stands not in (ids := _ids(result)):
            self._tell("warn", text("conflicts.changed"))
        elif stands != result.standing.event_id and reason not in REASONS:
            self._tell("warn", text("conflicts.why"))
        else:
            kept = stands == result.standing.event_id
            self._append(application_no, ConflictSettled(stands=stands, between=ids, reason="" if kept else reason))
            self._load()
            self._news(self._disputed())
            if (said := self._waiting_word(result)) is not None:
                self._tell("info", said)
        self._list = self._listed(self._disputed())
        self._changed()

    def _may(self) -> bool:
        if not self._people.may(Right.SETTLE_CONFLICTS):
            self._tell("warn", text("people.not_yours.settle_conflicts"))
            return False
        return True

    # ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _disputed(self) -> list[ResultRecord]:
        return self._elsewhere.disputed() if self._elsewhere is not None else []

    def _load(self) -> None:
        self._own = {event.case_id: event for event in self._log.of_kind(_SETTLED)}

    def _news(self, disputed: Sequence[ResultRecord]) -> list[Text]:
        """Counts what waits, and says what people have not been told yet."""
        news: list[Text] = []
        self.waiting = sum(1 for r in disputed if r.conflicting and self._waiting_word(r) is None)
        for result in disputed:
            assert self._elsewhere is not None
            settlement, refused = settlement_in_force(result), self._refused(result)
            if settlement is not None and settlement.event_id not in self._told:
                self._told.add(settlement.event_id)
                said = self._elsewhere.settled(result) if self._elsewhere.concerns(result) else None
                news += [] if said is None else [said]
            if refused is not None and refused.event_id not in self._told:
                self._told.add(refused.event_id)
                news.append(self._elsewhere.refused(result, refused))
        return news

    def _refused(self, result: ResultRecord) -> RefusedSettlement | None:
        """This desk's last settlement of the case, if the platform gave it no effect."""
        own = self._own.get(result.application_no)
        return next((r for r in result.refused_settlements if own is not None and r.event_id == own.event_id), None)

    def _waiting_word(self, result: ResultRecord) -> Text | None:
        """The sentence for a settlement made here that the platform has said nothing of, None when there is none."""
        own = self._own.get(result.application_no)
        answered = [r.event_id for r in result.refused_settlements]
        answered += [result.settlement.event_id] if result.settlement is not None else []
        if own is None or own.event_id in answered or not result.conflicting:
            return None
        decision = next((d for d in _decisions(result) if d.event_id == own.payload["stands"]), None)
        if decision is None or sorted(own.payload["between"]) != sorted(_ids(result)):
            return None  # more was decided meanwhile: the platform will say that it was overtaken
        return text(
            "elsewhere.pending",
            desk=desk_of(decision),
            outcome=outcome_of(decision),
            number=decision.paper_no,
        )

    def _listed(self, disputed: Sequence[ResultRecord]) -> ConflictsView:
        views = [self._view(result) for result in disputed]
        views.sort(key=lambda view: view.standing.at, reverse=True)
        views.sort(key=lambda view: _ORDER.index(view.state))
        reasons = tuple(SettlingReason(code, text(f"conflicts.reason.{code}")) for code in REASONS)
        unable = None if self._people.knows_roster else text("conflicts.no_roster")
        return ConflictsView(tuple(views[:MOST_SHOWN]), reasons, unable)

    def _view(self, result: ResultRecord) -> ConflictView:
        assert self._elsewhere is not None and result.standing is not None
        waiting, refused = self._waiting_word(result), self._refused(result)
        settlement = settlement_in_force(result)
        record = self._records.get(result.application_no)
        state: Literal["open", "pending", "settled"] = "open"
        said, others = None, result.conflicting
        if waiting is not None:
            state, said = "pending", waiting
        elif refused is not None and (settlement is None or refused.why == "already_settled"):
            said = self._elsewhere.refused(result, refused)
        if not result.conflicting:
            state = "settled"
            said = said or self._elsewhere.settled(result)
            others = result.settlement.overruled if result.settlement is not None else []
        mine = settlement is not None and result.standing.desk_id == self._elsewhere.desk_id
        return ConflictView(
            application_no=result.application_no,
            child_masked=masked_child(record) if record is not None else "",
            standing=self._side(result.standing),
            others=tuple(self._side(other) for other in others),
            state=state,
            said=said,
            print_again=result.standing.paper_no if mine else "",
        )

    def _side(self, decision: DecisionRecord) -> ConflictSide:
        assert self._elsewhere is not None
        return ConflictSide(
            event_id=decision.event_id,
            desk=desk_of(decision),
            mine=decision.desk_id == self._elsewhere.desk_id,
            who=self._elsewhere.name_of(decision.actor),
            at=at_of(decision),
            decision=decision.decision,
            outcome=outcome_of(decision),
            paper_no=decision.paper_no,
            reasons=reasons_of(decision),
        )


def _decisions(result: ResultRecord) -> list[DecisionRecord]:
    return [decision for decision in (result.standing, *result.conflicting) if decision is not None]


def _ids(result: ResultRecord) -> list[str]:
    return [decision.event_id for decision in _decisions(result)]
