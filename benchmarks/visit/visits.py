"""The families of the run, one after the other: what each visit is, and what it cost."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.visit.person import Clerk, wait
from benchmarks.visit.screen import Hands
from benchmarks.visit.table_hand import TableHand
from benchmarks.visit.watched import Watched
from practice.world import family, papers
from yanhe.practice_session import SLIP, paper_title

LIMIT_S = 400.0  # for one family; a loaded machine reads slowly
MACHINE = ("camera", "reading", "printing")


@dataclass
class Visit:
    """One family at the desk, as it went. Seconds by whose turn it was (waiting.Turn)."""

    family_id: str
    what: str
    began_at: float = 0.0  # seconds since the epoch
    ended_at: float = 0.0
    open_s: float = 0.0  # the family was at the desk
    turns: dict[str, float] = field(default_factory=dict)
    keys: list[tuple[str, str]] = field(default_factory=list)
    clicks: list[tuple[str, str]] = field(default_factory=list)
    not_waited_s: float = 0.0  # read while papers were left to lay
    children: set[str] = field(default_factory=set)  # names that may show in this visit, unmasked
    sheets: int = 0
    decision: str = ""
    trouble: str = ""

    @property
    def machine_s(self) -> float:
        return sum(self.turns.get(turn, 0.0) for turn in MACHINE)


class Day:
    """The visits. ``visits`` fills as they end; one that cannot be ended is left with Escape and F6, and says why."""

    def __init__(self, app: Watched, environment: dict[str, str]) -> None:
        self._app = app
        self._hands = Hands(environment)
        self._table = TableHand(app, environment)
        self._clerk = Clerk(app, self._hands)
        self.visits: list[Visit] = []

    @property
    def stumbles(self) -> list[str]:
        return self._clerk.stumbles

    def ready(self) -> None:
        """The desk has its list and the reader is warm."""
        wait(
            self._app,
            lambda s: s["reader"] == "ready" and s["phase"] == "finding" and s["expected_today"],
            "ready",
            LIMIT_S,
        )

    def whole(self, family_id: str, what: str) -> None:
        """Code, papers, decision, next family."""
        with self._visit(family_id, what) as visit:
            self._table.lay_all(family_id)
            wait(self._app, lambda s: s["case"] is not None, "the code opens the family")
            self._decide(visit)

    def held_between(self, family_id: str, other: str, what: str, other_what: str) -> None:
        """Some papers, F6, another family from beginning to end, back to the first by its code, the rest of its papers."""
        titles = _titles(family_id, family(family_id).application_numbers[0])
        first, rest = titles[:3], titles[3:]
        with self._visit(family_id, f"{what}: until F6") as visit:
            self._table.lay(family_id, "出示二维码")
            wait(self._app, lambda s: s["case"] is not None, "the code opens the family")
            self._lay_each(visit, first)
            self._clerk.work(lambda s: not s["case"]["reading"] and s["case"]["row"] is None, LIMIT_S, decide=False)
            self._hands.press("F6", "hold")
            self._clerk.work(lambda s: s["phase"] == "finding", 30.0, decide=False)
            visit.decision = "held"
            self._table.take_away()
        self.whole(other, other_what)
        with self._visit(family_id, f"{what}: taken up again") as visit:
            self._table.lay(family_id, "出示二维码")
            state = wait(self._app, lambda s: s["case"] is not None, "the code opens the family again")
            if not state["case"]["documents"]:
                self.stumbles.append("a held family came back without the documents it had shown")
            self._lay_each(visit, rest)
            self._decide(visit)

    def broken_off(self, family_id: str, what: str) -> dict[str, Any]:
        """Code and two papers, read; nothing more. What the desk shows then (``state``)."""
        with self._visit(family_id, what) as visit:
            self._table.lay(family_id, "出示二维码")
            wait(self._app, lambda s: s["case"] is not None, "the code opens the family")
            self._lay_each(visit, _titles(family_id, family(family_id).application_numbers[0])[:2])
            self._clerk.work(lambda s: not s["case"]["reading"], LIMIT_S, decide=False)
            visit.decision = "broken off"
        return self._app.state()

    # ── parts of a visit ────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_each(self, visit: Visit, titles: Sequence[str]) -> None:
        """While papers are left to lay, a person who is not asked anything lays the next: no reading is waited for."""
        before = self._app.state()["seconds"]["reading"]
        for title in titles:
            self._lay(visit.family_id, title)
        visit.not_waited_s = self._app.state()["seconds"]["reading"] - before

    def _lay(self, family_id: str, title: str) -> None:
        """Lay one paper; answer what waits meanwhile; go on when it is captured."""
        before = self._app.state()["case"]["captures"]
        self._table.lay(family_id, title)
        self._clerk.work(lambda s: s["case"]["captures"] > before, 60.0, decide=False)

    def _decide(self, visit: Visit) -> None:
        """Work until the decision is on paper, then F5; brothers and sisters one after the other."""
        decisions: list[str] = []
        while True:
            state = self._clerk.work(
                lambda s: s["phase"] == "decided" and s["case"]["paper"] in ("printed", "saved", "failed"), LIMIT_S
            )
            decisions.append(state["case"]["decision"])
            visit.decision = " and ".join(decisions)
            visit.sheets = max(visit.sheets, state["case"]["captures"])
            if state["table"] != "empty":
                self._table.take_away()
            state = self._clerk.press("F5", "next", lambda s: s["phase"] in ("finding", "checking"))
            if state["phase"] == "finding":
                return

    @contextmanager
    def _visit(self, family_id: str, what: str) -> Iterator[Visit]:
        visit = Visit(family_id, what, began_at=time.time())
        visit.children = {a["child"]["name"] for a in family(family_id).applications}
        self._clerk.meets(family_id)
        keys, clicks = len(self._hands.keys), len(self._hands.clicks)
        before = self._app.state()["seconds"]
        self.visits.append(visit)
        try:
            yield visit
        except (TimeoutError, RuntimeError) as problem:
            visit.trouble = str(problem)
            self.stumbles.append(f"{family_id} {what}: {problem}")
            self._leave()
        visit.ended_at = time.time()
        after = self._app.state()["seconds"]
        visit.turns = {turn: after[turn] - before.get(turn, 0.0) for turn in after}
        visit.turns["reading"] -= visit.not_waited_s
        visit.turns["hand"] += visit.not_waited_s
        visit.open_s = sum(seconds for turn, seconds in visit.turns.items() if turn != "nobody")
        visit.keys, visit.clicks = self._hands.keys[keys:], self._hands.clicks[clicks:]

    def _leave(self) -> None:
        """Put a visit that does not end aside, so that the others can come."""
        state: dict[str, Any] = self._app.state()
        if state["playing"]:
            self._table.take_away()
        for key in ("Escape", "F5" if state["phase"] == "decided" else "F6"):
            self._hands.press(key, "leave")
        wait(self._app, lambda s: s["phase"] == "finding", "leaving")


def _titles(family_id: str, application_no: str) -> list[str]:
    """What the bar's buttons say of the papers that belong to this application, in the order of laying."""
    mine = [p for p in papers(family_id) if p.application_no in (application_no, "")]
    return [paper_title(p) for p in mine if p.material != SLIP]
