"""How long to wait after wrong PINs: a little for a slip of the finger, an hour for somebody who tries them all.

The count is kept over restarts and ends only with a right PIN (or with a new PIN from the platform). With the values below nobody gets
more than ``most_in`` tries a day; a test tries ten thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Tries:
    """Wrong PINs in a row and when the last one came (seconds since 1970 by this machine's clock). ``of``: for which verifier."""

    failed: int = 0
    at: float = 0.0
    of: str = ""


@dataclass(frozen=True)
class Backoff:
    """The ``free``-th wrong PIN costs ``first_s`` seconds, each further one twice as much, at most ``most_s``."""

    free: int
    first_s: float
    most_s: float

    def wait_after(self, failed: int) -> float:
        if failed < self.free:
            return 0.0
        return min(self.most_s, self.first_s * 2.0 ** min(failed - self.free, 32))

    def left(self, tries: Tries, now: float) -> float:
        """Seconds until the next try counts."""
        return max(0.0, tries.at + self.wait_after(tries.failed) - now)

    def failed(self, tries: Tries, now: float, of: str = "") -> Tries:
        return Tries(tries.failed + 1, now, of or tries.of)

    def most_in(self, seconds: float) -> int:
        """The most tries that fit into a span of time, beginning with none."""
        used, count = 0.0, 0
        while used <= seconds:
            count += 1
            used += self.wait_after(count) or 1e-3
        return count


def not_after(tries: Tries, now: float) -> Tries:
    """A clock that was set back must not keep anybody out for longer than the wait itself."""
    return replace(tries, at=now) if tries.at > now else tries


OF_PERSON = Backoff(free=3, first_s=30.0, most_s=3600.0)
OF_DESK = Backoff(free=10, first_s=30.0, most_s=900.0)  # over all numbers together, for who tries one PIN on everybody
