"""The machine under the desk: is there room on its disk, and is its clock right."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.desk.devices import device_view
from kiosk.desk.view import DeviceView, Light, ReadyView
from kiosk.texts import Text, text

# A case takes 2 to 8 MB (a JPEG a page and the crops). Below the first limit a day's work of a busy desk still fits ten times over,
# and there is time to tidy up; below the second the database's own journal and the system's swapping could fill what is left at any moment.
DISK_WANTED, DISK_NEEDED = 5 << 30, 1 << 30  # bytes
CLOCK_SKEW_S = 120.0  # papers carry minutes; the platform itself tolerates this much
JUMP_S = 90.0  # of the wall clock against the monotonic one: more than any correction of a running NTP client
PLAUSIBLE_YEAR = 2026  # the program was made then
_LOOK_EVERY_S = 5.0
_ROOM_AGAIN = 1.1  # of a limit: room must clearly be there again before the light changes back


def free_bytes(folder: Path) -> int:
    """Free space where ``folder`` lies, or will lie."""
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    return shutil.disk_usage(existing).free


class DiskGuard:
    """``free`` says how many bytes are free; asked every few seconds only."""

    def __init__(
        self,
        free: Callable[[], int],
        *,
        wanted: int = DISK_WANTED,
        needed: int = DISK_NEEDED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._free = free
        self._limits = (wanted, needed)
        self._clock = clock
        self._looked_at = -1e9
        self._bytes = 0
        self._state = "ok"

    def device(self) -> DeviceView:
        if self._clock() - self._looked_at >= _LOOK_EVERY_S:
            self.look()
        light = {"ok": Light.OK, "little": Light.WARN, "full": Light.BAD}[self._state]
        facts = [text("devices.disk.free", free=_gigabytes(self._bytes))]
        return device_view(
            "disk",
            light,
            self._state,
            actions=("retry",),
            facts=facts,
            free=_gigabytes(self._bytes),
            least=_gigabytes(self._limits[1]),
        )

    def look(self) -> None:
        """Ask now: a person has tidied up and does not want to wait."""
        self._looked_at = self._clock()
        self._bytes = self._free()
        wanted, needed = self._limits
        most = {"ok": (1.0, 1.0), "little": (_ROOM_AGAIN, 1.0), "full": (_ROOM_AGAIN, _ROOM_AGAIN)}[self._state]
        if self._bytes < needed * most[1]:
            self._state = "full"
        else:
            self._state = "little" if self._bytes < wanted * most[0] else "ok"

    def refusal(self) -> Text | None:
        """Why no new case may be opened now; None when one may."""
        self.device()
        if self._state != "full":
            return None
        return text("devices.disk.refusal", free=_gigabytes(self._bytes))


class ClockGuard:
    """``now`` is the machine's wall clock; ``offset``: how far the platform's is ahead of it, None while nobody knows."""

    def __init__(
        self,
        now: Callable[[], datetime],
        offset: Callable[[], timedelta | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._offset = offset
        self._clock = clock
        self._mark = (now(), clock())

    def device(self) -> DeviceView:
        now, ticks = self._now(), self._clock()
        if now.year < PLAUSIBLE_YEAR:
            return device_view("clock", Light.BAD, "wrong_year", actions=("retry",), year=now.year)
        offset = self._offset()
        if offset is not None and abs(offset.total_seconds()) > CLOCK_SKEW_S:
            minutes = max(1, round(abs(offset.total_seconds()) / 60))
            ahead = text(f"devices.clock.ahead.{'slow' if offset > timedelta(0) else 'fast'}")
            return device_view("clock", Light.WARN, "skewed", actions=("retry",), minutes=minutes, ahead=ahead)
        jump = (now - self._mark[0]).total_seconds() - (ticks - self._mark[1])
        if offset is None and abs(jump) > JUMP_S:
            # without the platform's word this is all that can be told; with it, its word counts
            return device_view("clock", Light.WARN, "jumped", actions=("retry",), minutes=max(1, round(abs(jump) / 60)))
        return device_view("clock", Light.OK, "ok" if offset is not None else "unchecked")

    def look(self) -> None:
        """A person says that the time is right as it is now."""
        self._mark = (self._now(), self._clock())


class Machine:
    """Both, as the desk asks for them, and the last morning check (``ready``)."""

    def __init__(
        self, disk: DiskGuard, clock: ClockGuard, *, ready: Callable[[], ReadyView | None] = lambda: None
    ) -> None:
        self.disk = disk
        self.clock = clock
        self.ready = ready

    def devices(self) -> dict[str, DeviceView]:
        return {"disk": self.disk.device(), "clock": self.clock.device()}

    def refusal(self) -> Text | None:
        """Why no new case may be opened now."""
        return self.disk.refusal()


def _gigabytes(count: int) -> str:
    return f"{count / (1 << 30):.1f}"
