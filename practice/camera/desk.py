"""The desk in front of the practice camera: what lies on it, and how it moves."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from practice.camera.geometry import Placement, Pose, placement
from practice.camera.look import Look, look
from practice.paper import Paper

ARRIVES_S = 0.7
LEAVES_S = 0.45
TURNS_S = 0.5
_OUTSIDE = 1.25  # picture heights below the middle, where hands come from


_AT_REST = Pose(Placement())


class DeskState(StrEnum):
    EMPTY = "empty"
    ARRIVING = "arriving"
    LYING = "lying"
    HELD = "held"
    TURNING = "turning"
    LEAVING = "leaving"


@dataclass(frozen=True, eq=False)
class View:
    """What the camera sees at one moment. ``speed`` is in picture heights a second; a view with ``still`` repeats itself exactly."""

    state: DeskState
    look: Look
    paper: Paper | None = None
    pose: Pose = _AT_REST
    speed: float = 0.0

    @property
    def still(self) -> bool:
        return self.state in (DeskState.EMPTY, DeskState.LYING)


@dataclass
class _Laid:
    paper: Paper
    look: Look
    place: Placement
    laid_at: float
    held: bool
    turned: float
    turned_before: float
    turned_at: float
    leaves_at: float = math.inf


class PracticeDesk:
    """A desk for one paper at a time. All methods may be called from any thread; times come from ``clock`` (monotonic seconds)."""

    def __init__(self, *, surface: str = "wood", seed: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.surface = surface
        self.seed = seed
        self._clock = clock
        self._lock = threading.Lock()
        self._laid: _Laid | None = None
        self._look = look("good", seed)

    def lay(
        self, paper: Paper, *, turned: int = 0, severity: str = "good", seed: int | None = None, held: bool = False
    ) -> None:
        """Slide ``paper`` in, turned clockwise by ``turned`` degrees, to a place chosen by ``seed``; what lay there before is gone at once.
        A ``held`` paper never lies wholly still. Raises ValueError for an unknown severity."""
        chosen = look(severity, self.seed)
        place = placement(self.seed if seed is None else seed)
        now = self._clock()
        with self._lock:
            self._look = chosen
            self._laid = _Laid(paper, chosen, place, now, held, turned, turned, -math.inf)

    def turn(self, turned: int) -> None:
        """Turn the paper that lies there until it is turned clockwise by ``turned`` degrees."""
        now = self._clock()
        with self._lock:
            if self._laid is not None:
                self._laid.turned_before, self._laid.turned, self._laid.turned_at = self._laid.turned, turned, now

    def take_away(self) -> None:
        """Take the paper away; on an empty desk nothing happens."""
        now = self._clock()
        with self._lock:
            if self._laid is not None:
                self._laid.leaves_at = min(self._laid.leaves_at, now)

    @property
    def present(self) -> Paper | None:
        """The paper in view, also while it arrives or leaves."""
        return self.view().paper

    @property
    def state(self) -> DeskState:
        return self.view().state

    def view(self) -> View:
        """What there is to see just now."""
        now = self._clock()
        with self._lock:
            laid = self._laid
            if laid is not None and now - laid.leaves_at >= LEAVES_S:
                laid = self._laid = None
            return _view(laid, now) if laid is not None else View(DeskState.EMPTY, self._look)


def _view(laid: _Laid, now: float) -> View:
    since = now - laid.laid_at
    if now >= laid.leaves_at:
        share = (now - laid.leaves_at) / LEAVES_S
        pose = Pose(laid.place, 0.05 * share, _OUTSIDE * share**2, laid.turned)
        return View(DeskState.LEAVING, laid.look, laid.paper, pose, 2 * share * _OUTSIDE / LEAVES_S)
    if since < ARRIVES_S:
        rest = 1 - since / ARRIVES_S
        pose = Pose(laid.place, -0.08 * rest, _OUTSIDE * rest**3, laid.turned + 7 * rest**2)
        return View(DeskState.ARRIVING, laid.look, laid.paper, pose, 3 * rest**2 * _OUTSIDE / ARRIVES_S)
    turning = (now - laid.turned_at) / TURNS_S
    if turning < 1:
        eased = turning * turning * (3 - 2 * turning)
        angle = laid.turned_before + (laid.turned - laid.turned_before) * eased
        return View(DeskState.TURNING, laid.look, laid.paper, Pose(laid.place, angle=angle), 0.3)
    if laid.held:
        sway = Pose(
            laid.place,
            0.003 * math.sin(2.1 * now),
            0.003 * math.sin(2.9 * now + 1),
            laid.turned + 0.3 * math.sin(1.7 * now),
        )
        return View(DeskState.HELD, laid.look, laid.paper, sway)
    return View(DeskState.LYING, laid.look, laid.paper, Pose(laid.place, angle=laid.turned))
