"""All sheets of one frame, where more than one lies in view."""

from __future__ import annotations

import numpy as np

from scanner.geometry import area, clockwise, overlap
from scanner.locate.contours import from_patches
from scanner.locate.evidence import gather
from scanner.locate.judge import score, seen_in
from scanner.locate.locator import Located, candidates, fit, search
from scanner.types import Image

_MOST = 6
_APART = 0.1  # overlap above which two outlines are of one sheet
_INSIDE = 0.5  # share of the smaller one that lies in the larger: print on it, or its rim


def locate_all(image: Image) -> tuple[Located, ...]:
    """The sheet that ``locate`` gives first, then every other, the surest first; empty when there is none. Sheets under others may be missed."""
    evidence = gather(image)
    seen = seen_in(evidence)
    first = search(seen)
    if first is None:
        return ()
    quads = candidates(seen, from_patches(evidence), most=_MOST)
    found = [first]
    scores = score(seen, quads)
    for k in np.argsort(-scores):
        corners = clockwise(quads[k])
        if scores[k] < seen.accept or len(found) == _MOST:
            break
        if all(_apart(corners, other.corners) for other in found):
            found.append(Located(corners, float(scores[k])))
    return tuple(fit(image, evidence, one) for one in found)


def _apart(a: np.ndarray, b: np.ndarray) -> bool:
    shared = overlap(a, b)
    union = (area(a) + area(b)) / (1 + shared)
    return shared < _APART and shared * union < _INSIDE * min(area(a), area(b))
