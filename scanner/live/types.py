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
    """What is known of the device. Each has one sentence in resources/texts (scanner.camera.*); what ends each: ``scanner.live.feed``."""

    ABSENT = "absent"  # not there
    BUSY = "busy"  # there, and another program has it
    FORBIDDEN = "forbidden"  # there, and this account may not use it
    OPENING = "opening"
    LIVE = "live"
    STALLED = "stalled"  # there, but no frames come
    FROZEN = "frozen"  # frames come, and all are the same picture
    DARK = "dark"  # frames come, and all are black: the lens is covered, or there is no light
    LOST = "lost"  # was live and is gone
    UNREADABLE = "unreadable"  # a file or folder without a usable picture
    ENDED = "ended"  # a file that is at its end
    OFF = "off"  # a person goes on without a camera


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
