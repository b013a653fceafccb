"""When to take the picture: a state machine without clock, camera or thread. Time is what the observations say it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from scanner.geometry import movement
from scanner.live.types import LiveState
from scanner.quality import PRIORITY
from scanner.types import Problem, Quad

# a person cannot always mend these (a thumb has to hold the page, a lamp is built in): after PATIENCE_S the sheet is taken as it is,
# and the reader says what it cannot read
_BEARABLE = frozenset(
    {
        Problem.COVERED,
        Problem.GLARE,
        Problem.TOO_FAR,
        Problem.TOO_SLANTED,
        Problem.BLURRED,
        Problem.TOO_DARK,
        Problem.TOO_BRIGHT,
        Problem.SEVERAL_SHEETS,
    }
)


@dataclass(frozen=True)
class Timing:
    """Seconds, and shares of the sheet's diagonal. Stillness was measured: sensor noise moves an outline by 0.0003 of the diagonal."""

    still_s: float = 0.5
    asks_s: float = (
        0.2  # still for this long it may be asked whether it is another sheet, so that the answer is there in time
    )
    moved: float = 0.005
    drift_s: float = 0.25  # ``moved`` in no less than this is a hand's sway: it blurs nothing, and a sheet in a hand is never stiller
    settles_s: float = 0.12  # moved within this time: it is moving, not merely not still for long enough
    patience_s: float = 3.0
    emptied_s: float = 0.5  # no sheet in the captured place for this long: it may have been taken away
    bare_s: float = 0.1  # the bare desk seen for this long: it was taken away
    doubted_s: float = (
        2.0  # no sheet for this long, though the desk does not show as it was known: it looks different now
    )
    place: float = 0.1  # a sheet that lies within this of the captured place lies there still
    lost_s: float = 0.25  # a sheet missed for less than this is still there


@dataclass(frozen=True, eq=False)
class Observation:
    """What one frame shows. The three questions are asked only when the answers matter, for each of them costs time.

    ``problems``: what is wrong with the sheet. ``changed``: False while the sheet captured last can be recognised in the frame.
    ``bare``: does the desk show where that sheet lay? None when nobody knows what the desk looks like.
    """

    at_s: float
    corners: Quad | None
    problems: Callable[[], frozenset[Problem]] = frozenset
    changed: Callable[[], bool] = lambda: True
    bare: Callable[[], bool | None] = lambda: None


@dataclass(frozen=True)
class Step:
    state: LiveState
    problem: Problem | None
    capture: bool = False  # take the burst now
    steady: bool = field(
        default=False, compare=False
    )  # the sheet rests and is not captured yet: this frame may go into a burst


class CaptureLogic:
    """Decides, frame by frame, what to show and when to take a burst. Never the same sheet twice by itself."""

    def __init__(self, timing: Timing | None = None) -> None:
        self._timing = timing or Timing()
        self._state = LiveState.SEARCHING
        self._anchor: Quad | None = None  # where the sheet lay when it was last seen moving
        self._still_since = 0.0
        self._lately: deque[tuple[float, Quad]] = deque()  # where it lay in the last moments
        self._missed_since: float | None = None
        self._sighted: tuple[float, Quad] | None = None  # when and where a sheet was last seen
        self._taken = False  # the sheet in view has been captured
        self._taken_place: Quad | None = None
        self._in_place_at = 0.0  # when a sheet last lay where the captured one lay
        self._bare_since: float | None = None  # the desk has shown since then
        self._lifted = False  # the captured sheet was taken away: what comes is another one, however alike it looks

    @property
    def state(self) -> LiveState:
        return self._state

    def see(self, seen: Observation) -> Step:
        """The step for the next frame; times must not run backwards. After a step that says ``capture``, ``burst_done`` comes first."""
        if seen.corners is None:
            return self._without_sheet(seen)
        self._missed_since = self._bare_since = None
        self._sighted = seen.at_s, seen.corners
        still_for = self._stillness(seen.at_s, seen.corners)
        if self._taken and self._was_replaced(seen.at_s, seen.corners):
            self._taken = False
        if self._taken:
            another = still_for >= self._timing.asks_s and seen.changed()
            if not another or still_for < self._timing.still_s:
                return self._now(LiveState.CAPTURED, None)
            self._taken = False
        return self._judge(seen, still_for)

    def burst_done(self, good: bool) -> None:
        """The burst is over; ``good`` False when the sheet moved under it and another one is wanted."""
        self._taken = good
        if self._sighted is not None:
            self._in_place_at, self._taken_place = self._sighted
        self._lifted = False
        self._anchor = self._bare_since = None
        self._state = LiveState.CAPTURED if good else LiveState.SEEN

    def rearm(self) -> None:
        """Take the sheet that lies there once more."""
        self._taken = False
        self._anchor = None

    def _was_replaced(self, at_s: float, corners: Quad) -> bool:
        """True when the captured sheet went away and something came: forms that differ by a name alone must not pass for one another.

        A sheet that only slid was in view all the time; one behind a hand never showed the desk.
        """
        if self._lifted:
            return True
        if self._taken_place is not None and movement(self._taken_place, corners) < self._timing.place:
            self._in_place_at = at_s
        return False

    def _without_sheet(self, seen: Observation) -> Step:
        if self._missed_since is None:
            self._missed_since = seen.at_s
        if self._taken and not self._lifted:
            self._lifted = self._is_gone(seen)
        gone_for = seen.at_s - self._missed_since
        if gone_for < self._timing.lost_s and self._state is not LiveState.SEARCHING:
            return Step(self._state, None)
        self._anchor = None
        if self._taken and not self._lifted:
            doubted = gone_for >= self._timing.doubted_s and seen.changed()
            if not doubted:
                return self._now(LiveState.CAPTURED, None)
            # whether the next sheet is another one will be asked when it lies there
            return self._now(LiveState.SEARCHING, Problem.NO_DOCUMENT)
        if self._taken and gone_for < self._timing.emptied_s:
            return self._now(LiveState.CAPTURED, None)
        self._taken = False
        return self._now(LiveState.SEARCHING, Problem.NO_DOCUMENT)

    def _is_gone(self, seen: Observation) -> bool:
        """The captured sheet went: the desk shows for a moment. Where nobody knows the desk, its place shows something else for longer."""
        bare = seen.bare()
        if bare is None:
            return seen.at_s - self._in_place_at >= self._timing.emptied_s and seen.changed()
        if not bare:
            self._bare_since = None
            return False
        if self._bare_since is None:
            self._bare_since = seen.at_s
        return seen.at_s - self._bare_since >= self._timing.bare_s

    def _stillness(self, at_s: float, corners: Quad) -> float:
        """For how long the sheet has lain where it is. Slow sliding counts as movement, a hand's sway does not."""
        if self._anchor is None:
            self._lately.clear()
        self._lately.append((at_s, corners))
        while len(self._lately) > 1 and at_s - self._lately[1][0] >= self._timing.drift_s:
            self._lately.popleft()
        if self._anchor is None or movement(self._anchor, corners) > self._timing.moved:
            then, before = self._lately[0]
            swayed = at_s - then >= self._timing.drift_s and movement(before, corners) <= self._timing.moved
            if not swayed:
                self._still_since = at_s
            self._anchor = before if swayed else corners
        return at_s - self._still_since

    def _judge(self, seen: Observation, still_for: float) -> Step:
        moving = still_for < self._timing.settles_s
        problems = seen.problems()
        problems = problems | {Problem.MOVING} if moving else problems
        worst = next((problem for problem in PRIORITY if problem in problems), None)
        if problems - _BEARABLE or (problems and still_for < self._timing.patience_s):
            return self._now(LiveState.SEEN, worst, steady=not moving)
        if still_for < self._timing.still_s:
            return self._now(LiveState.HOLD_STILL, None, steady=True)
        self._state = LiveState.CAPTURING
        return Step(LiveState.CAPTURING, worst, capture=True, steady=True)

    def _now(self, state: LiveState, problem: Problem | None, *, steady: bool = False) -> Step:
        self._state = state
        return Step(state, problem, steady=steady)
