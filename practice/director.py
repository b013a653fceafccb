"""Plays a family at the desk: lays one paper after the other before the practice camera, and waits until each has been captured."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.camera.desk import PracticeDesk
from practice.paper import Paper

_LOOK_EVERY_S = 0.02


class Outcome(StrEnum):
    CAPTURED = "captured"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Shown:
    """One paper of a play: how its turn ended, and how many seconds it was on the desk."""

    paper: Paper
    outcome: Outcome
    seconds: float


def fills_the_picture(paper: Paper) -> int:
    """How a practised clerk lays a paper: tall pages a quarter turned, so that they fill the wide picture and can be read."""
    width, height = paper.size_mm
    return 90 if height > width else 0


class Director:
    """Lays papers down, keeps each until it was captured, skipped or ``timeout_s`` is over, and takes it away.

    A paper counts as captured when ``is_captured(paper)`` says so, or when somebody calls ``captured()``. ``turned`` says how a paper is
    laid (degrees clockwise). After ``again_after_s`` without a capture it is taken up and laid down again. ``on_paper`` is told each paper before it is laid. All methods may be called from any thread; one play at a
    time.
    """

    def __init__(
        self,
        desk: PracticeDesk,
        *,
        is_captured: Callable[[Paper], bool] | None = None,
        turned: Callable[[Paper], int] = fills_the_picture,
        on_paper: Callable[[Paper], None] | None = None,
        timeout_s: float = 30.0,
        again_after_s: float = 8.0,
        pause_s: float = 0.8,
        severity: str = "good",
    ) -> None:
        self._desk = desk
        self._is_captured = is_captured
        self._turned = turned
        self._on_paper = on_paper
        self._timeout_s = timeout_s
        self._again_after_s = again_after_s
        self._pause_s = pause_s
        self._severity = severity
        self._captured = threading.Event()
        self._skipped = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._current: Paper | None = None
        self.shown: list[Shown] = []

    @property
    def current(self) -> Paper | None:
        """The paper whose turn it is."""
        return self._current

    @property
    def playing(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def captured(self) -> None:
        """The paper that lies there has been captured: go on."""
        self._captured.set()

    def skip(self) -> None:
        """Go on to the next paper."""
        self._skipped.set()

    def stop(self) -> None:
        """End the play after taking the paper away."""
        self._stopped.set()

    def start(self, papers: Sequence[Paper]) -> None:
        """Play in a thread of its own. Raises RuntimeError while another play runs."""
        if self.playing:
            raise RuntimeError("a play is running")
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, args=(tuple(papers),), name="practice-director", daemon=True)
        self._thread.start()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of the play; false when it is still running after ``timeout_s``."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        return not self.playing

    def play(self, papers: Sequence[Paper]) -> list[Shown]:
        """Play here and now; returns what was shown and how each turn ended."""
        self._stopped.clear()
        return self._run(tuple(papers))

    def _run(self, papers: tuple[Paper, ...]) -> list[Shown]:
        self.shown = []
        for number, paper in enumerate(papers):
            if self._stopped.is_set():
                break
            self._captured.clear()
            self._skipped.clear()
            self._current = paper
            if self._on_paper is not None:
                self._on_paper(paper)
            began = time.monotonic()
            outcome = self._show(paper, number, began + self._timeout_s)
            self.shown.append(Shown(paper, outcome, time.monotonic() - began))
            self._desk.take_away()
            self._stopped.wait(self._pause_s)
        self._current = None
        return self.shown

    def _show(self, paper: Paper, number: int, until: float) -> Outcome:
        """Lay the paper; as a person would, take it up and lay it down once more when nothing has happened for a while."""
        attempt = 0
        while True:
            self._desk.lay(paper, turned=self._turned(paper), severity=self._severity, seed=number + 1000 * attempt)
            outcome = self._wait(paper, min(until, time.monotonic() + self._again_after_s))
            if outcome is not Outcome.TIMED_OUT or time.monotonic() >= until:
                return outcome
            self._desk.take_away()
            self._stopped.wait(self._pause_s)
            attempt += 1

    def _wait(self, paper: Paper, until: float) -> Outcome:
        while time.monotonic() < until:
            if self._stopped.is_set():
                return Outcome.STOPPED
            if self._skipped.is_set():
                return Outcome.SKIPPED
            if self._captured.is_set() or (self._is_captured is not None and self._is_captured(paper)):
                return Outcome.CAPTURED
            self._captured.wait(_LOOK_EVERY_S)
        return Outcome.TIMED_OUT
