"""How much better than every rival a value must explain the pixels, in natural logarithms, summed over a burst.

A recogniser's probabilities are too sure of themselves, and rivals start with a handicap (``prior``), so these are no odds:
they are set by ``script/bench calibration``, about one above the highest margin that an altered value of the class reached
on practice papers. ``match`` is asked against any other reading; an 18-digit number has rules of its own below.
``mismatch`` is how far the paper's own reading must be ahead before the value is called different.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    match: float
    mismatch: float


THRESHOLDS: dict[str, Thresholds] = {
    "id": Thresholds(match=1.0, mismatch=8.0),
    "cert": Thresholds(match=0.0, mismatch=8.0),
    "name": Thresholds(match=1.0, mismatch=8.0),
    "address": Thresholds(match=-1.0, mismatch=10.0),
    "date": Thresholds(match=1.5, mismatch=8.0),
    "other": Thresholds(match=1.0, mismatch=10.0),
}
SHORT = 3  # characters; a word this short has no neighbours that bear it out …
SHORT_MATCH = 2.0  # … and asks for this much
SIBLING_MATCH = 6.0  # between two characters of a name that a picture hardly tells apart

CHECKED_MATCH = -6.0  # a number with a valid check digit against rivals that have none …
CHECKED_VALID_MATCH = 4.0  # … and against rivals that have one
CERTAIN = 0.9  # a character read with less probability contradicts nobody
FARTHEST_BEHIND = -10.0  # a value this far behind the free reading is not what stands there, whatever its rivals
FITS_BADLY = 6.0  # per character: a value that explains the pixels worse than this is not what stands there
