"""Papers that were decided on and never came out of a printer: known from the log alone, printed when a person says so.

Nothing is stored for this list: a decision that was not undone and has no settled print is on it, also after a crash or on the next day.
Nothing is printed by itself: the family may have left, and a receipt that nobody waits for lies open on a printer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.case.events import Act, Decided, PaperPrinted, Undone
from kiosk.desk.finding import masked_child
from kiosk.desk.papers import PaperDesk, PaperJob, decision_on_file
from kiosk.desk.view import UnprintedView
from kiosk.wire.models import ApplicationRecord
from offline_cache.events import StoredEvent

_DECIDED, _PRINTED, _UNDONE = (act.model_fields["kind"].default for act in (Decided, PaperPrinted, Undone))
SEEN_BY_PERSON = "desk.paper.seen_by_person"  # what the log says of a paper that a person saw come out after all


class Log(Protocol):
    def of_kind(self, kind: str) -> Sequence[StoredEvent]: ...
    def acts(self, case_id: str) -> Sequence[StoredEvent]: ...


class Records(Protocol):
    def get(self, application_no: str) -> ApplicationRecord | None: ...


@dataclass(frozen=True)
class _Waiting:
    application_no: str
    event_id: str
    decision: str
    at: str


class PrintLater:
    """Used on the desk's thread. ``append(application_no, act)`` writes an act into a case; ``post`` brings work to this thread;
    ``changed`` is called when the list or a print's state changes."""

    def __init__(
        self,
        log: Log,
        records: Records,
        papers: PaperDesk,
        *,
        append: Callable[[str, Act], None],
        post: Callable[[Callable[[], None]], None],
        changed: Callable[[], None],
    ) -> None:
        self._log = log
        self._records = records
        self._papers = papers
        self._append = append
        self._post = post
        self._changed = changed
        self._waiting: dict[str, _Waiting] = {}  # by paper number, oldest first
        self._printing: set[str] = set()
        self._busy: set[str] = set()  # being printed for the open case
        self._names: dict[str, str] = {}  # masked, by application: the list is drawn twice a second
        self._load()

    def _load(self) -> None:
        undone = {str(event.payload.get("event_id")) for event in self._log.of_kind(_UNDONE)}
        for event in self._log.of_kind(_DECIDED):
            if event.event_id not in undone:
                self._add(event.case_id, event.event_id, event.payload, event.at)
        for event in self._log.of_kind(_PRINTED):
            if event.payload.get("settled"):
                self._waiting.pop(str(event.payload.get("paper_no")), None)

    def _add(self, case_id: str, event_id: str, payload: Mapping[str, object], at: str) -> None:
        self._waiting[str(payload["paper_no"])] = _Waiting(case_id, event_id, str(payload["decision"]), at)

    def saw(self, event: StoredEvent) -> None:
        """To be told of every event of this desk once it is stored."""
        number = str(event.payload.get("paper_no"))
        if event.kind == _DECIDED:
            self._add(event.case_id, event.event_id, event.payload, event.at)
            self._busy.add(number)  # its print begins at once
        elif event.kind == _PRINTED:
            self._busy.discard(number)
            if event.payload.get("settled"):
                self._waiting.pop(number, None)
        elif event.kind == _UNDONE:
            taken_back = event.payload.get("event_id")
            self._waiting = {no: kept for no, kept in self._waiting.items() if kept.event_id != taken_back}

    def begun(self, paper_no: str) -> None:
        """The open case prints this paper itself (again): meanwhile it is not offered here."""
        self._busy.add(paper_no)

    def views(self) -> tuple[UnprintedView, ...]:
        return tuple(self._view(number, kept) for number, kept in self._waiting.items() if number not in self._busy)

    def _view(self, number: str, kept: _Waiting) -> UnprintedView:
        if kept.application_no not in self._names:
            record = self._records.get(kept.application_no)
            self._names[kept.application_no] = masked_child(record) if record is not None else ""
        return UnprintedView(
            paper_no=number,
            application_no=kept.application_no,
            child_masked=self._names[kept.application_no],
            decision=kept.decision,  # type: ignore[arg-type]  # as Decided has it
            decided_at=datetime.fromisoformat(kept.at),
            printing=number in self._printing,
        )

    def print(self, paper_no: str) -> None:
        """Print one of them now; it leaves the list when it has come out."""
        kept = self._waiting.get(paper_no)
        if kept is None or paper_no in self._printing or paper_no in self._busy:
            return
        record = self._records.get(kept.application_no)
        events = self._log.acts(kept.application_no)
        event = next((e for e in events if e.event_id == kept.event_id), None)
        if record is None or event is None:
            return
        decided = Decided.model_validate(event.payload)
        printed = tuple(PaperPrinted.model_validate(e.payload) for e in events if e.kind == _PRINTED)
        self._printing.add(paper_no)
        self._papers.start(
            record,
            decision_on_file(decided, event, event.hash, printed),
            done=lambda job: self._post(lambda: self._news(kept.application_no, job)),
        )
        self._changed()

    def again(self, paper_no: str) -> None:
        """Print a paper of this desk that may have come out long ago: a marked reprint. If that fails it stays on the list."""
        undone = {str(event.payload.get("event_id")) for event in self._log.of_kind(_UNDONE)}
        for event in self._log.of_kind(_DECIDED):
            if event.payload.get("paper_no") == paper_no and event.event_id not in undone:
                self._add(event.case_id, event.event_id, event.payload, event.at)
        self.print(paper_no)

    def came_out(self, paper_no: str) -> None:
        """A person says that the paper lies in the tray: a printer that loses its line does not tell."""
        kept = self._waiting.get(paper_no)
        if kept is None:
            return
        events = self._log.acts(kept.application_no)
        printed = [PaperPrinted.model_validate(e.payload) for e in events if e.kind == _PRINTED]
        copies = [act for act in printed if act.paper_no == paper_no]
        settled = [p for p in copies if p.settled]
        self._append(
            kept.application_no,
            PaperPrinted(
                paper_no=paper_no,
                target=copies[-1].target if copies else "",
                copy_no=len(settled) + 1,
                settled=True,
                confirmed=copies[-1].confirmed if copies else False,
                detail=SEEN_BY_PERSON,
            ),
        )
        self._changed()

    def _news(self, application_no: str, job: PaperJob) -> None:
        if job.event is not None:
            self._printing.discard(job.paper_no)
            self._append(application_no, job.event)
        self._changed()
