"""The morning check, step by step: desk empty, card down, measured, read; printer; machine. What a person need not do goes by itself."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

import numpy as np

from kiosk.doctor.report import Finding, Health, Report
from kiosk.readiness.judge import judge, judge_line
from kiosk.readiness.port import CheckView, Step
from kiosk.texts import Text, text
from scanner.calibration import CARD, Measured, find_card, measure
from scanner.locate import locate
from scanner.types import Image, Quad

LOOK_EVERY_S = 0.25
EMPTY_LIMIT_S = 60.0  # a desk on which something always lies is no reason not to measure
EMPTY_LOOKS = 3
LOOKS = 5  # measured so often; the medians count
STILL_PX = 2.0  # between two looks
BLIND_LIMIT_S = 12.0  # without a picture the camera's part is given up; its own state says why


@dataclass(frozen=True)
class Hands:
    """What the check uses. ``frame``: the camera's newest picture; ``camera``: why there is none. ``lines``: what is read on a picture with a
    sheet at these corners, None when nothing could be read at all. ``print_test``: prints the card, tells how that goes and how it ended;
    ``printer``: its state without printing. ``machine``: the checks that need nobody."""

    frame: Callable[[], Image | None]
    camera: Callable[[], Text]
    lines: Callable[[Image, Quad], Sequence[str] | None]
    print_test: Callable[[Callable[[Text], None]], Text]
    printer: Callable[[], Finding]
    machine: Mapping[str, Callable[[], Finding]]
    now: Callable[[], datetime]


class GivenUp(Exception):
    """The person has closed the check."""


class Check:
    """One run; ``run`` blocks until it is done. ``act`` and ``give_up`` may be called from any thread."""

    def __init__(
        self,
        hands: Hands,
        told: Callable[[CheckView], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        self._hands = hands
        self._told = told
        self._clock = clock
        self._over = threading.Event()
        self._pause = pause or self._over.wait
        self._acts: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._findings: list[Finding] = []

    def act(self, action: str) -> None:
        self._acts.put(action)

    def give_up(self) -> None:
        self._over.set()

    def run(self) -> Report:
        """Raises GivenUp."""
        self._camera()
        self._printer()
        self._say(Step.MACHINE)
        for subject, look in self._hands.machine.items():
            self._find(_tried(subject, look))
        report = Report(self._hands.now(), tuple(self._findings))
        self._say(Step.DONE, ("print_report",))
        return report

    # ── camera and reader ───────────────────────────────────────────────────────────────────────────────────────────

    def _camera(self) -> None:
        if not self._empty():
            return
        self._say(Step.CARD, ("print_card", "skip_card"))
        looks: list[Measured] = []
        frame = None
        seen_at = self._clock()
        while len(looks) < LOOKS:
            action = self._next_action()
            if action == "skip_card":
                self._find(Finding("camera", Health.WARN, text("readiness.camera.skipped")))
                return
            if action == "print_card":
                self._print(Step.CARD, ("print_card", "skip_card"))
                seen_at = self._clock()
            picture = self._hands.frame()
            if picture is None:
                if self._clock() - seen_at > BLIND_LIMIT_S:
                    self._blind()
                    return
                continue
            seen_at = self._clock()
            looks, frame = self._look(picture, looks), picture
        assert frame is not None
        self._measured(looks, frame)

    def _empty(self) -> bool:
        """False when there is no picture at all."""
        self._say(Step.EMPTY, ("skip_card",))
        began = seen_at = self._clock()
        bare = 0
        while bare < EMPTY_LOOKS and self._clock() - began < EMPTY_LIMIT_S:
            if self._next_action() == "skip_card":
                self._find(Finding("camera", Health.WARN, text("readiness.camera.skipped")))
                return False
            picture = self._hands.frame()
            if picture is None:
                if self._clock() - seen_at > BLIND_LIMIT_S:
                    self._blind()
                    return False
                continue
            seen_at = self._clock()
            if find_card(picture) is not None:
                return True  # it lies there already
            bare = bare + 1 if locate(picture) is None else 0
        return True

    def _look(self, picture: Image, looks: list[Measured]) -> list[Measured]:
        matrix = find_card(picture)
        if matrix is None:
            self._say(Step.CARD, ("print_card", "skip_card"))
            return []
        now = measure(picture, matrix)
        moved = bool(looks) and float(np.abs(looks[-1].corners - now.corners).max()) > STILL_PX
        self._say(Step.MEASURING)
        return [now] if moved else [*looks, now]

    def _measured(self, looks: list[Measured], frame: Image) -> None:
        self._find(Finding("camera", Health.OK, text("readiness.camera.ok")))
        for finding in judge(_median(looks)):
            self._find(finding)
        self._say(Step.READING)
        lines = self._hands.lines(frame, looks[-1].corners)
        if lines is None:
            self._find(Finding("line", Health.FAIL, text("readiness.line.unread")))
        else:
            self._find(judge_line(share_read(CARD.line_text, lines)))

    def _blind(self) -> None:
        self._find(Finding("camera", Health.FAIL, text("readiness.camera.bad", why=self._hands.camera())))

    # ── printer ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _printer(self) -> None:
        choices: tuple[str, ...] = ("print_test", "skip_printer")
        self._say(Step.PRINTER, choices)
        while True:
            match self._next_action():
                case "print_test":
                    choices = ("came_out", "nothing", "print_test")
                    self._print(Step.PRINTER, choices)
                case "came_out":
                    self._find(Finding("printer", Health.OK, text("readiness.printer.ok")))
                    return
                case "nothing":
                    self._find(Finding("printer", Health.FAIL, text("readiness.printer.bad")))
                    return
                case "skip_printer":
                    self._find(_tried("printer", self._hands.printer))
                    return

    def _print(self, step: Step, choices: tuple[str, ...]) -> None:
        end = self._hands.print_test(lambda said: self._say(step, (), said))
        self._say(step, choices, end)

    # ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _next_action(self) -> str:
        """What the person chose since the last look, "" for nothing. Raises GivenUp."""
        self._pause(LOOK_EVERY_S)
        if self._over.is_set():
            raise GivenUp
        return "" if self._acts.empty() else self._acts.get()

    def _find(self, finding: Finding) -> None:
        self._findings.append(finding)

    def _say(self, step: Step, actions: tuple[str, ...] = (), said: Text | None = None) -> None:
        self._told(CheckView(step, text(f"readiness.step.{step.value}"), actions, tuple(self._findings), said))


def share_read(wanted: str, lines: Sequence[str]) -> float:
    """The share of ``wanted`` that the best line agrees with, spaces left out."""
    bare = "".join(wanted.split())
    ratios = [SequenceMatcher(None, bare, "".join(line.split()), autojunk=False).ratio() for line in lines]
    return max(ratios, default=0.0)


def _median(looks: list[Measured]) -> Measured:
    def middle(name: str) -> float:
        return float(np.median([getattr(look, name) for look in looks]))

    def middle_of_seen(name: str) -> float | None:
        seen = [value for look in looks if (value := getattr(look, name)) is not None]
        return float(np.median(seen)) if len(seen) * 2 > len(looks) else None

    return Measured(
        px_per_mm=middle("px_per_mm"),
        taper=middle("taper"),
        edge_mm=middle_of_seen("edge_mm"),
        corner_edge_mm=middle_of_seen("corner_edge_mm"),
        white=middle("white"),
        evenness=middle("evenness"),
        grey_steps=middle("grey_steps"),
        glare_share=middle("glare_share"),
        code=any(look.code for look in looks),
        corners=looks[-1].corners,
    )


def _tried(subject: str, look: Callable[[], Finding]) -> Finding:
    """One check that fails must not take the others with it."""
    try:
        return look()
    except Exception as fault:
        return Finding(subject, Health.FAIL, text("doctor.crashed", kind=type(fault).__name__))
