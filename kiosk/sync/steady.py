"""What the line's light says: the truth, but not each of its twitches.

A line that is tried every second and succeeds now and then would make a light flicker, and each "sending" of a tenth of a second too.
Offline is said after a short grace; a line that is lost again and again is said to come and go.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import StrEnum

GRACE_S = 6.0  # a switched access point, a lease renewed: back within five seconds
LONG_SENDING_S = 3.0
LOSSES, WITHIN_S, CALM_S = (
    3,
    120.0,
    60.0,
)  # three losses in two minutes is "comes and goes", until a minute has passed without one


class Link(StrEnum):
    STARTING = "starting"  # not tried yet
    SYNCING = "syncing"
    ONLINE = "online"
    OFFLINE = "offline"  # no answer; the desk goes on, everything waits
    UNSTABLE = "unstable"  # comes and goes; only ever shown, never the bare truth
    REJECTED = "rejected"  # the platform answers and does not accept this desk
    BROKEN = "broken"  # the store cannot be read or written, or the program failed


class Steady:
    """Hears every change of the line; ``shown`` is what people see of it just now. ``clock``: monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._link = Link.STARTING
        self._result = Link.STARTING  # the last link that was not SYNCING
        self._since = clock()
        self._failing_since: float | None = None
        self._losses: deque[float] = deque(maxlen=LOSSES)

    def heard(self, link: Link) -> None:
        now = self._clock()
        if link is not self._link:
            self._link, self._since = link, now
        if link is Link.SYNCING:
            return
        if link is not Link.OFFLINE:
            self._failing_since = None
        elif self._failing_since is None:
            # a desk that starts without a line says so at once: nobody takes that for a flicker
            self._failing_since = now if self._result is Link.ONLINE else now - GRACE_S
            if self._result is Link.ONLINE:
                self._losses.append(now)
        self._result = link

    @property
    def shown(self) -> Link:
        now = self._clock()
        if self._result is Link.OFFLINE and self._failing_since is not None and now - self._failing_since >= GRACE_S:
            return Link.OFFLINE
        if self._result not in (Link.OFFLINE, Link.ONLINE):
            return self._result
        if self._comes_and_goes(now):
            return Link.UNSTABLE
        long_sending = (
            self._link is Link.SYNCING and self._result is Link.ONLINE and now - self._since >= LONG_SENDING_S
        )
        return Link.SYNCING if long_sending else Link.ONLINE

    def _comes_and_goes(self, now: float) -> bool:
        return (
            len(self._losses) == LOSSES
            and self._losses[-1] - self._losses[0] <= WITHIN_S
            and now - self._losses[-1] < CALM_S
        )
