"""What the desk needs from the outside, each behind as few methods as will do. The composition root plugs in the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desk.view import DeviceView, PreviewView
from scanner.types import ExpectedSet, Image, Quad, Reading


@dataclass(frozen=True)
class DeskIdentity:
    """Who this desk is. ``practice``: training data and a simulated camera; never mixed with a live store."""

    desk_id: str
    desk_name: str
    school_code: str
    school_name: str
    district: str
    staff_no: str
    staff_name: str
    practice: bool = False


@dataclass(frozen=True, eq=False)
class Captured:
    """A burst of one sheet (best frame first) with its outline in frame pixels; ``by_hand``: the person pressed the shutter."""

    frames: Sequence[Image]
    corners: Quad | None
    by_hand: bool = False


class Camera(Protocol):
    """The live scanner. It pushes captures and codes into the desk by itself."""

    def preview(self) -> PreviewView | None: ...
    def device(self) -> DeviceView: ...
    def shoot(self) -> None: ...
    def rearm(self) -> None:
        """Capture the sheet that lies there now once more when it is still and good."""
        ...


class PageReader(Protocol):
    """Reads captures outside this process. The future may raise: the reader crashed or ran out of time."""

    def submit(
        self, frames: Sequence[Image], *, corners: Quad | None, expects: Mapping[str, ExpectedSet]
    ) -> Future[Reading]: ...
    def device(self) -> DeviceView: ...


class Sync(Protocol):
    """The line to the platform."""

    def nudge(self) -> None: ...
    def device(self) -> DeviceView: ...
    def accepted(self, event_id: str, timeout_s: float) -> bool:
        """Whether the platform has accepted this event; waits for its answer at most ``timeout_s``. Not for the desk's thread."""
        ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The present time with its offset."""
        ...


class SystemClock:
    """The machine's clock in the machine's time zone."""

    def now(self) -> datetime:
        return datetime.now().astimezone()
