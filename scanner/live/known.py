"""The sheet captured last, and the desk below it: is what lies there now another one?"""

from __future__ import annotations

from scanner.live.change import Recheck
from scanner.live.empty_desk import EmptyDesk
from scanner.live.outline import Seen
from scanner.live.signature import Signature, same_sheet, signature
from scanner.live.types import Capture
from scanner.types import Frame, Quad

_BARE_AFTER_S = 0.5  # nothing found and nothing moving for this long: that is the desk itself
_CALM_S = (
    0.2  # a page is compared when nothing has moved for this long: an arm that passes over it makes no other page …
)
_IMPATIENT_S = 2.0  # … but where something always moves, it is compared all the same
_DOUBTS = 2  # comparisons in a row that make it another page: one frame may be smeared, or its outline a little off


class KnownSheet:
    """Used from one thread. ``see`` is to be called with every frame, before the questions about it."""

    def __init__(self) -> None:
        self._desk = EmptyDesk()
        self._captured: tuple[Quad, Signature] | None = None
        self._compare = Recheck(soon_s=0.1, late_s=2.0)
        self._doubts = 0  # comparisons in a row that found another page
        self._moved_at = self._calm_at = -1e9
        self._empty_since: float | None = None
        self._seen: Seen | None = None

    def see(self, frame: Frame, seen: Seen, *, empty: bool) -> None:
        """``empty``: there is no sheet on the desk as far as anybody knows."""
        self._seen = seen
        self._compare.see(frame.at_s, seen.changed)
        if seen.changed:
            self._moved_at = frame.at_s
        elif frame.at_s - self._moved_at >= _CALM_S:
            self._calm_at = frame.at_s
        if not empty or seen.corners is not None or seen.changed:
            self._empty_since = None
        elif self._empty_since is None:
            self._empty_since = frame.at_s
        elif frame.at_s - self._empty_since >= _BARE_AFTER_S:
            self._desk.learn(seen.thumbnail)

    def taken(self, frame: Frame, capture: Capture) -> None:
        """A sheet was captured; ``frame`` is the last of its burst. Captures without an outline say nothing."""
        if capture.corners is None or self._seen is None:
            return
        self._captured = capture.corners, signature(capture.frames[0], capture.corners)
        self._doubts = 0
        self._compare.due(frame.at_s)
        self._desk.taken(self._seen.thumbnail, capture.corners, frame.image.shape[1])

    def is_new(self, frame: Frame, corners: Quad | None) -> bool:
        """False while the captured page lies here, or still where it lay (and only the outline has changed its mind)."""
        if self._captured is None:
            return True
        calm = self._calm_at == frame.at_s or frame.at_s - self._calm_at > _IMPATIENT_S
        if calm and self._compare.due(frame.at_s, urgent=self._doubts > 0):
            place, taken = self._captured
            here = (place,) if corners is None else (corners, place)
            same = any(same_sheet(taken, signature(frame.image, where)) for where in here)
            self._doubts = 0 if same else self._doubts + 1
        return self._doubts >= _DOUBTS

    def is_bare(self) -> bool | None:
        """Does the desk show where the captured page lay? None where nobody can say."""
        return None if self._seen is None else self._desk.is_bare(self._seen.thumbnail)
