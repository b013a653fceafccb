"""A clerk at the keyboard: looks at what waits, compares paper and declaration, presses the key that the window offers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.visit.screen import Hands
from benchmarks.visit.watched import Watched
from yanhe.by_itself import same_value
from yanhe.person import Truth, careful_eye

LOOK_EVERY_S = 0.05
_ANSWERED_S = 6.0  # a key that shows nothing in this time did nothing
_OUTCOMES = (("RECEIPT", "F9"), ("REFER", "F7"), ("RETURN", "F8"))
_ASKS_WHY = ("ReasonPicker", "HoldDialog")
Stop = Callable[[dict[str, Any]], bool]


@dataclass
class Clerk:
    """Works at the window of ``app`` with ``hands``. ``stumbles``: what a person would not have understood, in words."""

    app: Watched
    hands: Hands
    agrees: Truth = lambda *_: True
    yes: Callable[[str], bool] = lambda _: True  # the answer to a question of the desk
    stumbles: list[str] = field(default_factory=list)

    def meets(self, family_id: str) -> None:
        """From now on the papers on the table are this family's."""
        self.agrees = careful_eye(family_id, same_value)

    def work(self, until: Stop, limit_s: float, *, decide: bool = True) -> dict[str, Any]:
        """Answer, and ``decide``, until ``until`` holds for what is on screen; returns that. Raises TimeoutError."""
        end = time.monotonic() + limit_s
        refused: set[tuple[str, ...]] = set()
        while time.monotonic() < end:
            state = self.app.state()
            if until(state):
                return state
            key = self._next_key(state, decide)
            if key is not None and (mark := (*key, str(state["views"]))) not in refused:
                self.hands.press(*key)
                if not self._shown(state):
                    refused.add(mark)
                    self.stumbles.append(f"{key[0]} ({key[1]}) showed nothing within {_ANSWERED_S:.0f} s")
            time.sleep(LOOK_EVERY_S)
        raise TimeoutError(f"still {self.app.state()}")

    def press(self, key: str, what: str, until: Stop) -> dict[str, Any]:
        """One key and its outcome. Raises TimeoutError when it does not come."""
        self.hands.press(key, what)
        return wait(self.app, until, f"{key} ({what})")

    def _next_key(self, state: dict[str, Any], decide: bool) -> tuple[str, str] | None:
        case = state.get("case")
        if state["dialog"]:
            return ("1", "reason") if state["dialog"] in _ASKS_WHY else ("Return", "confirm")
        if state["phase"] != "checking" or case is None:
            return None
        if row := case["row"]:
            agrees = self.agrees(row["doc_id"], row["field"], row["declared"])
            return ("Return", f"agrees: {row['field']}") if agrees else ("n", f"differs: {row['field']}")
        if case["reading"] or state["playing"] or state["turn"] != "person":
            return None
        if case["question"]:
            return ("y", "question") if self.yes(case["question"]) else ("n", "question")
        if not decide:
            return None
        return next(((key, f"decide {outcome}") for outcome, key in _OUTCOMES if outcome in case["allowed"]), None)

    def _shown(self, before: dict[str, Any]) -> bool:
        """Whether the window showed anything new after the key."""
        end = time.monotonic() + _ANSWERED_S
        while time.monotonic() < end:
            now = self.app.state()
            if (now["views"], now["dialog"]) != (before["views"], before["dialog"]) and _other(before, now):
                return True
            time.sleep(0.01)
        return False


def _other(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether what the key was about has changed: a new picture of the camera is not an answer, nor is a question that only closes."""
    opened = not before["dialog"] and now["dialog"]
    if opened:
        return True

    def about(state: dict[str, Any]) -> tuple[object, ...]:
        case = state.get("case") or {}
        return state["phase"], case.get("row"), case.get("question"), case.get("paper")

    return about(before) != about(now)


def wait(app: Watched, until: Stop, what: str, limit_s: float = 60.0) -> dict[str, Any]:
    """Look until it holds; returns what was on screen. Raises TimeoutError."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        state = app.state()
        if until(state):
            return state
        time.sleep(LOOK_EVERY_S)
    raise TimeoutError(f"{what}: still {app.state()}")


def purposes(keys: Sequence[tuple[str, str]]) -> str:
    """Keys by what they were for, in words: ``2 decide, 1 reason``."""
    found: dict[str, int] = {}
    for _, what in keys:
        word = what.split(":", 1)[0].split(" ", 1)[0]
        found[word] = found.get(word, 0) + 1
    return ", ".join(f"{count} {word}" for word, count in found.items()) or "none"
