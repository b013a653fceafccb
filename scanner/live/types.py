"""What the live scanner tells: previews, captures, the camera's state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scanner.types import Frame, Image, Problem, Quad


class LiveState(StrEnum):
    """What the live scanner is about, in the words of ``kiosk.desk.view.PreviewView.state``."""

    SEARCHING = "searching"  # no sheet in view
    SEEN = "seen"  # a sheet, but something must be better first: see the problem
    HOLD_STILL = "hold_still"  # good; a moment more
    CAPTURING = "capturing"  # taking the burst
    CAPTURED = "captured"  # this sheet is taken; waits for the next one
    STOPPED = "stopped"  # paused, or no camera


class CameraState(StrEnum):
    """What is known of the device. Each has one sentence in resources/texts (scanner.camera.*)."""

    ABSENT = "absent"  # not there, or cannot be opened; tried again from time to time
    OPENING = "opening"
    LIVE = "live"
    STALLED = "stalled"  # open, but no frames come
    LOST = "lost"  # was live and is gone; tried again from time to time
    ENDED = "ended"  # a file that is at its end


@dataclass(frozen=True, eq=False)
class LivePreview:
    """The newest frame, the sheet's outline in its pixels, and the one problem to tell (None: nothing to say)."""

    frame: Frame
    outline: Quad | None
    state: LiveState
    problem: Problem | None


@dataclass(frozen=True, eq=False)
class Capture:
    """A burst of one sheet, best frame first; ``corners`` (clockwise, pixels of the first frame) None when taken by hand without an outline."""

    frames: tuple[Image, ...]
    corners: Quad | None
    by_hand: bool
