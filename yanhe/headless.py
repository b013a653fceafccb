"""One family from code to paper without a screen, each step printed: the quickest way to see that a machine can be a desk."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

import httpx
from PySide6.QtCore import QTimer

from kiosk.case.events import PageCaptured, PageRead
from kiosk.desk.view import DeskView, Phase
from kiosk.matching.compare import BY_FIELD_CLASS, compare
from kiosk.texts import say
from practice.specimens.values import field_class
from practice.world import family
from yanhe.person import Person, Step, careful_eye
from yanhe.practice_run import PracticeApp, practice_app
from yanhe.practice_world import PracticeWorld

LIMIT_S = 240.0
SYNC_LIMIT_S = 20.0


@dataclass
class _Account:
    """Prints what happens, once, with the seconds since the start."""

    began: float = field(default_factory=time.monotonic)
    said: set[str] = field(default_factory=set)

    def tell(self, sentence: str) -> None:
        print(f"{time.monotonic() - self.began:7.2f}s  {sentence}", flush=True)

    def once(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.add(sentence)
            self.tell(sentence)


def same_value(name: str, declared: str, printed: str) -> bool:
    """Whether a person would call the two the same: by the matching rules, reading perfectly."""
    return compare(BY_FIELD_CLASS[field_class(name)], declared, printed).verdict.value in ("match", "ask")


def take_through(world: PracticeWorld, family_id: str, severity: str) -> int:
    account = _Account()
    outcome: list[DeskView] = []
    with practice_app(world, severity=severity) as practice:
        window, session = practice.window, practice.session
        window.resize(1366, 768)
        window.show()
        window.view_shown.connect(lambda view: _narrate(view, account))
        Person(
            window,
            careful_eye(family_id, same_value),
            everything_laid=lambda: not session.director.playing,
            told=lambda step: account.tell(_words(step)),
            done=lambda view: (outcome.append(view), practice.app.quit()),
        )
        _start_when_ready(practice, family_id)
        QTimer.singleShot(int(LIMIT_S * 1000), practice.app.quit)
        practice.app.exec()
        if not outcome:
            print(f"not finished after {LIMIT_S:.0f} s", file=sys.stderr)
            return 1
        number = family(family_id).application_numbers[0]
        _report(practice, number, account)
        paper = outcome[-1].case.paper if outcome[-1].case else None
        if paper is None or paper.state == "failed":
            print("the paper was not made", file=sys.stderr)
            return 1
        account.tell(f"纸: {paper.paper_no}  {paper.pdf_path}")
        seen = _seen_by_platform(world, number)
        account.tell(f"平台: {seen or '还没有收到'}")
        return 0 if seen else 1


def _start_when_ready(practice: PracticeApp, family_id: str) -> None:
    """The family comes when the desk has its list and the reader is warm."""
    timer = QTimer(practice.window)

    def look() -> None:
        view = practice.window.view
        if view is not None and view.header.expected_today and practice.running.reader.state.value == "ready":
            timer.stop()
            practice.session.play(family_id, True)

    timer.timeout.connect(look)
    timer.start(50)


def _narrate(view: DeskView, account: _Account) -> None:
    if view.notice is not None:
        account.once(f"提示: {say(view.notice.text)}")
    case = view.case
    if case is None:
        return
    account.once(f"打开: {case.application_no} {case.child} · {case.category}")
    for document in case.documents:
        counts = {
            verdict: sum(r.verdict.value == verdict for r in document.rows) for verdict in ("match", "ask", "mismatch")
        }
        account.once(
            f"读出: {document.title}  一致 {counts['match']}  看图 {counts['ask']}  不一致 {counts['mismatch']}"
        )
    if view.phase is Phase.DECIDED:
        account.once(
            f"决定: {case.decision.decision} " + " ".join(f"{r.code} {r.about}" for r in case.decision.reasons)
        )


def _words(step: Step) -> str:
    return f"{step.what}: {step.detail}"


def _report(practice: PracticeApp, application_no: str, account: _Account) -> None:
    """Machine time of each sheet, from the captured frames to the verdicts in the log."""
    captured: dict[str, str] = {}
    for event in practice.running.store.events(application_no):
        if event.kind == PageCaptured.model_fields["kind"].default:
            captured[event.payload["capture_id"]] = event.at
        elif event.kind == PageRead.model_fields["kind"].default:
            total = event.payload["timings_ms"].get("total", 0.0)
            account.tell(f"用时: {event.payload['doc_id']} {event.payload['page']}  {total:.0f} ms")


def _seen_by_platform(world: PracticeWorld, application_no: str) -> str:
    """What the platform's own API says of the family, once it has it."""
    until = time.monotonic() + SYNC_LIMIT_S
    headers = {"Authorization": f"Bearer {world.platform.token}"}
    while time.monotonic() < until:
        answer = httpx.get(f"{world.platform.url}/v1/results/{application_no}", headers=headers)
        if answer.status_code == 200 and (standing := answer.json().get("standing")):
            return f"{standing['decision']} {standing['paper_no']}"
        time.sleep(0.2)
    return ""
