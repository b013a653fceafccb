"""Families taken from code to paper by a simulated person, each step told: the quickest way to see that a machine can be a desk.

`demo --headless` runs it without a screen, `demo --by-itself` on the screen; tests and benchmarks listen to the same steps.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from kiosk.case.events import PageRead
from kiosk.desk.view import DeskView, Phase
from kiosk.http_client import httpx
from kiosk.matching.compare import BY_FIELD_CLASS, compare
from kiosk.texts import say
from offline_cache.store import Store
from practice.specimens.values import field_class
from practice.world import family
from yanhe.person import Person, Step, careful_eye
from yanhe.practice_run import PracticeApp, practice_app
from yanhe.practice_world import PracticeWorld

LIMIT_S = 300.0  # for one family; a loaded machine reads slowly
SYNC_LIMIT_S = 20.0
_READ = PageRead.model_fields["kind"].default


@dataclass
class Account:
    """Tells what happens, each sentence once, with the seconds since the start."""

    tell_line: Callable[[str], None] = lambda line: print(line, flush=True)
    began: float = field(default_factory=time.monotonic)
    said: set[str] = field(default_factory=set)
    case: str = ""

    def tell(self, sentence: str) -> None:
        self.tell_line(f"{time.monotonic() - self.began:7.2f}s  {sentence}")

    def once(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.add(sentence)
            self.tell(sentence)

    def view(self, view: DeskView) -> None:
        if view.notice is not None:
            self.once(f"提示: {say(view.notice.text)}")
        case = view.case
        if case is None:
            return
        if case.application_no != self.case:
            self.case = case.application_no
            self.said.clear()
        self.once(f"打开: {case.application_no} {case.child} · {case.category}")
        for document in case.documents:
            agree, ask, differ = (
                sum(row.verdict.value == verdict for row in document.rows) for verdict in ("match", "ask", "mismatch")
            )
            self.once(f"读出: {document.title}  一致 {agree}  看图 {ask}  不一致 {differ}")
        if view.phase is Phase.DECIDED:
            reasons = "；".join(f"{r.text}（{r.about}）" for r in case.decision.reasons)
            self.once(f"决定: {case.decision.decision} {reasons}")

    def step(self, step: Step) -> None:
        self.tell(f"{step.what}: {step.detail}")


@dataclass(frozen=True)
class Done:
    """How a family's visit ended: the last view, and how many keys the person pressed."""

    family_id: str
    view: DeskView
    keys: int


def same_value(name: str, declared: str, printed: str) -> bool:
    """Whether a person would call the two the same: by the matching rules, reading perfectly."""
    return compare(BY_FIELD_CLASS[field_class(name)], declared, printed).verdict.value in ("match", "ask")


class Families(QObject):
    """Sends one family after the other to the desk; ``finished(all done)`` at the end or when one takes too long."""

    def __init__(
        self,
        practice: PracticeApp,
        family_ids: Sequence[str],
        account: Account,
        finished: Callable[[list[Done]], object],
    ) -> None:
        super().__init__(practice.window)
        self._practice = practice
        self._left = list(family_ids)
        self._account = account
        self._finished = finished
        self._ended: list[Done] = []
        self._person: Person | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._give_up)
        practice.window.view_shown.connect(account.view)
        self._ready = QTimer(self)
        self._ready.timeout.connect(self._begin_when_ready)
        self._ready.start(50)

    def _begin_when_ready(self) -> None:
        """A family comes when the desk has its list, the reader is warm and the table is free."""
        view = self._practice.window.view
        warm = self._practice.running.reader.state.value == "ready"
        free = view is not None and view.phase is Phase.FINDING and bool(view.header.expected_today)
        if free and warm and not self._practice.session.director.playing:
            self._ready.stop()
            self._begin(self._left.pop(0))

    def _begin(self, family_id: str) -> None:
        session = self._practice.session
        self._limit.start(int(LIMIT_S * 1000))
        session.play(family_id, True)
        self._person = Person(
            self._practice.window,
            careful_eye(family_id, same_value),
            everything_laid=lambda: not session.director.playing,
            told=self._account.step,
            done=lambda view: self._end(family_id, view),
        )

    def _end(self, family_id: str, view: DeskView) -> None:
        assert self._person is not None
        self._limit.stop()
        self._ended.append(Done(family_id, view, self._person.keys))
        if not self._left:
            self._finished(self._ended)  # the last family's outcome stays on the screen
            return
        QTest.keyClick(self._practice.window, Qt.Key.Key_F5)
        self._ready.start(50)

    def _give_up(self) -> None:
        self._practice.session.director.stop()
        if self._person is not None:
            self._person.stop()
        self._finished(self._ended)


def take_through(world: PracticeWorld, family_ids: Sequence[str], severity: str, *, maximised: bool) -> int:
    """Run the families, print the account; 0 when each got its paper and the platform has every result."""
    account = Account()
    ended: list[Done] = []
    with practice_app(world, severity=severity) as practice:
        practice.window.resize(1366, 768)
        practice.window.showMaximized() if maximised else practice.window.show()
        Families(practice, family_ids, account, lambda done: (ended.extend(done), practice.app.quit()))
        practice.app.exec()
        good = len(ended) == len(family_ids)
        if not good:
            print(f"not finished within {LIMIT_S:.0f} s for one family", file=sys.stderr)
        for done in ended:
            good = _report(world, practice.running.store, done, account) and good
    return 0 if good else 1


def _report(world: PracticeWorld, store: Store, done: Done, account: Account) -> bool:
    number = family(done.family_id).application_numbers[0]
    for doc_id, page, total_ms in machine_times(store, number):
        account.tell(f"用时: {doc_id} {page}  {total_ms:.0f} ms")
    paper = done.view.case.paper if done.view.case is not None else None
    if paper is None or paper.state == "failed":
        account.tell("纸: 没有做成")
        return False
    account.tell(f"纸: {paper.paper_no}  {paper.pdf_path}")
    seen = seen_by_platform(world, number)
    account.tell(f"平台: {seen or '还没有收到'}")
    return bool(seen)


def machine_times(store: Store, application_no: str) -> list[tuple[str, str, float]]:
    """(document, page, milliseconds from captured frames to verdicts in the reader) for every sheet read."""
    return [
        (event.payload["doc_id"], event.payload["page"], event.payload["timings_ms"].get("total", 0.0))
        for event in store.events(application_no)
        if event.kind == _READ
    ]


def seen_by_platform(world: PracticeWorld, application_no: str) -> str:
    """What the platform's own API says of the family once it has the decision; "" when it does not in time."""
    until = time.monotonic() + SYNC_LIMIT_S
    headers = {"Authorization": f"Bearer {world.platform.token}"}
    while time.monotonic() < until:
        answer = httpx.get(f"{world.platform.url}/v1/results/{application_no}", headers=headers)
        if answer.status_code == 200 and (standing := answer.json().get("standing")):
            return f"{standing['decision']} {standing['paper_no']}"
        time.sleep(0.2)
    return ""
