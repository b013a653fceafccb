"""How likely a quadrilateral is the sheet: edges and colours (``scoring``) and the network's maps (``sheets.agreement``) weighed together.

The weights are those of a logistic regression on candidates in composed scenes and on the practice camera's desks, made by
``python -m training.judge``; no photograph took part. Without the network, edges and colours alone decide, by their older weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scanner.locate.evidence import Evidence
from scanner.locate.lines import Doubles
from scanner.locate.net import Maps, look
from scanner.locate.scoring import features, sound, weighed
from scanner.locate.sheets import agreement

_ACCEPT, _ACCEPT_UNSEEN = (
    0.65,
    0.5,
)  # scores from which a quadrilateral is a sheet, with the network's say and without it

# edge mean, edge weakest, step mean, step weakest, desk step, like inside, size, in frame | outline mean, outline weakest, within, ends
_WEIGHTS = np.array([0.76, 1.29, 0.12, 1.04, 0.4, -0.7, 0.0, 0.13, 0.94, 1.98, 0.29, 1.53])
_BIAS = -3.78
# the network's map is too coarse to choose between outlines a few pixels apart: among those whose log-odds differ by less than this, edges and
# colours choose, and the odds have this much of a say
_ABOUT_AS_LIKELY, _STILL = 1.5, 0.1


@dataclass(frozen=True, eq=False)
class View:
    """One frame as the search sees it: edges and colours, and what the network says of them (None without it)."""

    evidence: Evidence
    maps: Maps | None

    @property
    def accept(self) -> float:
        """The score from which a quadrilateral is a sheet."""
        return _ACCEPT_UNSEEN if self.maps is None else _ACCEPT


def seen_in(evidence: Evidence) -> View:
    return View(evidence, look(evidence.picture))


def score(seen: View, quads: Doubles) -> Doubles:
    """(k,) scores, 0..1, of (k, 4, 2) clockwise quadrilaterals in working pixels."""
    return judged(seen, quads).scores if len(quads) else np.zeros(0)


@dataclass(frozen=True, eq=False)
class Judgement:
    """Of k quadrilaterals: how likely each is the sheet; how exactly it lies on edges, among those about as likely; and (k, 2) how much of an edge
    its sides are, on average and at the weakest."""

    scores: Doubles
    exact: Doubles
    edges: Doubles


def judged(seen: View, quads: Doubles) -> Judgement:
    """The judgement of quadrilaterals in working pixels; there must be at least one."""
    values = features(seen.evidence, quads)
    if seen.maps is None:
        scores = weighed(values)
        return Judgement(scores, scores, values[:, :2])
    odds = np.concatenate([values, agreement(seen.maps, quads)], axis=1) @ _WEIGHTS + _BIAS
    exact = np.where(odds >= odds.max() - _ABOUT_AS_LIKELY, sound(values) + _STILL * odds, -np.inf)
    return Judgement(1.0 / (1.0 + np.exp(-odds)), exact, values[:, :2])
