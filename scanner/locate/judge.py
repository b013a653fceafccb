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
from scanner.locate.scoring import features, weighed
from scanner.locate.sheets import agreement

ACCEPT = 0.5  # score from which a quadrilateral is a sheet

# edge mean, edge weakest, step mean, step weakest, desk step, like inside, size, in frame | outline mean, outline weakest, within, ends
_WEIGHTS = np.array([0.73, 0.97, 0.24, 1.13, 0.27, -0.09, 2.08, 0.57, 0.82, 2.1, 0.2, 1.6])
_BIAS = -5.15


@dataclass(frozen=True, eq=False)
class View:
    """One frame as the search sees it: edges and colours, and what the network says of them (None without it)."""

    evidence: Evidence
    maps: Maps | None


def seen_in(evidence: Evidence) -> View:
    return View(evidence, look(evidence.picture))


def score(seen: View, quads: Doubles) -> Doubles:
    """(k,) scores, 0..1, of (k, 4, 2) clockwise quadrilaterals in working pixels."""
    return judged(seen, quads)[0] if len(quads) else np.zeros(0)


def judged(seen: View, quads: Doubles) -> tuple[Doubles, Doubles]:
    """Scores, and (k, 2) how much of an edge the sides are, on average and at the weakest. ``quads`` must not be empty."""
    values = features(seen.evidence, quads)
    if seen.maps is None:
        return weighed(values), values[:, :2]
    return _likely(np.concatenate([values, agreement(seen.maps, quads)], axis=1)), values[:, :2]


def _likely(values: Doubles) -> Doubles:
    return 1.0 / (1.0 + np.exp(-(values @ _WEIGHTS + _BIAS)))
